"""Two runs at once do what they would one after the other, and whoever reads meanwhile reads whole files."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from faults.forks import Forks, Run
from faults.here import read_folder
from faults.running import NOW
from faults.sharing import Sharing
from faults.twins import Twins, write_catalogue
from feedpub.targets.files import Files

if TYPE_CHECKING:
    from collections.abc import Callable

    from faults.conftest import Scale

PART = "two at once"
READERS = 2


@pytest.fixture(scope="module")
def figures(tell: Callable[[str, str], None]) -> Callable[[str], None]:
    """Return what adds to the part's line of figures."""
    found: list[str] = []

    def add(line: str) -> None:
        found.append(line)
        tell(PART, "; ".join(sorted(found)))

    return add


def test_two_runs_into_one_folder_do_what_they_do_one_after_the_other(
    tmp_path: Path, scale: Scale, figures: Callable[[str], None]
) -> None:
    number = scale(short=20, long=1_000)
    with Forks(tmp_path / "said") as forks:
        tried = Twins(tmp_path / "home", forks, seed=scale(short=1, long=2))
        tried.try_some(number)
    assert tried.wrong == []
    assert not [name for name in read_folder(tried.feeds) if name.startswith(".")]
    figures(
        f"{number:,} pairs, of which {tried.waited:,} waited for each other and {tried.recovered:,} finished what a"
        " killed run had begun: each as one after the other"
    )


def test_runs_that_do_not_keep_each_other_out_are_found(tmp_path: Path) -> None:
    with Forks(tmp_path / "said", "lose-lock") as forks:
        tried = Twins(tmp_path / "home", forks, seed=1)
        tried.try_some(10)
    assert tried.wrong


class Publishing:
    """Catalogues whose publications are known, and one folder that they are published to in turn."""

    def __init__(self, folder: Path, forks: Forks) -> None:
        """Publish each into a folder of its own, and the first into the one that is read."""
        self.feeds, self.versions = folder / "feeds", folder / "versions"
        self._forks = forks
        self._names = ["few", "edited", "packed", "plain"]
        self._folder = folder
        self._chance = random.Random(1)  # noqa: S311 - no secret
        self.runs = self.killed = 0
        for name in self._names:
            write_catalogue(folder, name)
        for name in self._names:
            self._forks.run(self._make_run(name, self.versions / name))
        self.publish(self._names[0])

    def _make_run(self, name: str, target: Path) -> Run:
        arguments = ("render", "--now", NOW, "-o", str(target), "--no-cache")
        return Run(arguments=arguments, folder=str(self._folder / name))

    def publish(self, name: str, *, kill_after: float | None = None) -> None:
        """Publish a catalogue, perhaps beside another."""
        runs = [replace(self._make_run(name, self.feeds), kill_after=kill_after)]
        if self._chance.random() < 0.3:
            runs.append(self._make_run(self._chance.choice(self._names), self.feeds))
        said = self._forks.run(*runs)
        self.runs += len(runs)
        self.killed += said[0].code < 0

    def publish_until(self, readers: list[subprocess.Popen[str]]) -> None:
        """Publish one after another while somebody reads; kill some of the runs."""
        while any(one.poll() is None for one in readers):
            kill = self._chance.random() / 10 if self._chance.random() < 0.2 else None
            self.publish(self._chance.choice(self._names), kill_after=kill)


def read_while_publishing(publishing: Publishing, *, most: int) -> list[dict[str, object]]:
    """Return what readers have seen meanwhile."""
    script = str(Path(__file__).with_name("endless_reading.py"))
    readers = [
        subprocess.Popen(
            [sys.executable, "-P", script, str(publishing.feeds), str(publishing.versions), str(most), str(seed)],
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in range(READERS)
    ]
    publishing.publish_until(readers)
    return [json.loads(one.communicate()[0]) for one in readers]


def test_whoever_reads_while_runs_publish_reads_whole_files(
    tmp_path: Path, scale: Scale, figures: Callable[[str], None]
) -> None:
    most = scale(short=20_000, long=1_000_000) // READERS
    with Forks(tmp_path / "said") as forks:
        publishing = Publishing(tmp_path / "home", forks)
        found = read_while_publishing(publishing, most=most)
    assert [one["wrong"] for one in found] == [[]] * READERS
    reads = sum(int(str(one["reads"])) for one in found)
    changes = sum(int(str(one["changes"])) for one in found)
    assert reads >= most * READERS
    figures(
        f"{reads:,} reads by {READERS} processes during {publishing.runs:,} runs ({publishing.killed:,} killed),"
        f" {changes:,} of which saw another version than the last: none partial, none empty"
    )


def test_files_that_are_overwritten_in_place_are_found(tmp_path: Path) -> None:
    with Forks(tmp_path / "said", "write-in-place") as forks:
        publishing = Publishing(tmp_path / "home", forks)
        found = read_while_publishing(publishing, most=200_000)
    assert any(one["wrong"] for one in found)


def test_a_cache_that_two_runs_share_tells_the_truth_when_one_of_them_is_killed(
    tmp_path: Path, scale: Scale, figures: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    number = scale(short=8, long=500)
    monkeypatch.setattr(Files, "sync", lambda _self, _descriptor: None)
    with Forks(tmp_path / "said") as forks:
        tried = Sharing(tmp_path / "home", forks, seed=scale(short=1, long=2))
        tried.try_some(number)
    assert tried.wrong == []
    figures(f"{number:,} pairs that share a cache, of which one was killed {tried.killed:,} times: both as without it")
