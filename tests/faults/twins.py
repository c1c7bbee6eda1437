"""Two runs into one folder at once, held against what the same two do one after the other."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from faults.forks import Forks, Run
from faults.here import Said, read_folder
from faults.running import NOW

if TYPE_CHECKING:
    from pathlib import Path

WAITING = "waiting for another run that is publishing to "

CATALOGUES = {
    "few": ("a: {title: A}, b: {title: B}", "formats: [json]", (1, 2)),
    "edited": ("a: {title: A}, b: {title: B}", "formats: [json]", (2, 3, 4)),
    "more": ("a: {title: A}, b: {title: B}, c: {title: C}", "formats: [rss, atom, json]", (1, 2, 3)),
    "packed": ("b: {title: Bee}, a: {title: A}", "formats: [json], precompress: [gzip]", (1, 4)),
    "renamed": ("a: {title: A}, d: {title: D, formerly: [b]}", "formats: [json]", (1, 2)),
    "plain": ("a: {title: A}, b: {title: B}", "formats: [rss, atom]", (1, 3)),
    "broken": ("a: {title: A}, b: {title: B}", "formats: [json], limit: none", (1, 2)),
}
"""Catalogues: their sections, what else the site says, and the numbers of their entries."""


class Start(NamedTuple):
    """What a folder holds at first: nothing, a publication, or one that a run, killed at a renaming, was to replace."""

    published: str | None = None
    interrupted: str | None = None
    at: int = 0


class Outcome(NamedTuple):
    """How two runs ended, what they said, and the digest of what is in the folder then."""

    said: tuple[Said, Said]
    state: str


class Twins:
    """Catalogues in folders of their own, and one folder that they are published to."""

    def __init__(self, folder: Path, forks: Forks, *, seed: int) -> None:
        """Write the catalogues."""
        self._folder = folder
        self._forks = forks
        self._chance = random.Random(seed)  # noqa: S311 - the same pairs in every run of the tests
        self.feeds = folder / "feeds"
        self._starts: dict[Start, str] = {}
        self._known: dict[tuple[str, Run], tuple[Said, str]] = {}
        self.waited = self.recovered = 0
        self.wrong: list[str] = []
        for name in CATALOGUES:
            write_catalogue(folder, name)

    def try_some(self, number: int) -> None:
        """Run so many pairs."""
        for _ in range(number):
            self._try_pair()

    def _try_pair(self) -> None:
        chance = self._chance
        start = self._choose_start()
        one, other = (self._make_run(chance.choice(sorted(CATALOGUES))) for _ in range(2))
        if start not in self._starts:
            self._starts[start] = self._make(start)
        state = self._starts[start]
        self._begin(state)
        cache = chance.choice([("--no-cache",), ("--cache", str(self._folder / "cache"))])
        delay = chance.choice([0.0, 0.0, 0.01, 0.02, 0.05])
        said = self._forks.run(*(self._warm(run, cache, delay if run is other else 0.0) for run in (one, other)))
        self.waited += any(WAITING in each.err for each in said)
        self.recovered += any("interrupted" in each.err for each in said)
        found = Outcome((_leave_out_waiting(said[0]), _leave_out_waiting(said[1])), self._keep())
        first, second = self._run_in_order(state, one, other), self._run_in_order(state, other, one)
        if found not in (first, second._replace(said=second.said[::-1])):
            self.wrong.append(f"{start}: {one.folder} and {other.folder}: {found.said}\n{first.said}\n{second.said}")

    def _warm(self, run: Run, cache: tuple[str, ...], delay: float) -> Run:
        return replace(run, arguments=(*run.arguments, *cache), delay=delay)

    def _choose_start(self) -> Start:
        """Return a start: some of many, since each takes time."""
        chance = self._chance
        published = chance.choice(["few", "more", "packed"])
        return chance.choice(
            [Start(), Start(published), Start(published), Start(published, "edited", chance.choice([2, 3, 4, 6]))]
        )

    def _make_run(self, name: str) -> Run:
        return Run(arguments=("render", "--now", NOW, "-o", str(self.feeds)), folder=str(self._folder / name))

    def _keep(self) -> str:
        """Keep what is in the folder; return its digest."""
        digest = sha256(repr(sorted(read_folder(self.feeds).items())).encode()).hexdigest()
        kept = self._folder / "states" / digest
        if self.feeds.exists() and not kept.exists():
            shutil.copytree(self.feeds, kept)
        return digest

    def _begin(self, state: str) -> None:
        """Put what was kept into the folder."""
        shutil.rmtree(self.feeds, ignore_errors=True)
        kept = self._folder / "states" / state
        if kept.exists():
            shutil.copytree(kept, self.feeds)

    def _make(self, start: Start) -> str:
        shutil.rmtree(self.feeds, ignore_errors=True)
        state = self._keep()
        if start.published:
            _, state = self._run(state, self._make_run(start.published))
        if start.interrupted:
            _, state = self._run(state, replace(self._make_run(start.interrupted), kill_at=start.at))
        return state

    def _run(self, state: str, run: Run) -> tuple[Said, str]:
        """Return what a run alone says, and what is in the folder then."""
        if (state, run) not in self._known:
            self._begin(state)
            said = self._forks.run(self._warm(run, ("--no-cache",), 0.0))[0]
            self._known[state, run] = (said, self._keep())
        return self._known[state, run]

    def _run_in_order(self, state: str, one: Run, other: Run) -> Outcome:
        """Return what two runs do one after the other."""
        first, between = self._run(state, one)
        second, end = self._run(between, other)
        return Outcome((first, second), end)


def write_catalogue(folder: Path, name: str) -> None:
    """Write one of the catalogues into a folder of its name."""
    sections, site, numbers = CATALOGUES[name]
    home = folder / name
    home.mkdir(parents=True)
    entries = "".join(
        f"  - {{id: e{number}, title: Of {name} {number}, url: e{number}, published: 2026-05-0{number}T00:00:00Z,"
        f" sections: [a], body: {name * 50 * number}}}\n"
        for number in numbers
    )
    head = f'site: {{title: T, url: "https://e.org/", tag_authority: "e.org,2026", {site}}}\nsections: {{{sections}}}\n'
    (home / "articles.yaml").write_text(f"{head}articles:\n{entries}")


def _leave_out_waiting(said: Said) -> Said:
    return said._replace(err="".join(line for line in said.err.splitlines(keepends=True) if WAITING not in line))
