"""What one run of a command takes, as the operating system counts it, and what it takes beside others, in turns."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_SPIN = "for _ in range(20_000_000): pass"
_SETTLE = 0.2  # seconds: a file that was just written is none that can be trusted by its stat


class Figures(NamedTuple):
    """Seconds on the clock, seconds of CPU of all its processes, and the peak of memory of the largest, in MiB."""

    wall: float
    cpu: float
    peak: float


class Scenario(NamedTuple):
    """A command that is measured, and what is done before each time, which is not."""

    name: str
    command: tuple[str, ...]
    before: Callable[[], object] = lambda: None


def measure(*command: str) -> Figures:
    """Run a command and return its figures; one that fails ends the benchmark.

    Linux counts what starts a process as part of its peak: whoever calls should hold little. Python keeps what it has
    compiled, as it does of what is installed.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment) as process:
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}")
    peak = usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    return Figures(wall, usage.ru_utime + usage.ru_stime, peak)


def take_turns(scenarios: list[Scenario], *, runs: int) -> dict[str, list[Figures]]:
    """Measure each of some scenarios so many times: one after another, each round begun by another one."""
    found: dict[str, list[Figures]] = {one.name: [] for one in scenarios}
    for run in range(runs):
        first = run % len(scenarios)
        for one in scenarios[first:] + scenarios[:first]:
            one.before()
            time.sleep(_SETTLE)
            found[one.name].append(measure(*one.command))
            print(f"{one.name}: {found[one.name][-1].wall:.2f} s", file=sys.stderr)
    return found


def take_median(figures: Iterable[Figures]) -> Figures:
    """Return the median of each figure."""
    return Figures(*(statistics.median(column) for column in zip(*figures, strict=True)))


def take_ratio(ours: Iterable[float], theirs: Iterable[float]) -> float:
    """Return the median of the ratios of what was measured in the same rounds."""
    return statistics.median(one / other for one, other in zip(ours, theirs, strict=True))


def calibrate() -> float:
    """Return what two spinning processes take beside one: 1.0 where both cores are free.

    A second core that is busy with something else fakes a loss.
    """
    one = measure(sys.executable, "-c", _SPIN).wall
    started = time.perf_counter()
    both = [subprocess.Popen([sys.executable, "-c", _SPIN]) for _ in range(2)]
    for process in both:
        process.wait()
    return (time.perf_counter() - started) / one
