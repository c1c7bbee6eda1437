"""Topics as they are at one moment: what each shows is chosen; the entries themselves are read when they are wanted."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from feedpub.feed import Entry, Feed
    from feedpub.index import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One topic and its feed as it is now.

    ``head`` is the feed without the entries of the catalogue, ``rows`` are what these were chosen by, the newest first.
    ``formerly`` are its former keys, the oldest first; ``retired_at`` is when it ended, if it did; ``retracted``
    are the published ids of its retractions; ``next`` says when the next held-back entries appear, and how many.
    ``fingerprint`` is the same where all that its documents say is.
    """

    key: str
    head: Feed
    limit: int
    rows: tuple[Row, ...] = ()
    formerly: tuple[str, ...] = ()
    retired_at: datetime | None = None
    retracted: tuple[str, ...] = ()
    next: tuple[datetime, int] | None = None
    fingerprint: str = ""
    build: Callable[[Sequence[Row]], tuple[Entry, ...]] = field(default=lambda _: (), compare=False, repr=False)
    _kept: list[Feed] = field(default_factory=list, compare=False, repr=False)

    @property
    def feed(self) -> Feed:
        """The feed, its entries read when it is first asked for: while the catalogue's index is open.

        Raises what reading an entry again does.
        """
        if not self._kept:
            self._kept.append(self._build())
        return self._kept[0]

    @property
    def times(self) -> list[datetime]:
        """When the entries that it shows were published, the newest first."""
        return [entry.published for entry in self.head.entries] or [as_moment(row.published) for row in self.rows]

    @property
    def expires(self) -> dict[str, datetime]:
        """When the entries that leave on their own do, by published id."""
        shown = zip(self.feed.entries, self.rows, strict=True) if self.rows else ()
        return {entry.id: as_moment(row.expires) for entry, row in shown if row.expires is not None}

    def list_newest(self, count: int) -> tuple[Entry, ...]:
        """Return the newest of its entries, as its feed has them. Raises what `feed` does."""
        if self._kept or self.head.entries:
            return self.feed.entries[:count]
        return self.build(self.rows[:count])

    def _build(self) -> Feed:
        if not self.rows:
            return self.head
        entries = self.build(self.rows)
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

    ``next_change`` is when the output will next change by itself, None if it never will. ``shown`` are the numbers
    that the index has given the entries that were read for a feed so far, by published id.
    """

    topics: tuple[Topic, ...]
    held_back: NotShown
    expired: NotShown
    next_change: datetime | None
    shown: Mapping[str, int] = field(default_factory=dict)


def as_moment(seconds: int) -> datetime:
    """Return a moment from seconds since 1970."""
    return datetime.fromtimestamp(seconds, tz=UTC)
