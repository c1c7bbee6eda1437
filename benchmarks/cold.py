"""Time a cold render against the page of code, in turns: ``python benchmarks/cold.py [ENTRIES] [RUNS]``."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HOME = Path(__file__).parent


def measure(*command: str) -> tuple[float, float]:
    """Run a command and return its CPU seconds and its peak memory in MiB."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main() -> None:
    """Print the medians of both and their ratio."""
    entries, runs = (int(argument) for argument in (*sys.argv[1:], "10000", "5")[:2])
    with tempfile.TemporaryDirectory() as folder:
        catalogue = f"{folder}/articles.yaml"
        subprocess.run([sys.executable, str(HOME / "generate.py"), str(entries), catalogue], check=True)
        print(f"{entries} entries, {Path(catalogue).stat().st_size / 1e6:.1f} MB, medians of {runs} runs")
        ours, theirs = [], []
        for run in range(runs):
            out = f"{folder}/{run}"
            ours.append(measure(sys.executable, "-m", "feedpub", "render", catalogue, "-q", "-o", f"{out}-ours"))
            theirs.append(measure(sys.executable, str(HOME / "page_of_code.py"), catalogue, f"{out}-theirs"))
    for name, figures in (("feedpub", ours), ("page of code", theirs)):
        cpu, peak = (statistics.median(column) for column in zip(*figures, strict=True))
        print(f"{name:<13} {cpu:.2f} s CPU, {peak:.0f} MiB")
    ratios = [mine[0] / other[0] for mine, other in zip(ours, theirs, strict=True)]
    print(f"ratio         {statistics.median(ratios):.2f} (from {min(ratios):.2f} to {max(ratios):.2f})")


if __name__ == "__main__":
    main()
