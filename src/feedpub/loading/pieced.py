"""Large files in pieces: where they are cut, and the way from what a piece held back to its text."""

from __future__ import annotations

import os
from array import array
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from feedpub.catalogue import LISTED
from feedpub.errors import PublishError
from feedpub.index.stamps import sign
from feedpub.loading.again import open_file
from feedpub.loading.harvesting import read_bytes
from feedpub.loading.recognising import read_plain_text
from feedpub.loading.stretches import make_text
from feedpub.record import Span
from feedpub.source import Piece, cut, open_regular

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence
    from pathlib import Path

    from feedpub.index import Index
    from feedpub.index.packs import Location
    from feedpub.index.stamps import Signature
    from feedpub.loading.entries import Entries
    from feedpub.loading.harvesting import Harvest
    from feedpub.loading.remembered import RememberedCuts
    from feedpub.record import Path as Way
    from feedpub.record import Places, Record, Value


_FEW = 20  # records of a piece that are read one by one


@dataclass(frozen=True, slots=True)
class Task:
    """A piece to be read: the file's path, what diagnostics call the file, and the piece."""

    path: Path
    name: str
    piece: Piece


def cut_file(
    path: Path, *, name: str, cuts: RememberedCuts | None = None, digest: bool = False, is_root: bool = False
) -> Generator[Task]:
    """Yield the pieces of a file, cut again only where it is not as it was. Raises OSError where it cannot be read.

    With ``digest``, each has that of its bytes; so it has where cuts are remembered. The first piece of a root file
    holds its head alone.
    """
    known = cuts.find(path) if cuts else None
    if known is not None:
        yield from (Task(path, name, piece) for piece in known)
        return
    pieces: list[Piece] = []
    before, size = cuts.recall(path) if cuts else ([], 0)
    hashed = cuts.find_hashed(path) if cuts else {}
    with open_regular(path) as raw:
        grown = os.fstat(raw.fileno()).st_size - size
        needs_digest = digest or cuts is not None
        found = cut(raw, listed=LISTED, digest=needs_digest, known=before, grown=grown, hashed=hashed, is_root=is_root)
        for piece in found:
            pieces.append(piece)
            yield Task(path, name, piece)
    if cuts is not None:
        cuts.keep(path, pieces)


class _Tasks:
    """Pieces by their numbers, from 0, without their digests: there are many, so each is but a few integers."""

    def __init__(self) -> None:
        self._numbers = array("q")
        self._files: list[tuple[Path, str]] = []
        self._lists: list[tuple[str | None, int]] = []

    def append(self, task: Task) -> None:
        piece = task.piece
        if not self._files or self._files[-1] != (task.path, task.name):
            self._files.append((task.path, task.name))
        if not self._lists or self._lists[-1] != (piece.key, piece.column):
            self._lists.append((piece.key, piece.column))
        self._numbers.extend((len(self._files) - 1, len(self._lists) - 1, piece.offset, piece.length, piece.line))

    def get(self, number: int) -> Task:
        file, goes_on, offset, length, line = self._numbers[5 * number : 5 * number + 5]
        return Task(*self._files[file], Piece(offset, length, line, *self._lists[goes_on]))


