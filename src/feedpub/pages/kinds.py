"""The kinds of pages: one line each in `KINDS`, each in a module of its own."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from feedpub.pages.listing import Page

NAME = "html"
"""What the command line calls all pages, as it calls feeds by their formats."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A way to show topics to a person, or to a reader that takes all of them.

    ``name`` is its own, ``suffix`` ends its files' names, ``media_type`` is what it is served as, ``module`` does the
    work.
    """

    name: str
    suffix: str
    media_type: str
    module: str

    def write(self, page: Page, *, address: str) -> bytes:
        """Return the document, UTF-8; ``address`` is the absolute URL that it is published at.

        The same page and address always give the same bytes. Raises CatalogueError where a template of the catalogue
        has a mistake, or leaves out what a page must hold.
        """
        return self._load().write(page, address=address)

    def reads_back(self, data: bytes, page: Page, *, address: str) -> bool:
        """Parse a document and tell whether it holds what `write` has to put there.

        Raises DocumentError for anything that is no such document.
        """
        return self._load().reads_back(data, page, address=address)

    def _load(self) -> _Module:
        return cast("_Module", import_module(self.module))


class _Module(Protocol):
    def write(self, page: Page, *, address: str) -> bytes: ...

    def reads_back(self, data: bytes, page: Page, *, address: str) -> bool: ...


TOPIC = Kind("topic", ".html", "text/html", "feedpub.pages.topic")
INDEX = Kind("index", ".html", "text/html", "feedpub.pages.index")
OPML = Kind("opml", ".opml", "text/x-opml", "feedpub.pages.opml")

KINDS = {kind.name: kind for kind in (TOPIC, INDEX, OPML)}
