"""Documents → their compressed variants, to be published beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from feedpub.encodings import ENCODINGS
from feedpub.formats import DocumentError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from feedpub.site import Document


@dataclass(slots=True, kw_only=True)
class Variant:
    """A document in a content coding, compressed when its bytes are wanted.

    Its ``digest`` is that of what it holds, the document's: compressors differ from machine to machine.
    """

    document: Document
    encoding: str
    made: bytes | None = None

    @property
    def path(self) -> str:
        """Where it stands, beside its document."""
        return self.document.path + ENCODINGS[self.encoding].suffix

    @property
    def data(self) -> bytes:
        """Its bytes."""
        if self.made is None:
            self.made = ENCODINGS[self.encoding].compress(self.document.data)
        return self.made

    @property
    def digest(self) -> tuple[str, int]:
        """The SHA-256 of the document, in hexadecimal, and how many bytes it has."""
        return self.document.digest

    def verify(self) -> None:
        """Decompress it again; raise DocumentError where that is not the document."""
        if ENCODINGS[self.encoding].decompress(self.data, self.digest[1]) != self.document.data:
            raise DocumentError(f"{self.path} does not decompress to what was compressed")


def make_variants(documents: Iterable[Document], *, encodings: Collection[str]) -> Iterator[Variant]:
    """Yield every document in each coding."""
    for document in documents:
        for encoding in encodings:
            yield Variant(document=document, encoding=encoding)
