"""Warm runs held against cold ones: after edits, and after damage to the cache."""

from __future__ import annotations

import random
import shutil
import sqlite3
import time
from contextlib import closing, contextmanager, suppress
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from faults.damage import NAMES, TABLES, damage
from faults.edits import MOMENTS, edit, make
from faults.here import read_folder, run_here
from faults.newsroom import ROOT, Newsroom
from feedpub.cli import remembering
from feedpub.formats import _feedgen
from feedpub.loading import loader
from feedpub.pipeline import preparing
from feedpub.source import pieces as cutting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from faults.edits import Edit
    from faults.here import Said
    from faults.newsroom import State

STEP = 10_000_000
"""Nanoseconds that pass between the writing of a file and a run that trusts its times; tests wait for it often."""
CACHE, COLD, EMPTY = Path("../cache"), Path("../cold"), Path("../empty.md")
WARM = ("--cache", str(CACHE))
COMMANDS = (
    *[("render", "-v", "--diff")] * 10,
    ("render", "--ignore", "title-markup"),
    ("render", "--strict"),
    ("render", "--adopt", "-q"),
    ("render", "--check"),
    ("render", "--dry-run", "--diff"),
    ("render", "--section", "a"),
    ("render", "--format", "json"),
    ("due",),
    ("check",),
)


def wait() -> None:
    """Let the file system's clock go on."""
    time.sleep(1.1 * STEP / 1e9)


def cut_small(patch: pytest.MonkeyPatch, *, seldom: int = 2) -> None:
    """Let every file be read in pieces, of which some hold an item alone, and every document be remembered."""
    patch.setattr(loader, "LARGE", 1)
    patch.setattr(cutting, "LEAST", 1)
    patch.setattr(cutting, "_SELDOM", seldom)
    patch.setattr(preparing, "_MANY", 1)


