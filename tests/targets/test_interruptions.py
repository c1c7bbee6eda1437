"""A publication that fails or is killed at any of its calls: old or new, whole, and the next run puts it right."""

from __future__ import annotations

import errno
import json
import os
from gzip import compress
from typing import TYPE_CHECKING

import pytest

from feedpub.errors import PublishError
from feedpub.publish import MANIFEST_PATH, measure
from feedpub.targets import DirectoryTarget
from feedpub.targets.directory import COMMIT, JOURNAL
from publish.documents import fail_to_wait, manifest, publish, whole
from targets.broken_files import CountingFiles, FailingFiles, Killed, KilledFiles, QuickFiles

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from feedpub.targets.files import Files

BEFORE = {
    "politics.rss": b"politics, old",
    "politics.rss.gz": compress(b"politics, old", mtime=0),
    "asia.rss.gz": compress(b"asia", mtime=0),
    "tech.rss": b"tech",
    "archive/politics/2026-01.atom": b"January",
    "archive/asia/2026-01.atom": b"January in Asia",
}
AFTER = {
    "politics.rss": b"politics, new",
    "politics.rss.gz": compress(b"politics, new", mtime=0),
    "tech.rss.gz": compress(b"tech", mtime=0),
    "tech.rss": b"tech",
    "archive/tech/2026-02.atom": b"February in tech",
    "archive/politics/2026-01.atom": b"January",
}
ALTERED = {"tech.rss": b"tech, by somebody"}
FOREIGN = {"photo.jpg": b"not ours", "archive/notes.txt": b"not ours either"}

OLD = {**whole(BEFORE), **ALTERED, **FOREIGN}
NEW = {**whole(AFTER), **FOREIGN}


def lay_out(folder: Path, files: Mapping[str, bytes]) -> None:
    for path, data in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def snapshot(folder: Path) -> dict[str, bytes | None]:
    """Return every file's bytes, and None for every folder."""
    return {one.relative_to(folder).as_posix(): None if one.is_dir() else one.read_bytes() for one in folder.rglob("*")}


def with_folders(files: Mapping[str, bytes]) -> dict[str, bytes | None]:
    folders = {path.rsplit("/", depth)[0] for path in files for depth in range(1, path.count("/") + 1)}
    return {**dict.fromkeys(folders), **files}


def run(folder: Path, files: Files) -> None:
    publish(DirectoryTarget(str(folder), files=files), AFTER)


def recover(folder: Path, files: Files) -> bool:
    target = DirectoryTarget(str(folder), files=files)
    with target.hold(on_wait=fail_to_wait):
        return target.recover()


def kill(folder: Path, number: int) -> bool:
    """Run until a call; return whether the run was still under way then."""
    files = KilledFiles(number)
    try:
        run(folder, files)
    except Killed:
        return True
    finally:
        files.bury()
    return False


def check_whole_files(folder: Path) -> None:
    """Fail where a file is neither the old one nor the new one, or the manifest is ahead of a document."""
    found = {path: data for path, data in snapshot(folder).items() if data is not None and ".feedpub-" not in path}
    for path, data in found.items():
        assert data in (OLD.get(path), NEW.get(path)), path
    for path in OLD.keys() & NEW.keys():
        assert path in found
    if found[MANIFEST_PATH] == NEW[MANIFEST_PATH]:
        assert found == NEW


def count_calls(folder: Path) -> list[str]:
    files = CountingFiles()
    run(folder, files)
    return files.calls


@pytest.fixture(name="total")
def _total(tmp_path: Path) -> int:
    lay_out(tmp_path / "counted", OLD)
    return len(count_calls(tmp_path / "counted"))


def test_an_undisturbed_run_ends_in_the_new_state_and_leaves_nothing_else(tmp_path: Path) -> None:
    lay_out(tmp_path, OLD)
    run(tmp_path, QuickFiles())
    assert snapshot(tmp_path) == with_folders(NEW)


