"""A server to be loaded, crowded and sabotaged, each in a process of its own, and what is measured of it."""

from __future__ import annotations

import contextlib
import json
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from faults.running import make_environment
from serving.running import DEADLINE, Server
from tools import need_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HERE = Path(__file__).parent
_STARTED = re.compile(r"feeds is served at http://127\.0\.0\.1:(\d+)/ \((.+)\)\n")
_SABOTAGE = """\
import os, runpy, sys, time
from feedpub.serving import application, connections, contents, lines, server, shelf
{sabotage}
sys.argv[0] = "feedpub"
runpy.run_module("feedpub", run_name="__main__")
"""


@contextlib.contextmanager
def serving(
    folder: Path, *arguments: str, sabotage: str = "", before: str = "", stdout: int = subprocess.DEVNULL
) -> Iterator[Server]:
    """Serve ``feeds`` in a folder; at the end, the process is ended if it still runs.

    ``before`` is what a shell does first, ``sabotage`` what is done to feedpub's modules, which are imported.
    """
    need_server()
    start = ["-c", _SABOTAGE.format(sabotage=sabotage)] if sabotage else ["-m", "feedpub"]
    command = [sys.executable, *start, "serve", "--port=0", *arguments]
    if before:
        command = ["sh", "-c", f'{before}; exec "$@"', "sh", *command]
    is_logged = "--log" in arguments
    errors = folder / "stderr"
    with errors.open("w", encoding="utf-8") as stderr:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=make_environment(folder / "cache"),
            stdin=subprocess.DEVNULL,
            stdout=stdout if is_logged else subprocess.PIPE,
            stderr=stderr,
            text=True,
            encoding="utf-8",
        )
    try:
        found = _STARTED.match(_wait_for_line(errors) if is_logged else process.stdout.readline())  # type: ignore[union-attr] # a pipe
        assert found, errors.read_text(encoding="utf-8")
        yield Server(process, int(found[1]), found[2], errors)
    finally:
        process.kill()
        process.communicate()


def _wait_for_line(path: Path) -> str:
    deadline = time.monotonic() + DEADLINE
    while time.monotonic() < deadline and not path.read_text(encoding="utf-8").endswith("\n"):
        time.sleep(0.02)
    return path.read_text(encoding="utf-8")


class Loading(NamedTuple):
    """A load that goes on in a process of its own."""

    process: subprocess.Popen[str]

    def wait(self) -> dict[str, Any]:
        """Wait for its end and return its report."""
        assert self.process.stdout
        report: dict[str, Any] = json.loads(self.process.stdout.read())
        return report

    def stop(self) -> dict[str, Any]:
        """End it and return its report."""
        assert self.process.stdin
        self.process.stdin.close()
        return self.wait()


@contextlib.contextmanager
def loading(server: Server, *paths: str, seconds: float = 600, patience: float = 15) -> Iterator[Loading]:
    """Load a server on 16 connections, for some seconds or until that is stopped; all are there when this begins."""
    order = {"port": server.port, "connections": 16, "seconds": seconds, "patience": patience, "paths": paths}
    command = [sys.executable, str(HERE / "server_load.py"), json.dumps(order)]
    with _running_beside(command, server) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        yield Loading(process)


@contextlib.contextmanager
def _running_beside(command: list[str], server: Server) -> Iterator[subprocess.Popen[str]]:
    environment = make_environment(server.errors.parent)
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=environment
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


class Crowd(NamedTuple):
    """Slow and silent clients in a process of their own."""

    process: subprocess.Popen[str]

    def leave(self) -> dict[str, Any]:
        """End it and return its report."""
        out, _ = self.process.communicate(timeout=DEADLINE)
        report: dict[str, Any] = json.loads(out)
        return report


@contextlib.contextmanager
def crowding(server: Server, *, idle: int, slow: int) -> Iterator[Crowd]:
    """Crowd a server with clients that keep it waiting; all are connected when this begins."""
    command = [sys.executable, str(HERE / "server_crowd.py"), str(server.port), str(idle), str(slow)]
    with _running_beside(command, server) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        yield Crowd(process)


def measure_memory(server: Server) -> float:
    """Return how much memory a server holds, in MiB."""
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{server.process.pid}/status").read_text(encoding="utf-8"))
    assert found
    return int(found[1]) / 1024


def count_files(server: Server) -> int:
    """Return how many files and connections a server has open."""
    return len(list(Path(f"/proc/{server.process.pid}/fd").iterdir()))


def watch_memory(server: Server, seconds: float) -> list[float]:
    """Return how much memory a server held, every quarter of a second, over so long."""
    sizes = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        sizes.append(measure_memory(server))
        time.sleep(0.25)
    return sizes


def measure_times(server: Server, *, number: int) -> list[float]:
    """Return how long a new client waits for an answer, or in vain, in milliseconds, in order."""
    times = []
    for _ in range(number):
        start = time.perf_counter()
        with contextlib.suppress(TimeoutError), contextlib.closing(server.connect_http()) as connection:
            connection.request("GET", "/tides.rss")
            with connection.getresponse() as reply:
                assert reply.status == 200
                reply.read()
        times.append((time.perf_counter() - start) * 1000)
        time.sleep(0.02)
    return sorted(times)


def find_percentile(times: list[float], percent: int) -> float:
    """Return the time that so many per cent stay below."""
    return statistics.quantiles(times, n=100)[percent - 1]


def repeat_once(measure: Callable[[], str]) -> str:
    """Return what is wrong; a second time where the first found something, since the machine may have been busy."""
    first = measure()
    if not first:
        return ""
    second = measure()
    return f"{first}; again: {second}" if second else ""
