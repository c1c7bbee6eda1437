"""A publication that is killed at any of the calls that change a file, and the run after it."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from faults.findings import find_differences, find_faults, is_committed
from faults.publications import FOLDERS, Home, list_publications, write_program
from faults.sampling import leave_to_long, spread
from faults.tracing import list_ends, list_points, need_strace, read_calls, trace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from faults.conftest import Scale
    from faults.findings import Files
    from faults.publications import Publication
    from faults.tracing import Call, Point

PUBLICATIONS = [*list_publications(), *list_publications(["gzip", "br"]), FOLDERS]
SHORT = ("rename-precompressed", "folders", "folders renameat", "not at once", "nothing is cleared away")
"""What is tried in the short form too."""

SABOTAGE = {
    "not at once": (
        "write",
        """
import os
from feedpub.targets.files import Files

def replace(self, source, name, *, at):
    data = os.open(source, os.O_RDONLY, dir_fd=at)
    copy = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644, dir_fd=at)
    os.write(copy, os.read(data, 1 << 20))
    os.unlink(source, dir_fd=at)

Files.replace = replace
""",
    ),
    "manifest first": (
        "renameat",
        """
from feedpub.targets import directory

def install(tree, journal):
    for step in reversed(journal.all_steps):
        directory._take(tree, step)
    directory._finish(tree, journal)

directory._install = install
""",
    ),
    "no commit record": (
        "renameat",
        """
from feedpub.targets import directory

def stage(tree, journal, contents, stage=directory._stage):
    stage(tree, journal, contents)
    for step in journal.all_steps:
        directory._take(tree, step)

directory._stage, directory._check_unchanged = stage, lambda *_: None
""",
    ),
    "a private mode": (
        "renameat",
        """
from feedpub.targets import files

files.FILE_MODE = 0o600
""",
    ),
    "nothing is cleared away": (
        "write",
        """
from feedpub.targets import directory

directory._remove_staged = lambda *_: None
""",
    ),
}
"""What is done wrong, by name: where a kill shows it, and Python's statements that do it."""


@dataclass
class Tally:
    """What was tried."""

    publications: int = 0
    calls: Counter[str] = field(default_factory=Counter)

    def add(self, points: Iterable[Point]) -> None:
        self.publications += 1
        self.calls.update(point.call.name for point in points)

    def __str__(self) -> str:
        kinds = ", ".join(f"{number} {name}" for name, number in self.calls.most_common())
        when = f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores"
        return f"{self.calls.total()} points in {self.publications} publications, no file torn ({kinds}); {when}"


@pytest.fixture(scope="module", name="tally")
def _tally(tell: Callable[[str, str], None]) -> Iterator[Tally]:
    tally = Tally()
    yield tally
    if tally.publications:
        tell("kill points", str(tally))


def follow(home: Home) -> tuple[Files, list[Call]]:
    """Publish undisturbed from what was kept; return the feeds and the calls on the way."""
    home.restore()
    log = home.folder.parent / "followed.log"
    done = home.run(before=trace(log))
    assert done.returncode == 0, done.stderr
    return home.look(), read_calls(log)


def sweep(home: Home, points: Iterable[Point], new: Files, *, every: int = 10) -> Iterator[str]:
    """Kill at each of some points, and recover, and publish again: yield what is wrong after any of it.

    The first time, and so often, what follows a kill is a process of its own as well.
    """
    for number, point in enumerate(points):
        publish = home.publish_here if number % every else lambda: home.run().returncode
        home.kill(point)
        found = home.look()
        home.keep("killed")
        for one in find_faults(found, old=home.old, new=new):
            yield f"killed at {point}: {one}"
        with home.broken():
            assert publish() == 1
        for one in find_differences(home.look(), new=new if is_committed(found, new=new) else home.old):
            yield f"recovered from {point}: {one}"
        home.restore("killed")
        assert publish() == 0
        for one in [*find_differences(home.look(), new=new), *home.list_litter()]:
            yield f"published again after {point}: {one}"


@pytest.mark.parametrize("publication", PUBLICATIONS, ids=lambda one: one.name)
def test_killed_at_any_call_each_file_is_whole_and_the_next_run_ends_as_if_undisturbed(
    publication: Publication, tmp_path: Path, scale: Scale, tally: Tally
) -> None:
    need_strace()
    leave_to_long(publication.name, scale=scale, short=SHORT)
    home = Home(tmp_path / "home", publication)
    new, calls = follow(home)
    points = list_points(calls)
    assert {file.mode for file in new.values() if file} == {0o640}
    assert home.list_litter() == []
    chosen = spread(points, scale(short=4, long=len(points)))
    assert list(sweep(home, chosen, new)) == []
    tally.add(chosen)
    for options in list_ends(calls) if publication is FOLDERS or scale(short=0, long=1) else ():
        home.restore()
        assert home.run(before=trace(tmp_path / "end.log", *options)).returncode == 0
        assert home.look() == new


@pytest.mark.parametrize("publication", [PUBLICATIONS[5], FOLDERS], ids=lambda one: one.name)
@pytest.mark.parametrize(("name", "place"), [("openat", 0.5), ("renameat", 0.5), ("fsync", 0.95)])
def test_the_run_after_a_kill_may_be_killed_at_any_call_as_well(
    publication: Publication, name: str, place: float, tmp_path: Path, scale: Scale, tally: Tally
) -> None:
    need_strace()
    leave_to_long(f"{publication.name} {name}", scale=scale, short=SHORT)
    home = Home(tmp_path / "home", publication)
    new, calls = follow(home)
    of_name = [point for point in list_points(calls) if point.call.name == name]
    home.kill(of_name[int(place * len(of_name))])
    home.keep()
    again, calls = follow(home)
    assert again == new
    points = list_points(calls)
    chosen = spread(points, scale(short=4, long=len(points)))
    assert list(sweep(home, chosen, new)) == []
    tally.add(chosen)


@pytest.mark.parametrize("sabotage", SABOTAGE)
def test_what_is_done_wrong_is_found_by_killing(sabotage: str, tmp_path: Path, scale: Scale) -> None:
    need_strace()
    leave_to_long(sabotage, scale=scale, short=SHORT)
    home = Home(tmp_path / "home", FOLDERS)
    new, _ = follow(home)
    name, statements = SABOTAGE[sabotage]
    home.publication = replace(FOLDERS, command=write_program(statements))
    _, calls = follow(home)
    of_name = [point for point in list_points(calls) if point.call.name == name]
    assert next(sweep(home, of_name[::-1], new, every=1), None)
