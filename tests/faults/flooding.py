"""Floods feedpub and tells what each flood took, a line of JSON each: ``python -m faults.flooding OPTIONS NAME…``.

A process that has loaded feedpub forks one for each flood, which runs the command to its end; what loading took is
added to its time. In a process of its own none of this is part of what pytest holds or what measures coverage.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from faults.floods import CATALOGUE, FLOODS
from faults.running import NOW

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_LOADED = (
    "feedpub.cli",
    "feedpub.cli.problems",
    "feedpub.diagnostics.reports",
    "feedpub.loading.pieced",
    "feedpub.markup.tags",
    "feedpub.pipeline",
    "feedpub.source.slips",
    "feedgen.feed",
    "comrak",
    "nh3",
)
_MOST_MEMORY = 4 << 30  # bytes of addresses: what a flood may take before the machine suffers
_TURN = 0.05  # seconds between two looks at the processes of a run


def flood_all(names: Sequence[str], *, size: int, command: Sequence[str], most: int, events: str | None) -> None:
    """Run the command over each flood and print what it took.

    A process ends after ``most`` seconds of CPU. ``events`` is a program that reads nothing but libyaml's events:
    where a run takes longer than it would have to, the line tells how long that takes.
    """
    loaded = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])  # now: what is cleared away later is no part of it
    for name in names:
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            _wait(_fork(lambda: FLOODS[name].write(folder, size)))  # noqa: B023 - it is over before the next one
            told = _measure(folder, command, most, loaded=loaded)
            if events is not None and told["cpu"] > 2:
                told["events"] = _measure_events(folder, events, most)
            sys.stdout.write(json.dumps({"name": name, **told}) + "\n")
            sys.stdout.flush()


def _measure(folder: Path, command: Sequence[str], most: int, *, loaded: float) -> dict[str, Any]:
    def run() -> None:
        os.chdir(folder)
        for descriptor, name in ((1, "output"), (2, "errors")):
            os.dup2(os.open(name, os.O_CREAT | os.O_WRONLY), descriptor)
        resource.setrlimit(resource.RLIMIT_CPU, (int(loaded) + most, int(loaded) + most + 5))
        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
        sys.argv = ["feedpub", *command, CATALOGUE, "--now", NOW, "--no-cache"]
        main: Callable[[], NoReturn] = import_module("feedpub.cli").main
        main()

    status, usage, together = _wait(_fork(run), several="2" in command)
    errors = (folder / "errors").read_text(encoding="utf-8", errors="replace")
    return {
        "cpu": round(usage.ru_utime + usage.ru_stime + loaded, 2),
        "peak": max(usage.ru_maxrss << 10, together),
        "status": os.waitstatus_to_exitcode(status),
        "output": (folder / "output").stat().st_size + len(errors),
        "errors": errors[-300:],
    }


def _measure_events(folder: Path, program: str, most: int) -> float:
    """Return the seconds of CPU that the bare event loop takes for all YAML files of a folder."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for path in folder.rglob("*.yaml"):
        if path.is_file() and not path.is_symlink():
            process = os.posix_spawn(program, [program, str(path)], {})
            os.waitpid(process, 0)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return min(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, most)


def _fork(function: Callable[[], None]) -> int:
    """Run a function in a process, which leads a session of its own; return its number."""
    process = os.fork()
    if process:
        return process
    status = 1
    try:
        os.setsid()
        function()
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _wait(process: int, *, several: bool = False) -> tuple[int, resource.struct_rusage, int]:
    """Wait for the end of a process; with ``several``, look at the memory that it and its workers have together."""
    together = 0
    while several:
        done, status, usage = os.wait4(process, os.WNOHANG)
        if done:
            return status, usage, together
        together = max(together, _measure_session(process))
        time.sleep(_TURN)
    _, status, usage = os.wait4(process, 0)
    return status, usage, 0


def _measure_session(leader: int) -> int:
    """Return the bytes that the processes of a session have together, what they share counted once (Linux's PSS)."""
    return sum(_measure_process(path) for path in Path("/proc").glob("[0-9]*") if _find_session(path) == leader)


def _find_session(path: Path) -> int:
    try:
        return int((path / "stat").read_text(errors="replace").rpartition(")")[2].split()[3])
    except (OSError, ValueError):  # it has ended
        return -1


def _measure_process(path: Path) -> int:
    try:
        lines = (path / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) << 10 for line in lines if line.startswith("Pss:"))


def _change(setting: str) -> None:
    """Loosen a bound, ``module:NAME=number``: what is not bounded must be found."""
    module, _, rest = setting.partition(":")
    name, _, number = rest.partition("=")
    assert hasattr(import_module(module), name)
    setattr(import_module(module), name, int(number))


def _main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="+")
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--command", default="check --workers 1")
    parser.add_argument("--most", type=int, default=30)
    parser.add_argument("--events")
    parser.add_argument("--set", action="append", default=[])
    chosen = parser.parse_args()
    for module in _LOADED:
        import_module(module)
    for setting in chosen.set:
        _change(setting)
    names = [line.rstrip("\n") for line in sys.stdin] if chosen.names == ["-"] else chosen.names
    flood_all(names, size=chosen.size, command=chosen.command.split(), most=chosen.most, events=chosen.events)
    shutil.rmtree(os.environ["XDG_CACHE_HOME"], ignore_errors=True)


if __name__ == "__main__":
    _main()
