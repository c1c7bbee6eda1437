"""A publication in which any call fails: one sentence, the old set or the new one, and the next run completes it."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from faults.errors.calls import Failure, choose, need_strace
from faults.errors.scene import interrupt, open_scene, try_failure

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Sequence
    from pathlib import Path

    from faults.conftest import Scale
    from faults.errors.calls import Call
    from faults.errors.scene import Scene

CODES = ("ENOSPC", "EIO", "EDQUOT", "EACCES", "EROFS")


def find_call(scene: Scene, text: str) -> Call:
    """Return the first call that is about something."""
    return next(call for call in scene.calls if text in call.text and call.is_change)


def list_changes(scene: Scene, codes: Sequence[str], *, lasts: bool = False) -> list[Failure]:
    """Return every call that changes something, with every error."""
    return [Failure(call, code, lasts) for call in scene.calls if call.is_change for code in codes]


def try_all(scene: Scene, failures: Sequence[Failure], tally: Counter[str], *, what: str) -> set[str]:
    """Try points, count them, and return how they ended."""
    outcomes = set()
    for failure in failures:
        outcome = try_failure(scene, failure)
        assert outcome != "missed", failure
        outcomes.add(outcome)
        tally[what] += 1
    return outcomes


def test_a_call_that_fails_leaves_the_old_set_or_what_the_next_run_completes(
    edited: Scene, scale: Scale, tally: Counter[str]
) -> None:
    changes = list_changes(edited, CODES)
    assert len(changes) >= 400
    outcomes = try_all(edited, choose(changes, scale(short=5, long=10_000)), tally, what="changing calls")
    assert outcomes == {"refused", "begun"}


def test_calls_that_fail_from_there_on_leave_the_old_set_or_what_the_next_run_completes(
    edited: Scene, scale: Scale, tally: Counter[str]
) -> None:
    points = list_changes(edited, ("ENOSPC", "EIO"), lasts=True)
    try_all(edited, choose(points, scale(short=1, long=10_000)), tally, what="from there on")


def test_a_look_that_fails_leaves_the_old_set_or_what_the_next_run_completes(
    edited: Scene, scale: Scale, tally: Counter[str]
) -> None:
    points = [Failure(call, "EIO") for call in edited.calls if not call.is_change]
    try_all(edited, choose(points, scale(short=1, long=10_000)), tally, what="looking calls")


def test_a_call_that_fails_in_a_first_publication_leaves_no_document(
    tmp_path: Path, scale: Scale, tally: Counter[str]
) -> None:
    need_strace()
    scene = open_scene(tmp_path / "first", output="out/feeds", variants=", precompress: [gzip]", is_first=True)
    points = list_changes(scene, ("ENOSPC", "EACCES"))
    try_all(scene, choose(points, scale(short=2, long=10_000)), tally, what="changing calls")


@pytest.mark.parametrize("begun", ['"tech.rss"', '".feedpub-commit"'], ids=["committed", "staged"])
def test_a_call_that_fails_where_the_last_run_was_killed_leaves_what_the_next_one_completes(
    edited: Scene, scale: Scale, tally: Counter[str], begun: str
) -> None:
    scene = interrupt(edited, find_call(edited, begun))
    points = list_changes(scene, ("EIO", "ENOSPC"))
    try_all(scene, choose(points, scale(short=1, long=10_000)), tally, what="changing calls")


CARELESS = """
from contextlib import suppress
from feedpub.targets.files import Files
replace = Files.replace
def careless(self, *names, at):
    with suppress(OSError):
        replace(self, *names, at=at)
Files.replace = careless
"""
HASTY = """
from feedpub.targets.tree import Tree
create = Tree.create
def hasty(self, path, data):
    create(self, path, data)
    if path.endswith("stage-9"):
        self.replace(path, "all.rss")
Tree.create = hasty
"""
UNTIDY = "from feedpub.targets import directory\ndirectory._clear = lambda tree, journal: None\n"
VAGUE = "from feedpub.targets.tree import Tree\nTree.describe = lambda self, path: 'a file'\n"
PLANTED = (
    (CARELESS, '"tech.rss"', "the run says that it is done, and it is not"),
    (HASTY, ".feedpub-stage-10", "nothing is committed, and what was there has changed"),
    (UNTIDY, ".feedpub-stage-9", "what was staged is still there"),
    (VAGUE, ".feedpub-stage-9", "the sentence names no path"),
)
"""A fault, a call that shows it where that fails, and what the harness then says."""


def test_the_harness_finds_planted_faults(edited: Scene) -> None:
    for fault, place, message in PLANTED:
        command = (sys.executable, "-c", f"{fault}from feedpub.cli.main import main\nmain()\n")
        with pytest.raises(AssertionError, match=message):
            try_failure(replace(edited, command=command), Failure(find_call(edited, place), "ENOSPC"))
