"""A publication during which the power is cut, and the run after it, whatever of it the disk has kept."""

from __future__ import annotations

import operator
import os
import random
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import pytest

from faults.disks import Bytes, Disk, lay_out
from faults.findings import find_differences, find_faults, is_committed, look
from faults.publications import FOLDERS, UMASK, Home, list_publications
from faults.sampling import leave_to_long, spread
from faults.tracing import list_points, need_strace, read_calls, trace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from faults.conftest import Scale
    from faults.disks import Change, Step
    from faults.findings import Files
    from faults.publications import Publication
    from faults.tracing import Call

PUBLICATIONS = [*list_publications(), *list_publications(["gzip"])[-1:], FOLDERS]
SHORT = ("all", "folders", "folders openat")
"""What is tried in the short form too."""


JOURNAL, COMMIT, MANIFEST = b".feedpub-journal", b".feedpub-commit", b"manifest.json"


@dataclass
class Tally:
    """What was tried."""

    publications: int = 0
    states: int = 0
    different: int = 0

    def __str__(self) -> str:
        when = f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores"
        states = f"{self.states:,} states of the disk, {self.different:,} of them different"
        return f"{states}, after cuts in {self.publications} runs, no file torn; {when}"


@pytest.fixture(scope="module", name="tally")
def _tally(tell: Callable[[str, str], None]) -> Iterator[Tally]:
    tally = Tally()
    yield tally
    if tally.publications:
        tell("power cuts", str(tally))


class Recorded:
    """A publication that was made undisturbed, and what became of the disk while it was."""

    def __init__(self, home: Home) -> None:
        """Publish from what was kept."""
        home.restore()
        log = home.folder.parent / "recorded.log"
        done = home.run(before=trace(log))
        assert done.returncode == 0, done.stderr
        self.home, self.calls, self.new, self.all = home, read_calls(log), home.look(), look(home.folder)

    def replay(self, is_synced: Callable[[Call], bool] = lambda _: True) -> Disk:
        """Return the disk, where only some of the syncs were made."""
        self.home.restore()
        return Disk(self.home.folder, self.calls, umask=UMASK, is_synced=is_synced)


def choose_all(step: Step) -> Change | None:
    return step.change


def choose_none(_: Step) -> Change | None:
    return None


def choose_one(one: Step, step: Step) -> Change | None:
    return step.change if step is one else None


def choose_others(one: Step, step: Step) -> Change | None:
    return None if step is one else step.change


def choose_some(chance: random.Random, share: float, step: Step) -> Change | None:
    """Return a change with some probability; bytes are then there in part, or are zeros, now and then."""
    if chance.random() >= share:
        return None
    change = step.change
    if isinstance(change, Bytes) and change.data:
        if chance.random() < 0.3:
            return replace(change, data=change.data[: chance.randrange(len(change.data))])
        if chance.random() < 0.1:
            return replace(change, data=bytes(len(change.data)))
    return change


def list_states(disk: Disk, *, subsets: int) -> Iterator[Files]:
    """Yield what a cut may leave.

    All that was done until each call; only what is certain then; that and one change more, or all but one; and so many
    random subsets of what is not certain.
    """
    cuts = range(disk.length + 1)
    for number in cuts:
        yield disk.cut(number, choose_all)
        yield disk.cut(number, choose_none)
    for number in cuts:
        for step in disk.list_uncertain(number):
            yield disk.cut(number, partial(choose_one, step))
            yield disk.cut(number, partial(choose_others, step))
    yield from list_random(disk, subsets=subsets)


def list_random(disk: Disk, *, subsets: int) -> Iterator[Files]:
    """Yield what random subsets of what is not certain leave, of cuts at which something is not."""
    chance = random.Random(disk.length)  # noqa: S311 - nothing is secret
    cuts = [number for number in range(disk.length + 1) if disk.list_uncertain(number)]
    for _ in range(subsets):
        yield disk.cut(chance.choice(cuts), partial(choose_some, chance, chance.choice((0.1, 0.5, 0.9))))


def find_feeds(files: Files) -> Files:
    return {path.removeprefix("feeds/"): file for path, file in files.items() if path.startswith("feeds/")}


def judge(recorded: Recorded, files: Files) -> Iterator[str]:
    """Yield what is wrong with what a cut has left, and after a run that recovers, and after one that publishes."""
    home, found = recorded.home, find_feeds(files)
    yield from find_faults(found, old=home.old, new=recorded.new)
    lay_out(files, home.folder)
    with home.broken():
        assert home.publish_here() == 1
    end = recorded.new if is_committed(found, new=recorded.new) else home.old
    yield from (f"recovered: {one}" for one in find_differences(home.look(), new=end))
    lay_out(files, home.folder)
    code = home.publish_here()
    if code:
        yield f"published again: exit code {code}"
    yield from (f"published again: {one}" for one in find_differences(home.look(), new=recorded.new))
    yield from (f"published again: {one} is left over" for one in home.list_litter())


