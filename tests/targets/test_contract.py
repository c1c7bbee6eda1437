"""What every target promises, the fake in memory included."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from feedpub.errors import PublishError
from feedpub.publish import MANIFEST_PATH, Change, Obstacle, Target, measure
from feedpub.targets import TARGETS, DirectoryTarget
from publish.documents import fail_to_wait, publish, whole
from targets.memory import MemoryTarget

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

FILES = {"politics.rss": b"politics", "archive/politics/2026-02.atom": b"February"}
NOTHING = {MANIFEST_PATH: b"{}"}


@dataclass(frozen=True)
class Case:
    target: Target
    put: Callable[[str, bytes], None]
    read_all: Callable[[], dict[str, bytes]]


def make_directory(tmp_path: Path) -> Case:
    folder = tmp_path / "feeds"

    def put(path: str, data: bytes) -> None:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)

    def read_all() -> dict[str, bytes]:
        return {one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.rglob("*") if one.is_file()}

    return Case(DirectoryTarget(str(folder), patience=0), put, read_all)


def make_memory(_: Path) -> Case:
    target = MemoryTarget()
    return Case(target, target.files.__setitem__, lambda: dict(target.files))


MAKERS = {"directory": make_directory, "memory": make_memory}


@pytest.fixture(name="case", params=MAKERS)
def _case(request: pytest.FixtureRequest, tmp_path: Path) -> Case:
    return MAKERS[request.param](tmp_path)


def exchange(case: Case, *changes: Change, **contents: bytes) -> None:
    with case.target.hold(on_wait=fail_to_wait):
        case.target.exchange(changes, contents=contents.items())


def test_every_target_is_tested_here() -> None:
    assert MAKERS.keys() == {*TARGETS, "memory"}


def test_what_was_published_is_there_and_nothing_else(case: Case) -> None:
    publish(case.target, FILES)
    assert case.read_all() == whole(FILES)
    publish(case.target, {"politics.rss": b"later"})
    assert case.read_all() == whole({"politics.rss": b"later"})


def test_looking_gives_a_digest_or_nothing(case: Case) -> None:
    assert case.target.look("politics.rss") is None
    assert case.target.look("archive/politics/2026-02.atom") is None
    publish(case.target, FILES)
    assert case.target.look("politics.rss") == measure(b"politics")
    assert case.target.look("archive/politics/2026-02.atom") == measure(b"February")


def test_looking_names_what_is_in_the_way(case: Case) -> None:
    case.put("archive/politics/2026-02.atom", b"February")
    assert case.target.look("archive/politics") == Obstacle("archive/politics", "is a folder where a file should be")
    below = case.target.look("archive/politics/2026-02.atom/x/y")
    assert below == Obstacle("archive/politics/2026-02.atom", "is a file where a folder should be")


def test_reading_gives_bytes_or_nothing(case: Case) -> None:
    assert case.target.read("politics.rss") is None
    case.put("politics.rss", b"politics")
    assert case.target.read("politics.rss") == b"politics"


def test_reading_what_is_no_file_fails_with_its_path(case: Case) -> None:
    case.put("politics.rss/x", b"")
    with pytest.raises(PublishError, match=r"politics\.rss is a folder where a file should be") as caught:
        case.target.read("politics.rss")
    assert caught.value.path == case.target.describe("politics.rss")


def test_files_of_others_are_never_touched(case: Case) -> None:
    others = {"photo.jpg": b"photo", "archive/notes.txt": b"notes", "politics.rss.bak": b"backup"}
    for path, data in others.items():
        case.put(path, data)
    publish(case.target, FILES)
    publish(case.target, {})
    assert case.read_all() == {**others, **NOTHING}


def test_contents_that_fail_leave_everything_as_it_was(case: Case) -> None:
    publish(case.target, FILES)

    def fail() -> Iterator[tuple[str, bytes]]:
        yield "politics.rss", b"later"
        raise RuntimeError("lost an entry")

    new = measure(b"later")
    changes = [Change("politics.rss", measure(b"politics"), new), Change("new/x.rss", None, new)]
    with case.target.hold(on_wait=fail_to_wait), pytest.raises(RuntimeError, match="lost an entry"):
        case.target.exchange(changes, contents=fail())
    assert case.read_all() == whole(FILES)
    assert not case.target.interrupted()


def test_a_path_that_changed_meanwhile_leaves_everything_as_it_was(case: Case) -> None:
    publish(case.target, FILES)
    first = Change("first", None, measure(b"1"))
    stale = Change("politics.rss", measure(b"something else"), None)
    with pytest.raises(PublishError, match=r"politics\.rss was changed by somebody else"):
        exchange(case, first, stale, first=b"1")
    assert case.read_all() == whole(FILES)


def test_only_the_holder_may_recover_and_exchange(case: Case) -> None:
    with pytest.raises(RuntimeError, match="not held"):
        case.target.recover()
    with pytest.raises(RuntimeError, match="not held"):
        case.target.exchange([], contents=[])


def test_there_is_nothing_to_recover_after_a_whole_publication(case: Case) -> None:
    publish(case.target, FILES)
    with case.target.hold(on_wait=fail_to_wait):
        assert not case.target.recover()
    assert not case.target.interrupted()


def test_it_can_be_held_again_once_it_is_free(case: Case) -> None:
    with pytest.raises(KeyError), case.target.hold(on_wait=fail_to_wait):
        raise KeyError
    with case.target.hold(on_wait=fail_to_wait):
        assert not case.target.recover()
