"""A catalogue that cannot be read or written: one sentence, nothing half done, no entry missed."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from faults.errors.calls import Failure, Run, choose, need_strace, run_traced
from faults.errors.scene import check_sentence, is_same, take_files
from faults.running import NOW, make_environment, run_feedpub

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Sequence
    from pathlib import Path

    from faults.conftest import Scale

HEAD = """\
site: {title: T, url: "https://e.org/", tag_authority: "e.org,2026", formats: [json]}
sections: {a: {title: A}}
"""
ENTRY = "{id: ID, title: The ID, url: ID, published: 2026-02-12T09:00:00Z, sections: [a], body: Text.}"


@dataclass(frozen=True)
class Desk:
    """A folder with a catalogue of two files."""

    home: Path

    @property
    def environment(self) -> dict[str, str]:
        """What a run finds there."""
        return make_environment(self.home / "cache")

    def reset(self) -> None:
        """Let the catalogue be as it was, and nothing else be there but what was published."""
        for one in self.home.iterdir():
            if one.name not in ("feeds", "more"):
                shutil.rmtree(one) if one.is_dir() else one.unlink()
        (self.home / "articles.yaml").write_text(
            f"{HEAD}include: ['*/*.yaml']\narticles:\n- {ENTRY.replace('ID', 'x')}\n"
        )
        (self.home / "more").mkdir(exist_ok=True)
        (self.home / "more" / "1.yaml").write_text(f"articles:\n- {ENTRY.replace('ID', 'y')}\n")

    def run(self, *arguments: str, paths: Sequence[str], failure: Failure | None = None) -> Run:
        """Run a command, while a call fails."""
        return run_traced(*arguments, home=self.home, environment=self.environment, paths=paths, failure=failure)

    def meets(self, run: Run) -> bool:
        """Tell whether the call that failed was about this folder, and no other."""
        hit = [call.text for call in run.calls if "(INJECTED)" in call.text]
        return bool(hit) and all(str(self.home) in text or "more" in text or "articles" in text for text in hit)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return a catalogue that was published."""
    need_strace()
    desk = Desk(tmp_path_factory.mktemp("desk"))
    desk.reset()
    done = run_feedpub("render", "--now", NOW, folder=desk.home, environment=desk.environment)
    assert done.returncode == 0, done.stderr
    return desk


@pytest.mark.parametrize("command", ["render", "check"])
def test_a_file_that_cannot_be_read_is_named_and_changes_nothing(
    desk: Desk, scale: Scale, tally: Counter[str], command: str
) -> None:
    words = (command, "--now", NOW, "--no-cache")
    paths = [
        "articles.yaml",
        "more",
        "more/1.yaml",
        *(str(desk.home / name) for name in ("articles.yaml", "more/1.yaml")),
    ]
    desk.reset()
    before = take_files(desk.home / "feeds")
    calls = [call for call in desk.run(*words, paths=paths).calls if call.name in ("openat", "read", "getdents64")]
    assert len({call.name for call in calls}) == 3
    points = [Failure(call, error) for call in calls for error in ("EIO", "EACCES")]
    for failure in choose(points, scale(short=1, long=1_000)):
        run = desk.run(*words, paths=paths, failure=failure)
        assert desk.meets(run)
        assert run.code == 3, (failure, run)
        check_sentence(
            run.err, path="articles.yaml" if "articles.yaml" in failure.call.text else "more", reason=failure.reason
        )
        assert take_files(desk.home / "feeds") == before
        tally["calls on the catalogue"] += 1


EDITS = {
    "new": ("new", "A storm", "--section", "a", "--body", "Text.", "--now", NOW),
    "retract": ("retract", "x", "--now", NOW),
}


@pytest.mark.parametrize("command", EDITS)
def test_a_file_that_cannot_be_edited_is_named_and_is_the_old_one_or_the_new_one(
    desk: Desk, scale: Scale, tally: Counter[str], command: str
) -> None:
    words = EDITS[command]
    desk.reset()
    old = (desk.home / "articles.yaml").read_text()
    learnt = desk.run(*words, paths=())
    assert (learnt.code, learnt.err) == (0, ""), learnt
    new = (desk.home / "articles.yaml").read_text()
    calls = [call for call in learnt.calls if call.is_change and str(desk.home) in call.text]
    assert {call.name for call in calls} >= {"openat", "write", "fsync", "fchmod", "rename"}
    points = [Failure(call, error) for call in calls for error in ("ENOSPC", "EIO", "EROFS")]
    for failure in choose(points, scale(short=1, long=1_000)):
        desk.reset()
        run = desk.run(*words, paths=(), failure=failure)
        if not desk.meets(run):  # the names of temporary files are not known before: calls are counted without them
            continue
        assert run.code == 3, (failure, run)
        check_sentence(run.err, path="articles.yaml", reason=failure.reason)
        found = (desk.home / "articles.yaml").read_text()
        assert found == (new if "is changed" in run.err else old), failure
        assert not list(desk.home.glob(".articles*")), failure
        tally["calls of an edit"] += 1


def test_a_catalogue_that_cannot_be_begun_leaves_no_half_of_it(desk: Desk, scale: Scale, tally: Counter[str]) -> None:
    names = ["home", "home/articles.yaml", "home/articles.schema.json"]
    paths = [*names, *(str(desk.home / name) for name in names)]
    desk.reset()
    learnt = desk.run("init", "home", paths=paths)
    assert learnt.code == 0, learnt
    calls = [call for call in learnt.calls if call.is_change]
    assert {call.name for call in calls} == {"mkdir", "openat", "write"}
    points = [Failure(call, error) for call in calls for error in ("ENOSPC", "EIO", "EROFS")]
    for failure in choose(points, scale(short=1, long=1_000)):
        desk.reset()
        run = desk.run("init", "home", paths=paths, failure=failure)
        assert run.code == 3, (failure, run)
        check_sentence(run.err, path="home", reason=failure.reason)
        assert is_same(take_files(desk.home / "home"), {}), failure
        tally["calls of init"] += 1
