"""Time feedpub on a large catalogue, cold and warm: ``python benchmarks/scale.py [ENTRIES [RUNS]]``.

Beside it, in turns, the bare event loop of libyaml (where a C compiler and its headers are there) and ``import click``.
First two spinning processes are timed against one: a second core that is busy with something else fakes a loss.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from process import Figures, measure

HOME = Path(__file__).parent
SPIN = "for _ in range(20_000_000): pass"
SHARDS = 1_000


def main(entries: int = 100_000, runs: int = 3) -> None:
    """Print a table of medians."""
    calibrate()
    with tempfile.TemporaryDirectory() as folder:
        catalogue = f"{folder}/articles.yaml"
        subprocess.run([sys.executable, str(HOME / "generate.py"), str(entries), catalogue], check=True)
        os.environ["XDG_CACHE_HOME"] = f"{folder}/cache"
        print(f"{entries:,} entries, {Path(catalogue).stat().st_size / 1e6:.0f} MB, medians of {runs} runs")
        limit = compile_limit(folder)
        bare = [measure(limit, catalogue) for _ in range(runs)] if limit else []
        tell("libyaml's events in C", bare)
        for workers in ("1", "2"):
            show(f"cold, {workers} worker(s)", folder, runs, "--no-cache", "--workers", workers, fresh=True, limit=bare)
        tell("import click", [measure(sys.executable, "-c", "import click") for _ in range(5)])
        show("cold, remembered", folder, 1)
        show("nothing changed, by stat", folder, runs)
        show("nothing changed, by bytes", folder, runs, before=lambda: os.utime(catalogue))
        show("one entry changed", folder, runs, before=lambda: change("edit", catalogue))
        change("split", catalogue, folder)
        show("cold, shards", folder, 1, "-o", f"{folder}/shards")
        show(
            "one shard changed",
            folder,
            runs,
            "-o",
            f"{folder}/shards",
            before=lambda: change("edit", f"{folder}/more/500.yaml"),
        )


def calibrate() -> None:
    """Print what two processes take beside what one takes: 1.0 where both cores are free."""
    one = measure(sys.executable, "-c", SPIN).wall
    started = time.perf_counter()
    both = [subprocess.Popen([sys.executable, "-c", SPIN]) for _ in range(2)]
    for process in both:
        process.wait()
    print(f"two spinning processes take {(time.perf_counter() - started) / one:.2f} x the time of one")


def show(name, folder, runs, *arguments, fresh=False, before=lambda: None, limit=()) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN002 - a script
    """Run feedpub on the catalogue of a folder so many times, and print the medians."""
    output = () if "-o" in arguments else ("-o", f"{folder}/feeds")
    figures = []
    for _ in range(runs):
        before()
        if fresh:
            shutil.rmtree(f"{folder}/feeds", ignore_errors=True)
        time.sleep(0.2)  # so that a file that was just written is one that can be trusted
        command = (
            "-m",
            "feedpub",
            "render",
            f"{folder}/articles.yaml",
            "-q",
            "--ignore",
            "crowded-day",
            *output,
            *arguments,
        )
        figures.append(measure(sys.executable, *command))
    tell(name, figures, limit=limit)


def tell(name: str, figures: list[Figures], limit: list[Figures] = ()) -> None:  # type: ignore[assignment] # read only
    """Print a line of medians, and CPU as a multiple of a limit's."""
    if not figures:
        return
    wall, cpu, peak = (statistics.median(column) for column in zip(*figures, strict=True))
    ratio = f", {cpu / statistics.median(one.cpu for one in limit):.1f} x C" if limit else ""
    print(f"{name:<26} {wall:6.2f} s, {cpu:6.2f} s CPU, {peak:4.0f} MiB{ratio}")


def compile_limit(folder: str) -> str | None:
    """Return the program that only reads events, None where it cannot be made here."""
    program = f"{folder}/events"
    compiler = shutil.which("cc")
    if compiler is None:
        return None
    made = subprocess.run(
        [compiler, "-O2", str(HOME / "events.c"), "-o", program, "-lyaml"], capture_output=True, check=False
    )
    return program if made.returncode == 0 else None


def change(*arguments: str) -> None:
    """Do it in another process: what this one holds would count as the memory of those that it starts."""
    subprocess.run([sys.executable, __file__, *arguments], check=True)


def edit(path: Path) -> None:
    """Change one time of publication in the middle of a file, by a second."""
    data = path.read_bytes()
    place = data.index(b"published: ", len(data) // 2)
    line = data.index(b"\n", place)
    second = (int(data[line - 3 : line - 1]) + 1) % 60
    path.write_bytes(data[: line - 3] + b"%02dZ" % second + data[line:])


def split(catalogue: Path, folder: Path) -> None:
    """Put the entries of a catalogue into shards, which it includes."""
    text = catalogue.read_text(encoding="utf-8")
    head, _, rest = text.partition("articles:\n")
    articles, _, teasers = rest.partition("teasers:\n")
    (folder / "more").mkdir()
    items = [("articles", one) for one in articles.split("\n  - id: ")] + [
        ("teasers", one) for one in teasers.split("\n  - id: ")
    ]
    size = len(items) // SHARDS + 1
    for number in range(SHARDS):
        some = items[number * size : (number + 1) * size]
        text = ""
        for key in ("articles", "teasers"):
            texts = [one.removeprefix("  - id: ").rstrip("\n") for name, one in some if name == key]
            text += f"{key}:\n" + "".join(f"  - id: {one}\n" for one in texts) if texts else ""
        if text:
            (folder / "more" / f"{number:03}.yaml").write_text(text, encoding="utf-8")
    catalogue.write_text(f"{head}include: ['more/*.yaml']\n", encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["edit"]:
        edit(Path(sys.argv[2]))
    elif sys.argv[1:2] == ["split"]:
        split(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        main(*map(int, sys.argv[1:]))
