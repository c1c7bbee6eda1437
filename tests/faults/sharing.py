"""Two catalogues whose runs share one cache, and one of the runs is killed."""

from __future__ import annotations

import random
import shutil
from contextlib import chdir
from typing import TYPE_CHECKING

from faults.edits import edit
from faults.forks import Run
from faults.here import read_folder
from faults.newsroom import Newsroom
from faults.warming import run_cold

if TYPE_CHECKING:
    from pathlib import Path

    from faults.forks import Forks
    from faults.here import Said


class Sharing:
    """Two newsrooms below one folder, in which their cache is too."""

    def __init__(self, folder: Path, forks: Forks, *, seed: int) -> None:
        """Write the catalogues."""
        self._chance = random.Random(seed)  # noqa: S311 - the same edits in every run of the tests
        self._forks = forks
        self._cache = folder / "cache"
        self._homes = [folder / "one" / "home", folder / "other" / "home"]
        for home in self._homes:
            home.mkdir(parents=True)
        self._rooms = [Newsroom(home, self._chance) for home in self._homes]
        self.killed = 0
        self.wrong: list[str] = []

    def try_some(self, number: int) -> None:
        """Edit both, run both, kill one; so many times."""
        for _ in range(number):
            self._try_once()

    def _try_once(self) -> None:
        chance = self._chance
        for room in self._rooms:
            edit(room)
        cold = [self._run_cold(room) for room in self._rooms]
        runs = [self._make_run(room, small=chance.random() < 0.8) for room in self._rooms]
        small, arguments, folder = runs[0].small, runs[0].arguments, runs[0].folder
        after = 0.005 * 2 ** chance.randrange(7) * (0.5 + chance.random())
        statement = None if chance.random() < 0.6 else chance.randrange(1, 40)
        doomed = Run(
            arguments=arguments,
            folder=folder,
            small=small,
            kill_after=None if statement else after,
            kill_in_cache=statement,
        )
        said = self._forks.run(doomed, runs[1])
        self._compare(1, said[1], cold[1])
        if said[0].code < 0:
            self.killed += 1
            again = self._forks.run(runs[0])[0]
            if again.code == cold[0][0].code == 0:  # what it says is of what was left to do
                again = cold[0][0]
            self._compare(0, again._replace(err=""), (cold[0][0]._replace(err=""), cold[0][1]))
        else:
            self._compare(0, said[0], cold[0])
        for room, (told, _) in zip(self._rooms, cold, strict=True):
            if told.code == 0:
                room.remember()
            elif room.past:
                room.revert()
            if told.code > 1:
                shutil.rmtree(room.folder / "feeds", ignore_errors=True)

    def _compare(self, number: int, said: Said, cold: tuple[Said, dict[str, bytes]]) -> None:
        if (said, read_folder(self._homes[number] / "feeds")) != cold:
            self.wrong.append(f"{said}\n{cold[0]}")

    def _run_cold(self, room: Newsroom) -> tuple[Said, dict[str, bytes]]:
        with chdir(room.folder):
            return run_cold("render", "--now", room.now)

    def _make_run(self, room: Newsroom, *, small: bool) -> Run:
        arguments = ("render", "--now", room.now, "-o", "feeds", "--cache", str(self._cache))
        return Run(arguments=arguments, folder=str(room.folder), small=small)
