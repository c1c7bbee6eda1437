"""Topics as they are at one moment: what each shows is chosen; the entries themselves are read when they are wanted."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from feedpub.feed import Entry, Feed
    from feedpub.index import Row
    from feedpub.record import Value


MOST = 16 << 20
"""Characters of entries that are in memory at once, but for those of one feed."""
_ENVELOPE = 1_000  # of an entry beside its texts


class Shelf:
    """The feeds that were asked for last, up to MOST characters of text; of others, each is built again."""

    def __init__(self) -> None:
        """Begin with none."""
        self._feeds: dict[str, tuple[Feed, int]] = {}
        self._size = 0

    def has(self, key: str) -> bool:
        """Tell whether a topic's feed is there."""
        return key in self._feeds

    def get(self, key: str, build: Callable[[], Feed]) -> Feed:
        """Return the feed of a topic, built if it is not there."""
        if key not in self._feeds:
            feed = build()
            size = sum(map(measure, feed.entries))
            self._feeds[key] = (feed, size)
            self._size += size
            while self._size > MOST and len(self._feeds) > 1:
                _, size = self._feeds.pop(next(iter(self._feeds)))
                self._size -= size
        return self._feeds[key][0]


def measure(entry: Entry) -> int:
    """Return about how many characters an entry takes in memory."""
    return len(entry.content or "") + len(entry.summary or "") + _ENVELOPE


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One topic and its feed as it is now.

    ``head`` is the feed without the entries of the catalogue, ``moments`` are when these were published, in seconds
    since 1970, the newest first; ``choose`` returns what so many of them were chosen by, ``build`` makes entries of it.
    ``formerly`` are its former keys, the oldest first; ``retired_at`` is when it ended, if it did; ``retracted``
    are the published ids of its retractions; ``next`` says when the next held-back entries appear, and how many.
    ``fingerprint`` is the same where all that its documents say is. ``has_expiries`` says that an entry leaves on its
    own.
    """

    key: str
    head: Feed
    limit: int
    moments: array[int] = field(default_factory=lambda: array("q"))
    formerly: tuple[str, ...] = ()
    retired_at: datetime | None = None
    retracted: tuple[str, ...] = ()
    next: tuple[datetime, int] | None = None
    fingerprint: str = ""
    has_expiries: bool = False
    choose: Callable[[int], Sequence[Row]] = field(default=lambda _: (), compare=False, repr=False)
    build: Callable[[Sequence[Row]], tuple[Entry, ...]] = field(default=lambda _: (), compare=False, repr=False)
    shelf: Shelf = field(default_factory=Shelf, compare=False, repr=False)

    @property
    def feed(self) -> Feed:
        """The feed, its entries read when it is asked for: while the catalogue's index is open.

        Raises what reading an entry again does.
        """
        return self.shelf.get(self.key, self._build) if self.moments else self.head

    @property
    def times(self) -> list[datetime]:
        """When the entries that it shows were published, the newest first."""
        return [entry.published for entry in self.head.entries] or [as_moment(moment) for moment in self.moments]

    @property
    def expires(self) -> dict[str, datetime]:
        """When the entries that leave on their own do, by published id."""
        if not self.has_expiries:
            return {}
        shown = zip(self.feed.entries, self.choose(len(self.moments)), strict=True)
        return {entry.id: as_moment(row.expires) for entry, row in shown if row.expires is not None}

    def list_newest(self, count: int) -> tuple[Entry, ...]:
        """Return the newest of its entries, as its feed has them. Raises what `feed` does."""
        if not self.moments or self.shelf.has(self.key):
            return self.feed.entries[:count]
        return self.build(self.choose(min(count, len(self.moments))))

    def _build(self) -> Feed:
        entries = self.build(self.choose(len(self.moments)))
        times = [entry.updated for entry in entries] + [one.at for one in self.head.retractions]
        return replace(self.head, entries=entries, updated=max(times))


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry that is not shown because of its times: held back until ``at``, or expired at ``at``."""

    id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NotShown:
    """Entries that are not shown because of their times: how many, and the NAMED nearest to *now* of them."""

    count: int
    nearest: tuple[Waiting, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Every topic as it is at one moment, in display order, `all` last, then the retired ones.

    ``next_change`` is when the output will next change by itself, None if it never will; ``lasts_until`` is when any of
    this will next be otherwise, as well where an entry expires that no topic shows. ``shown`` are the numbers that the
    index has given the entries that were read for a feed so far, by published id; ``read_text`` returns the text of one
    of them by its number.
    """

    topics: tuple[Topic, ...]
    held_back: NotShown
    expired: NotShown
    next_change: datetime | None
    lasts_until: datetime | None = None
    shown: Mapping[str, int] = field(default_factory=dict)
    read_text: Callable[[int], Value] = field(default=lambda _: None, compare=False, repr=False)


def as_moment(seconds: int) -> datetime:
    """Return a moment from seconds since 1970."""
    return datetime.fromtimestamp(seconds, tz=UTC)
