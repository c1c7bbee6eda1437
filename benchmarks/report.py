"""Measure all of it, and print what docs/scale.md shows: ``python benchmarks/report.py [ENTRIES] [--write]``.

feedpub runs cold, warm, with many topics and on catalogues of growing size, in turns with the bare event loop of
libyaml in C, a page of code and Hugo, where they are there. ``--write`` puts the tables and the plot into ``docs``.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from others import find_hugo
from plot import Panel, draw
from process import Figures, calibrate, take_median, take_ratio
from scenarios import (
    CLICK,
    EVENTS,
    FEW,
    HUGO,
    ONE,
    PAGE,
    TWO,
    Growth,
    Room,
    measure_cold,
    measure_growth,
    measure_topics,
    measure_warm,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCS = Path(__file__).parent.parent / "docs"
BEGIN, END = "<!-- measured: begin -->\n", "<!-- measured: end -->\n"
MOST_SHARDS = MOST_SECTIONS = 1_000
SIZES = (0.1, 0.3, 1, 3, 10)  # of the growing catalogues, in those of the others


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("entries", type=int, nargs="?", default=5_000)
    parser.add_argument("--runs", type=int, default=3, help="of which the medians are taken")
    parser.add_argument(
        "--sizes", help="entries of the growing catalogues, with commas; else from a tenth to ten times"
    )
    parser.add_argument("--write", action="store_true", help="write docs/scale.svg, and the tables into docs/scale.md")
    asked = parser.parse_args()
    sizes = [int(one) for one in asked.sizes.split(",")] if asked.sizes else [int(one * asked.entries) for one in SIZES]
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="feedpub-benchmarks-") as folder:
        text, growth = report(Path(folder), asked.entries, sizes, asked.runs)
    print(text)
    print(f"all of it took {time.monotonic() - started:.0f} s", file=sys.stderr)
    if asked.write:
        page = DOCS / "scale.md"
        before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
        page.write_text(f"{before}{BEGIN}{text}{END}{rest.partition(END)[2]}", encoding="utf-8")
        (DOCS / "scale.svg").write_text(plot(growth), encoding="utf-8")


def report(folder: Path, entries: int, sizes: list[int], runs: int) -> tuple[str, list[Growth]]:
    """Return the tables, as Markdown, and the figures of the plot."""
    spinning = calibrate()
    room = Room(folder / "one", entries)
    shards = Room(folder / "shards", entries, shards=min(MOST_SHARDS, entries))
    cold, left_out = measure_cold(room, shards, folder, entries=entries, runs=runs)
    warm = measure_warm(room, shards, entries=entries, runs=runs)
    sections = max(4, min(MOST_SECTIONS, entries // 2 // FEW))
    topics = measure_topics(folder, sections=sections, runs=runs)
    growth = measure_growth(folder, sizes, runs=runs)
    command = " ".join(["python benchmarks/report.py", *sys.argv[1:]])
    lines = [
        f"`{command}` on {os.cpu_count()} cores, {describe_programs()};",
        f"{entries:,} entries, {room.size / 1e6:.0f} MB of YAML. Medians of runs in turns, {runs} of each; two",
        f"spinning processes took {spinning:.2f} × the time of one (1.00: nobody else was at work). CPU is of all",
        "processes, MiB the peak of the largest; ratios are medians of those of each round.",
        "",
        *tell_cold(cold),
        "",
        *(f"{one}\n" for one in left_out),
        *tell_warm(warm, shards=min(MOST_SHARDS, entries)),
        "",
        *tell_plainly(f"{sections:,} sections of {FEW} entries, three formats each", topics),
        "",
        *tell_growth(growth),
        "",
    ]
    return "\n".join(lines), growth


def describe_programs() -> str:
    """Return the versions of what was measured."""
    found = [f"Python {platform.python_version()}"]
    if hugo := find_hugo():
        words = subprocess.run([hugo, "version"], capture_output=True, text=True, check=True).stdout.split()
        found.append(f"Hugo {words[1].split('-')[0].removeprefix('v')}")
    return ", ".join(found)


def tell_cold(found: dict[str, list[Figures]]) -> Iterator[str]:
    """Yield a table of first runs, and what two workers gain."""
    yield "| cold | seconds | CPU | MiB | CPU × C | CPU × page | seconds × Hugo |\n|---|---|---|---|---|---|---|"
    for name, figures in found.items():
        ratios = [
            take_ratio([each[field] for each in figures], [each[field] for each in found[other]])
            if other in found
            else None
            for other, field in ((EVENTS, 1), (PAGE, 1), (HUGO, 0))
        ]
        yield f"| {name} | {tell(figures)} | {' | '.join('–' if one is None else f'{one:.2f}' for one in ratios)} |"
    yield ""
    for ending in ("", ", shards"):
        gain = take_ratio([one.wall for one in found[TWO + ending]], [one.wall for one in found[ONE + ending]])
        yield f"Two workers{ending} take {gain:.2f} × the time of one."


def tell_warm(found: dict[str, list[Figures]], *, shards: int) -> Iterator[str]:
    """Yield a table of runs that remember the one before."""
    click = take_median(found[CLICK]).wall
    yield f"| warm ({shards:,} shards) | seconds | CPU | MiB | seconds above `import click` |\n|---|---|---|---|---|"
    for name, figures in found.items():
        yield f"| {name} | {tell(figures)} | {take_median(figures).wall - click:.2f} |"


def tell_plainly(title: str, found: dict[str, list[Figures]]) -> Iterator[str]:
    """Yield a table of medians."""
    yield f"| {title} | seconds | CPU | MiB |\n|---|---|---|---|"
    yield from (f"| {name} | {tell(figures)} |" for name, figures in found.items())


def tell_growth(found: list[Growth]) -> Iterator[str]:
    """Yield a table of catalogues of growing size, and how much memory an entry takes."""
    yield "| entries | MB | cold, one worker | cold, two, remembering | nothing changed |\n|---|---|---|---|---|"
    for one in found:
        cells = [f"{each.wall:.2f} s, {each.peak:.0f} MiB" for each in (one.one, one.two, one.nothing)]
        yield f"| {one.entries:,} | {one.size / 1e6:.0f} | {' | '.join(cells)} |"
    first, last = found[0], found[-1]
    more = last.entries - first.entries
    if more:
        one, two = ((getattr(last, name).peak - getattr(first, name).peak) * 2**20 / more for name in ("one", "two"))
        yield ""
        yield f"From {first.entries:,} to {last.entries:,} entries, the peak of memory grows by {one:.0f} bytes an"
        yield f"entry with one worker, and by {two:.0f} with two and a cache."


def tell(figures: list[Figures]) -> str:
    """Return the cells of medians."""
    wall, cpu, peak = take_median(figures)
    return f"{wall:.2f} | {cpu:.2f} | {peak:.0f}"


def plot(found: list[Growth]) -> str:
    """Return the plot of time and memory against the number of entries."""
    runs = [[each.one, each.two, each.nothing] for each in found]
    curves = list(zip(*runs, strict=True))
    panels = [
        Panel("seconds", [[one.wall for one in curve] for curve in curves]),
        Panel("MiB, peak of memory", [[one.peak for one in curve] for curve in curves]),
    ]
    names = ["cold, one worker", "cold, two workers, remembering", "nothing changed"]
    about = "Time grows with the number of entries where all are read; memory, and a run without changes, hardly do."
    return draw([one.entries for one in found], panels, names=names, axis="entries", about=about)


if __name__ == "__main__":
    main()
