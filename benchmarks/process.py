"""What one run of a command takes, as the operating system counts it."""

from __future__ import annotations

import os
import subprocess
import time
from typing import NamedTuple


class Figures(NamedTuple):
    """Seconds on the clock, seconds of CPU, and the peak of memory in MiB."""

    wall: float
    cpu: float
    peak: float


def measure(*command: str) -> Figures:
    """Run a command and return its figures; one that fails ends the benchmark."""
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}")
    return Figures(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
