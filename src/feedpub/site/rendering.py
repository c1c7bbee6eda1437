"""Documents: what is written how, made when its bytes are wanted, and read back."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Protocol

from feedpub.diagnostics import CatalogueError
from feedpub.formats import DocumentError

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedpub.feed import Feed
    from feedpub.pages import Page
    from feedpub.spool import Place, Spool


class Form(Protocol):
    """What writes a document and reads it back: a format of feeds, or a kind of pages."""

    @property
    def name(self) -> str:
        """What it is called; no two have the same."""
        ...

    @property
    def suffix(self) -> str:
        """What ends its files' names."""
        ...

    @property
    def media_type(self) -> str:
        """What its documents are served as."""
        ...

    def write(self, shown: Any, /, *, address: str) -> bytes:  # noqa: ANN401 - a feed or a page, each form its own
        """Return the document at an address."""
        ...

    def reads_back(self, data: bytes, shown: Any, /, *, address: str) -> bool:  # noqa: ANN401 - as above
        """Parse a document and tell whether it says what it should; raise DocumentError where it is none."""
        ...


@dataclass(slots=True, kw_only=True)
class Rendering:
    """A feed in a format, or what a page of a kind shows, made when its bytes are wanted.

    ``show`` returns the feed, or what the page shows; ``address`` is the URL that the document names as its own;
    ``digest`` is the SHA-256 of its bytes, in hexadecimal, and how many there are: known from an earlier run, or found
    out. ``is_verified`` says that it was parsed again. With a ``spool``, the bytes lie there, at ``place``, once they
    are made; else they are ``made``.
    """

    show: Callable[[], Feed | Page]
    format: Form
    address: str
    known: tuple[str, int] | None = None
    made: bytes | None = None
    is_verified: bool = False
    spool: Spool | None = None
    place: Place | None = None

    @property
    def data(self) -> bytes:
        """The bytes."""
        if self.spool is not None and self.place is not None:
            return self.spool.read(self.place)
        if self.made is None:
            data = self.format.write(self.show(), address=self.address)
            self.take(data)
            return data
        return self.made

    def take(self, data: bytes) -> None:
        """Keep the bytes that were made: in the spool, where there is one."""
        if self.spool is None:
            self.made = data
        else:
            self.known = self.known or (sha256(data).hexdigest(), len(data))
            self.place = self.spool.keep(data)

    @property
    def digest(self) -> tuple[str, int]:
        """The SHA-256 of the bytes, in hexadecimal, and how many there are."""
        if self.known is None:
            data = self.data
            self.known = (sha256(data).hexdigest(), len(data))
        return self.known

    def finish(self, *, verify: bool) -> None:
        """Make the bytes, and may verify them, while what they show is at hand; `Document.verify` tells what is wrong.

        A template that has a mistake makes nothing: that is told to whoever asks for the bytes.
        """
        with suppress(CatalogueError, DocumentError):
            _ = self.data
            self.is_verified = verify and self.reads_back()

    def reads_back(self) -> bool:
        """Parse the bytes again and tell whether they say what they should. Raises what the form does."""
        return self.format.reads_back(self.data, self.show(), address=self.address)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One file of a publication: ``path`` is relative to the target, with slashes; ``topic`` is None for one of all."""

    path: str
    topic: str | None
    rendering: Rendering

    @property
    def media_type(self) -> str:
        """What the document is served as."""
        return self.rendering.format.media_type

    @property
    def encoding(self) -> None:
        """The content coding of its bytes: none."""
        return

    @property
    def data(self) -> bytes:
        """Its bytes."""
        return self.rendering.data

    @property
    def digest(self) -> tuple[str, int]:
        """The SHA-256 of its bytes, in hexadecimal, and how many there are."""
        return self.rendering.digest

    def verify(self) -> None:
        """Parse the bytes again and compare what they say; raise DocumentError where it is something else."""
        if not self.rendering.is_verified and not self.rendering.reads_back():
            raise DocumentError(f"{self.path} does not read back as it was written")
