"""Start a fuzzer in a process of its own, and read what came of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from faults.fuzzers.guarding import read_last
from faults.running import make_environment

TESTS = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """``finding`` is what is told of the input that broke the claim, empty where none did."""

    runs: int
    slowest: float
    mebibytes: int
    finding: str


def run_fuzzer(name: str, *options: str, folder: Path, patience: float) -> Outcome:
    """Run a fuzzer in a folder, with options of `run`; a process that does not end in time is a finding as well."""
    last = folder / "last"
    words = [sys.executable, "-m", "faults.fuzzers.run", name, "--last", str(last), *options]
    path = os.pathsep.join([str(TESTS), *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = make_environment(folder / "cache", PYTHONPATH=path, TMPDIR=str(folder))
    try:
        ended = subprocess.run(
            words,
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=patience,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Outcome(runs=0, slowest=patience, mebibytes=0, finding=f"no end with {read_last(last)!r}")
    figures = json.loads(next((line for line in ended.stdout.splitlines() if line.startswith("{")), "null"))
    if ended.returncode == 0 and figures is not None:
        return Outcome(finding="", **figures)
    held = read_last(last) if last.exists() else b""
    said = ended.stdout[-2000:] + ended.stderr[-2000:]  # atheris tells of exceptions on standard output
    finding = f"{held!r}\nended with {ended.returncode}: {said}"
    return Outcome(finding=finding, **(figures or {"runs": 0, "slowest": 0.0, "mebibytes": 0}))
