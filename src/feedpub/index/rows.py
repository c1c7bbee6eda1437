"""What the catalogue holds, remembered in SQLite: enough to choose entries by, and each entry's text.

The database is a private temporary file that SQLite spills to when it must (``sqlite3.connect("")``), so memory
does not grow with the catalogue. It is a cache and never the only copy.
"""

from __future__ import annotations

import marshal
import os
import sqlite3
from bisect import bisect_right
from dataclasses import dataclass
from heapq import nsmallest
from itertools import chain, count
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Self

from feedpub.errors import PublishError, UsageError
from feedpub.index.names import Names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from types import TracebackType

    from feedpub.index.packs import Location, Pack, Packs
    from feedpub.record import Value

_SCHEMA = """
CREATE TABLE entries (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL, published INTEGER NOT NULL, updated INTEGER, expires INTEGER,
    digest TEXT NOT NULL);
CREATE TABLE memberships (section TEXT NOT NULL, seq INTEGER NOT NULL);
CREATE TABLE texts (first INTEGER PRIMARY KEY, bundle BLOB NOT NULL);
"""
_BUNDLE = 1 << 16  # bytes of texts that share a row: a row for each entry would take several times as long


@dataclass(slots=True)
class Row:
    """What an entry is chosen by: its id and its times, in seconds since 1970; ``digest`` is what all of it means."""

    seq: int
    id: str
    published: int
    updated: int | None = None
    expires: int | None = None
    digest: str = ""


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
    temporary file cannot grow or be read; used as a context, the index makes a PublishError of one that leaves it.
    """

    def __init__(self) -> None:
        """Open an empty index."""
        self.reader: Callable[[Location], tuple[str, Value]] = _read_nothing
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN; {_SCHEMA}")
        self._is_closed = False
        self._packs: Packs | None = None
        self._count = 0
        self._runs: list[tuple[int, Place]] = []
        self._last: Place | None = None
        self._entries: list[tuple[object, ...]] = []
        self._memberships: list[tuple[object, ...]] = []
        self._texts: dict[int, bytes] = {}
        self._size = 0
        self._bundle: dict[int, bytes] = {}
        self._names = Names(self._database)

    def __enter__(self) -> Self:
        """Return the index itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Close the index; raise PublishError where it was its temporary file that ended its use."""
        self.close()
        if isinstance(error, sqlite3.Error):
            folder = _find_temporary_folder()
            sentence = (
                f"cannot hold the entries in a temporary file in {folder}: {error}; TMPDIR may name another folder"
            )
            raise PublishError(sentence, path=folder) from error

    def close(self) -> None:
        """Close the database; its temporary file goes with it. Whoever wants entries later gets a UsageError."""
        self._is_closed = True
        self._database.close()

    def _ensure_open(self) -> None:
        if self._is_closed:
            raise UsageError("the catalogue is closed: what its feeds show can no longer be read")

    def add_record(self, place: Place, *, hashes: Iterable[int]) -> int:
        """Remember where something was read and the hashes of its names; return its number, from 1."""
        self._count += 1
        seq = self._count
        self._begin_run(seq, place)
        self._last = place
        self._names.add(hashes, seq=seq)
        return seq

    def add_entry(self, row: Row, *, key: str, value: Value, sections: Sequence[str]) -> None:
        """Remember an entry that may be published, with the text it was read as under a root key."""
        self._entries.append((row.seq, row.id, row.published, row.updated, row.expires, row.digest))
        self._memberships += [(section, row.seq) for section in sections]
        text = self._texts[row.seq] = marshal.dumps((key, value))
        self._size += len(text)
        if self._size >= _BUNDLE:
            self._write()

    def add_pack(self, one: Pack, *, file: str, numbers: dict[str, int], are_apart: bool = False) -> None:
        """Remember what a piece of a file holds; ``numbers`` count the records of each root key of the file.

        No name of packs that ``are_apart`` is in two of them, nor in one twice.
        """
        base = self._count
        if self._packs is None:
            from feedpub.index.packs import Packs  # noqa: PLC0415 - only large files are read in pieces

            self._packs = Packs(self._database)
        self._packs.add(one, base=base)
        for key, length in one.runs:
            self._begin_run(self._count + 1, Place(file, key, numbers.get(key, 0) + 1))
            numbers[key] = numbers.get(key, 0) + length
            self._count += length
            self._last = Place(file, key, numbers[key])
        self._names.add_pairs(one.pairs, base=base, are_apart=are_apart)

    def _begin_run(self, seq: int, place: Place) -> None:
        """Remember the place of a record, where it does not just follow the last one in its list."""
        last = self._last
        if last is None or place.number != last.number + 1 or place.key != last.key or place.file != last.file:
            self._runs.append((seq, place))

    def find_repeats(self) -> list[int]:
        """Return the numbers, in order, of all records that share a hash with another: they may share a name.

        Hashes only filter: who asks reads them again to be certain.
        """
        return self._names.find_repeats()

    def holds(self, one: int) -> bool:
        """Tell whether some record has a name of this hash."""
        return self._names.holds(one)

    def place_of(self, seq: int) -> Place:
        """Return the place of a record by its number: those of one list follow each other, so the first is kept."""
        first, place = self._runs[bisect_right(self._runs, seq, key=itemgetter(0)) - 1]
        return Place(place.file, place.key, place.number + seq - first)

    def locate(self, seq: int) -> Location | None:
        """Return where the entry of a number stands, None where its text is kept."""
        return self._packs.locate(seq) if self._packs else None

    def find_pack(self, seq: int) -> tuple[int, int] | None:
        """Return the number of the pack that holds a record, and that of its first one; None where it came alone."""
        return self._packs.find(seq) if self._packs else None

    def select_newest(self, section: str | None, *, now: int, limit: int) -> list[Row]:
        """Return the newest entries of a section (None: of all) that are published and not expired at ``now``."""
        self._ensure_open()
        self._write()
        member = "" if section is None else "JOIN memberships USING (seq)"
        only = "" if section is None else "AND section = :section"
        query = f"""
            SELECT seq, id, published, updated, expires, digest FROM entries {member}
            WHERE published <= :now AND (expires IS NULL OR expires > :now) {only}
            ORDER BY published DESC, id LIMIT :limit"""  # noqa: S608 - two fixed clauses
        values = {"now": now, "section": section, "limit": limit}
        rows = [Row(*found) for found in self._database.execute(query, values)]
        if self._packs:
            rows += self._packs.find_newest(section, now=now, limit=limit)
        return sorted(rows, key=lambda row: (-row.published, row.id))[:limit]

    def select_times(self, section: str | None, *, after: int) -> list[int]:
        """Return when the entries of a section (None: of all) are published that are after a time, in order."""
        self._write()
        member, only = ("", "") if section is None else ("JOIN memberships USING (seq)", "AND section = ?")
        query = f"SELECT published FROM entries {member} WHERE published > ? {only} ORDER BY published"  # noqa: S608 - as above
        values = (after,) if section is None else (after, section)
        times = [published for (published,) in self._database.execute(query, values)]
        return sorted(
            [*times, *(row.published for row in self._packs.list_after(section, after))] if self._packs else times
        )

    def select_next(self, section: str | None, *, now: int) -> tuple[int, int] | None:
        """Return when the next entries of a section (None: of all) are published after ``now``, and how many."""
        times = self.select_times(section, after=now)
        return (times[0], times.count(times[0])) if times else None

    def select_held_back(self, *, now: int, limit: int) -> tuple[int, list[Row]]:
        """Return how many entries are published after ``now``, and the next ones of them."""
        rows = chain(self._select("published > ?", now), self._packs.list_after(None, now) if self._packs else ())
        return _count_and_choose(rows, limit, key=lambda row: (row.published, row.id))

    def select_expired(self, *, now: int, limit: int) -> tuple[int, list[Row]]:
        """Return how many entries have expired by ``now``, and the latest ones of them."""
        rows = chain(self._select("expires <= ?", now), self._packs.list_expired(now) if self._packs else ())
        return _count_and_choose(rows, limit, key=lambda row: (-(row.expires or 0), row.id))

    def find_next_expiry(self, *, now: int) -> int | None:
        """Return when the next entry expires after ``now``, None where none does."""
        self._write()
        (first,) = self._database.execute("SELECT min(expires) FROM entries WHERE expires > ?", (now,)).fetchone()
        times = (first, self._packs.find_next_expiry(now) if self._packs else None)
        return min((one for one in times if one is not None), default=None)

    def _select(self, which: str, now: int) -> Iterator[Row]:
        self._write()
        query = f"SELECT seq, id, published, updated, expires, digest FROM entries WHERE {which}"  # noqa: S608 - written above
        return (Row(*found) for found in self._database.execute(query, (now,)))

    def read_text(self, seq: int) -> tuple[str, Value]:
        """Return the root key of an entry and the text that it was read as. Raises what reading it again does."""
        self._ensure_open()
        if location := self.locate(seq):
            return self.reader(location)
        self._write()
        if seq not in self._bundle:  # those that are selected often stand together
            query = "SELECT bundle FROM texts WHERE first <= ? ORDER BY first DESC LIMIT 1"
            (bundle,) = self._database.execute(query, (seq,)).fetchone()
            self._bundle = marshal.loads(bundle)  # noqa: S302 - this process has written it, where nobody else writes
        key, value = marshal.loads(self._bundle[seq])  # noqa: S302 - as above
        return key, value

    def _write(self) -> None:
        if self._entries:
            self._database.executemany("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?)", self._entries)
            self._database.executemany("INSERT INTO memberships VALUES (?, ?)", self._memberships)
            bundle = (min(self._texts), marshal.dumps(self._texts))
            self._database.execute("INSERT INTO texts VALUES (?, ?)", bundle)
            self._entries.clear()
            self._memberships.clear()
            self._texts.clear()
            self._size = 0


def _find_temporary_folder() -> str:
    """Return the folder in which SQLite has its temporary files (https://www.sqlite.org/tempfiles.html, section 5)."""
    named = (os.environ.get("SQLITE_TMPDIR"), os.environ.get("TMPDIR"), "/var/tmp", "/usr/tmp", "/tmp")  # noqa: S108 - its list
    return next((one for one in named if one and os.path.isdir(one) and os.access(one, os.W_OK | os.X_OK)), ".")  # noqa: PTH112 - strings


def _count_and_choose(rows: Iterator[Row], limit: int, *, key: Callable[[Row], Any]) -> tuple[int, list[Row]]:
    """Return how many rows there are, and the first of them by a key; few are in memory at once."""
    counter = count()
    chosen = nsmallest(limit, (row for row, _ in zip(rows, counter, strict=False)), key=key)
    return next(counter), chosen
