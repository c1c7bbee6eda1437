"""What a run of a command takes: the CPU time of all its processes, and the memory of them together at its peak."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MIB = 1 << 20

_LAUNCHER = Path(__file__).with_name("launching.py")


class Usage(NamedTuple):
    """Seconds of CPU, bytes of memory at the peak, how it ended (negative: the signal), and what it printed."""

    cpu: float
    peak: int
    status: int
    output: str
    errors: str


def meter(command: Sequence[str], *, folder: Path, environment: Mapping[str, str], most: float = 300) -> Usage:
    """Run a command in a folder; each of its processes is ended after so many seconds of CPU.

    A small process starts it, since Linux counts the memory of what starts a process as part of its peak.
    """
    with (folder / "output").open("w+b") as output, (folder / "errors").open("w+b") as errors:
        launched = subprocess.run(
            [sys.executable, "-I", "-S", str(_LAUNCHER), str(int(most)), *command],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=errors,
            stdin=output,
            check=True,
            timeout=most * 8,
        )
        told = json.loads(launched.stdout)
        texts = []
        for file in (output, errors):
            file.seek(0)
            texts.append(file.read().decode("utf-8", "backslashreplace"))
    return Usage(told["cpu"], told["peak"], told["status"], *texts)
