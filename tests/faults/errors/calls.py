"""Have strace fail a system call that a command makes on certain paths: the first, the second, and so on."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import pytest

from tools import need_tools

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

CHANGING = frozenset(
    (
        *("rename", "renameat", "renameat2", "unlink", "unlinkat", "mkdir", "mkdirat", "rmdir", "link", "linkat"),
        *("fsync", "fdatasync", "write", "writev", "pwrite64", "pwritev", "ftruncate", "fallocate", "flock"),
        *("chmod", "fchmod", "fchmodat", "chown", "fchown", "fchownat", "symlink", "symlinkat", "utimensat"),
    )
)
"""Calls that change a file or folder, or keep others from it; an opening does where it may create one."""
LOOKING = frozenset(
    (
        *("read", "pread64", "lseek", "getdents64", "access", "faccessat2", "fcntl"),
        *("stat", "fstat", "lstat", "newfstatat", "statx"),
    )
)
"""Calls that look at one."""
OPENING = frozenset(("open", "openat"))

FEEDPUB = (sys.executable, "-m", "feedpub")

_CALL = re.compile(r"\d+ +(\w+)\((.*)")


@dataclass(frozen=True, slots=True)
class Call:
    """A system call: the ``ordinal``-th of its name (from 1) on the paths that are watched; ``text`` says what for."""

    name: str
    ordinal: int
    text: str

    @property
    def is_change(self) -> bool:
        """Whether it changes something."""
        return self.name in CHANGING or (self.name in OPENING and "O_CREAT" in self.text)

    def __str__(self) -> str:
        """Return the call as strace shows it."""
        return f"{self.name} {self.ordinal}: {self.text}"


@dataclass(frozen=True, slots=True)
class Failure:
    """What becomes of a call: an error, or the end of the process; from there on of all of its name, or of it alone."""

    call: Call
    error: str = ""
    lasts: bool = False

    def __str__(self) -> str:
        """Return what failed, and how."""
        return f"{self.error or 'killed'}{' from there on' if self.lasts else ''} at {self.call}"

    @property
    def reason(self) -> str:
        """What the system says of the error."""
        return os.strerror(getattr(errno, self.error))


@dataclass(frozen=True, slots=True)
class Run:
    """How a command ended, what it said, and the calls that it made on the paths that are watched."""

    code: int
    out: str
    err: str
    calls: tuple[Call, ...] = field(repr=False)

    def has_made(self, text: str) -> bool:
        """Tell whether a call whose text ends so was made, and succeeded."""
        return any(text in call.text and call.text.endswith("= 0") for call in self.calls)


@cache
def need_strace() -> None:
    """Skip a test where strace is not there (in CI: fail), or where the machine forbids it."""
    need_tools("strace")
    done = subprocess.run(
        ["strace", "-f", "-qq", "-o", "/dev/null", "true"], capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.skip(f"strace may not trace here: {done.stderr.strip()}")


def run_traced(
    *arguments: str,
    home: Path,
    environment: Mapping[str, str],
    paths: Iterable[str],
    failure: Failure | None = None,
    command: Sequence[str] = FEEDPUB,
) -> Run:
    """Run a command in a folder, where one call on some paths fails; the paths as the command has them, or absolute."""
    names = ",".join(sorted(f"?{name}" for name in CHANGING | LOOKING | OPENING))
    with tempfile.NamedTemporaryFile("r", prefix="strace-") as log:
        strace = ["strace", "-f", "-y", "-qq", "-o", log.name, "-e", f"trace={names}"]
        strace += [word for path in paths for word in ("-P", path)]
        if failure is not None:
            end = f"error={failure.error}" if failure.error else "signal=KILL"
            last = "+" if failure.lasts else ""
            strace += ["-e", f"inject={failure.call.name}:{end}:when={failure.call.ordinal}{last}"]
        if failure is None or failure.error:
            strace.append("--seccomp-bpf")  # much faster; but then strace 6.1 sends no signals
        done = subprocess.run(
            [*strace, *command, *arguments],
            cwd=home,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        said = "".join(line for line in done.stderr.splitlines(keepends=True) if not line.startswith("strace: "))
        return Run(done.returncode, done.stdout, said, tuple(_read_calls(log.read())))


def choose(points: Sequence[Failure], count: int) -> list[Failure]:
    """Return so many points, evenly from the whole list."""
    count = min(count, len(points))
    return [points[(2 * number + 1) * len(points) // (2 * count)] for number in range(count)]


def _read_calls(log: str) -> Iterable[Call]:
    counts: dict[str, int] = {}
    for line in log.splitlines():
        if match := _CALL.match(line):
            name = match[1]
            counts[name] = counts.get(name, 0) + 1
            yield Call(name, counts[name], match[2])
