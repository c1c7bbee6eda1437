"""What holds of every input, whatever the fuzzer: it takes neither long nor much, and is known when it kills."""

from __future__ import annotations

import mmap
import resource
import time
from typing import TYPE_CHECKING

from faults.fuzzers.fuzzer import FindingError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SECONDS = 5.0
"""Of the processor's time: a machine that does something else as well hangs nobody."""

KIBIBYTES = 500 << 10
"""What the whole process may take."""

_SIZE = 8
_MOST = 1 << 20


class Guard:
    """Tries inputs, and counts them; ``last`` is a file that holds the one at hand, even when the process is killed."""

    def __init__(
        self, try_one: Callable[[bytes], None], *, last: Path, seconds: float = SECONDS, kibibytes: int = KIBIBYTES
    ) -> None:
        """Begin with no input tried."""
        self.count = 0
        self.slowest = 0.0
        self._try_one = try_one
        self._seconds = seconds
        self._kibibytes = kibibytes
        last.write_bytes(bytes(_SIZE + _MOST))
        with last.open("r+b") as raw:
            self._last = mmap.mmap(raw.fileno(), 0)

    def __call__(self, data: bytes) -> None:
        """Try an input. Raises what the fuzzer does, and FindingError where it took more than it may."""
        self._last[: _SIZE + len(data)] = len(data).to_bytes(_SIZE, "big") + data
        begun = time.process_time()
        self._try_one(data)
        taken = time.process_time() - begun
        self.count += 1
        self.slowest = max(self.slowest, taken)
        if taken > self._seconds:
            raise FindingError(f"it took {taken:.1f} s")
        if measure_memory() > self._kibibytes:
            raise FindingError(f"the process takes {measure_memory() >> 10} MiB")


def measure_memory() -> int:
    """Return the KiB that this process has taken at its worst.

    Linux counts what started a process, which may be far larger, as part of its peak, but for what /proc tells.
    """
    try:
        with open("/proc/self/status", "rb") as status:  # noqa: PTH123 - it is asked after every input
            return next(int(line.split()[1]) for line in status if line.startswith(b"VmHWM:"))
    except (OSError, StopIteration):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def read_last(path: Path) -> bytes:
    """Return the input that was at hand when a process ended."""
    data = path.read_bytes()
    return data[_SIZE : _SIZE + int.from_bytes(data[:_SIZE], "big")]