def find_all(recorded: Recorded, states: Iterable[Files], tally: Tally) -> Iterator[str]:
    """Judge every state once; those that differ in nothing count, but tell nothing more."""
    known = set()
    for files in states:
        tally.states += 1
        key = frozenset(files.items())
        if key not in known:
            known.add(key)
            tally.different += 1
            yield from judge(recorded, files)
    tally.publications += 1


@pytest.mark.parametrize("publication", PUBLICATIONS, ids=lambda one: one.name)
def test_after_a_cut_each_file_is_whole_and_the_next_run_ends_as_if_undisturbed(
    publication: Publication, tmp_path: Path, scale: Scale, tally: Tally
) -> None:
    need_strace()
    leave_to_long(publication.name, scale=scale, short=SHORT)
    recorded = Recorded(Home(tmp_path / "home", publication))
    states = list_states(recorded.replay(), subsets=scale(short=200, long=1000))
    chosen = spread(list(states), scale(short=100, long=1_000_000))
    assert list(find_all(recorded, chosen, tally)) == []


@pytest.mark.parametrize("publication", [PUBLICATIONS[5], FOLDERS], ids=lambda one: one.name)
@pytest.mark.parametrize(("name", "place"), [("openat", 0.5), ("renameat", 0.5), ("fsync", 0.95)])
def test_after_a_cut_of_the_run_that_recovers_the_next_one_does(
    publication: Publication,
    name: str,
    place: float,
    tmp_path: Path,
    scale: Scale,
    tally: Tally,
) -> None:
    need_strace()
    leave_to_long(f"{publication.name} {name}", scale=scale, short=SHORT)
    home = Home(tmp_path / "home", publication)
    of_name = [point for point in list_points(Recorded(home).calls) if point.call.name == name]
    home.kill(of_name[int(place * len(of_name))])
    home.keep()
    recorded = Recorded(home)
    states = list_states(recorded.replay(), subsets=scale(short=200, long=1000))
    chosen = spread(list(states), scale(short=100, long=1_000_000))
    assert list(find_all(recorded, chosen, tally)) == []


@pytest.mark.parametrize("publication", PUBLICATIONS, ids=lambda one: one.name)
def test_once_a_run_has_ended_a_cut_loses_nothing_of_what_it_published(
    publication: Publication, tmp_path: Path, scale: Scale
) -> None:
    need_strace()
    leave_to_long(publication.name, scale=scale, short=SHORT)
    recorded = Recorded(Home(tmp_path / "home", publication))
    disk = recorded.replay()
    assert disk.cut(disk.length, choose_all) == recorded.all  # what is rebuilt from the calls is what was there
    assert find_feeds(disk.cut(disk.length, choose_none)) == recorded.new


@pytest.mark.parametrize("unsynced", ["files", "folders"])
def test_without_syncs_of_files_or_of_folders_the_same_cuts_leave_faults(unsynced: str, tmp_path: Path) -> None:
    need_strace()
    recorded = Recorded(Home(tmp_path / "home", FOLDERS))

    def is_synced(call: Call) -> bool:
        return (".feedpub-" in str(call.place[0])) == (unsynced == "folders")

    states = list_random(recorded.replay(is_synced), subsets=200)
    old, new = recorded.home.old, recorded.new
    faults = {fault for files in states for fault in find_faults(find_feeds(files), old=old, new=new)}
    wanted = "is torn" if unsynced == "files" else "no commit record says so"
    assert any(wanted in fault for fault in faults)


def test_without_any_one_of_the_syncs_that_all_rests_on_a_cut_leaves_a_fault(tmp_path: Path, scale: Scale) -> None:
    need_strace()
    recorded = Recorded(Home(tmp_path / "home", FOLDERS))
    found = []
    syncs = list_vital(recorded.calls)
    assert len(syncs) == 10
    for missing in spread(syncs, scale(short=2, long=10)):
        disk = recorded.replay(partial(operator.is_not, missing))
        found.append(next(find_all(recorded, list_states(disk, subsets=100), Tally()), None))
    assert None not in found


def list_vital(calls: Sequence[Call]) -> list[Call]:
    """Return the syncs of files, and those of names after journal and commit record, and before commit and manifest."""
    changes, vital = [call for call in calls if call.changes], []
    for last, call, following in zip(changes, changes[1:], changes[2:], strict=False):
        is_of_file = ".feedpub-" in str(call.place[0])
        is_between = find_renamed(last) in (JOURNAL, COMMIT) or find_renamed(following) in (COMMIT, MANIFEST)
        if call.name == "fsync" and (is_of_file or is_between):
            vital.append(call)
    return vital


def find_renamed(call: Call) -> bytes | str:
    return call.place[-1] if "rename" in call.name else ""
