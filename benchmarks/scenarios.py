"""What is measured: catalogues read cold and beside others, warm, with many topics, and of growing size."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from generate import name_shard
from others import HOME, compile_events, find_hugo, generate, write_hugo_site
from process import Figures, Scenario, take_median, take_turns

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

EVENTS, PAGE, HUGO = "libyaml's event loop, in C", "page of code", "Hugo"
ONE, TWO = "one worker", "two workers"
CLICK = "`python -c 'import click'`"
FEW = 50  # entries of a section, where there are many
LARGE = 100_000  # entries from which on one run has to do


class Growth(NamedTuple):
    """What a catalogue of so many entries takes: cold by one worker, by two, and where nothing has changed."""

    entries: int
    size: int
    one: Figures
    two: Figures
    nothing: Figures


class Room:
    """A temporary folder with a generated catalogue, its feeds, and what is remembered of it."""

    def __init__(self, folder: Path, entries: int, *options: str, shards: int = 0) -> None:
        """Generate a catalogue, of one file or of so many that it includes."""
        self.folder = folder
        self.catalogue = folder / "articles.yaml"
        self._entries, self._shards = entries, shards
        generate(entries, self.catalogue, "--shards", str(shards), *options)

    @property
    def size(self) -> int:
        """How many bytes the catalogue's files have."""
        return sum(path.stat().st_size for path in (self.catalogue, *self.folder.glob("more/*.yaml")))

    def render(self, *options: str) -> tuple[str, ...]:
        """Return the command that publishes the catalogue, and remembers what it has read."""
        where = ("-o", str(self.folder / "feeds"), "--cache", str(self.folder / "cache"))
        quiet = ("-q", "--ignore", "crowded-day")
        return (sys.executable, "-m", "feedpub", "render", str(self.catalogue), *where, *quiet, *options)

    def cold(self, name: str, workers: int) -> Scenario:
        """Return the scenario of a first run that remembers nothing."""
        return Scenario(name, self.render("--no-cache", "--workers", str(workers)), self.clear)

    def clear(self) -> None:
        """Remove what was published, and what is remembered."""
        for name in ("feeds", "cache"):
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def touch(self) -> None:
        """Give every file another stat, as a checkout does."""
        for path in (self.catalogue, *self.folder.glob("more/*.yaml")):
            os.utime(path)

    def revise(self, number: int, sections: int = 3) -> Callable[[], object]:
        """Return what changes an entry, each time to something else, in a process of its own."""
        name = name_shard(number, count=self._entries, shards=self._shards) if self._shards else self.catalogue.name
        command = [sys.executable, str(HOME / "revise.py"), str(self.folder / name), str(number)]
        revisions = count(1)
        return lambda: subprocess.run([*command, str(next(revisions)), str(sections)], check=True)


def measure_cold(
    room: Room, shards: Room, folder: Path, *, entries: int, runs: int
) -> tuple[dict[str, list[Figures]], list[str]]:
    """Return the figures of first runs, and of others, by their names; and what had to be left out, in sentences."""
    events, hugo, left_out = compile_events(folder), find_hugo(), []
    newest = Room(folder / "newest", entries, "--order", "newest-first")
    shuffled = Room(folder / "shuffled", entries, "--order", "shuffled")
    page = (sys.executable, str(HOME / "page_of_code.py"), str(room.catalogue), str(folder / "page"))
    scenarios = [
        room.cold(ONE, 1),
        room.cold(TWO, 2),
        shards.cold(f"{ONE}, shards", 1),
        shards.cold(f"{TWO}, shards", 2),
        newest.cold(f"{ONE}, newest first", 1),
        shuffled.cold(f"{ONE}, shuffled", 1),
        Scenario(PAGE, page),
    ]
    if events is not None:
        scenarios.insert(0, Scenario(EVENTS, (events, str(room.catalogue))))
    else:
        left_out.append("libyaml's event loop in C is left out: there is no C compiler here, or no header of libyaml.")
    if hugo is not None:
        site = folder / "hugo"
        write_hugo_site(site, entries=entries)
        command = (hugo, "--quiet", "--source", str(site), "--cacheDir", str(site / "cache"))
        scenarios.append(Scenario(HUGO, command, lambda: shutil.rmtree(site / "public", ignore_errors=True)))
    else:
        left_out.append("Hugo is left out: it is not installed here.")
    return take_turns(scenarios, runs=runs), left_out


def measure_warm(room: Room, shards: Room, *, entries: int, runs: int) -> dict[str, list[Figures]]:
    """Return the figures of runs that remember the one before, by their names."""
    old, new = entries // 2, entries - 1
    scenarios = [Scenario(CLICK, (sys.executable, "-c", "import click"))]
    for one, ending in ((room, ""), (shards, ", shards")):
        one.clear()
        take_turns([Scenario(f"remembered{ending}", one.render())], runs=1)
        scenarios += [
            Scenario(f"nothing changed, by stat{ending}", one.render()),
            Scenario(f"nothing changed, every byte hashed{ending}", one.render(), one.touch),
            Scenario(f"an entry changed, no feed affected{ending}", one.render(), one.revise(old)),
            Scenario(f"an entry changed, feeds affected{ending}", one.render(), one.revise(new)),
        ]
    return take_turns(scenarios, runs=runs)


def measure_topics(folder: Path, *, sections: int, runs: int) -> dict[str, list[Figures]]:
    """Return the figures of a catalogue of many sections, of FEW entries each, by the names of the runs.

    Of very many, one run has to do where something is made.
    """
    room = Room(folder / "topics", sections * FEW, "--sections", str(sections))
    again = 1 if sections * FEW >= LARGE // 2 else runs
    found = take_turns([Scenario(f"cold, {TWO}, remembering", room.render("--workers", "2"), room.clear)], runs=again)
    found |= take_turns([Scenario("nothing changed", room.render())], runs=runs)
    change = room.revise(sections * FEW - 1, sections)
    return found | take_turns([Scenario("an entry changed, feeds affected", room.render(), change)], runs=again)


def measure_growth(folder: Path, sizes: list[int], *, runs: int) -> list[Growth]:
    """Return what catalogues of some sizes take; of the largest, one run has to do. Two workers remember the run."""
    found = []
    for entries in sizes:
        room = Room(folder / "growing", entries)
        again = 1 if entries >= LARGE else runs
        two = Scenario(TWO, room.render("--workers", "2"), room.clear)
        cold = take_turns([room.cold(ONE, 1)], runs=again) | take_turns([two], runs=again)
        nothing = take_turns([Scenario("nothing changed", room.render())], runs=runs)["nothing changed"]
        found.append(Growth(entries, room.size, *(take_median(one) for one in (cold[ONE], cold[TWO], nothing))))
        shutil.rmtree(room.folder)
    return found
