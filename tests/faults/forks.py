"""Runs of feedpub at once, each in a process of its own, forked from one that has loaded everything (`forking`)."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from faults.here import Said, make_plain
from faults.running import make_environment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType


@dataclass(frozen=True, kw_only=True)
class Run:
    """What is run where, how many seconds after the others, and when it is killed.

    ``kill_after`` are seconds, ``kill_at`` is the number of a renaming, from 1, ``kill_in_cache`` that of a statement
    of SQL; ``small`` lets files be read in pieces.
    """

    arguments: Sequence[str]
    folder: str
    delay: float = 0.0
    kill_after: float | None = None
    kill_at: int | None = None
    kill_in_cache: int | None = None
    small: bool = False


class Forks:
    """The process that forks, and a folder for what is said."""

    def __init__(self, folder: Path, *planted: str) -> None:
        """Start the process; ``planted`` are the faults that it shall have."""
        self._folder = folder
        folder.mkdir(exist_ok=True)
        self._process = subprocess.Popen(
            [sys.executable, "-P", str(Path(__file__).with_name("forking.py")), *planted],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=make_environment(folder / "cache"),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._process.communicate()

    def run(self, *runs: Run) -> list[Said]:
        """Run all at once; return how each ended (killed: a negative code) and what it said."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        outs = [self._folder / str(number) for number in range(len(runs))]
        for out in outs:  # one that is killed at once says nothing
            for suffix in (".out", ".err"):
                out.with_suffix(suffix).write_text("")
        asked = [asdict(one) | {"out": str(out)} for one, out in zip(runs, outs, strict=True)]
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        codes = json.loads(self._process.stdout.readline())
        return [
            make_plain(code, out.with_suffix(".out").read_text(), out.with_suffix(".err").read_text())
            for code, out in zip(codes, outs, strict=True)
        ]
