"""What breaks each rule and what keeps it, in the editor's words: for ``feedpub explain`` and the page of the rules.

Loaded by nothing else: a run that finds no problem needs no example.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Where: TypeAlias = Literal["entry", "article", "site", "root", "words"]
"""Where an example stands: among the fields of a teaser, an article or the site, among the root keys, or nowhere."""


@dataclass(frozen=True, slots=True)
class Example:
    """What breaks a rule, and what does not."""

    where: Where
    bad: str
    good: str


def _entry(bad: str, good: str) -> Example:
    return Example("entry", bad, good)


def _article(bad: str, good: str) -> Example:
    return Example("article", bad, good)


def _site(bad: str, good: str) -> Example:
    return Example("site", bad, good)


def _root(bad: str, good: str) -> Example:
    return Example("root", bad, good)


def _words(bad: str, good: str) -> Example:
    return Example("words", bad, good)


_SECOND = """\
articles:
  - id: day-two
    title: {}
    url: tech/day-two
    published: 2026-01-13T09:00:00Z
    sections: [tech]
    body: They go on.
"""

EXAMPLES = {
    # the text and the YAML of a file
    "alias-to-itself": _entry("tags: &tags [one, *tags]", "tags: [one, two]"),
    "duplicate-key": _entry("rights: CC BY 4.0\nrights: CC0", "rights: CC BY 4.0"),
    "empty-file": _words("a file without anything in it", "a file with site: and sections:"),
    "expands-too-far": _words("nine anchors, each ten aliases of the one before", "the values themselves"),
    "forbidden-character": _entry('summary: "a\\u0008b"', "summary: ab"),
    "key-not-text": _entry("? [title, rights]\n: text", "rights: text"),
    "merge-not-mapping": _entry("<<: text", "rights: text"),
    "not-a-regular-file": _words("feedpub check /dev/stdin", "feedpub check articles.yaml"),
    "not-utf-8": _words("a file saved as Windows-1252 or UTF-16", "a file saved as UTF-8"),
    "root-not-mapping": _words("- a list\n- of things", "site: …\nsections: …"),
    "second-document": _root("---\ntitle: Another document", "x-note: Another document"),
    "syntax": _entry("title: Talks: day two", 'title: "Talks: day two"'),
    "tag": _entry("title: !important Talks", 'title: "!important Talks"'),
    "too-large": _words("one entry with 200,000 tags", "an entry with ten"),
    "too-deep": _root(f"x-a: &deep {'[' * 40}{']' * 40}", "x-a: &deep [[]]"),
    "unknown-alias": _entry("title: *Breaking", 'title: "*Breaking"'),
    # keys and their places
    "empty-list": _entry("tags: []", "tags: [council]"),
    "empty-value": _entry('rights: ""', "rights: CC BY 4.0"),
    "missing-field": _entry("title:", "title: Talks go on"),
    "not-a-list": _entry("tags: council, budget", "tags: [council, budget]"),
    "not-a-mapping": _entry("image: hall.jpg", "image: {url: hall.jpg, alt: The hall}"),
    "not-text": _entry("rights: [CC BY 4.0]", 'rights: "[CC BY 4.0]"'),
    "repeated-item": _entry("tags: [council, council]", "tags: [council]"),
    "teaser-with-body": _entry("body: The whole story.", "summary: What the page says."),
    "two-bodies": _words("body: The story.\nbody_file: story.md", "body_file: story.md"),
    "unknown-field": _entry("keyword: council", "tags: [council]"),
    # values
    "body-nests-too-deep": _article(f'body: "{">" * 150} text"', 'body: "> text"'),
    "body-too-long": _words("a body of more than 512 KiB", "the same in two articles"),
    "boolean": _entry("draft: yes", "draft: true"),
    "choice": _entry("content: short", "content: summary"),
    "email": _entry("authors: [{name: Ada, email: ada}]", "authors: [{name: Ada, email: ada@example.org}]"),
    "entry-too-long": _words("an entry of more than 1 MiB", "the same in two entries"),
    "expires-before-published": _entry("expires: 2026-01-01T00:00:00Z", "expires: 2026-02-01T00:00:00Z"),
    "id": _entry("id: Talks go on!", "id: talks-go-on"),
    "id-too-long": _entry(f"id: {'a-very-' * 19}long-id", "id: a-short-id"),
    "key": _root(
        "retired: {Old News: {title: O, at: 2026-01-01, notice: N}}",
        "retired: {old-news: {title: O, at: 2026-01-01, notice: N}}",
    ),
    "key-too-long": _root(
        f"retired: {{{'old-' * 17}news: {{title: O, at: 2026-01-01, notice: N}}}}",
        "retired: {old-news: {title: O, at: 2026-01-01, notice: N}}",
    ),
    "language": _entry("language: en_GB", "language: en-GB"),
    "media-type": _entry(
        "enclosures: [{url: a.mp3, length: 1, type: mp3}]", "enclosures: [{url: a.mp3, length: 1, type: audio/mpeg}]"
    ),
    "number": _entry("image: {url: a.jpg, alt: A, width: 640px}", "image: {url: a.jpg, alt: A, width: 640}"),
    "permalink": _site('permalink: "{slug}/"', 'permalink: "{id}/"'),
    "reserved-key": _root(
        "retired: {feeds: {title: F, at: 2026-01-01, notice: N}}",
        "retired: {old-news: {title: O, at: 2026-01-01, notice: N}}",
    ),
    "tag-authority": _site("tag_authority: news.example.org", "tag_authority: news.example.org,2026"),
    "time": _entry("published: 12.01.2026", "published: 2026-01-12T09:00:00Z"),
    "time-does-not-exist": _entry("updated: 2026-03-29T01:30:00", "updated: 2026-03-29T01:30:00Z"),
    "time-exists-twice": _entry("updated: 2026-10-25T01:30:00", "updated: 2026-10-25T01:30:00Z"),
    "time-out-of-range": _entry("published: 0026-01-12T09:00:00Z", "published: 2026-01-12T09:00:00Z"),
    "time-without-offset": _words(
        "published: 2026-01-12T09:00:00   (without site.timezone)", "published: 2026-01-12T09:00:00Z"
    ),
    "timezone": _site("timezone: MEZ", "timezone: Europe/Berlin"),
    "too-long": _entry(f"title: {'word ' * 101}", "title: A headline of a line or two"),
    "unbalanced-bidi": _entry('title: "a \\u202e b"', 'title: "a \\u202e b \\u202c"'),
    "updated-before-published": _entry("updated: 2026-01-01T00:00:00Z", "updated: 2026-01-13T00:00:00Z"),
    "url-credentials": _entry("url: https://me:secret@news.example.org/x", "url: https://news.example.org/x"),
    "url-host": _entry("url: https:/news.example.org/x", "url: https://news.example.org/x"),
    "url-not-folder": _site(
        "feeds_url: https://news.example.org/feeds?x=1", "feeds_url: https://news.example.org/feeds/"
    ),
    "url-relative": _site("hubs: [hub.example.org]", "hubs: [https://hub.example.org/]"),
    "url-scheme": _entry("url: ftp://news.example.org/x", "url: https://news.example.org/x"),
    "url-space": _entry("url: tech/two words", "url: tech/two%20words"),
    # entries and files together
    "body-file": _article("body_file: ../story.md", "body: The story."),
    "duplicate-id": _root(
        "retracted: [{id: old, at: 2026-01-13}, {id: old, at: 2026-01-13}]", "retracted: [{id: old, at: 2026-01-13}]"
    ),
    "duplicate-published-id": _root(
        "retracted: [{id: old, at: 2026-01-13, guid: 7}, {id: older, at: 2026-01-13, guid: 7}]",
        "retracted: [{id: old, at: 2026-01-13, guid: 7}, {id: older, at: 2026-01-13, guid: 8}]",
    ),
    "duplicate-url": _words("two entries with   url: tech/talks", "a url of its own for each"),
    "include": _words("include: [2027/*.yaml]   where no such file is", "include: [2026/*.yaml]   where one is"),
    "included-key": _words("site: …   in an included file", "articles: …   in an included file"),
    "retired": _root(
        "retired: {tech: {title: T, at: 2026-01-01, notice: N}}",
        "retired: {old-news: {title: O, at: 2026-01-01, notice: N}}",
    ),
    "retired-in-future": _root(
        "retired: {old: {title: O, at: 2126-01-01, notice: N}}", "retired: {old: {title: O, at: 2026-01-01, notice: N}}"
    ),
    "retracted-entry": _root("retracted: [{id: talks, at: 2026-01-13}]", "retracted: [{id: old, at: 2026-01-13}]"),
    "template": _words("{% for entry in topic.entries %} without {% endfor %}", "both, in a file of site.templates"),
    "too-many-problems": _words("a catalogue with more than 50,000 problems", "a catalogue"),
    "topic-taken": _words(
        "sections: {a: {title: A, formerly: [b]}, b: {title: B}}", "sections: {a: {title: A, formerly: [b]}}"
    ),
    "unknown-section": _entry("sections: [teck]", "sections: [tech]"),
    "unknown-topic": _root(
        "retired: {old: {title: O, at: 2026-01-01, notice: N, to: new}}",
        "retired: {old: {title: O, at: 2026-01-01, notice: N, to: tech}}",
    ),
    "vanished-topic": _words(
        "a section that was published, and is gone", "formerly: [its-key]   in the section that replaces it"
    ),
    # what YAML drops
    "cut-by-comment": _entry("title: Round #72", 'title: "Round #72"'),
    "unused-anchor": _entry("title: &c and more", 'title: "&c and more"'),
    # titles and summaries
    "long-title": _entry(f"title: {'A title ' * 20}", "title: A title"),
    "same-title": _root(_SECOND.format("Talks"), _SECOND.format("Talks, day two")),
    "summary-cut": _entry("summary: Both sides will go on talk\ntitle: Talking on", "summary: Both sides will go on."),
    "summary-markup": _entry("summary: Both <b>sides</b> agree.", "summary: Both sides agree."),
    "summary-repeats-title": _entry("title: Talks go on\nsummary: Talks go on.", "summary: Both sides agreed to it."),
    "title-markup": _entry("title: AT&amp;T talks", "title: AT&T talks"),
    # bodies, pictures and files
    "embed-to-link": _article(
        'body: See <iframe src="https://video.example.org/1"></iframe>',
        "body: See [the film](https://video.example.org/1)",
    ),
    "enclosure-type": _entry(
        "enclosures: [{url: talk.mp3, length: 100, type: text/html}]",
        "enclosures: [{url: talk.mp3, length: 100, type: audio/mpeg}]",
    ),
    "image-without-alt": _entry("image: {url: a.jpg}", "image: {url: a.jpg, alt: Delegates around a table}"),
    "insecure-address": _article("body: See [this](http://example.org/).", "body: See [this](https://example.org/)."),
    "local-address": _article("body: See [this](http://localhost:8000/).", "body: See [this](/page)."),
    "missing-scheme": _entry("url: www.example.org/talks", "url: https://www.example.org/talks"),
    "removed-html": _article('body: <p style="color:red">On</p>', "body: <p>On</p>"),
    "unusable-address": _article("body: See [this](ftp://example.org/a).", "body: See [this](https://example.org/a)."),
    # feeds and files as a whole
    "crowded-day": _words("60 entries of a section within a day, and limit: 50", "limit: 100"),
    "empty-include": _words("an included file with articles: []", "one with an article"),
    "large-entry": _words("a body of which HTML of more than 1,000,000 bytes is made", "a shorter one"),
    "large-feed": _words("limit: 500, and bodies of 5 kB each", "limit: 50, or content: summary"),
    # against the last publication
    "changed-without-update": _words("an edited body, and updated as it was", "an edited body, and updated: when"),
    "updated-without-change": _words("updated: today, and nothing else edited", "updated as it was"),
}
"""An example for each rule."""
