"""The hashes of all names of a catalogue, compared part by part, so that few of them are in memory at once."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

_SCHEMA = """
CREATE TABLE names (part INTEGER NOT NULL, bundle BLOB NOT NULL);
CREATE TABLE owners (base INTEGER NOT NULL, bundle BLOB NOT NULL);
"""
_BITS = 63  # of a hash
_SHIFT = _BITS - 5
_PARTS = 1 << (_BITS - _SHIFT)
_BOUNDS = [part << _SHIFT for part in range(1, _PARTS)]
_BATCH = 1_024  # hashes of a part that are written at once
_MANY = 16_384  # hashes that are shared out at once


class Names:
    """Hashes of 63 bits, each with the number of the record that has the name."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Begin with none, in the database of an index."""
        for statement in _SCHEMA.strip().split("\n"):
            database.execute(statement)
        self._database = database
        self._parts = [array("q") for _ in range(_PARTS)]
        self._new = array("q")  # hashes that are in no part yet
        self._owners = array("q")  # of records that come one by one: hash and number, in turns
        self._is_shared = False  # whether some hashes are in parts
        self._apart: set[int] = set()  # the bases of packs whose hashes are known to be apart, and are in no part yet

    def add(self, hashes: Iterable[int], *, seq: int) -> None:
        """Remember the hashes of a record's names."""
        for one in hashes:
            self._new.append(one)
            self._owners.extend((one, seq))
        if len(self._owners) >= 2 * _BATCH:
            self._write_owners()
            self._share_out()

    def add_pairs(self, pairs: bytes, *, base: int, are_apart: bool = False) -> None:
        """Remember the hashes of a pack: each with the number of its record, which has ``base + 1`` added.

        Those that ``are_apart`` share none with each other, nor with those of another pack of which it is said.
        """
        if are_apart:
            self._database.execute("INSERT INTO owners VALUES (?, ?)", (base + 1, pairs))
            self._apart.add(base + 1)
            return
        self._new.extend(_unpack(pairs)[::2])
        self._database.execute("INSERT INTO owners VALUES (?, ?)", (base + 1, pairs))
        if len(self._new) >= _MANY:
            self._share_out()

    def _share_out(self) -> None:
        """Put the new hashes into their parts; parts of which there is enough are written away: they grow alike."""
        if not self._new:
            return
        self._is_shared = True
        ordered = array("q", sorted(self._new))
        del self._new[:]
        start = 0
        for part, bound in zip(self._parts, (*_BOUNDS, 1 << _BITS), strict=True):
            end = bisect_left(ordered, bound, start)
            part.extend(ordered[start:end])
            start = end
        if len(self._parts[0]) >= _BATCH:
            rows = [(number, part.tobytes()) for number, part in enumerate(self._parts)]
            self._database.executemany("INSERT INTO names VALUES (?, ?)", rows)
            for part in self._parts:
                del part[:]

    def find_repeats(self) -> list[int]:
        """Return the numbers, in order, of all records that share a hash with another."""
        if self._apart and not self._is_shared and self._are_new_apart():
            return []
        self._admit()
        repeated: set[int] = set()
        for part in range(_PARTS):
            hashes = self._read_part(part)
            if len(set(hashes)) < len(hashes):
                repeated.update(one for one, count in Counter(hashes).items() if count > 1)
        return sorted({seq for one, seq in self._list_owners() if one in repeated}) if repeated else []

    def holds(self, one: int) -> bool:
        """Tell whether some record has a name of this hash."""
        self._admit()
        return one in self._read_part(one >> _SHIFT)

    def _are_new_apart(self) -> bool:
        """Tell whether no new hash is that of another record, where few are new."""
        new = set(self._new)
        if len(new) < len(self._new):
            return False
        return not new or all(new.isdisjoint(pairs[::2]) for pairs in self._read_apart())

    def _read_apart(self) -> Iterator[array[int]]:
        for base, bundle in self._database.execute("SELECT base, bundle FROM owners"):
            if base in self._apart:
                yield _unpack(bundle)

    def _admit(self) -> None:
        """Put what is known to be apart into parts, with all others."""
        if not self._apart:
            return
        for pairs in self._read_apart():
            self._new.extend(pairs[::2])
            if len(self._new) >= _MANY:
                self._share_out()
        self._apart.clear()

    def _read_part(self, part: int) -> array[int]:
        self._database.execute("CREATE INDEX IF NOT EXISTS names_of_a_part ON names (part)")
        self._share_out()
        hashes = self._parts[part][:]
        for (bundle,) in self._database.execute("SELECT bundle FROM names WHERE part = ?", (part,)):
            hashes.frombytes(bundle)
        return hashes

    def _list_owners(self) -> Iterator[tuple[int, int]]:
        """Yield each hash with the number of its record."""
        self._write_owners()
        for base, bundle in self._database.execute("SELECT base, bundle FROM owners"):
            pairs = _unpack(bundle)
            yield from ((one, base + number) for one, number in zip(pairs[::2], pairs[1::2], strict=True))

    def _write_owners(self) -> None:
        self._database.execute("INSERT INTO owners VALUES (0, ?)", (self._owners.tobytes(),))
        del self._owners[:]


def _unpack(pairs: bytes) -> array[int]:
    """Return the hashes and numbers of a pack, in turns."""
    found = array("q")
    found.frombytes(pairs)
    return found
