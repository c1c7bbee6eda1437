"""Whether an enclosure's media type goes with what its URL ends in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from feedpub.diagnostics import quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

# The first of the types is what the help suggests; a type with the same first half is plausible as well.
_AUDIO, _VIDEO, _IMAGE = ("audio/",), ("video/",), ("image/",)
_ENDINGS: dict[str, tuple[str, tuple[str, ...]]] = {
    "mp3": ("audio/mpeg", _AUDIO),
    "m4a": ("audio/mp4", _AUDIO),
    "m4b": ("audio/mp4", _AUDIO),
    "aac": ("audio/aac", _AUDIO),
    "flac": ("audio/flac", _AUDIO),
    "oga": ("audio/ogg", _AUDIO),
    "ogg": ("audio/ogg", ("audio/", "video/", "application/ogg")),
    "opus": ("audio/ogg", _AUDIO),
    "wav": ("audio/wav", _AUDIO),
    "mp4": ("video/mp4", ("video/", "audio/mp4")),
    "m4v": ("video/mp4", _VIDEO),
    "mov": ("video/quicktime", _VIDEO),
    "mkv": ("video/matroska", ("video/", "audio/")),
    "ogv": ("video/ogg", _VIDEO),
    "webm": ("video/webm", ("video/", "audio/webm")),
    "avif": ("image/avif", _IMAGE),
    "gif": ("image/gif", _IMAGE),
    "jpeg": ("image/jpeg", _IMAGE),
    "jpg": ("image/jpeg", _IMAGE),
    "png": ("image/png", _IMAGE),
    "svg": ("image/svg+xml", _IMAGE),
    "webp": ("image/webp", _IMAGE),
    "epub": ("application/epub+zip", ("application/epub+zip",)),
    "pdf": ("application/pdf", ("application/pdf", "application/x-pdf")),
    "zip": ("application/zip", ("application/zip", "application/x-zip")),
}
_ENDING = r"[^?#]*/[^/?#]*\.([A-Za-z0-9]{2,4})(?:[?#]|\Z)"
_SAYS_NOTHING = frozenset({"application/octet-stream", "application/x-unknown", "binary/octet-stream"})
_PAGES = frozenset({"text/html", "application/xhtml+xml"})


def find_implausible(enclosures: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, str, str]]:
    """Yield the position of each enclosure whose type no player expects, with what is wrong and the mend."""
    for position, one in enumerate(enclosures):
        given = one["type"].partition(";")[0].strip().lower()
        ending = re.match(_ENDING, one["url"])
        usual, plausible = _ENDINGS.get(ending[1].lower(), ("", ())) if ending else ("", ())
        if plausible and ending and not given.startswith(plausible):
            yield position, f"is {quote(given)}, and its url ends in .{ending[1]}", f"write {usual}"
        elif given in _SAYS_NOTHING:
            yield position, f"is {quote(given)}, which says nothing", "write the file's own type, such as audio/mpeg"
        elif given in _PAGES:
            yield position, f"is {quote(given)}, a page and no file", "link to pages in the text"