@contextmanager
def be_version(version: str) -> Iterator[None]:
    """Be a feedpub of a version, whose documents are others than those of another one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(remembering, "describe_code", lambda: version)
        patch.setattr(_feedgen, "GENERATOR", f"feedpub {version}")
        yield


def run_cold(*arguments: str) -> tuple[Said, dict[str, bytes]]:
    """Return what a run without a cache does and says, in a copy of what is published."""
    shutil.rmtree(COLD, ignore_errors=True)
    if Path("feeds").is_dir():
        shutil.copytree("feeds", COLD, symlinks=True)
    said = run_here(*arguments, "--no-cache", "-o", str(COLD))
    said = said._replace(out=said.out.replace(str(COLD), "feeds"), err=said.err.replace(str(COLD), "feeds"))
    return said, read_folder(COLD)


class Sequences:
    """Sequences of edits with warm runs between them, at the end of which a cold run tells what is right."""

    def __init__(self, home: Path, *, seed: int, only: Edit | None = None) -> None:
        """Begin in a folder; where ``only`` one edit is made, it is so before each run, and all runs are alike."""
        self._home = home
        self._only = only
        self._chance = random.Random(seed)  # noqa: S311 - the same edits in every run of the tests
        self.steps = self.sound = 0
        self.wrong: list[str] = []

    def try_some(self, number: int) -> None:
        """Go through a number of sequences; a catalogue of its own for every twenty."""
        room = None
        for one in range(number):
            if room is None or one % 20 == 0:
                shutil.rmtree(self._home / "more", ignore_errors=True)
                room = Newsroom(self._home, self._chance)
            self._try_one(room)

    def _try_one(self, room: Newsroom) -> None:
        chance, told = self._chance, []
        command = COMMANDS[0] if self._only else chance.choice(COMMANDS)
        with pytest.MonkeyPatch.context() as patch:
            if chance.random() < 0.7:
                cut_small(patch, seldom=chance.choice([1, 2, 4]))
            for left in reversed(range(chance.randrange(1, 4))):
                edits = make(room, [self._only]) if self._only else edit(room)
                if self._only or chance.random() < 0.7:
                    wait()
                name, *options = command if self._only or chance.random() < 0.7 else chance.choice(COMMANDS)
                arguments = [name, "--now", room.now, *options]
                told.append(f"{', '.join(edits)}: {' '.join(arguments)}")
                self.steps += 1
                with be_version(room.version):
                    cold = None if left else run_cold(*arguments)
                    warm = run_here(*arguments, *WARM)
                found = warm, read_folder(Path("feeds"))
                if cold is not None and cold != found:
                    self.wrong.append("\n".join([*told, str(cold[0]), str(warm), *_list_changes(cold[1], found[1])]))
        self._go_on(room, code=warm.code)

    def _go_on(self, room: Newsroom, *, code: int) -> None:
        """Remember a catalogue that is sound, and go back to one where it is not."""
        self.sound += code == 0
        if code == 0:
            room.remember()
        elif room.past:
            room.revert()
        if code > 1:
            shutil.rmtree("feeds", ignore_errors=True)
        if self._chance.random() < 0.02:
            shutil.rmtree(CACHE, ignore_errors=True)


class Damages:
    """A few states of a catalogue, caches that know them, and what is right after each."""

    def __init__(self, home: Path, *, seed: int, states: int = 5) -> None:
        """Publish a few states of a catalogue, and of another one, and keep the caches."""
        self.chance = random.Random(seed)  # noqa: S311 - as above
        self._count = states
        EMPTY.touch()
        self._make_states(home, kept="other", version="1")
        self._make_states(home, kept="newer", version="2", seed=seed)
        self._room, self._states = self._make_states(home, kept="kept", version="1", seed=seed)
        self._expected: dict[tuple[int, int], tuple[Said, dict[str, bytes]]] = {}
        self._before = len(self._states) - 1
        self.means: set[str] = set()
        self.wrong: list[str] = []

    def _make_states(
        self, home: Path, *, kept: str, version: str, seed: int | None = None
    ) -> tuple[Newsroom, list[tuple[State, str]]]:
        chance = self.chance if seed is None else random.Random(seed)  # noqa: S311 - as above
        shutil.rmtree(home / "more", ignore_errors=True)
        room = Newsroom(home, chance)
        room.state.site["formats"] = "[json, rss]"
        states: list[tuple[State, str]] = []
        shutil.rmtree(CACHE, ignore_errors=True)
        shutil.rmtree("feeds", ignore_errors=True)
        with be_version(version):
            while len(states) < self._count:
                room.sync()
                wait()
                runs = [run_here(*self._ask(len(states), room.now), *WARM) for _ in range(2)]
                if not any(one.code for one in runs):
                    states.append((deepcopy(room.state), room.now))
                room.state = deepcopy(states[-1][0])
                edit(room)
                room.now = chance.choice(MOMENTS)
        shutil.copytree(CACHE, f"../{kept}")
        return room, states

    def _ask(self, number: int, now: str) -> tuple[str, ...]:
        """Return the arguments of a state's own run, so that each is remembered beside the others."""
        return ("render", "--now", now, "-v", "--diff", "--ignore", ",".join(["title-markup"] * (number + 1)))

    def try_one(self) -> None:
        """Damage a cache and run."""
        chance = self.chance
        after = self._before if chance.random() < 0.4 else chance.randrange(len(self._states))
        self._room.state, now = deepcopy(self._states[after][0]), self._states[after][1]
        self._room.sync()
        self.restore()
        means = damage(CACHE, chance)
        self.means.add(means)
        kept = {path: path.read_bytes() for path in (Path(ROOT), EMPTY)}
        shift = chance.choice([0, 0, 0, 0, -(10**7), -(10**9), 10**9, -(3600 * 10**9), 10**18, -(10**18)])
        for before in (self._before, after) if chance.random() < 0.1 else (self._before,):
            arguments = self._ask(after, now)
            with be_version("1"), _shift_clock(shift):
                if (before, after) not in self._expected:
                    self._expected[before, after] = run_cold(*arguments)
                found = run_here(*arguments, *WARM), read_folder(Path("feeds"))
            if found != self._expected[before, after] or any(path.read_bytes() != kept[path] for path in kept):
                self.wrong.append(f"{means}: {before} to {after} at {shift}: {found[0]}")
                self._start_again(after)
        self._before = after

    def restore(self) -> None:
        """Put the cache back as it was, or as another one, or parts of two."""
        chance = self.chance
        if CACHE.is_file():
            CACHE.unlink()
        shutil.rmtree(CACHE, ignore_errors=True)
        shutil.copytree(f"../{chance.choice(['kept'] * 7 + ['other', 'newer'])}", CACHE)
        if chance.random() < 0.1:
            _join(CACHE, Path("../other"))
        if chance.random() < 0.5:  # so that pieces and documents are asked for
            (CACHE / NAMES[0]).unlink()

    def _start_again(self, after: int) -> None:
        """Publish what should be there."""
        shutil.rmtree("feeds", ignore_errors=True)
        with be_version("1"):
            run_here(*self._ask(after, self._states[after][1]), "--no-cache")


def _join(folder: Path, other: Path) -> None:
    """Add the rows of another cache's files."""
    for name in NAMES:
        with closing(sqlite3.connect(folder / name)) as database, database, suppress(sqlite3.Error):
            database.execute("ATTACH ? AS other", (str(other / name),))
            for table in TABLES[name]:
                database.execute(f"INSERT OR IGNORE INTO {table} SELECT * FROM other.{table}")  # noqa: S608 - our words


@contextmanager
def _shift_clock(nanoseconds: int) -> Iterator[None]:
    """Let the clock of this process be fast or slow."""
    seconds, count = time.time, time.time_ns
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "time_ns", lambda: count() + nanoseconds)
        patch.setattr(time, "time", lambda: seconds() + nanoseconds / 1e9)
        yield


def _list_changes(cold: dict[str, bytes], warm: dict[str, bytes]) -> list[str]:
    return [f"{name} differs" for name in sorted(cold.keys() | warm.keys()) if cold.get(name) != warm.get(name)]
