"""Large files, read piece by piece, in several processes where that is asked for.

The order of the pieces is that of the files, whoever reads them: no result depends on the number of workers.
"""

from __future__ import annotations

import signal
from collections import deque
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing import get_all_start_methods, get_context
from typing import TYPE_CHECKING

from feedpub.catalogue import LISTED
from feedpub.errors import PublishError
from feedpub.index.stamps import sign
from feedpub.loading.again import open_file
from feedpub.loading.harvesting import harvest, make_text, read_bytes
from feedpub.source import cut, open_regular

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator
    from concurrent.futures import Executor, Future
    from pathlib import Path

    from feedpub.index import Index
    from feedpub.index.packs import Location
    from feedpub.index.stamps import Signature
    from feedpub.loading.entries import Entries
    from feedpub.loading.harvesting import Frame, Harvest
    from feedpub.record import Value
    from feedpub.source import Piece

LARGE = 1 << 20
"""Bytes of files from which on they are read in pieces."""
WORTH_WORKERS = 4 << 20
"""Bytes from which on several processes gain more than they cost to start."""
_BATCH = 8  # pieces that one task of a worker holds


@dataclass(frozen=True, slots=True)
class Task:
    """A piece to be read: the file's path, what diagnostics call the file, and the piece."""

    path: Path
    name: str
    piece: Piece


def cut_file(path: Path, *, name: str) -> Generator[Task]:
    """Yield the pieces of a file. Raises OSError where it cannot be read."""
    with open_regular(path) as raw:
        for piece in cut(raw, listed=LISTED):
            yield Task(path, name, piece)


def gather(tasks: Iterable[Task], *, frame: Frame, workers: int) -> Iterator[tuple[Task, Harvest | None]]:
    """Yield what each piece holds, in order, None for one that cannot be read alone."""
    if workers == 1:
        for task in tasks:
            yield task, harvest(task.path, task.piece, name=task.name, frame=frame)
        return
    with _start(workers) as executor:
        yield from _share(executor, iter(tasks), frame, most=2 * workers + 1)


def _share(
    executor: Executor, tasks: Iterator[Task], frame: Frame, *, most: int
) -> Iterator[tuple[Task, Harvest | None]]:
    """Keep a few batches on their way, so that memory does not grow with the files.

    Where a worker dies (somebody kills it, memory is short), what it and the others had to read is read here.
    """
    waiting: deque[tuple[list[Task], Future[list[Harvest | None]]]] = deque()
    kept: list[Task] = []
    try:
        while True:
            while len(waiting) < most and (kept := list(islice(tasks, _BATCH))):
                waiting.append((kept, executor.submit(_harvest_batch, kept, frame)))
                kept = []
            if not waiting:
                return
            batch, future = waiting[0]
            results = future.result()
            waiting.popleft()
            yield from zip(batch, results, strict=True)
    except BrokenExecutor:
        for task in chain((task for batch, _ in waiting for task in batch), kept, tasks):
            yield task, harvest(task.path, task.piece, name=task.name, frame=frame)


def _harvest_batch(batch: list[Task], frame: Frame) -> list[Harvest | None]:
    return [harvest(task.path, task.piece, name=task.name, frame=frame) for task in batch]


@contextmanager
def _start(workers: int) -> Iterator[Executor]:
    method = "fork" if "fork" in get_all_start_methods() else None  # what has been imported need not be again
    executor = ProcessPoolExecutor(workers, mp_context=get_context(method), initializer=_leave_interrupts)
    try:
        yield executor
    finally:
        executor.shutdown(cancel_futures=True)


def _leave_interrupts() -> None:
    """Let Ctrl-C end the run in the one process that says so; the workers end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


class Pieces:
    """The pieces of a catalogue that have been taken into its index, and the way back to the text of their entries."""

    def __init__(self, index: Index, entries: Entries, *, seen: dict[str, Signature]) -> None:
        """Take pieces into an index; ``seen`` are the signatures of the files from before they were read."""
        self._index = index
        self._entries = entries
        self._seen = seen
        self._tasks: list[Task] = []
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
        """Return the root key of an entry and its text.

        Raises PublishError where the file is another by now, OSError where it cannot be read.
        """
        number, ordinal, start, length = location
        task = self._tasks[number]
        if sign(str(task.path)) != self._seen.get(str(task.path)):
            raise PublishError(f"{task.path} changed while it was read; run feedpub again", path=str(task.path))
        piece = task.piece
        if length:
            data = make_text(piece, read_bytes(task.path, piece.offset + start, length))
            file = open_file(task.path, name=task.name, data=data)
            records = list(file.read(listed=LISTED))
            if len(records) == 1 and not file.diagnostics:
                return records[0].key, self._entries.read_text(records[0], beside=task.path.parent)
        data = make_text(piece, read_bytes(task.path, piece.offset, piece.length))
        file = open_file(task.path, name=task.name, data=data)
        records = [one for one in file.read(listed=LISTED) if one.number > 0]
        return records[ordinal].key, self._entries.read_text(records[ordinal], beside=task.path.parent)
