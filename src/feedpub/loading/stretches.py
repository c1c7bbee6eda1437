"""The bytes of a piece, read stretch by stretch: entries in plain styles at once, what stands between by the parser.

A stretch holds whole items, or root keys with what stands below them. That it is the same read alone as it would be
with what comes before is proven as it is of pieces (`source.pieces`).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from feedpub.catalogue import LISTED
from feedpub.loading.again import open_file
from feedpub.loading.collecting import Collector, shift
from feedpub.loading.entries import Entries
from feedpub.loading.plain import PlainReader, may_turn
from feedpub.loading.remarks import pinpoint
from feedpub.source import Ending, Piece, Seams
from feedpub.source.plain import is_plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from feedpub.diagnostics import Diagnostic
    from feedpub.loading.harvesting import Frame
    from feedpub.loading.plain import PlainEntry
    from feedpub.loading.suggesting import SectionSuggestions
    from feedpub.record import Record

_LIST = re.compile(rb"(?:\A|(?<=\n))(articles|teasers): *(?:#[^\n]*)?\n(?: *#[^\n]*\n|\n)*(?=( *)- )")
_ROOT_KEY = re.compile(rb"\n(?=[A-Za-z])")
_OF_ITEMS = frozenset({"cut-by-comment", "duplicate-key", "forbidden-character", "key-not-text", "tag"})
"""Rules of YAML and text of which an item alone tells whether it keeps them."""


@dataclass(frozen=True, slots=True)
class Before:
    """What is known of the text before a piece with mistakes, so that they are told as if all of it were read whole.

    ``numbers`` count the records of each root key of the file, ``suggestions`` are those of the whole catalogue.
    """

    numbers: Mapping[str, int]
    suggestions: SectionSuggestions


def make_text(key: str | None, data: bytes) -> bytes:
    """Return a text that holds items alone: below the root key that their list stands under."""
    return data if key is None else key.encode() + b":\n" + data


class Stretches:
    """What has been read of a piece.

    ``ending`` is how it ended, ``diagnostics`` are what is said of it, those in the file itself with lines counted from
    the piece's first, ``digest`` and ``retracted`` are as `Entries` has them. ``is_flawed`` says that reading ended
    because something is wrong with an entry.
    """

    def __init__(
        self,
        data: bytes,
        path: Path,
        *,
        name: str,
        frame: Frame,
        see: Callable[[Path], None],
        before: Before | None = None,
    ) -> None:
        """Read bytes of the file at a path, which diagnostics call by a name; ``see`` hears of each body file.

        Only who knows what came ``before`` reads on where something is wrong with an entry.
        """
        self.is_flawed = False
        self._is_strict = before is None
        self._numbers = Counter(before.numbers if before else {})
        self.collector = Collector()
        self.diagnostics: list[Diagnostic] = []
        self._data = data
        self._path = path
        self._name = name
        self._frame = frame
        self._entries = Entries(
            frame,
            self.collector,
            folder=frame.folder,
            judge=frame.judge,
            see=see,
            suggestions=before.suggestions if before else None,
        )
        self.retracted = self._entries.retracted
        self._plain_digest = 0
        self._seams = Seams()
        self._keys: dict[str, None] = {}
        self._anchors: list[str] = []
        self._last = Ending(None, 0, (), ())
        self._next_root = -1
        self._ahead: PlainEntry | None = None

    @property
    def digest(self) -> int:
        """What the entries mean, as a number."""
        return self._plain_digest + self._entries.digest

    @property
    def ending(self) -> Ending:
        """How the last stretch ended, with the keys and anchors of all."""
        return Ending(self._last.key, self._last.column, tuple(self._keys), tuple(self._anchors))

    def read(self, start: int, end: int, *, key: str | None, column: int) -> bool:
        """Read a stretch by the parser: whether it can be read alone, and nothing in it is wrong that ends reading.

        ``key`` is the root key whose list goes on there, with its dashes at ``column``. Raises OSError where a body
        file cannot be read.
        """
        data = self._data[start:end]
        text = make_text(key, data)
        file = open_file(self._path, name=self._name, data=text)
        entries = self._entries
        problems: list[Diagnostic] = []
        for record in file.read(listed=LISTED):
            if record.key not in LISTED:
                return False
            self.collector.begin(record.key, record.line)
            problems += entries.take(self._number(record), beside=self._path.parent)
            if problems and self._is_strict:
                self.is_flawed = True
                return False
        errors = [one.rule for one in file.diagnostics if one.severity == "error"]
        if file.ending is None or not _OF_ITEMS.issuperset(errors):
            return False
        if errors and self._is_strict:
            self.is_flawed = True
            return False
        problems += file.diagnostics
        problems += pinpoint(entries.remarks, texts={self._name: text})
        entries.remarks.clear()
        lines = self._data.count(b"\n", 0, start) - (0 if key is None else 1)  # above it, without the made-up one
        self.diagnostics += [shift(one, lines) if one.file == self._name else one for one in problems]
        self.collector.place(
            data, start, key=key, listed=key or file.ending.key, column=column if key else file.ending.column
        )
        return self._join(key, column, file.ending)

    def read_mixed(self, key: str | None, column: int) -> bool:
        """Read all of it, plain entries without the parser; False where the parser has to read it as one stretch."""
        data = self._data
        if not is_plain(data):
            return False
        has_controls = may_turn(data)
        readers: dict[tuple[str, int], PlainReader] = {}  # of each list, whatever stands between its plain entries
        position = 0
        while position < len(data):
            reader = None
            if key in ("articles", "teasers"):
                reader = readers.get((key, column)) or PlainReader(self._frame, key, column, has_controls=has_controls)
                readers[key, column] = reader
                position = self._take_plain(reader, position, key=key, column=column)
            if position == len(data):
                break
            end, next_key, next_column = self._find_end(position, reader, key, column)
            if not self.read(position, end, key=key, column=column):
                return False
            position, key, column = end, next_key, next_column
        return True

    def _take_plain(self, reader: PlainReader, position: int, *, key: str, column: int) -> int:
        """Take the plain entries from a position on; return where they end."""
        entry = self._ahead or reader.read(self._data, position)
        self._ahead = None
        if entry is None or not self._join(key, column, Ending(key, column, (key,), ())):
            return position
        while entry is not None:
            self.collector.add_plain(entry, key=key, start=position)
            self._plain_digest += entry.digest
            self._numbers[key] += 1
            position = entry.end
            entry = reader.read(self._data, position)
        return position

    def _number(self, record: Record) -> Record:
        """Return a record with its number in the file, where that is known."""
        if self._is_strict or record.number == 0:  # or it is no item
            return record
        self._numbers[record.key] += 1
        return replace(record, number=self._numbers[record.key])

    def _find_end(
        self, position: int, reader: PlainReader | None, key: str | None, column: int
    ) -> tuple[int, str | None, int]:
        """Return where a stretch for the parser ends, and the root key and column of the list that goes on there."""
        data = self._data
        if reader is None or data[position : position + 1].isalpha():
            found = _LIST.search(data, position)
            return (found.end(), found[1].decode(), len(found[2])) if found else (len(data), None, 0)
        limit = self._find_root(position)
        mark = b"\n" + b" " * column + b"- "
        place = position
        while (place := data.find(mark, place, limit) + 1) > 0:
            if (entry := reader.read(data, place)) is not None:
                self._ahead = entry
                return place, key, column
        return limit, key, column

    def _find_root(self, position: int) -> int:
        """Return where the next root key begins, or the end."""
        if self._next_root < position:
            found = _ROOT_KEY.search(self._data, position)
            self._next_root = found.end() if found else len(self._data)
        return self._next_root

    def _join(self, key: str | None, column: int, ending: Ending) -> bool:
        """Take how a stretch ended; False where it does not fit to what came before."""
        if key is not None:
            self._keys.setdefault(key)
        given = [one for one in ending.keys if one != key]
        if not self._seams.join(Piece(0, 0, 0, key, column), ending) or not self._keys.keys().isdisjoint(given):
            return False
        self._keys |= dict.fromkeys(given)
        self._anchors += ending.anchors
        self._last = ending
        return True
