"""The records and entries of a piece in the order of reading, with their places, and the pack that is made of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from feedpub.index.packs import pack

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from feedpub.diagnostics import Diagnostic
    from feedpub.index import Place, Row
    from feedpub.index.packs import Pack, PackedRow
    from feedpub.loading.plain import PlainEntry
    from feedpub.record import Value


class Collector:
    """What stands in for the index while a piece is read: it only lists."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._keys: list[str] = []
        self._pairs: list[int] = []
        self._rows: list[PackedRow] = []
        self._lines: list[int] = []  # of the records that have no place yet
        self._waiting: list[tuple[Row, str, tuple[str, ...]]] = []
        self._key, self._line = "", 0

    def begin(self, key: str, line: int) -> None:
        """Hear of the record that is read next, and of the line on which it begins."""
        self._key, self._line = key, line

    def add_record(self, place: Place, *, hashes: Iterable[int]) -> int:  # noqa: ARG002 - the index's signature
        """Take a record; return its number, from 1."""
        ordinal = len(self._keys)
        self._keys.append(self._key)
        self._lines.append(self._line)
        for one in hashes:
            self._pairs += (one, ordinal)
        return ordinal + 1

    def add_entry(self, row: Row, *, key: str, value: Value, sections: Sequence[str]) -> None:  # noqa: ARG002 - as above
        """Take an entry, the record of its row's number."""
        self._waiting.append((row, key, tuple(sections)))

    def add_plain(self, one: PlainEntry, *, key: str, start: int) -> None:
        """Take an entry whose text begins at a byte of the piece."""
        ordinal = len(self._keys)
        self._keys.append(key)
        first, second = one.hashes
        self._pairs += (first, ordinal, second, ordinal)
        if one.facts is not None:
            self._rows.append((ordinal, key, *one.facts, start, one.end - start))

    def place(self, data: bytes, start: int, *, key: str | None, listed: str | None, column: int) -> None:
        """Give the records of a stretch their places: each from its dash to the next one's, where that is known.

        ``start`` is where the stretch begins in the piece, ``key`` the root key that stands in for what came before,
        ``listed`` the one whose items have their dashes at ``column``.
        """
        lines = _find_items(data, is_continued=key is not None, column=column)
        first = len(self._keys) - len(self._lines)
        keys = self._keys[first:]
        starts = [lines.get(line) if one == listed else None for one, line in zip(keys, self._lines, strict=True)]
        ends = [*starts[1:], len(data)]
        for row, name, sections in self._waiting:
            ordinal = row.seq - 1
            begin, end = starts[ordinal - first], ends[ordinal - first]
            place = (0, 0) if begin is None or end is None else (start + begin, end - begin)
            facts = (row.id, row.published, row.updated, row.expires, row.digest)
            self._rows.append((ordinal, name, *facts, sections, *place))
        self._lines.clear()
        self._waiting.clear()

    def pack(self) -> Pack:
        """Return all of it."""
        return pack(self._keys, self._pairs, self._rows)


def shift(one: Diagnostic, lines: int) -> Diagnostic:
    """Return a diagnostic so many lines further down."""
    return replace(one, line=one.line + lines, end_line=one.end_line + lines)


def _find_items(data: bytes, *, is_continued: bool, column: int) -> dict[int, int]:
    """Return the first byte of each item of the list that a stretch begins or ends in, by the line it is read on."""
    mark = b"\n" + b" " * column + b"- "
    line, lines, position = (2, {2: 0}, 0) if is_continued else (1, {}, 0)
    while (found := data.find(mark, position)) >= 0:
        line += data.count(b"\n", position, found + 1)
        position = found + 1
        lines[line] = position
    return lines
