"""Large files, read piece by piece, in several processes where that is asked for.

The order of the pieces is that of the files, whoever reads them: no result depends on the number of workers.
"""

from __future__ import annotations

import os
import signal
from array import array
from collections import deque
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from multiprocessing import get_all_start_methods, get_context
from typing import TYPE_CHECKING, Self, TypeAlias

from feedpub.catalogue import LISTED
from feedpub.errors import PublishError
from feedpub.index.stamps import sign
from feedpub.loading.again import open_file
from feedpub.loading.harvesting import harvest, read_bytes
from feedpub.loading.stretches import make_text
from feedpub.record import Span
from feedpub.source import Piece, cut, open_regular

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator
    from concurrent.futures import Executor
    from pathlib import Path

    from feedpub.index import Index
    from feedpub.index.packs import Location
    from feedpub.index.stamps import Signature
    from feedpub.loading.entries import Entries
    from feedpub.loading.harvesting import Frame, Harvest
    from feedpub.loading.remembered import Remembered, RememberedCuts
    from feedpub.record import Path as Way
    from feedpub.record import Places, Record, Value

_BATCH = 8  # pieces that one task of a worker holds
_ASKED = 64  # pieces that are looked for in the cache at once


_Waiting: TypeAlias = "tuple[Task, Harvest | None, Future[list[Harvest | None]] | None, int]"
"""A piece, what it is known to hold, who will tell else, and at which place of the answer."""


@dataclass(frozen=True, slots=True)
class Task:
    """A piece to be read: the file's path, what diagnostics call the file, and the piece."""

    path: Path
    name: str
    piece: Piece


def cut_file(path: Path, *, name: str, cuts: RememberedCuts | None = None) -> Generator[Task]:
    """Yield the pieces of a file, cut again only where it is not as it was. Raises OSError where it cannot be read."""
    known = cuts.find(path) if cuts else None
    if known is not None:
        yield from (Task(path, name, piece) for piece in known)
        return
    pieces: list[Piece] = []
    before, size = cuts.recall(path) if cuts else ([], 0)
    with open_regular(path) as raw:
        grown = os.fstat(raw.fileno()).st_size - size
        for piece in cut(raw, listed=LISTED, digest=cuts is not None, known=before, grown=grown):
            pieces.append(piece)
            yield Task(path, name, piece)
    if cuts is not None:
        cuts.keep(path, pieces)


def gather(
    tasks: Iterable[Task], *, frame: Frame, workers: int, remembered: Remembered | None = None
) -> Iterator[tuple[Task, Harvest | None]]:
    """Yield what each piece holds, in order, None for one that cannot be read alone."""
    known = _recall(iter(tasks), remembered)
    found = _share(_Workers(workers), known, frame, most=2 * workers + 1) if workers > 1 else _read(known, frame)
    for task, one, is_new in found:
        if is_new and one is not None and remembered is not None:
            remembered.keep(task.name, task.piece, one)
        yield task, one


def _recall(tasks: Iterator[Task], remembered: Remembered | None) -> Iterator[tuple[Task, Harvest | None]]:
    """Yield each piece with what it held when it was last read, None where that is not known."""
    while some := list(islice(tasks, _ASKED)):
        found = remembered.find([(task.name, task.piece) for task in some]) if remembered else [None] * len(some)
        yield from zip(some, found, strict=True)


def _read(known: Iterator[tuple[Task, Harvest | None]], frame: Frame) -> Iterator[tuple[Task, Harvest | None, bool]]:
    """Yield the pieces with what they hold and whether that is new; what is not known is read here."""
    for task, found in known:
        yield task, found or _harvest(task, frame), found is None


