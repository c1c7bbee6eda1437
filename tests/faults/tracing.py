"""The calls by which a run changes files, as strace sees them; and how to kill the run at any of them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import pytest

from tools import need_tools

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

CHANGING = (
    *("rename", "renameat", "renameat2", "unlink", "unlinkat", "rmdir", "mkdir", "mkdirat", "link", "linkat"),
    *("symlink", "symlinkat", "open", "openat", "openat2", "creat", "write", "writev", "pwrite64", "pwritev"),
    *("pwritev2", "truncate", "ftruncate", "fallocate", "sendfile", "copy_file_range", "chmod", "fchmod", "fchmodat"),
    *("fsync", "fdatasync", "sync", "syncfs", "sync_file_range", "msync"),
)
"""The calls that change a file, a name or a folder, or wait until that is on the disk; no machine has all of them."""

SEEN = (*CHANGING, "lseek")
"""What has to be seen to know what they change."""

OPENING = ("open", "openat", "openat2", "creat")

_LINE = re.compile(r"(?P<process>\d+) +(?P<name>\w+)\((?P<arguments>.*)\) += (?P<result>\?|-?\d+).*")
_HEX = r"(?:\\x[0-9a-f]{2})*"
_ARGUMENT = re.compile(
    rf' *(?:"(?P<text>{_HEX})"(?:\.\.\.)?|(?P<number>AT_FDCWD|\d+)<(?P<place>{_HEX})>|(?P<word>[^",<]+))'
)


@dataclass(frozen=True, slots=True)
class Open:
    """A descriptor: where what it stands for is, and its number, -1 for the folder in which the process runs."""

    place: str
    number: int = field(default=-1, compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """One call: text (names, data) as bytes, descriptors as what they stand for, all else as strace writes it.

    ``result`` is None where the process did not live to see it.
    """

    process: int
    name: str
    arguments: tuple[bytes | Open | str, ...]
    result: int | None

    @property
    def words(self) -> str:
        """The flags and numbers among the arguments."""
        return " ".join(one for one in self.arguments if isinstance(one, str))

    @property
    def creates(self) -> bool:
        """Whether it opens a file that may not be there."""
        return self.name in OPENING and ("O_CREAT" in self.words or self.name == "creat")

    @property
    def changes(self) -> bool:
        """Whether it may change a file or a name, or waits for the disk; what is printed is no such thing."""
        if self.name in OPENING:
            return self.creates
        first = self.arguments[0] if self.arguments else ""
        return self.name in CHANGING and (not isinstance(first, Open) or first.place.startswith("/"))

    @property
    def place(self) -> tuple[bytes | str, ...]:
        """What it is about, by which one call is known in two runs."""
        found: list[bytes | str] = []
        for one in self.arguments:
            if isinstance(one, Open):
                found.append(one.place)
            elif isinstance(one, bytes) and "write" not in self.name:
                found.append(one)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Point:
    """A call to be killed at: the ``number``-th of its name, of those alone that name one of ``paths``, if any."""

    call: Call
    number: int
    paths: tuple[str, ...] = ()

    @property
    def options(self) -> list[str]:
        """What strace is told: the process dies where the call begins, which then never happens."""
        watched = [word for path in self.paths for word in ("-P", path)]
        name = self.call.name
        return [*watched, "-e", f"trace={name}", "-e", f"inject={name}:signal=KILL:when={self.number}"]


def need_strace() -> None:
    """Skip a test where there is no strace (in CI, fail), or where this machine lets nobody trace."""
    need_tools("strace")
    if trouble := _try_strace():
        pytest.skip(f"strace cannot trace here: {trouble}")


@cache
def _try_strace() -> str:
    tried = subprocess.run(
        ["strace", "-f", "-e", "trace=?write", "true"], capture_output=True, text=True, timeout=60, check=False
    )
    return "" if tried.returncode == 0 else tried.stderr.strip()[:200]


def trace(log: Path, *options: str) -> list[str]:
    """Return what goes before a command so that its calls are written to a file, whole, where descriptors lead too."""
    chosen = options or ("-e", f"trace={','.join(f'?{name}' for name in SEEN)}")
    strace = shutil.which("strace")
    assert strace
    return [strace, "-f", "-qq", "-y", "-xx", "-s", str(1 << 26), "-o", str(log), *chosen]


def read_calls(log: Path) -> list[Call]:
    """Return the calls of a log; they are all of one process, or nobody could count them."""
    calls = [_read(line) for line in log.read_text(encoding="ascii").splitlines() if "(" in line]
    assert len({call.process for call in calls}) <= 1
    return calls


def list_points(calls: Sequence[Call]) -> list[Point]:
    """Return every call that changes something as a point to be killed at."""
    return [point for point in _count(calls) if point.call.changes]


def list_ends(calls: Sequence[Call]) -> list[list[str]]:
    """Return what strace is told to kill a run one call later than the last of each kind: there is nothing to kill."""
    last = {point.call.name: point for point in _count(calls)}
    beyond = [Point(point.call, point.number + 1, point.paths) for point in last.values()]
    opened = [point.options for point in beyond if point.paths]
    others = [point for point in beyond if not point.paths]
    injected = [word for point in others for word in point.options[-2:]]
    return [*opened, ["-e", f"trace={','.join(point.call.name for point in others)}", *injected]]


def _count(calls: Sequence[Call]) -> Iterator[Point]:
    """Yield the calls of each name with their numbers, as strace counts them.

    How often Python opens files to read depends on what is compiled already. So opened files are counted only where
    the call names what one that creates a file named: that file, or the folder.
    """
    watched = tuple(sorted({name for call in calls if call.creates for name in _list_names(call)}))
    numbers = dict.fromkeys(CHANGING, 0)
    for call in calls:
        is_opened = call.name in OPENING
        if call.name not in CHANGING or (is_opened and not _list_names(call) & set(watched)):
            continue
        numbers[call.name] += 1
        yield Point(call, numbers[call.name], watched if is_opened else ())


def _read(line: str) -> Call:
    match = _LINE.fullmatch(line)
    assert match, f"strace says {line[:200]!r}"
    result = match["result"]
    return Call(
        int(match["process"]),
        match["name"],
        tuple(_read_arguments(match["arguments"])),
        None if result == "?" else int(result),
    )


def _read_arguments(text: str) -> Iterator[bytes | Open | str]:
    for match in _ARGUMENT.finditer(text):
        if match["text"] is not None:
            yield _decode(match["text"])
        elif match["place"] is not None:
            number = -1 if match["number"] == "AT_FDCWD" else int(match["number"])
            yield Open(os.fsdecode(_decode(match["place"])), number)
        elif word := match["word"].strip():
            yield word


def _decode(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


def _list_names(call: Call) -> set[str]:
    """Return what an opening call names and strace compares: its path as it is given, and its folder unless that is
    the one in which the process runs.
    """
    path = next(os.fsdecode(one) for one in call.arguments if isinstance(one, bytes))
    folder = next((one.place for one in call.arguments if isinstance(one, Open)), "")
    return {path} if path.startswith("/") or not folder else {folder}
