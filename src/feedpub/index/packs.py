"""The entries of a piece of a file, packed: looked into only where the best that a pack holds might be wanted."""

from __future__ import annotations

import json
from array import array
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from itertools import groupby, islice, takewhile
from operator import itemgetter
from typing import TYPE_CHECKING, TypeAlias

from feedpub.index.rows import Row

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from feedpub.index.spread import Spread

ANY = ""
"""The section that stands for all of them."""

Location: TypeAlias = tuple[int, int, int, int, str]
"""Where an entry stands: the number of a pack, which of its records, first byte, length (0 if unknown), root key."""


PackedRow: TypeAlias = "tuple[int, str, str, int, int | None, int | None, str, tuple[str, ...], int, int]"
"""An entry on its way into a pack: which record it is (from 0), the root key that it stands under, its id, when it was
published, updated and expires, in seconds since 1970, the digest of what it means, its sections, and its place in the
piece: first byte and length.
"""

_LINE = 64  # entries that are looked into together
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)

_LONG_AGO = -(1 << 62)
_KNOWN = 10_000  # entries whose places are remembered
_FEW_SECTIONS, _FEW_PACKS = 24, 8
_MANY_SECTIONS = 500


@dataclass(slots=True)
class PackedEntry:
    """An entry of a pack: which record it is, from 0, what it is chosen by, its sections and its place in the piece.

    ``key`` is the root key that it stands under.
    """

    ordinal: int
    key: str
    row: Row
    sections: tuple[str, ...]
    start: int
    length: int


@dataclass(slots=True, kw_only=True)
class Pack:
    """What a piece holds, as it is kept and sent between processes.

    ``rows`` are the entries that may be published, newest first and then by id, as lines of JSON that hold some of them
    each; ``pairs`` are the hashes of all names, each with the number of its record, ``runs`` how many records of which
    root key follow each other. ``newest`` is when the newest entry of each section is published (of all under ANY),
    ``first_expiry`` when the first one expires.
    """

    rows: bytes
    pairs: bytes
    runs: tuple[tuple[str, int], ...]
    newest: dict[str, int]
    first_expiry: int | None

    @property
    def count(self) -> int:
        """How many records there are."""
        return sum(count for _, count in self.runs)


def pack(keys: Iterable[str], pairs: Iterable[int], entries: Sequence[PackedRow]) -> Pack:
    """Return the pack of a piece: the root keys of its records, hashes with the numbers of records, and its entries."""
    runs = tuple((key, len(list(run))) for key, run in groupby(keys))
    latest: dict[tuple[str, ...], int] = {}
    first_expiry = None
    for _, _, _, published, _, expires, _, sections, _, _ in entries:
        if published > latest.get(sections, _LONG_AGO):
            latest[sections] = published
        if expires is not None and (first_expiry is None or expires < first_expiry):
            first_expiry = expires
    newest: dict[str, int] = {}
    for sections, published in latest.items():
        for section in (ANY, *sections):
            newest[section] = max(published, newest.get(section, published))
    return Pack(
        rows=_write(entries),
        pairs=array("q", pairs).tobytes(),
        runs=runs,
        newest=newest,
        first_expiry=first_expiry,
    )


def _write(entries: Iterable[PackedRow]) -> bytes:
    ordered = sorted(entries, key=itemgetter(2))
    ordered.sort(key=itemgetter(3), reverse=True)
    lines = (_ENCODER.encode(ordered[start : start + _LINE]) for start in range(0, len(ordered), _LINE))
    return "\n".join(lines).encode()


