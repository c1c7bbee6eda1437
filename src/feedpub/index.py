"""What the catalogue holds, remembered in SQLite: enough to choose entries by, and each entry's text.

The database is a private temporary file that SQLite spills to when it must (``sqlite3.connect("")``), so memory
does not grow with the catalogue. It is a cache and never the only copy.
"""

from __future__ import annotations

import marshal
import sqlite3
from bisect import bisect_right
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from types import TracebackType

    from feedpub.record import Value

_SCHEMA = """
CREATE TABLE entries (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL, published INTEGER NOT NULL, updated INTEGER, expires INTEGER);
CREATE TABLE memberships (section TEXT NOT NULL, seq INTEGER NOT NULL);
CREATE TABLE texts (seq INTEGER PRIMARY KEY, key TEXT NOT NULL, value BLOB NOT NULL);
CREATE TABLE names (name INTEGER NOT NULL, seq INTEGER NOT NULL);
"""
_BATCH = 512


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


class Index:
    """The entries of one catalogue.

    Additions are kept back and written in batches; every query writes them first. Raises sqlite3.Error where the
    temporary file cannot grow.
    """

    def __init__(self) -> None:
        """Open an empty index."""
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN; {_SCHEMA}")
        self._count = 0
        self._runs: list[tuple[int, Place]] = []
        self._last: Place | None = None
        self._entries: list[tuple[object, ...]] = []
        self._memberships: list[tuple[object, ...]] = []
        self._texts: list[tuple[object, ...]] = []
        self._names: list[tuple[object, ...]] = []

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
        self._names += [(one, seq) for one in hashes]
        if len(self._names) >= _BATCH:
            self._write()
        return seq

    def add_entry(self, row: Row, *, key: str, value: Value, sections: Sequence[str]) -> None:
        """Remember an entry that may be published, with the text it was read as under a root key."""
        self._entries.append((row.seq, row.id, row.published, row.updated, row.expires))
        self._memberships += [(section, row.seq) for section in sections]
        self._texts.append((row.seq, key, marshal.dumps(value)))
        if len(self._entries) >= _BATCH:
            self._write()

    def find_repeats(self) -> Iterator[Place]:
        """Yield the places, in the order of reading, of all that share a hash with another: they may share a name.

        Hashes only filter: who asks reads the places again to be certain.
        """
        self._write()
        query = """
            SELECT DISTINCT seq FROM names WHERE name IN
            (SELECT name FROM names GROUP BY name HAVING count(DISTINCT seq) > 1) ORDER BY seq"""
        for (seq,) in self._database.execute(query):
            yield self._place_of(seq)

    def _place_of(self, seq: int) -> Place:
        """Return the place of a record: those of one list follow each other, so only the first is kept."""
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
        """Return the root key of an entry and the text that it was read as."""
        key, value = self._database.execute("SELECT key, value FROM texts WHERE seq = ?", (seq,)).fetchone()
        return key, marshal.loads(value)  # noqa: S302 - this process has written it, into a file that nobody else can name

    def _write(self) -> None:
        for table, rows in (
            ("entries VALUES (?, ?, ?, ?, ?)", self._entries),
            ("memberships VALUES (?, ?)", self._memberships),
            ("texts VALUES (?, ?, ?)", self._texts),
            ("names VALUES (?, ?)", self._names),
        ):
            if rows:
                self._database.executemany(f"INSERT INTO {table}", rows)
                rows.clear()
