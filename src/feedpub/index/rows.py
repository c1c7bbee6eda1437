"""What the catalogue holds, remembered in SQLite: enough to choose entries by, and each entry's text.

The database is a private temporary file that SQLite spills to when it must (``sqlite3.connect("")``), so memory
does not grow with the catalogue. It is a cache and never the only copy.
"""

from __future__ import annotations

import marshal
import sqlite3
from array import array
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Self, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from types import TracebackType

    from feedpub.record import Value

_SCHEMA = """
CREATE TABLE entries (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL, published INTEGER NOT NULL, updated INTEGER, expires INTEGER,
    piece INTEGER, ordinal INTEGER, start INTEGER, length INTEGER);
CREATE TABLE memberships (section TEXT NOT NULL, seq INTEGER NOT NULL);
CREATE TABLE texts (first INTEGER PRIMARY KEY, bundle BLOB NOT NULL);
CREATE TABLE hashes (part INTEGER NOT NULL, bundle BLOB NOT NULL);
"""
_BATCH = 512
_BUNDLE = 1 << 16  # bytes of texts that share a row: a row for each entry would take several times as long
_PARTS = 64  # hashes are compared part by part, so that few are in memory at once


Location: TypeAlias = tuple[int, int, int, int]
"""Where an entry stands: the number of a piece, which record of it, its first byte and its length (0 if unknown)."""


@dataclass(slots=True)
class Row:
    """What an entry is chosen by: its id and its times, in seconds since 1970."""

    seq: int
    id: str
    published: int
    updated: int | None = None
    expires: int | None = None


@dataclass(slots=True, unsafe_hash=True)
class Place:
    """Where something of the catalogue was read: a file, a root key in it, and the item's number under that key."""

    file: str
    key: str
    number: int


def _read_nothing(location: Location) -> tuple[str, Value]:
    raise LookupError(location)


