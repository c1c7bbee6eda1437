"""An entry that was read without its places, as it is shown to who judges it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from feedpub.loading.remarks import ReadEntry
from feedpub.record import Record

if TYPE_CHECKING:
    from feedpub.markup import BodyFormat
    from feedpub.record import Path, Span


class JudgedEntry(ReadEntry):
    """An entry as it is shown to who judges it; its body, in ``data``, is text only for who asks for it."""

    data: bytes | None = None

    @classmethod
    def of(cls, key: str, *, body_format: BodyFormat) -> Self:
        """Return an entry under a root key, to be filled with what was read."""
        record = Record("", key, 1, 1, 0, None, _NoPlaces())
        return cls(record=record, values={}, body=None, body_file=None, body_format=body_format)

    @property
    def body(self) -> str | None:
        """The text."""
        return None if self.data is None else self.data.decode()

    @body.setter
    def body(self, text: str | None) -> None:
        self.data = None if text is None else text.encode()


class NoPlacesError(Exception):
    """Somebody has something to say of an entry, and wants to know where it stands."""


class _NoPlaces:
    """The places of an entry that was read without them."""

    def value(self, path: Path) -> Span:  # noqa: ARG002 - the signature of `Places`
        """Raise NoPlacesError, as all of them do."""
        raise NoPlacesError

    use = key = first_key = value
