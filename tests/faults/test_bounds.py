"""No catalogue, accepted or refused, takes more memory or time than promised, whatever it is flooded with."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

import feedpub
from faults.floods import BOMBS, FLOODS
from faults.running import make_environment
from tools import find_tool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from faults.conftest import Scale

MIB = 1 << 20

MEMORY, SECONDS, TIMES = 500 * MIB, 10, 5
"""Bytes and seconds of CPU that any catalogue may take, and how many times libyaml's bare event loop."""
BOMB_MEMORY, BOMB_SECONDS = 300_000_000, 2
PATIENCE = 4
"""How many times as long the short form allows: what has no bound shows on a slow and busy machine as well."""
WORDS = 80 << 10
"""Bytes that are printed of problems, 64 KiB of text and a little around it."""

LITTLE, LITTLE_SECONDS = 48 << 10, 6
"""Bytes of each shape in the short form: what takes the square of its size shows at this one already."""
LARGE = 64 * MIB

TESTS = Path(__file__).parents[1]
SHAPES = [name for name in FLOODS if name not in BOMBS]
LITTLE_SHAPES = [name for name in SHAPES if not name.startswith(("html:", "markdown:", "text:"))]
"""All but bodies, which have a size of their own."""
FEW = ("a body with one wide character", "comments behind one quote", "merges of sources that differ", "sound entries")
COMMANDS = ("check --workers 1", "render --workers 2")
REPORTS = ("text", "concise", "github", "gitlab", "sarif", "json", "junit")


class Run(NamedTuple):
    """What a run over a flood took: seconds of CPU, bytes of memory, the exit code, the bytes of its words.

    ``events`` are the seconds that libyaml's bare event loop takes, 0 where nobody asked.
    """

    name: str
    cpu: float
    peak: int
    status: int
    output: int
    errors: str
    events: float = 0.0


