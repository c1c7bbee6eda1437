"""Workers that are processes of this machine."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

from feedpub.workers.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor


@contextmanager
def start_processes(count: int) -> Iterator[Workers]:
    """Yield so many processes, started when there is something to do; they end with the block.

    Where one dies (somebody kills it, memory is short), all that they had to do is lost.
    """
    workers = Workers(lambda: _start(count), count=count)
    try:
        yield workers
    finally:
        workers.close()


def _start(count: int) -> Executor:
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - most runs find nothing to share out
    from multiprocessing import get_all_start_methods, get_context  # noqa: PLC0415 - as above

    method = "fork" if "fork" in get_all_start_methods() else None  # what has been imported need not be again
    return ProcessPoolExecutor(count, mp_context=get_context(method), initializer=_leave_interrupts)


def _leave_interrupts() -> None:
    """Let Ctrl-C end the run in the one process that says so; the workers end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # pragma: no cover - in a worker, which coverage does not measure
