"""Documents that workers make: given away in batches, and taken back in order."""

from __future__ import annotations

from collections import deque
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from feedpub.formats import FORMATS
from feedpub.site.rendering import Rendering
from feedpub.workers.lost import LostError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from concurrent.futures import Future

    from feedpub.feed import Feed
    from feedpub.pages import Page
    from feedpub.workers.workers import Workers

BATCH = 12
"""Documents that one task of a worker holds."""


class Sharing:
    """The feeds that workers have been given; those that they lose are made when they are wanted."""

    def __init__(self, workers: Workers) -> None:
        """Give them nothing yet."""
        self._workers = workers
        self._batch: list[Rendering] = []
        self._waiting: deque[tuple[Sequence[Rendering], Future[list[_Made]]]] = deque()

    def give(self, renderings: Iterable[Rendering]) -> None:
        """Give away some more, and take back what is due: few are on their way at once."""
        for one in renderings:
            self._batch.append(one)
            if len(self._batch) == BATCH:
                self._submit()
        while len(self._waiting) > 2 * self._workers.count:
            self._take()

    def finish(self) -> None:
        """Take back all that were given away."""
        self._submit()
        while self._waiting:
            self._take()

    def _submit(self) -> None:
        if self._batch:
            batch, self._batch = self._batch, []
            self._waiting.append((batch, self._workers.submit(_make_batch, [_Job.of(one) for one in batch])))

    def _take(self) -> None:
        batch, future = self._waiting.popleft()
        try:
            found = self._workers.result(future)
        except LostError:
            return
        for one, (data, is_verified) in zip(batch, found, strict=True):
            one.is_verified = is_verified
            one.take(data)


class _Job(NamedTuple):
    """A document to be made: all of it that is sent."""

    feed: Feed | Page
    format: str
    address: str

    @classmethod
    def of(cls, one: Rendering) -> _Job:
        return cls(one.show(), one.format.name, one.address)


_Made: TypeAlias = tuple[bytes, bool]
"""The bytes of a document, and whether they read back as they should."""


def _make_batch(jobs: Sequence[_Job]) -> list[_Made]:
    renderings = [
        Rendering(show=partial(_same, job.feed), format=FORMATS[job.format], address=job.address) for job in jobs
    ]
    return [(one.data, one.reads_back()) for one in renderings]


def _same(shown: Feed | Page) -> Feed | Page:
    return shown
