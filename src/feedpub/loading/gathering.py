"""What pieces hold, found out in order: remembered, read here, or read by workers.

The order of the pieces is that of the files, whoever reads them: no result depends on the number of workers.
"""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

from feedpub.loading.afar import Errand, harvest_errands, locate
from feedpub.loading.harvesting import harvest
from feedpub.workers.lost import LostError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

    from feedpub.loading.afar import Answer
    from feedpub.loading.harvesting import Frame, Harvest
    from feedpub.loading.pieced import Task
    from feedpub.loading.remembered import Remembered
    from feedpub.workers.workers import Workers

_BATCH = 3  # pieces that one task of a worker holds
_HERE = -1
_FEW = 3  # pieces that are read here before processes are started
_ASKED = 64  # pieces that are looked for in the cache at once


_Waiting: TypeAlias = "tuple[Task, Harvest | None, Future[list[Answer]] | None, int]"
"""A piece, what it is known to hold, who will tell else, and where in the answer: _HERE where it was read here."""


def gather(
    tasks: Iterable[Task],
    *,
    frame: Frame,
    workers: Workers | None = None,
    remembered: Remembered | None = None,
    is_enough: Callable[[], bool] = lambda: False,
) -> Iterator[tuple[Task, Harvest | None]]:
    """Yield what each piece holds, in order, None for one that cannot be read alone.

    Once there ``is_enough`` that was said of entries, no further one is judged, and nothing is remembered.
    """
    known = _recall(iter(tasks), remembered)
    frames = _Frames(frame, is_enough)
    found = _read(known, frames) if workers is None else _Sharing(workers, frames).read(known)
    for task, one, is_new in found:
        if is_new and one is not None and remembered is not None and not is_enough():
            remembered.keep(task, one)
        yield task, one


class _Frames:
    """By which frame entries are read, as long as they are judged and then."""

    def __init__(self, frame: Frame, is_enough: Callable[[], bool]) -> None:
        self._judging, self._quiet = frame, replace(frame, judge=None)
        self._is_enough = is_enough

    @property
    def now(self) -> Frame:
        """The frame by which the next piece is read."""
        return self._quiet if self._is_enough() else self._judging


def _recall(tasks: Iterator[Task], remembered: Remembered | None) -> Iterator[tuple[Task, Harvest | None]]:
    """Yield each piece with what it held when it was last read, None where that is not known."""
    while some := list(islice(tasks, _ASKED)):
        found = remembered.find(some) if remembered else [None] * len(some)
        yield from zip(some, found, strict=True)


def _read(known: Iterator[tuple[Task, Harvest | None]], frames: _Frames) -> Iterator[tuple[Task, Harvest | None, bool]]:
    """Yield the pieces with what they hold and whether that is new; what is not known is read here."""
    for task, found in known:
        yield task, found or _harvest(task, frames.now), found is None


def _harvest(task: Task, frame: Frame) -> Harvest | None:
    return harvest(task.path, task.piece, name=task.name, frame=frame)


def _harvest_batch(batch: list[Task], frame: Frame) -> list[Answer]:
    return [_harvest(task, frame) for task in batch]


class _Sharing:
    """The pieces that workers have been given, and how many of their tasks have not been asked for yet."""

    def __init__(self, workers: Workers, frames: _Frames) -> None:
        self._workers = workers
        self._frames = frames
        self._pending = 0
        self._most = 2 * workers.count + 1

    def read(self, known: Iterator[tuple[Task, Harvest | None]]) -> Iterator[tuple[Task, Harvest | None, bool]]:
        """Yield the pieces with what they hold and whether that is new; the workers read what is not known.

        A few batches are on their way at once, so that memory does not grow with the files.
        """
        waiting: deque[_Waiting] = deque()
        batch: list[Task] = []
        alone = 0 if self._workers.is_far else _FEW
        ahead = max(_ASKED, self._most * _BATCH)
        while True:
            while self._pending < self._most and len(waiting) < ahead and (one := next(known, None)) is not None:
                task, found = one
                if found is None and alone > 0:
                    alone -= 1
                    waiting.append((task, _harvest(task, self._frames.now), None, _HERE))
                    continue
                if found is None:
                    batch.append(task)
                if batch and (found is not None or len(batch) == _BATCH):
                    waiting.extend(self._submit(batch))
                    batch = []
                if found is not None:
                    waiting.append((task, found, None, 0))
            if not waiting:
                waiting.extend(self._submit(batch))
                batch = []
            if not waiting:
                return
            task, found, future, place = waiting.popleft()
            if future is None:
                yield task, found, place == _HERE
            else:
                yield task, self._receive(future, task, place), True

    def _submit(self, batch: list[Task]) -> Iterator[_Waiting]:
        """Give away a batch, and yield each of its pieces with what will tell what it holds."""
        if not batch:
            return
        workers, frame = self._workers, self._frames.now
        if workers.is_far:
            errands = [Errand(locate(task.path, frame.folder, workers.files), task.name, task.piece) for task in batch]
            future = workers.submit(harvest_errands, errands, frame, workers.files)
        else:
            future = workers.submit(_harvest_batch, batch, frame)
        self._pending += 1
        yield from ((task, None, future, place) for place, task in enumerate(batch))

    def _receive(self, future: Future[list[Answer]], task: Task, place: int) -> Harvest | None:
        """Return what a piece holds, the one at a place of its batch; what the workers could not read is read here."""
        self._pending -= place == 0
        try:
            found = self._workers.result(future)[place]
        except LostError:
            return _harvest(task, self._frames.now)
        if isinstance(found, str):
            self._workers.refuse(found)
            found = None
        if found is None and self._workers.is_far:  # it may be about what they cannot see
            return _harvest(task, self._frames.now)
        return found
