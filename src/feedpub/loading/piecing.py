"""The large files of a catalogue read in pieces: cut where they were, read by whoever does, and taken in order."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

from feedpub.loading.gathering import gather
from feedpub.loading.pieced import Pieces, cut_file
from feedpub.loading.remembered import Remembered, RememberedCuts
from feedpub.workers.processes import start_processes

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from feedpub.index import Index
    from feedpub.index.pieces import PieceStore
    from feedpub.index.stamps import Signature
    from feedpub.loading.entries import Entries
    from feedpub.loading.harvesting import Frame, Harvest
    from feedpub.loading.pieced import Task
    from feedpub.source import CatalogueFile
    from feedpub.workers.workers import Workers

WORTH_WORKERS = 4 << 20
"""Bytes from which on several processes gain more than they cost to start."""


class Piecewise:
    """The pieces of one catalogue's files.

    ``taken`` are those that were read, None before the first.
    """

    def __init__(
        self,
        root: Path,
        *,
        seen: dict[str, Signature],
        moment: int,
        workers: int,
        executor: Workers | None,
        store: PieceStore | None,
    ) -> None:
        """Read files of a catalogue; ``seen`` are their signatures from before.

        The moment, in nanoseconds since 1970, is before that.
        """
        self.taken: Pieces | None = None
        self._root = root
        self._seen = seen
        self._moment = moment
        self._workers, self._executor, self._store = workers, executor, store
        self._remembered: Remembered | None = None
        self._cuts: list[RememberedCuts] = []

    @property
    def digests(self) -> dict[str, str]:
        """What the bytes of files are summed up in (see `join_digests`)."""
        return {path: digest for cuts in self._cuts for path, digest in cuts.digests.items()}

    def cut(self, files: Iterable[CatalogueFile]) -> Generator[Task]:
        """Yield the pieces of files, cut as they were where they are as they were."""
        files = list(files)
        cuts = self._recall_cuts(files)
        digest = self._executor is not None
        for file in files:
            is_root = file.path == self._root
            yield from cut_file(file.path, name=file.name, cuts=cuts, digest=digest, is_root=is_root)

    def read(
        self, tasks: Iterable[Task], *, size: int, frame: Frame, is_enough: Callable[[], bool]
    ) -> Iterator[tuple[Task, Harvest | None]]:
        """Yield pieces of so many bytes as `gather` does."""
        if self._store is not None and self._remembered is None:
            self._remembered = Remembered(self._store, frame, root=self._root, seen=self._seen, moment=self._moment)
        with self._find_workers(size) as workers:
            yield from gather(tasks, frame=frame, workers=workers, remembered=self._remembered, is_enough=is_enough)

    def take(self, task: Task, found: Harvest, *, index: Index, entries: Entries, numbers: dict[str, int]) -> None:
        """Take what a piece holds into an index; ``numbers`` count the records of each root key of its file."""
        if self.taken is None:
            self.taken = Pieces(index, entries, seen=self._seen)
        are_apart = self._remembered is not None and self._remembered.is_apart(task.name, task.piece)
        self.taken.take(task, found, numbers=numbers, are_apart=are_apart)

    def keep_apart(self) -> None:
        """Remember that no name of the pieces that were taken is there twice."""
        if self._remembered is not None:
            self._remembered.keep_apart()

    def _recall_cuts(self, files: Iterable[CatalogueFile]) -> RememberedCuts | None:
        if self._store is None:
            return None
        signatures = {file.path: self._seen[str(file.path)] for file in files}
        cuts = RememberedCuts(self._store, signatures, moment=self._moment)
        self._cuts.append(cuts)
        return cuts

    def _find_workers(self, size: int) -> AbstractContextManager[Workers | None]:
        """Return who reads so many bytes beside this process; processes of our own end with the block."""
        if self._executor is not None or self._workers == 1 or size < WORTH_WORKERS:
            return nullcontext(self._executor)
        return start_processes(self._workers)