class Index:
    """The entries of one catalogue; ``reader`` is who reads the text of an entry that was added by its place.

    Additions are kept back and written in batches; every query writes them first. Raises sqlite3.Error where the
    temporary file cannot grow.
    """

    def __init__(self) -> None:
        """Open an empty index."""
        self.reader: Callable[[Location], tuple[str, Value]] = _read_nothing
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN; {_SCHEMA}")
        self._count = 0
        self._runs: list[tuple[int, Place]] = []
        self._last: Place | None = None
        self._entries: list[tuple[object, ...]] = []
        self._memberships: list[tuple[object, ...]] = []
        self._texts: dict[int, bytes] = {}
        self._size = 0
        self._bundle: dict[int, bytes] = {}
        self._hashes = [array("q") for _ in range(_PARTS)]

    def __enter__(self) -> Self:
        """Return the index itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Close the index."""
        self.close()

    def close(self) -> None:
        """Close the database; its temporary file goes with it."""
        self._database.close()

    def add_record(self, place: Place, *, hashes: Iterable[int]) -> int:
        """Remember where something was read and the hashes of its names; return its number, from 1."""
        self._count += 1
        seq = self._count
        last = self._last
        if last is None or place.number != last.number + 1 or place.key != last.key or place.file != last.file:
            self._runs.append((seq, place))
        self._last = place
        for one in hashes:
            part = self._hashes[one % _PARTS]
            part.extend((one, seq))
            if len(part) >= 2 * _BATCH:
                self._write_hashes(one % _PARTS)
        return seq

    def add_entry(self, row: Row, *, key: str, value: Value, sections: Sequence[str]) -> None:
        """Remember an entry that may be published, with the text it was read as under a root key."""
        self._entries.append((row.seq, row.id, row.published, row.updated, row.expires, None, None, None, None))
        self._memberships += [(section, row.seq) for section in sections]
        text = self._texts[row.seq] = marshal.dumps((key, value))
        self._size += len(text)
        if self._size >= _BUNDLE:
            self._write()

    def add_located(self, row: Row, *, sections: Sequence[str], location: Location) -> None:
        """Remember an entry that may be published by where it stands; its text is read again when it is asked for."""
        self._entries.append((row.seq, row.id, row.published, row.updated, row.expires, *location))
        self._memberships += [(section, row.seq) for section in sections]
        if len(self._entries) >= _BATCH:
            self._write()

    def find_repeats(self) -> list[Place]:
        """Return the places, in the order of reading, of all that share a hash with another: they may share a name.

        Hashes only filter: who asks reads the places again to be certain.
        """
        found: set[int] = set()
        for part in range(_PARTS):
            self._write_hashes(part)
            pairs = array("q")
            for (bundle,) in self._database.execute("SELECT bundle FROM hashes WHERE part = ?", (part,)):
                pairs.frombytes(bundle)
            hashes = pairs[::2]
            if len(set(hashes)) < len(hashes):
                counts = Counter(hashes)
                found.update(seq for one, seq in zip(hashes, pairs[1::2], strict=True) if counts[one] > 1)
        return [self.place_of(seq) for seq in sorted(found)]

    def holds(self, one: int) -> bool:
        """Tell whether some record has a name of this hash."""
        part = one % _PARTS
        self._write_hashes(part)
        pairs = array("q")
        for (bundle,) in self._database.execute("SELECT bundle FROM hashes WHERE part = ?", (part,)):
            pairs.frombytes(bundle)
        return one in pairs[::2]

    def place_of(self, seq: int) -> Place:
        """Return the place of a record by its number: those of one list follow each other, so the first is kept."""
        first, place = self._runs[bisect_right(self._runs, seq, key=itemgetter(0)) - 1]
        return Place(place.file, place.key, place.number + seq - first)

    def select_newest(self, section: str | None, *, now: int, limit: int) -> list[Row]:
        """Return the newest entries of a section (None: of all) that are published and not expired at ``now``."""
        self._write()
        member = "" if section is None else "JOIN memberships USING (seq)"
        only = "" if section is None else "AND section = :section"
        query = f"""
            SELECT seq, id, published, updated, expires FROM entries {member}
            WHERE published <= :now AND (expires IS NULL OR expires > :now) {only}
            ORDER BY published DESC, id LIMIT :limit"""  # noqa: S608 - two fixed clauses
        values = {"now": now, "section": section, "limit": limit}
        return [Row(*found) for found in self._database.execute(query, values)]

    def select_times(self, section: str | None, *, after: int) -> list[int]:
        """Return when the entries of a section (None: of all) are published that are after a time, in order."""
        self._write()
        member, only = ("", "") if section is None else ("JOIN memberships USING (seq)", "AND section = ?")
        query = f"SELECT published FROM entries {member} WHERE published > ? {only} ORDER BY published"  # noqa: S608 - as above
        values = (after,) if section is None else (after, section)
        return [published for (published,) in self._database.execute(query, values)]

    def select_next(self, section: str | None, *, now: int) -> tuple[int, int] | None:
        """Return when the next entries of a section (None: of all) are published after ``now``, and how many."""
        self._write()
        member, only = ("", "") if section is None else ("JOIN memberships USING (seq)", "AND section = ?")
        query = (
            f"SELECT published, count(*) FROM entries {member} WHERE published > ? {only} GROUP BY 1 ORDER BY 1 LIMIT 1"  # noqa: S608 - as above
        )
        found = self._database.execute(query, (now,) if section is None else (now, section)).fetchone()
        return None if found is None else (found[0], found[1])

    def select_held_back(self, *, now: int, limit: int) -> tuple[int, list[Row]]:
        """Return how many entries are published after ``now``, and the next ones of them."""
        return self._count_and_select("published > ?", "published, id", now, limit)

    def select_expired(self, *, now: int, limit: int) -> tuple[int, list[Row]]:
        """Return how many entries have expired by ``now``, and the latest ones of them."""
        return self._count_and_select("expires <= ?", "expires DESC, id", now, limit)

    def _count_and_select(self, which: str, order: str, now: int, limit: int) -> tuple[int, list[Row]]:
        self._write()
        where = f"FROM entries WHERE {which}"  # both are written above
        (count,) = self._database.execute(f"SELECT count(*) {where}", (now,)).fetchone()
        query = f"SELECT seq, id, published, updated, expires {where} ORDER BY {order} LIMIT ?"
        return count, [Row(*found) for found in self._database.execute(query, (now, limit))]

    def read_text(self, seq: int) -> tuple[str, Value]:
        """Return the root key of an entry and the text that it was read as. Raises what reading it again does."""
        query = "SELECT piece, ordinal, start, length FROM entries WHERE seq = ?"
        self._write()
        location = self._database.execute(query, (seq,)).fetchone()
        if location is not None and location[0] is not None:
            return self.reader(location)
        if seq not in self._bundle:  # those that are selected often stand together
            query = "SELECT bundle FROM texts WHERE first <= ? ORDER BY first DESC LIMIT 1"
            (bundle,) = self._database.execute(query, (seq,)).fetchone()
            self._bundle = marshal.loads(bundle)  # noqa: S302 - this process has written it, where nobody else writes
        key, value = marshal.loads(self._bundle[seq])  # noqa: S302 - as above
        return key, value

    def _write(self) -> None:
        if self._entries:
            self._database.executemany("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", self._entries)
            self._database.executemany("INSERT INTO memberships VALUES (?, ?)", self._memberships)
            if self._texts:
                bundle = (min(self._texts), marshal.dumps(self._texts))
                self._database.execute("INSERT INTO texts VALUES (?, ?)", bundle)
            self._entries.clear()
            self._memberships.clear()
            self._texts.clear()
            self._size = 0

    def _write_hashes(self, part: int) -> None:
        self._database.execute("INSERT INTO hashes VALUES (?, ?)", (part, self._hashes[part].tobytes()))
        del self._hashes[part][:]
