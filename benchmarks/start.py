"""Time the start of feedpub against the imports it cannot do without: ``python benchmarks/start.py [RUNS]``.

Run it where feedpub is installed: ``feedpub`` must be on the path.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

from process import measure

SAMPLE = Path(__file__).parent.parent / "articles.yaml"


def main(runs: int = 21) -> None:
    """Print the median ratios, pair by pair."""
    with tempfile.TemporaryDirectory() as folder:
        compare("--version", "import click", [("feedpub", "--version")] * runs)
        renders = [("feedpub", "render", str(SAMPLE), "-q", "-o", f"{folder}/{run}") for run in range(runs)]
        compare("render of the sample", "import click, yaml, pydantic, feedgen.feed", renders)


def compare(name: str, imports: str, commands: list[tuple[str, ...]]) -> None:
    """Print how long commands take, in turns with an interpreter that only imports."""
    pairs = [(measure(*command).wall, measure(sys.executable, "-c", imports).wall) for command in commands]
    ours, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(one / other for one, other in pairs)
    print(f"{name}: {ours:.3f} s, {ratio:.2f} x python -c '{imports}' ({theirs:.3f} s)")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
