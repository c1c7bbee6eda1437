"""The entries of packs, a row each: of many sections, each has some in every pack, and packs take time to look into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedpub.index.rows import Row

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from feedpub.index.packs import Location, PackedEntry

_SCHEMA = """
CREATE TABLE spread (seq INTEGER PRIMARY KEY, id TEXT NOT NULL, published INTEGER NOT NULL, updated INTEGER,
    expires INTEGER, digest TEXT NOT NULL, number INTEGER NOT NULL, ordinal INTEGER NOT NULL, start INTEGER NOT NULL,
    length INTEGER NOT NULL, key TEXT NOT NULL);
CREATE TABLE spread_sections (section TEXT NOT NULL, published INTEGER NOT NULL, seq INTEGER NOT NULL);
"""
_MEMBER = """
SELECT seq, id, spread.published, updated, expires, digest FROM spread_sections JOIN spread USING (seq)
WHERE section = ?
"""


class Spread:
    """The entries of all packs of a catalogue."""

    def __init__(
        self, database: sqlite3.Connection, packs: Iterable[tuple[int, Iterable[PackedEntry]]], *, every: str
    ) -> None:
        """Spread packs, each with its number, in the database of an index; ``every`` is the section of all entries."""
        self._database = database
        for statement in _SCHEMA.split(";"):
            database.execute(statement)
        for number, entries in packs:
            held = tuple(entries)
            database.executemany(
                "INSERT INTO spread VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (_describe(number, one) for one in held)
            )
            database.executemany(
                "INSERT INTO spread_sections VALUES (?, ?, ?)",
                ((name, one.row.published, one.row.seq) for one in held for name in (every, *one.sections)),
            )
        database.execute("CREATE INDEX spread_by_time ON spread_sections (section, published)")

    def locate(self, seq: int) -> Location | None:
        """Return where the entry of a number stands, None where no pack holds it."""
        query = "SELECT number, ordinal, start, length, key FROM spread WHERE seq = ?"
        found: Location | None = self._database.execute(query, (seq,)).fetchone()
        return found

    def find_newest(self, section: str, *, now: int, limit: int) -> list[Row]:
        """Return the newest entries of a section that are published and not expired, newest first, then by id."""
        query = f"""{_MEMBER} AND spread_sections.published <= ? AND (expires IS NULL OR expires > ?)
            ORDER BY spread_sections.published DESC, id LIMIT ?"""
        return [Row(*found) for found in self._database.execute(query, (section, now, now, limit))]

    def list_after(self, section: str, moment: int) -> Iterator[Row]:
        """Yield the entries of a section that are published after a moment."""
        query = f"{_MEMBER} AND spread_sections.published > ? ORDER BY seq"
        return (Row(*found) for found in self._database.execute(query, (section, moment)))


def _describe(number: int, one: PackedEntry) -> tuple[object, ...]:
    row = one.row
    facts = (row.published, row.updated, row.expires, row.digest)
    return (row.seq, row.id, *facts, number, one.ordinal, one.start, one.length, one.key)
