"""A process that has loaded all of feedpub and forks each run that it is asked for: no interpreter starts for it.

Run as a script; it is asked by lines of JSON on stdin (`forks.Run`) and answers with lines of exit codes.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import tempfile
import time
from contextlib import chdir
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from feedpub.cli import main
from feedpub.index.cache import Cache
from feedpub.loading import loader
from feedpub.pipeline import preparing
from feedpub.source import pieces
from feedpub.targets.files import Files

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

CATALOGUE = """\
site: {title: T, url: "https://e.org/", tag_authority: "e.org,2026", precompress: [gzip]}
sections: {a: {title: A}}
articles:
  - {id: e, title: "<b>E</b>", url: e, published: 2026-05-01T00:00:00Z, sections: [a], body: "*Text*"}
"""


def serve() -> None:
    """Fork what is asked for until nothing more is."""
    planted = sys.argv[1:]
    let(Files, "sync", lambda _self, _descriptor: None)  # nothing here waits for the disk
    load()
    gc.freeze()  # so that fewer pages are copied
    for name in planted:
        PLANTED[name]()
    for line in sys.stdin:
        print(json.dumps(run_all(json.loads(line))), flush=True)  # noqa: T201 - this is the answer


def load() -> None:
    """Publish something in this process, cold and warm, so that every module is there."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        Path("articles.yaml").write_text(CATALOGUE)
        for small in (False, True):
            cut_small(small=small)
            child = os.fork() if small else 0
            if child:
                os.waitpid(child, 0)
                continue
            code = run({"arguments": ["render", "--cache", "cache"], "out": "out"})
            if small:
                os._exit(code)
        cut_small(small=False)


def run_all(runs: list[dict[str, Any]]) -> list[int]:
    """Run all at once; return their exit codes, of those that were killed the negative signal."""
    gate, opener = os.pipe()
    children = [fork(one, gate, opener) for one in runs]
    os.close(gate)
    os.close(opener)
    begun = time.monotonic()
    doomed = [(one["kill_after"], child) for one, child in zip(runs, children, strict=True) if one["kill_after"]]
    for seconds, child in sorted(doomed):
        time.sleep(max(0.0, begun + seconds - time.monotonic()))
        os.kill(child, signal.SIGKILL)
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]


def fork(one: dict[str, Any], gate: int, opener: int) -> int:
    """Fork a run that waits at a gate until all are there."""
    child = os.fork()
    if child:
        return child
    try:
        os.close(opener)
        os.read(gate, 1)
        time.sleep(one["delay"])
        os.chdir(one["folder"])
        cut_small(small=one["small"])
        if one["kill_at"]:
            die_at(one["kill_at"])
        if one["kill_in_cache"]:
            die_in_cache(one["kill_in_cache"])
        os._exit(run(one))
    finally:
        os._exit(99)


def run(one: dict[str, Any]) -> int:
    """Run the command line with its output in two files; return the exit code."""
    sys.argv = ["feedpub", *one["arguments"]]
    with Path(f"{one['out']}.out").open("w") as out, Path(f"{one['out']}.err").open("w") as err:
        before = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = out, err
        try:
            main()
        except SystemExit as end:
            return end.code if isinstance(end.code, int) else 0
        finally:
            sys.stdout, sys.stderr = before


def let(kind: type, name: str, function: Callable[..., Any]) -> None:
    """Let a method of a class be another one, in this process and those that it forks."""
    setattr(kind, name, function)


def cut_small(*, small: bool) -> None:
    """Let small files be read in small pieces, or not."""
    loader.LARGE, pieces.LEAST, pieces._SELDOM = (1, 1, 2) if small else (1 << 20, 256 << 10, 64)
    preparing._MANY = 1 if small else 12


def die_at(number: int) -> None:
    """Kill this process before it renames a file for the n-th time."""
    replace, left = Files.replace, iter(range(1, number))

    def die(self: Files, source: str, name: str, *, at: int) -> None:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)
        replace(self, source, name, at=at)

    let(Files, "replace", die)


def die_in_cache(number: int) -> None:
    """Kill this process before the n-th statement that reads or writes a cache."""
    connect, left = Cache._open, iter(range(1, number))

    def die(_statement: str) -> None:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self: Cache) -> sqlite3.Connection:
        database = connect(self)
        database.set_trace_callback(die)
        return database

    let(Cache, "_open", watch)


def lose_lock() -> None:
    """Let nobody keep anybody out, and everybody take their time."""
    replace = Files.replace

    def dawdle(self: Files, source: str, name: str, *, at: int) -> None:
        time.sleep(0.005)
        replace(self, source, name, at=at)

    let(Files, "lock", lambda _self, _descriptor: None)
    let(Files, "replace", dawdle)


def write_in_place() -> None:
    """Let files be overwritten bit by bit."""

    def overwrite(_self: Files, source: str, name: str, *, at: int) -> None:
        def open_there(path: str, flags: int) -> int:
            return os.open(path, flags, 0o644, dir_fd=at)

        with open(source, "rb", opener=open_there) as old, open(name, "wb", opener=open_there) as new:
            data = old.read()
            for start in range(0, len(data), 1 + len(data) // 3):
                new.write(data[start : start + 1 + len(data) // 3])
                new.flush()
                time.sleep(0.002)
        os.unlink(source, dir_fd=at)

    let(Files, "replace", overwrite)


PLANTED = {"lose-lock": lose_lock, "write-in-place": write_in_place}


def end() -> NoReturn:
    """Leave without what the interpreter does at its end."""
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    serve()
    end()