measured: dict[str, list[Run]] = {}
"""The runs of the long form, by their commands."""
bombs: list[Run] = []


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Try every shape at full size in the long form, and a few of a MiB in the short one."""
    if "command" in metafunc.fixturenames:
        is_long = metafunc.config.getoption("--long")
        metafunc.parametrize("shape", SHAPES if is_long else FEW)
        metafunc.parametrize("command", COMMANDS if is_long else COMMANDS[:1])


@pytest.fixture(scope="module")
def events(tmp_path_factory: pytest.TempPathFactory) -> str | None:
    """Return a program that reads the events of a file and nothing else, None where none can be made."""
    program = tmp_path_factory.mktemp("events") / "events"
    source = TESTS.parent / "benchmarks" / "events.c"
    if find_tool("cc") is None:
        return None
    made = subprocess.run(["cc", "-O2", source, "-o", program, "-lyaml"], capture_output=True, check=False)
    return None if made.returncode else str(program)


def flood(names: Iterable[str], *options: str, size: int, cache: Path, command: str = COMMANDS[0]) -> Iterator[Run]:
    """Yield what each flood took, in a process that has loaded what is tested here."""
    sources = Path(feedpub.__file__).parents[1]
    environment = make_environment(cache, PYTHONPATH=f"{TESTS}{os.pathsep}{sources}")
    arguments = [sys.executable, "-m", "faults.flooding", "--size", str(size), "--command", command, *options, "-"]
    with subprocess.Popen(
        arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=TESTS, env=environment, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("\n".join(names))
        process.stdin.close()
        yield from (Run(**json.loads(line)) for line in process.stdout)
    assert process.returncode == 0


def judge(run: Run, *, seconds: float, memory: int) -> list[str]:
    """Return what is wrong with a run: what it took too much of, or how else than by a verdict it ended."""
    most = max(seconds, TIMES * run.events)
    problems = []
    if run.cpu > most:
        problems.append(f"{run.cpu} s of CPU, more than {most:.1f} s")
    if run.peak > memory:
        problems.append(f"{run.peak / MIB:.0f} MiB, more than {memory / MIB:.0f} MiB")
    if run.status not in (0, 1) or "unexpected" in run.errors:
        problems.append(f"ended with {run.status}: {run.errors}")
    if run.output > WORDS:
        problems.append(f"{run.output:,} bytes of words")
    return [f"{run.name}: {problem}" for problem in problems]


def write_figures() -> str:
    """Return what was measured so far, in a line."""
    parts = [f"{len(bombs)} bombs: {_write_most(bombs)}"] if bombs else []
    for command, runs in measured.items():
        over = [run.name for run in runs if judge(run, seconds=SECONDS, memory=MEMORY)]
        told = f"{command}, {len(runs)} shapes of {LARGE // MIB} MiB: {_write_most(runs)}"
        parts.append(told + (f"; over their bounds: {', '.join(over)}" if over else "; none over its bounds"))
    return f"{'. '.join(parts)} ({os.cpu_count()} cores)"


def _write_most(runs: list[Run]) -> str:
    slowest, largest = max(runs, key=lambda run: run.cpu), max(runs, key=lambda run: run.peak)
    return f"at most {slowest.cpu:.1f} s of CPU ({slowest.name}) and {largest.peak / MIB:.0f} MiB ({largest.name})"


def test_a_little_of_every_shape_takes_little(tmp_path: Path) -> None:
    runs = list(flood(LITTLE_SHAPES, "--most", "15", size=LITTLE, cache=tmp_path))
    assert [run.name for run in runs] == LITTLE_SHAPES
    assert [problem for run in runs for problem in judge(run, seconds=LITTLE_SECONDS, memory=MEMORY)] == []


def test_a_bomb_ends_within_two_seconds(tmp_path: Path, scale: Scale, tell: Callable[[str, str], None]) -> None:
    bombs[:] = flood(BOMBS, "--most", "10", size=LITTLE, cache=tmp_path)
    tell("bounds", write_figures())
    seconds = BOMB_SECONDS * scale(short=PATIENCE, long=1)
    assert [problem for run in bombs for problem in judge(run, seconds=seconds, memory=BOMB_MEMORY)] == []


def test_a_shape_stays_within_the_bounds(
    shape: str,
    command: str,
    events: str | None,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    tell: Callable[[str, str], None],
) -> None:
    is_long = request.config.getoption("--long")
    options = ["--most", "300", *(["--events", events] if events else [])]
    (run,) = flood([shape], *options, size=LARGE if is_long else MIB, cache=tmp_path, command=command)
    if is_long:
        measured.setdefault(command, []).append(run)
        tell("bounds", write_figures())
    assert judge(run, seconds=SECONDS, memory=MEMORY) == []


@pytest.mark.parametrize("report", REPORTS)
def test_a_hundred_thousand_problems_fit_into_every_report(report: str, scale: Scale, tmp_path: Path) -> None:
    command = f"check --workers 1 --output-format {report}"
    size = 4 * scale(short=10_000, long=100_000)
    (run,) = flood(["items of a letter"], size=size, cache=tmp_path, command=command)
    is_whole = report in ("gitlab", "sarif", "json", "junit")
    run = run._replace(output=0 if is_whole else run.output)
    assert judge(run, seconds=SECONDS, memory=MEMORY) == []


def test_problems_on_one_long_line_do_not_repeat_it(tmp_path: Path) -> None:
    command = "check --workers 1 --output-format sarif"
    (run,) = flood(["items in one line"], size=20_000, cache=tmp_path, command=command)
    assert run.output < 10 * MIB  # with the line it would be ten times as much


@pytest.mark.parametrize(
    ("setting", "shape"),
    [
        ("feedpub.source.composer:MAX_NODES=1000000000", "empty lists as a field"),
        ("feedpub.source.reader:MAX_RESUMED=1000000", "brackets that are never closed"),
    ],
)
def test_a_bound_that_is_taken_away_is_found(setting: str, shape: str, tmp_path: Path) -> None:
    (run,) = flood([shape], "--set", setting, "--most", "6", size=3 * MIB, cache=tmp_path)
    assert judge(run, seconds=LITTLE_SECONDS, memory=MEMORY) != []