def test_killed_at_any_call_each_file_is_whole_and_recovery_alone_ends_in_the_old_or_the_new_state(
    tmp_path: Path, total: int
) -> None:
    ends = []
    for number in range(total):
        folder = tmp_path / str(number)
        lay_out(folder, OLD)
        assert kill(folder, number)
        check_whole_files(folder)
        recover(folder, QuickFiles())
        assert snapshot(folder) in (with_folders(OLD), with_folders(NEW)), number
        ends.append(snapshot(folder) == with_folders(NEW))
        run(folder, QuickFiles())
        assert snapshot(folder) == with_folders(NEW), number
    assert ends == sorted(ends)
    assert set(ends) == {False, True}


def test_killed_at_any_call_the_next_run_ends_in_the_new_state(tmp_path: Path, total: int) -> None:
    for number in range(total):
        folder = tmp_path / str(number)
        lay_out(folder, OLD)
        assert kill(folder, number)
        run(folder, QuickFiles())
        assert snapshot(folder) == with_folders(NEW), number


def test_recovery_may_itself_be_killed_at_any_call(tmp_path: Path) -> None:
    lay_out(tmp_path / "counted", OLD)
    calls = count_calls(tmp_path / "counted")
    replaced = [number for number, name in enumerate(calls) if name == "replace"]
    for moment in (replaced[0], replaced[1], replaced[1] + 1, replaced[2] + 1, replaced[-1], replaced[-1] + 1):
        number, is_finished = 0, False
        while not is_finished:
            folder = tmp_path / f"{moment}-{number}"
            lay_out(folder, OLD)
            assert kill(folder, moment)
            files = KilledFiles(number)
            try:
                recover(folder, files)
                is_finished = True
            except Killed:
                check_whole_files(folder)
            files.bury()
            recover(folder, QuickFiles())
            assert snapshot(folder) in (with_folders(OLD), with_folders(NEW)), (moment, number)
            number += 1
        assert number > 1


def test_what_was_staged_is_gone_from_the_disk_before_the_journal_that_names_it(tmp_path: Path) -> None:
    class Ordered(QuickFiles):
        unsynced: set[int]

        def sync(self, descriptor: int) -> None:
            self.unsynced.discard(os.fstat(descriptor).st_ino)

        def remove_file(self, name: str, *, at: int) -> None:
            if name == JOURNAL:
                assert self.unsynced == set()
            super().remove_file(name, at=at)
            if name.startswith(".feedpub-stage-"):
                self.unsynced.add(os.fstat(at).st_ino)

    lay_out(tmp_path / "counted", OLD)
    created = [number for number, name in enumerate(count_calls(tmp_path / "counted")) if name == "create_file"]
    folder, files = tmp_path / "feeds", Ordered()
    lay_out(folder, OLD)
    assert kill(folder, created[-1])
    assert list(folder.rglob(".feedpub-stage-*"))
    files.unsynced = set()
    recover(folder, files)
    assert snapshot(folder) == with_folders(OLD)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.ENAMETOOLONG])
def test_an_error_at_any_call_is_a_publish_error_with_a_path_and_leaves_no_staging(
    tmp_path: Path, total: int, code: int
) -> None:
    outcomes = set()
    for number in range(total):
        folder = tmp_path / str(number)
        lay_out(folder, OLD)
        failure = attempt(folder, FailingFiles(number, code=code))
        check_whole_files(folder)
        if failure is None:
            assert snapshot(folder) == with_folders(NEW), number
        elif (folder / COMMIT).exists():
            assert DirectoryTarget(str(folder)).interrupted()
        else:
            assert snapshot(folder) in (with_folders(OLD), with_folders(NEW)), number
        if failure:
            assert failure.path is not None
            assert failure.path.startswith(str(folder))
            assert os.strerror(code) in str(failure)
        outcomes.add((failure is None, (folder / COMMIT).exists()))
        run(folder, QuickFiles())
        assert snapshot(folder) == with_folders(NEW), number
    assert {(False, False), (False, True)} <= outcomes


def attempt(folder: Path, files: Files) -> PublishError | None:
    try:
        run(folder, files)
    except PublishError as error:
        return error
    return None


