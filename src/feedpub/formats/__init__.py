"""The formats that a feed is published in: one line each in `FORMATS`, each in a module of its own.

A format's module, and feedgen and lxml with it, is loaded when the format is first written or read.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from feedpub.formats.readback import DocumentError, Readback

if TYPE_CHECKING:
    from feedpub.feed import Feed

__all__ = ["FORMATS", "DocumentError", "Format", "Readback"]


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write a feed down and to read it back.

    ``name`` is what a catalogue calls it, ``suffix`` ends its files' names, ``media_type`` is what it is served
    as, and ``module`` does the work.
    """

    name: str
    suffix: str
    media_type: str
    module: str

    def write(self, feed: Feed, *, address: str) -> bytes:
        """Return the document of a feed, UTF-8; ``address`` is the absolute URL that it is published at.

        The same feed and address always give the same bytes. Raises DocumentError where a text of the feed
        holds a character that the format cannot carry.
        """
        return self._load().write(feed, address=address)

    def read(self, data: bytes) -> Readback:
        """Return what a document says that `write` has written.

        Raises DocumentError for anything else: what is cut short, not well-formed, or another format.
        """
        return self._load().read(data)

    def reads_back(self, data: bytes, feed: Feed, *, address: str) -> bool:
        """Parse a document and tell whether it names an address and a feed's ids. Raises what `read` does."""
        found = self.read(data)
        return found.address == address and found.ids == self.ids(feed)

    def ids(self, feed: Feed) -> tuple[str, ...]:
        """Return the ids that the document of a feed has to hold, in order."""
        return self._load().ids(feed)

    def _load(self) -> _Module:
        return cast("_Module", import_module(self.module))


class _Module(Protocol):
    def write(self, feed: Feed, *, address: str) -> bytes: ...

    def read(self, data: bytes) -> Readback: ...

    def ids(self, feed: Feed) -> tuple[str, ...]: ...


FORMATS: dict[str, Format] = {
    "rss": Format("rss", ".rss", "application/rss+xml", "feedpub.formats.rss"),
    "atom": Format("atom", ".atom", "application/atom+xml", "feedpub.formats.atom"),
    "json": Format("json", ".json", "application/feed+json", "feedpub.formats.json_feed"),
}
