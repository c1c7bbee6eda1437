"""The rules of a catalogue: one code each, stable and readable, with what it protects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

_Severity: TypeAlias = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its code, how severe a breach is, and what it is for, in a sentence."""

    code: str
    severity: _Severity
    purpose: str


_ERRORS = {
    # the text and the YAML of a file
    "alias-to-itself": "An alias inside its own anchor would repeat it without end.",
    "duplicate-key": "A key given twice hides one of its two values; YAML alone would not say which.",
    "empty-file": "A file without anything in it is a mistake: feeds that lose all their entries look the same.",
    "expands-too-far": "Aliases that repeat aliases can make a small file fill a machine's memory.",
    "forbidden-character": "XML cannot carry control characters, surrogates and noncharacters: one breaks a feed.",
    "key-not-text": "A key is plain text; a list, a mapping or an alias as a key means nothing here.",
    "merge-not-mapping": "The merge key << takes over the fields of mappings, and of nothing else.",
    "not-a-regular-file": "A folder, a pipe or a device cannot be read twice, and may never end.",
    "not-utf-8": "A catalogue is UTF-8, so that every machine reads the same letters.",
    "root-not-mapping": "A catalogue is a mapping: keys such as site and articles with their values.",
    "second-document": "A second YAML document in the file would be read by some tools and not by others.",
    "syntax": "What is no YAML cannot be read; the rest of the file may hold more mistakes.",
    "tag": "A YAML tag would change what a value is; here the field decides.",
    "too-large": "Hundreds of thousands of values are no entry, and many megabytes no feed: they fill the memory.",
    "too-deep": "Lists and mappings deeper than any catalogue needs can stall or crash a run.",
    "unknown-alias": "An alias repeats an anchor that comes before it.",
    # keys and their places
    "empty-list": "A list without items says nothing; leave the key out.",
    "empty-value": "Text that is given but empty is a slip; leave the key out to give nothing.",
    "missing-field": "Feeds need this field, and nothing can be made up for it.",
    "not-a-list": "A list of one is still a list: it is written in brackets or with a dash.",
    "not-a-mapping": "Here belong keys with values.",
    "not-text": "Here belongs text.",
    "repeated-item": "An item given twice in a list is a slip.",
    "teaser-with-body": "A teaser points to its page; an entry with a body is an article.",
    "two-bodies": "An article has its text in body or in body_file, not in both.",
    "unknown-field": "A field that nobody knows is usually a typing mistake, and would be lost without a word.",
    # values
    "body-nests-too-deep": "Markup nested more than 100 deep stalls readers and sanitisers.",
    "body-too-long": "A body of more than 512 KiB is more than readers accept, and every poll would pay for it.",
    "boolean": "A switch is true or false; YAML's other words for them mean different things to different tools.",
    "choice": "The field takes one of a few words.",
    "email": "An author's address is published in Atom, so it must be one.",
    "entry-too-long": "An entry of more than 1 MiB is more than readers accept.",
    "expires-before-published": "An entry cannot leave before it has come.",
    "id": "An id is for ever and part of URLs and tags, so it is made of plain characters.",
    "id-too-long": "An id of more than 128 characters does not fit where ids are kept.",
    "key": "A topic's key is part of its feeds' addresses, so it is made of plain characters.",
    "key-too-long": "A key of more than 64 characters makes addresses that people cannot use.",
    "language": "Readers choose fonts, voices and hyphenation by the language tag (BCP 47).",
    "media-type": "Players choose what to do with a file by its media type (RFC 6838).",
    "number": "The field takes a number in its range, in decimal digits.",
    "permalink": "A permalink has to give every entry a URL.",
    "reserved-key": "The key is the name of a file that feedpub writes, or of a device of Windows.",
    "tag-authority": "The published ids begin with who owns them, and since when (RFC 4151).",
    "time": "A time is written by RFC 3339, so that no tool guesses what it means.",
    "time-does-not-exist": "The clocks were put forward past this local time.",
    "time-exists-twice": "The clocks were put back over this local time, which could be either of two.",
    "time-out-of-range": "Formats and readers handle the years 1900 to 9998.",
    "time-without-offset": "A time without an offset is another instant on each machine.",
    "timezone": "Zones have the names of the IANA database.",
    "too-long": "Text beyond this length is cut or refused by readers.",
    "unbalanced-bidi": "A bidirectional control that is not closed turns the text that follows it around.",
    "updated-before-published": "An entry cannot have changed before it appeared.",
    "url-credentials": "A user name or password in a URL would be published to everyone.",
    "url-host": "A URL needs a host that is a domain name or an address.",
    "url-not-folder": "Addresses are made by adding to this URL, so it ends as a folder does.",
    "url-relative": "Here is nothing that a relative URL could start from.",
    "url-scheme": "Links in feeds are http or https.",
    "url-space": "A URL has no white space; readers cut it there.",
    # entries and files together
    "body-file": "A body_file is read with the catalogue, so it must be a readable text in its folder.",
    "duplicate-id": "Two entries with one id are one entry to a reader: the second hides the first.",
    "duplicate-published-id": "The ids that readers see must differ, whichever field they come from.",
    "duplicate-url": "Two entries with one URL are one article to a reader.",
    "include": "What is included must be there, inside the catalogue's folder, and a catalogue's part.",
    "included-key": "An included file holds entries; the site and its sections belong to the root file.",
    "retired": "A retired topic keeps its last entry in its own feeds, so it can be no section as well.",
    "retired-in-future": "A topic is retired when its time has come, not before.",
    "retracted-entry": "An entry that was taken back cannot still be published.",
    "template": "Pages are made by templates: one with a mistake, or one that cannot be read, makes none.",
    "too-many-problems": "What makes tens of thousands of mistakes is no catalogue, and could stall a run.",
    "topic-taken": "Two topics cannot have one address, nor one the former address of another.",
    "unknown-section": "An entry in a section that does not exist would reach nobody.",
    "unknown-topic": "A retired topic can only send its readers to a topic that exists.",
    "vanished-topic": "An address is for ever: subscribers of a topic that is gone would never hear of it.",
}