class Packs:
    """The packs of one catalogue, in the database of its index."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Begin with none."""
        database.execute("CREATE TABLE packs (number INTEGER PRIMARY KEY, rows BLOB NOT NULL)")
        database.execute("CREATE TABLE newest (section TEXT NOT NULL, published INTEGER NOT NULL, number INTEGER)")
        database.execute("CREATE TABLE expiries (first INTEGER NOT NULL, number INTEGER)")
        self._database = database
        self._bases, self._ends = array("q"), array("q")
        self._open = lru_cache(maxsize=16)(self._read)
        self._known: dict[int, Location] = {}
        self._spread: Spread | None = None
        self._decided_at = 0  # packs

    def add(self, one: Pack, *, base: int) -> None:
        """Add a pack, whose first record has the number behind ``base``; all but that is in the database."""
        number = len(self._bases)
        self._database.execute("INSERT INTO packs VALUES (?, ?)", (number, one.rows))
        newest = [(section, published, number) for section, published in one.newest.items()]
        self._database.executemany("INSERT INTO newest VALUES (?, ?, ?)", newest)
        if one.first_expiry is not None:
            self._database.execute("INSERT INTO expiries VALUES (?, ?)", (one.first_expiry, number))
        self._bases.append(base)
        self._ends.append(base + one.count)

    def find(self, seq: int) -> tuple[int, int] | None:
        """Return the number of the pack that holds a record, and that of its first one; None where none does."""
        number = bisect_right(self._bases, seq - 1) - 1
        return (number, self._bases[number] + 1) if number >= 0 and seq <= self._ends[number] else None

    def locate(self, seq: int) -> Location | None:
        """Return where the entry of a number stands, None where no pack holds it."""
        if self._spread is not None:
            return self._spread.locate(seq)
        if (known := self._known.get(seq)) is not None:
            return known
        if (pack := self.find(seq)) is None:
            return None
        found = next((one for one in self._open(pack[0]) if one.row.seq == seq), None)
        return _locate(pack[0], found) if found else None

    def find_newest(self, section: str | None, *, now: int, limit: int) -> list[Row]:
        """Return the newest entries of a section that are published and not expired, newest first, then by id."""
        if spread := self._spread_out():
            return spread.find_newest(ANY if section is None else section, now=now, limit=limit)
        best: list[tuple[tuple[int, str], int, PackedEntry]] = []
        for number, bound in self._list_newest(section, after=_LONG_AGO, order="published DESC"):
            last = best[limit - 1][0] if len(best) >= limit else None
            if last is not None and -bound > last[0]:
                break
            wanted = (one for one in self._list(number, section) if is_shown(one.row, now=now))
            ranked = ((_rank(one.row), number, one) for one in islice(wanted, limit))
            best += takewhile(lambda one: last is None or one[0] < last, ranked)  # noqa: B023 - used up at once
            best.sort(key=itemgetter(0))
            del best[limit:]
        if len(self._known) > _KNOWN:
            self._known.clear()
        self._known |= {one.row.seq: _locate(number, one) for _, number, one in best}
        return [one.row for _, _, one in best]

    def list_after(self, section: str | None, moment: int) -> Iterator[Row]:
        """Yield the entries of a section that are published after a moment."""
        if spread := self._spread_out():
            yield from spread.list_after(ANY if section is None else section, moment)
            return
        for number, _ in self._list_newest(section, after=moment, order="number"):
            rows = (one.row for one in self._list(number, section))
            yield from takewhile(lambda row: row.published > moment, rows)

    def list_expired(self, now: int) -> Iterator[Row]:
        """Yield the entries that have expired."""
        query = "SELECT number FROM expiries WHERE first <= ? ORDER BY number"
        for (number,) in self._database.execute(query, (now,)):
            rows = (one.row for one in self._list(number, None))
            yield from (row for row in rows if row.expires is not None and row.expires <= now)

    def find_next_expiry(self, now: int) -> int | None:
        """Return when the next entry expires, None where none does any more."""
        (first,) = self._database.execute("SELECT min(first) FROM expiries WHERE first > ?", (now,)).fetchone()
        query = "SELECT number FROM expiries WHERE first <= ? ORDER BY number"
        numbers = [number for (number,) in self._database.execute(query, (now,))]
        times = [one.row.expires for number in numbers for one in self._list(number, None)]
        later = [one for one in (first, *times) if one is not None and one > now]
        return min(later, default=None)

    def _spread_out(self) -> Spread | None:
        """Return the entries of all packs one by one, where so many sections look into so many packs."""
        if self._spread is None and self._decided_at < len(self._bases):
            self._decided_at = len(self._bases)
            few = _FEW_SECTIONS if len(self._bases) > _FEW_PACKS else _MANY_SECTIONS
            query = "SELECT count(*) FROM (SELECT DISTINCT section FROM newest LIMIT ?)"
            (sections,) = self._database.execute(query, (few + 1,)).fetchone()
            if sections > few:
                from feedpub.index.spread import Spread  # noqa: PLC0415 - few catalogues have so many sections

                packs = ((number, self._read(number)) for number in range(len(self._bases)))
                self._spread = Spread(self._database, packs, every=ANY)
        return self._spread

    def _list_newest(self, section: str | None, *, after: int, order: str) -> Iterator[tuple[int, int]]:
        """Return the packs that hold entries of a section after a moment, each with when the newest is published."""
        # Of all at once, which takes less time than one after another.
        self._database.execute("CREATE INDEX IF NOT EXISTS newest_of_a_section ON newest (section, published)")
        query = f"SELECT number, published FROM newest WHERE section = ? AND published > ? ORDER BY {order}"  # noqa: S608 - one of two columns
        return self._database.execute(query, (ANY if section is None else section, after))

    def _list(self, number: int, section: str | None) -> Iterator[PackedEntry]:
        """Yield the entries of a section that a pack holds, newest first and then by id, read as they are asked for."""
        (rows,) = self._database.execute("SELECT rows FROM packs WHERE number = ?", (number,)).fetchone()
        base = self._bases[number] + 1
        for line in BytesIO(rows):
            for ordinal, key, name, published, updated, expires, digest, sections, start, length in json.loads(line):
                if section is None or section in sections:
                    row = Row(base + ordinal, name, published, updated, expires, digest)
                    yield PackedEntry(ordinal, key, row, tuple(sections), start, length)

    def _read(self, number: int) -> tuple[PackedEntry, ...]:
        return tuple(self._list(number, None))


def is_shown(row: Row, *, now: int) -> bool:
    """Tell whether an entry is published and not expired at a time."""
    return row.published <= now and (row.expires is None or row.expires > now)


def _rank(row: Row) -> tuple[int, str]:
    return -row.published, row.id


def _locate(number: int, one: PackedEntry) -> Location:
    return number, one.ordinal, one.start, one.length, one.key
