"""What reading a document gives back, and the error for one that cannot be read or written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from feedpub.errors import FeedpubError

if TYPE_CHECKING:
    from feedpub.feed import Entry, Retraction


class DocumentError(FeedpubError, ValueError):
    """A document is not what its format says, or a feed holds what its format cannot carry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Readback:
    """What a document says, as far as its format's column of the mapping carries it.

    ``address`` is its own URL, None where it names none. ``entries`` hold what the format carries and the
    defaults for what it does not; where a format has one id only, ``id`` and ``atom_id`` are both that one.
    """

    address: str | None
    title: str
    entries: tuple[Entry, ...]
    retractions: tuple[Retraction, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the entries, in the document's order."""
        return tuple(entry.id for entry in self.entries)