def test_a_folder_that_was_not_there_is_whole_or_gone_with_its_parents_after_an_error(tmp_path: Path) -> None:
    files = CountingFiles()
    run(tmp_path / "counted" / "feeds", files)
    for number in range(len(files.calls)):
        top = tmp_path / str(number)
        folder = top / "feeds"
        failure = attempt(folder, FailingFiles(number))
        if failure and not (folder / COMMIT).exists() and folder.exists():
            assert snapshot(folder) == with_folders(whole(AFTER)), number
        assert not top.exists() or folder.exists()
        run(folder, QuickFiles())
        assert snapshot(folder) == with_folders(whole(AFTER)), number


def interrupt(tmp_path: Path, *, replacement: int, is_done: bool = False) -> Path:
    """Kill a publication before one of its replacements, or when that is done, and return the folder that it leaves."""
    lay_out(tmp_path / "counted", OLD)
    replacements = [number for number, name in enumerate(count_calls(tmp_path / "counted")) if name == "replace"]
    folder = tmp_path / "feeds"
    lay_out(folder, OLD)
    assert kill(folder, replacements[replacement] + is_done)
    return folder


def test_a_commit_record_without_its_staged_files_is_undone(tmp_path: Path) -> None:
    folder = interrupt(tmp_path, replacement=3)
    assert (folder / "archive/tech/2026-02.atom").exists()
    for staged in folder.rglob(".feedpub-stage-*"):
        staged.unlink()
    assert recover(folder, QuickFiles())
    assert snapshot(folder) == with_folders(OLD)


def test_a_file_altered_after_the_manifest_was_replaced_undoes_nothing(tmp_path: Path) -> None:
    folder = interrupt(tmp_path, replacement=-1, is_done=True)
    (folder / "politics.rss").write_bytes(b"altered since")
    assert recover(folder, QuickFiles())
    assert snapshot(folder) == with_folders({**NEW, "politics.rss": b"altered since"})


def test_a_file_that_came_in_the_way_of_an_interrupted_publication_is_kept_until_it_is_moved(tmp_path: Path) -> None:
    folder = interrupt(tmp_path, replacement=1, is_done=True)
    newcomer = folder / "archive/tech/2026-02.atom"
    newcomer.write_bytes(b"somebody's")
    with pytest.raises(PublishError, match=r"2026-02\.atom came in the way of a publication; move it away"):
        recover(folder, QuickFiles())
    assert newcomer.read_bytes() == b"somebody's"
    newcomer.unlink()
    assert recover(folder, QuickFiles())
    assert snapshot(folder) == with_folders(NEW)


@pytest.mark.parametrize("record", [b"", b"nonsense", b"\n{}", b"0" * 64 + b"\n{}"])
def test_a_commit_record_that_is_not_whole_is_cleared_away(tmp_path: Path, record: bytes) -> None:
    lay_out(tmp_path, {**OLD, COMMIT: record})
    assert recover(tmp_path, QuickFiles())
    assert snapshot(tmp_path) == with_folders(OLD)


def test_a_reader_without_the_lock_sees_an_interrupted_publication_and_the_old_manifest(tmp_path: Path) -> None:
    folder = interrupt(tmp_path, replacement=-1)
    reader = DirectoryTarget(str(folder))
    assert reader.interrupted()
    assert json.loads(reader.read(MANIFEST_PATH) or b"") == json.loads(manifest(BEFORE))
    assert reader.look("politics.rss") == measure(AFTER["politics.rss"])


@pytest.mark.parametrize("name", [COMMIT, JOURNAL])
def test_a_link_in_the_place_of_a_record_is_cleared_away_and_not_followed(tmp_path: Path, name: str) -> None:
    folder, outside = tmp_path / "feeds", tmp_path / "outside"
    lay_out(folder, OLD)
    outside.write_bytes(b"not ours")
    (folder / name).symlink_to(outside)
    assert recover(folder, QuickFiles()) is (name == COMMIT)
    assert snapshot(folder) == with_folders(OLD)
    assert outside.read_bytes() == b"not ours"


def test_a_file_that_would_be_removed_stays_where_somebody_altered_it_behind_an_interruption(tmp_path: Path) -> None:
    folder = interrupt(tmp_path, replacement=1, is_done=True)
    (folder / "archive/asia/2026-01.atom").write_bytes(b"altered since")
    assert recover(folder, QuickFiles())
    assert snapshot(folder) == with_folders({**NEW, "archive/asia/2026-01.atom": b"altered since"})
