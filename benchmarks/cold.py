"""Time a cold render against the page of code, in turns: ``python benchmarks/cold.py [ENTRIES [RUNS]]``."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from process import Figures, measure

HOME = Path(__file__).parent


def main(entries: int = 10_000, runs: int = 9) -> None:
    """Print the medians of both and the median of the ratios of their pairs."""
    pairs: list[tuple[Figures, Figures]] = []
    with tempfile.TemporaryDirectory() as folder:
        catalogue = f"{folder}/articles.yaml"
        subprocess.run([sys.executable, str(HOME / "generate.py"), str(entries), catalogue], check=True)
        print(f"{entries} entries, {Path(catalogue).stat().st_size / 1e6:.1f} MB, medians of {runs} pairs of runs")
        for run in range(runs):
            out = f"{folder}/{run}"
            ours = ("-m", "feedpub", "render", catalogue, "-q", "-o", f"{out}-ours", "--no-cache", "--workers", "1")
            theirs = (str(HOME / "page_of_code.py"), catalogue, f"{out}-theirs")
            first, second = (ours, theirs) if run % 2 else (theirs, ours)
            measured = {first: measure(sys.executable, *first), second: measure(sys.executable, *second)}
            pairs.append((measured[ours], measured[theirs]))
    for name, figures in zip(("feedpub", "page of code"), zip(*pairs, strict=True), strict=True):
        wall, cpu, peak = (statistics.median(column) for column in zip(*figures, strict=True))
        print(f"{name:<13} {wall:.2f} s, {cpu:.2f} s CPU, {peak:.0f} MiB")
    ratios = [ours.wall / theirs.wall for ours, theirs in pairs]
    print(f"ratio         {statistics.median(ratios):.2f} (from {min(ratios):.2f} to {max(ratios):.2f})")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