class Pieces:
    """The pieces of a catalogue that have been taken into its index, and the way back to the text of their entries."""

    def __init__(self, index: Index, entries: Entries, *, seen: dict[str, Signature]) -> None:
        """Take pieces into an index; ``seen`` are the signatures of the files from before they were read."""
        self._index = index
        self._entries = entries
        self._seen = seen
        self._tasks = _Tasks()
        index.reader = self.read_text

    def take(self, task: Task, found: Harvest, *, numbers: dict[str, int], are_apart: bool = False) -> None:
        """Take what a piece holds; ``numbers`` count the records of each root key of its file.

        No name of pieces that ``are_apart`` is in two of them, nor in one twice.
        """
        self._tasks.append(task)
        self._index.add_pack(found.pack, file=task.name, numbers=numbers, are_apart=are_apart)
        self._entries.digest += found.digest
        self._entries.retracted += found.retracted
        for path, signature in found.seen.items():
            self._seen.setdefault(path, signature)

    def read_text(self, location: Location) -> tuple[str, Value]:
        """Return the root key of an entry and its text. Raises what `read_record` does."""
        number, _, start, length, key = location
        if length:
            value = read_plain_text(self._read(number, start, length))
            if value is not None:
                return key, value
        record = self.read_record(location)
        return record.key, self._entries.read_text(record, beside=self._tasks.get(number).path.parent)

    def read_record(self, location: Location) -> Record:
        """Return what stands at a place, with its places in the file; its number is that in what was read.

        Raises PublishError where the file is another by now, OSError where it cannot be read.
        """
        number, ordinal, start, length, key = location
        task = self._tasks.get(number)
        if length:
            data = self._read(number, 0, task.piece.length)
            records = _read_records(task, make_text(key, data[start : start + length]), is_part=True)
            if len(records) == 1:
                return _shift(records[0], task.piece.line - 2 + data.count(b"\n", 0, start))
        return self._read_piece(number)[ordinal]

    def _read_piece(self, number: int) -> list[Record]:
        """Return all records of a piece, as it is read whole."""
        task = self._tasks.get(number)
        piece = task.piece
        records = _read_records(task, make_text(piece.key, self._read(number, 0, piece.length)))
        return [_shift(one, piece.line - (1 if piece.key is None else 2)) for one in records]

    def read_records(self, number: int, first: int, seqs: Sequence[int]) -> Iterator[Record]:
        """Yield records of a piece by their numbers in the index, with their places and their numbers in the file.

        ``first`` is the number in the index of the piece's first record. Few are read one by one. Raises what
        `read_record` does.
        """
        found: Iterable[Record]
        locations = [self._index.locate(seq) for seq in seqs[:_FEW]]
        if len(seqs) <= _FEW and all(locations):
            found = (self.read_record(one) for one in locations if one)
        else:
            records = self._read_piece(number)
            found = (records[seq - first] for seq in seqs)
        for seq, record in zip(seqs, found, strict=True):
            yield replace(record, number=self._index.place_of(seq).number)

    def _read(self, number: int, start: int, length: int) -> bytes:
        """Return bytes of a piece. Raises PublishError where its file is another by now: the bytes may be so too."""
        task = self._tasks.get(number)
        data = read_bytes(task.path, task.piece.offset + start, length)
        if sign(str(task.path)) != self._seen.get(str(task.path)):
            raise PublishError(f"{task.path} changed while it was read; run feedpub again", path=str(task.path))
        return data


def _read_records(task: Task, text: bytes, *, is_part: bool = False) -> list[Record]:
    """Return the records of a piece, or of a part of it: none where that cannot be read alone."""
    file = open_file(task.path, name=task.name, data=text)
    records = [one for one in file.read(listed=LISTED) if one.number > 0]
    return [] if is_part and any(one.severity == "error" for one in file.diagnostics) else records


def _shift(record: Record, lines: int) -> Record:
    return replace(record, line=record.line + lines, places=_ShiftedPlaces(record.places, lines))


@dataclass(frozen=True, slots=True)
class _ShiftedPlaces:
    """The places of a record that was read out of its file, so many lines further up."""

    places: Places
    lines: int

    def value(self, path: Way) -> Span:
        """Return the place of a value (see `Places`)."""
        return self._shift(self.places.value(path))

    def use(self, path: Way) -> Span:
        """Return the place where a value is used (see `Places`)."""
        return self._shift(self.places.use(path))

    def key(self, path: Way) -> Span:
        """Return the place of a key (see `Places`)."""
        return self._shift(self.places.key(path))

    def first_key(self, path: Way) -> Span:
        """Return the place of the first key of a mapping (see `Places`)."""
        return self._shift(self.places.first_key(path))

    def _shift(self, span: Span) -> Span:
        return Span(span.line + self.lines, span.column, span.end_line + self.lines, span.end_column)
