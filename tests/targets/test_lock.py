from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest

from feedpub.errors import PublishError
from feedpub.targets import DirectoryTarget
from feedpub.targets.lock import LOCK_FILE
from publish.documents import fail_to_wait, publish, whole
from targets.broken_files import CountingFiles, NetworkFiles, QuickFiles, RefusingFiles

if TYPE_CHECKING:
    from pathlib import Path

    from feedpub.targets.files import Files

FILES = {"politics.rss": b"politics"}
SYSTEMS = [QuickFiles, NetworkFiles]


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    return tmp_path / "out" / "feeds"


def target(folder: Path, files: Files | None = None) -> DirectoryTarget:
    return DirectoryTarget(str(folder), files=files or QuickFiles(), patience=1.0)


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_second_run_says_once_that_it_waits_and_gives_up_in_the_end(folder: Path, system: type[Files]) -> None:
    said: list[str] = []
    second = target(folder, system())
    with target(folder, system()).hold(on_wait=fail_to_wait):
        with pytest.raises(PublishError) as caught, second.hold(on_wait=said.append):
            pytest.fail("two runs held one folder")
        assert folder.exists()
    assert said == [f"waiting for another run that is publishing to {folder}"]
    assert str(caught.value) == f"another run has been publishing to {folder} for more than 1 seconds"
    assert caught.value.path == str(folder)
    with second.hold(on_wait=fail_to_wait):
        assert folder.exists()


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_second_run_goes_on_when_the_first_has_ended(folder: Path, system: type[Files]) -> None:
    first = target(folder, system()).hold(on_wait=fail_to_wait)
    first.__enter__()
    said: list[str] = []

    def end_first(sentence: str) -> None:
        said.append(sentence)
        first.__exit__(None, None, None)

    with target(folder, system()).hold(on_wait=end_first):
        assert folder.exists()
    assert len(said) == 1
    assert not folder.parent.exists()


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_folders_that_holding_made_go_where_nothing_was_published(folder: Path, system: type[Files]) -> None:
    with target(folder, system()).hold(on_wait=fail_to_wait):
        assert folder.is_dir()
    assert not folder.parent.exists()


def test_an_empty_folder_that_was_there_before_stays(folder: Path) -> None:
    folder.mkdir(parents=True)
    with target(folder).hold(on_wait=fail_to_wait):
        pass
    assert folder.is_dir()


@pytest.mark.parametrize("system", SYSTEMS)
def test_no_lock_file_is_left(folder: Path, system: type[Files]) -> None:
    publish(target(folder, system()), FILES)
    assert {one.name for one in folder.iterdir()} == whole(FILES).keys()


def test_a_lock_file_that_a_killed_run_left_locks_nobody_out(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / LOCK_FILE).touch()
    publish(target(folder, NetworkFiles()), FILES)
    assert {one.name for one in folder.iterdir()} == whole(FILES).keys()


def test_a_folder_that_is_replaced_while_a_run_waits_is_locked_anew(folder: Path) -> None:
    folder.mkdir(parents=True)
    old = folder.with_name("old")

    first = target(folder).hold(on_wait=fail_to_wait)
    first.__enter__()

    def replace(_: str) -> None:
        folder.rename(old)
        folder.mkdir()
        first.__exit__(None, None, None)

    second = target(folder)
    with second.hold(on_wait=replace):
        third = DirectoryTarget(str(folder), files=QuickFiles(), patience=0)
        with pytest.raises(PublishError), third.hold(on_wait=lambda _: None):
            pytest.fail("two runs held one folder")
        with DirectoryTarget(str(old), files=QuickFiles(), patience=0).hold(on_wait=fail_to_wait):
            pass


def test_a_folder_that_is_replaced_while_it_is_held_is_not_written_to(folder: Path) -> None:
    folder.mkdir(parents=True)
    holder = target(folder)
    with holder.hold(on_wait=fail_to_wait):
        folder.rename(folder.with_name("old"))
        folder.mkdir()
        (folder / "politics.rss").write_bytes(b"new folder")
        assert holder.look("politics.rss") is None