_WARNINGS = {
    # what YAML drops
    "cut-by-comment": "A plain value ends at a space and a #: YAML takes what follows for a comment, and drops it.",
    "unused-anchor": "A plain value that begins with & loses its first word: YAML takes it for an anchor.",
    # titles and summaries
    "long-title": "A title of more than 150 characters is cut where readers list it.",
    "same-title": "Two entries with one title in a topic look like one that came twice.",
    "summary-cut": "A summary that ends in the middle of a word looks broken, and says less than a sentence.",
    "summary-markup": "A summary is plain text: readers show tags, entities and Markdown as they are written.",
    "summary-repeats-title": "A summary below the title that says the same again wastes the two lines that are read.",
    "title-markup": "A title is plain text: readers show tags, entities and Markdown as they are written.",
    # bodies, pictures and files
    "embed-to-link": "Readers show no frames and plug-ins; what is embedded becomes a link.",
    "enclosure-type": "Podcast players choose by the media type, and pass over what they cannot play.",
    "image-without-alt": "Who does not see a picture hears its alt text; without one, the file's name.",
    "insecure-address": "Readers that are served by https do not load pictures by http, and warn of such links.",
    "local-address": "An address on the writer's own machine leads nowhere on anybody else's.",
    "missing-scheme": "An address that begins with www. is a page of the site to a browser: another site's has https://.",
    "removed-html": "Scripts, forms, styles and handlers are unsafe in a reader: what is not allowed is removed.",
    "unusable-address": "Links and pictures with another scheme than http, https, mailto or tel are removed.",
    # feeds and files as a whole
    "crowded-day": "Who polls once a day misses entries of a day that brought more than the feed shows.",
    "empty-include": "An included file without an entry is a leftover, or has lost what it held.",
    "large-entry": "An entry of more than 1,000,000 bytes is cut or refused by readers.",
    "large-feed": "A feed of more than 512,000 bytes is downloaded whole at each change; some readers refuse it.",
    # against the last publication
    "changed-without-update": "Readers that go by updated never show an edit that leaves it as it was.",
    "updated-without-change": "Readers that go by updated show an entry again, although nothing in it has changed.",
}

_ALL: tuple[tuple[_Severity, dict[str, str]], ...] = (("error", _ERRORS), ("warning", _WARNINGS))

WARNINGS = frozenset(_WARNINGS)
"""The codes of the rules that can be switched: their breaches stop nothing by themselves."""

RULES = {code: Rule(code, severity, purpose) for severity, rules in _ALL for code, purpose in rules.items()}
"""Every rule by its code."""
