"""What hurts subscribers in an entry's body, and in a summary that was cut from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from feedpub import markup
from feedpub.diagnostics import quote
from feedpub.lint.sizes import MAX_ENTRY_BYTES, is_large_body
from feedpub.lint.summaries import find_cut
from feedpub.lint.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from feedpub.markup import BodyFormat, Finding

_ANY_BASE = "https://site.invalid/"  # where an entry has no readable url, its links are judged as if it had one
_SHOWN = {"img": "picture", "source": "file", "video": "film", "audio": "recording"}
_MOST = 1_000  # things that are said of one body
_LONG = 200  # characters of an address that a help does not repeat


def find_in_body(values: Mapping[str, Any], *, body: str | None, body_format: BodyFormat) -> Iterator[Trouble]:
    """Yield what is to be said of an entry whose body is read as readers will see it; ``values`` are its fields."""
    base = values.get("url") or _ANY_BASE
    if body:
        for finding in markup.inspect(body, body_format=body_format, base=base)[:_MOST]:
            yield Trouble(*_describe(finding), ("body",), finding.written)
        if is_large_body(body, body_format=body_format, base=base):
            message = f"the entry takes more than {MAX_ENTRY_BYTES:,} bytes in a feed"
            yield Trouble("large-entry", message, "split it, or give it content: summary", ("body",))
    summary = values.get("summary")
    if summary and (words := find_cut(summary, title=values.get("title"), body=body)):
        message = f"summary ends in the middle of a word, {quote(words)}"
        yield Trouble("summary-cut", message, "end it with a whole sentence", ("summary",), (_last_words(summary),))


def _last_words(text: str) -> str:
    return " ".join(text.split()[-2:])


def _describe(one: Finding) -> tuple[str, str, str]:
    """Return the rule, the message and the mend of a finding."""
    tag, address = f"<{one.element}>", quote(one.detail)
    what = _SHOWN.get(one.element, "link")
    no_frames = "readers show no frames: say in the text what is there"
    described = {
        "removed": ("removed-html", f"{tag} is removed{one.detail and ' ' + one.detail}", _MEND_REMOVED),
        "renamed": ("removed-html", f"{tag} becomes <{one.detail}>", _MEND_REMOVED),
        "stripped": ("removed-html", f"{tag} loses {one.detail}", "leave it out: feeds do not carry it"),
        "embedded": ("embed-to-link", f"{tag} becomes a link to {address}", no_frames),
        "unusable": ("unusable-address", f"the address {address} of a {what} is removed", "begin it with https://"),
        "insecure": ("insecure-address", f"the {what} {address} is not encrypted", _secure(one.detail)),
        "local": ("local-address", f"the {what} {address} leads to the reader's own machine", "use a public address"),
        "no-alt": ("image-without-alt", f"the picture {address} has no alt text", _MEND_ALT),
    }
    return described[one.kind]


_MEND_REMOVED = "leave it out: feeds carry only the elements of docs/bodies.md"
_MEND_ALT = 'say what it shows: ![…](address); <img alt="" …> says that it is decorative'


def _secure(url: str) -> str:
    return f"write https{url[4:]} if it answers there" if len(url) < _LONG else "write https:// if it answers there"