def test_a_target_is_not_held_twice_by_one_run(folder: Path) -> None:
    holder = target(folder)
    with holder.hold(on_wait=fail_to_wait), pytest.raises(RuntimeError, match="held already"):  # noqa: SIM117 - the outer one shall stay held
        with holder.hold(on_wait=fail_to_wait):
            pass


@pytest.mark.parametrize("code", [errno.EBADF, errno.ENOLCK, errno.EIO])
def test_a_file_system_that_locks_nothing_is_one_clear_sentence(folder: Path, code: int) -> None:
    files = RefusingFiles("lock", code=code)
    with pytest.raises(PublishError) as caught, target(folder, files).hold(on_wait=fail_to_wait):
        pytest.fail("nothing was locked")
    assert str(caught.value) == f"cannot lock {folder}: {os.strerror(code)}"
    assert not folder.parent.exists()


@pytest.mark.parametrize(("name", "verb"), [("make_folder", "create"), ("open_target", "open")])
def test_a_folder_that_cannot_be_had_is_one_clear_sentence(folder: Path, name: str, verb: str) -> None:
    files = RefusingFiles(name, code=errno.EACCES)
    with pytest.raises(PublishError) as caught, target(folder, files).hold(on_wait=fail_to_wait):
        pytest.fail("nothing was opened")
    assert str(caught.value) == f"cannot {verb} {folder}: Permission denied"


def test_a_broken_link_as_target_ends_in_a_sentence(folder: Path) -> None:
    folder.parent.mkdir()
    folder.symlink_to("nowhere")
    with pytest.raises(PublishError, match="cannot open"), target(folder).hold(on_wait=fail_to_wait):
        pytest.fail("nothing was opened")


def test_no_descriptor_stays_open(folder: Path) -> None:
    files = CountingFiles()
    publish(target(folder, files), {**FILES, "archive/politics/2026-02.atom": b"February"})
    publish(target(folder, files), {})
    target(folder, files).look("archive/politics/2026-02.atom")
    assert "open_folder" in files.calls
    assert files.opened == set()


def test_a_folder_that_is_made_is_on_the_disk_before_anything_is_published_in_it(folder: Path) -> None:
    class Watched(QuickFiles):
        synced: set[int]

        def sync(self, descriptor: int) -> None:
            self.synced.add(os.fstat(descriptor).st_ino)

    files = Watched()
    files.synced = set()
    with target(folder, files).hold(on_wait=fail_to_wait):
        assert files.synced == {one.stat().st_ino for one in (folder.parent, folder.parent.parent)}


def test_a_folder_is_made_in_one_that_may_be_written_but_not_read(folder: Path) -> None:
    class Secret(QuickFiles):
        def open_target(self, name: str) -> int:
            if name == str(folder.parent):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            return super().open_target(name)

    publish(target(folder, Secret()), FILES)
    assert {one.name: one.read_bytes() for one in folder.iterdir()} == whole(FILES)


def test_a_folder_that_has_none_around_it_is_one_clear_sentence(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    folder.rmdir()
    with pytest.raises(PublishError) as caught, DirectoryTarget("feeds", files=QuickFiles()).hold(on_wait=fail_to_wait):
        pytest.fail("nothing was made")
    assert str(caught.value) == "cannot create feeds: No such file or directory"


@pytest.mark.parametrize(("name", "code"), [("open_lock", errno.EACCES), ("lock", errno.EIO)])
def test_a_lock_file_that_cannot_be_had_is_one_clear_sentence_and_no_hindrance_later(
    folder: Path, name: str, code: int
) -> None:
    class Refusing(NetworkFiles):
        def open_lock(self, name_: str, *, at: int) -> int:
            self.refuse("open_lock")
            return super().open_lock(name_, at=at)

        def lock(self, descriptor: int) -> None:
            super().lock(descriptor)
            self.refuse("lock")

        def refuse(self, call: str) -> None:
            if call == name:
                raise OSError(code, os.strerror(code))

    with pytest.raises(PublishError) as caught, target(folder, Refusing()).hold(on_wait=fail_to_wait):
        pytest.fail("nothing was locked")
    assert str(caught.value) == f"cannot lock {folder}: {os.strerror(code)}"
    publish(target(folder, NetworkFiles()), FILES)
    assert {one.name for one in folder.iterdir()} == whole(FILES).keys()