def _share(
    workers: _Workers, known: Iterator[tuple[Task, Harvest | None]], frame: Frame, *, most: int
) -> Iterator[tuple[Task, Harvest | None, bool]]:
    """Yield the pieces with what they hold and whether that is new; the workers read what is not known.

    A few batches are on their way at once, so that memory does not grow with the files.
    """
    waiting: deque[_Waiting] = deque()
    batch: list[Task] = []
    with workers:
        while True:
            while workers.pending < most and len(waiting) < _ASKED and (one := next(known, None)) is not None:
                task, found = one
                if found is None:
                    batch.append(task)
                if batch and (found is not None or len(batch) == _BATCH):
                    waiting.extend(workers.submit(batch, frame))
                    batch = []
                if found is not None:
                    waiting.append((task, found, None, 0))
            if not waiting:
                waiting.extend(workers.submit(batch, frame))
                batch = []
            if not waiting:
                return
            task, found, future, place = waiting.popleft()
            if future is None:
                yield task, found, False
            else:
                yield task, workers.result(future, task, place, frame), True


def _harvest(task: Task, frame: Frame) -> Harvest | None:
    return harvest(task.path, task.piece, name=task.name, frame=frame)


def _harvest_batch(batch: list[Task], frame: Frame) -> list[Harvest | None]:
    return [_harvest(task, frame) for task in batch]


class _Workers:
    """Processes that read pieces; they are started when there is something to read.

    Where one dies (somebody kills it, memory is short), what it and the others had to read is read here.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._executor: Executor | None = None
        self.pending = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)

    def submit(self, batch: list[Task], frame: Frame) -> Iterator[_Waiting]:
        """Give away a batch, and yield each of its pieces with what will tell what it holds."""
        if not batch:
            return
        try:
            future = self._start().submit(_harvest_batch, batch, frame)
        except BrokenExecutor as error:
            future = Future()
            future.set_exception(error)
        self.pending += 1
        yield from ((task, None, future, place) for place, task in enumerate(batch))

    def result(self, future: Future[list[Harvest | None]], task: Task, place: int, frame: Frame) -> Harvest | None:
        """Return what a piece holds, the one at a place of its batch."""
        self.pending -= place == 0
        try:
            return future.result()[place]
        except BrokenExecutor:
            return _harvest(task, frame)

    def _start(self) -> Executor:
        if self._executor is None:
            method = "fork" if "fork" in get_all_start_methods() else None  # what has been imported need not be again
            context = get_context(method)
            self._executor = ProcessPoolExecutor(self._count, mp_context=context, initializer=_leave_interrupts)
        return self._executor


def _leave_interrupts() -> None:
    """Let Ctrl-C end the run in the one process that says so; the workers end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


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

    def take(self, task: Task, found: Harvest, *, numbers: dict[str, int]) -> None:
        """Take what a piece holds; ``numbers`` count the records of each root key of its file."""
        self._tasks.append(task)
        self._index.add_pack(found.pack, file=task.name, numbers=numbers)
        self._entries.digest += found.digest
        self._entries.retracted += found.retracted
        for path, signature in found.seen.items():
            self._seen.setdefault(path, signature)

    def read_text(self, location: Location) -> tuple[str, Value]:
        """Return the root key of an entry and its text. Raises what `read_record` does."""
        record = self.read_record(location)
        beside = self._tasks.get(location[0]).path.parent
        return record.key, self._entries.read_text(record, beside=beside)

    def read_record(self, location: Location) -> Record:
        """Return what stands at a place, with its places in the file; its number is that in what was read.

        Raises PublishError where the file is another by now, OSError where it cannot be read.
        """
        number, ordinal, start, length, key = location
        task = self._tasks.get(number)
        if sign(str(task.path)) != self._seen.get(str(task.path)):
            raise PublishError(f"{task.path} changed while it was read; run feedpub again", path=str(task.path))
        piece, data = task.piece, read_bytes(task.path, task.piece.offset, task.piece.length)
        if length:
            records = _read_records(task, make_text(key, data[start : start + length]), is_part=True)
            if len(records) == 1:
                return _shift(records[0], piece.line - 2 + data.count(b"\n", 0, start))
        records = _read_records(task, make_text(piece.key, data))
        return _shift(records[ordinal], piece.line - (1 if piece.key is None else 2))


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
