from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING

import pytest

from feedpub.errors import PublishError
from feedpub.publish import Change, Obstacle, apply, measure, plan
from feedpub.targets import DirectoryTarget
from publish.documents import documents, fail_to_wait, manifest, plan_files, publish, whole
from publish.test_paths import HOSTILE
from targets.broken_files import HaltingFiles, QuickFiles, RefusingFiles

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILES = {"politics.rss": b"politics", "archive/politics/2026-02.atom": b"February"}


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    return tmp_path / "feeds"


@pytest.fixture(name="target")
def _target(folder: Path) -> DirectoryTarget:
    return DirectoryTarget(str(folder), files=QuickFiles())


@pytest.fixture(name="umask", params=[0o022, 0o077, 0o002])
def _umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def names(folder: Path) -> set[str]:
    return {one.relative_to(folder).as_posix() for one in folder.rglob("*")}


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_files_and_folders_have_the_modes_that_the_umask_leaves(
    folder: Path, target: DirectoryTarget, umask: int
) -> None:
    publish(target, FILES)
    for path in whole(FILES):
        assert mode(folder / path) == 0o644 & ~umask
    for one in (folder, folder / "archive", folder / "archive/politics"):
        assert mode(one) == 0o777 & ~umask


def test_a_replaced_file_keeps_nothing_of_the_old_ones_mode(folder: Path, target: DirectoryTarget) -> None:
    publish(target, FILES)
    (folder / "politics.rss").chmod(0o600)
    publish(target, {**FILES, "politics.rss": b"later"})
    assert mode(folder / "politics.rss") == 0o644 & ~current_umask()


def current_umask() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return umask


def test_unchanged_files_are_not_touched(folder: Path, target: DirectoryTarget) -> None:
    publish(target, FILES)
    paths = [folder, *(folder / path for path in (*whole(FILES), "archive"))]
    for path in paths:
        os.utime(path, ns=(1, 1))
    publish(target, FILES)
    assert {path.stat().st_mtime_ns for path in paths} == {1}
    publish(target, {**FILES, "politics.rss": b"later"})
    assert (folder / "archive/politics/2026-02.atom").stat().st_mtime_ns == 1
    assert (folder / "politics.rss").stat().st_mtime_ns != 1


def test_a_file_with_our_bytes_already_keeps_its_time(folder: Path, target: DirectoryTarget) -> None:
    folder.mkdir()
    (folder / "politics.rss").write_bytes(FILES["politics.rss"])
    os.utime(folder / "politics.rss", ns=(1, 1))
    assert publish(target, FILES).unchanged == ("politics.rss",)
    assert (folder / "politics.rss").stat().st_mtime_ns == 1


def test_an_altered_file_is_written_again(folder: Path, target: DirectoryTarget) -> None:
    publish(target, FILES)
    (folder / "politics.rss").write_bytes(b"by somebody")
    assert publish(target, FILES).written == ("politics.rss",)
    assert (folder / "politics.rss").read_bytes() == FILES["politics.rss"]


def test_somebody_elses_file_is_replaced_only_to_adopt(folder: Path, target: DirectoryTarget) -> None:
    folder.mkdir()
    (folder / "politics.rss").write_bytes(b"by somebody")
    with pytest.raises(PublishError, match="was not written by feedpub") as caught:
        publish(target, FILES)
    assert caught.value.path == str(folder / "politics.rss")
    assert names(folder) == {"politics.rss"}
    publish(target, FILES, adopt=True)
    assert (folder / "politics.rss").read_bytes() == FILES["politics.rss"]


def test_folders_that_a_removal_empties_go_and_others_stay(folder: Path, target: DirectoryTarget) -> None:
    publish(target, {**FILES, "archive/asia/2026-02.atom": b"Asia", "pages/index.html": b"pages"})
    (folder / "pages/photo.jpg").write_bytes(b"not ours")
    (folder / "empty").mkdir()
    publish(target, {"archive/asia/2026-02.atom": b"Asia"})
    assert names(folder) == {
        "archive",
        "archive/asia",
        "archive/asia/2026-02.atom",
        "pages",
        "pages/photo.jpg",
        "empty",
        "manifest.json",
    }


def test_an_altered_file_that_we_no_longer_make_is_left(folder: Path, target: DirectoryTarget) -> None:
    publish(target, FILES)
    (folder / "politics.rss").write_bytes(b"by somebody")
    outcome = publish(target, {})
    assert outcome.left == ("politics.rss",)
    assert names(folder) == {"politics.rss", "manifest.json"}


@pytest.mark.parametrize("is_broken", [False, True])
def test_a_symbolic_link_at_our_path_is_refused_and_not_followed(
    tmp_path: Path,
    folder: Path,
    target: DirectoryTarget,
    is_broken: bool,  # noqa: FBT001 - pytest passes parameters by name
) -> None:
    outside = tmp_path / "outside.txt"
    if not is_broken:
        outside.write_bytes(b"outside")
    publish(target, FILES)
    (folder / "politics.rss").unlink()
    (folder / "politics.rss").symlink_to(outside)
    for adopt in (False, True):
        with pytest.raises(PublishError, match=r"politics\.rss is a symbolic link; move it away"):
            publish(target, {**FILES, "politics.rss": b"later"}, adopt=adopt)
    assert (folder / "politics.rss").is_symlink()
    assert outside.exists() is not is_broken


@pytest.mark.parametrize("where", ["archive", "archive/politics"])
def test_a_symbolic_link_on_the_way_is_refused_and_not_followed(
    tmp_path: Path, folder: Path, target: DirectoryTarget, where: str
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (folder / where).parent.mkdir(parents=True)
    (folder / where).symlink_to(outside)
    with pytest.raises(PublishError, match=f"{where} is a symbolic link; move it away") as caught:
        publish(target, FILES, adopt=True)
    assert caught.value.path == str(folder / where)
    assert list(outside.iterdir()) == []


def test_nothing_is_removed_through_a_symbolic_link(tmp_path: Path, folder: Path, target: DirectoryTarget) -> None:
    publish(target, FILES)
    outside = tmp_path / "outside"
    (folder / "archive").rename(outside)
    (folder / "archive").symlink_to(outside)
    outcome = publish(target, {"politics.rss": b"politics"})
    assert outcome.left == ("archive/politics/2026-02.atom",)
    assert (outside / "politics/2026-02.atom").read_bytes() == b"February"


def test_a_manifest_that_is_a_symbolic_link_is_not_read(tmp_path: Path, folder: Path, target: DirectoryTarget) -> None:
    folder.mkdir()
    (tmp_path / "outside.json").write_bytes(b"{}")
    (folder / "manifest.json").symlink_to(tmp_path / "outside.json")
    with pytest.raises(PublishError, match=r"manifest\.json is a symbolic link"):
        target.read("manifest.json")


def test_the_target_itself_may_be_a_symbolic_link(tmp_path: Path, folder: Path, target: DirectoryTarget) -> None:
    (tmp_path / "real").mkdir()
    folder.symlink_to(tmp_path / "real")
    publish(target, FILES)
    assert folder.is_symlink()
    assert names(tmp_path / "real") == {*whole(FILES), "archive", "archive/politics"}


def test_a_pipe_at_our_path_is_refused_without_waiting_for_it(folder: Path, target: DirectoryTarget) -> None:
    folder.mkdir()
    os.mkfifo(folder / "politics.rss")
    assert target.look("politics.rss") == Obstacle("politics.rss", "is no ordinary file")
    with pytest.raises(PublishError, match="is no ordinary file"):
        publish(target, FILES, adopt=True)


@pytest.mark.parametrize("path", [path for path in HOSTILE if "\0" not in path], ids=repr)
def test_a_hostile_manifest_removes_nothing(tmp_path: Path, folder: Path, target: DirectoryTarget, path: str) -> None:
    folder.mkdir()
    for victim in (tmp_path / "x", folder / "x", folder / "a\\x", folder / ".feedpub-mine"):
        victim.write_bytes(b"victim")
    before = names(tmp_path)
    with target.hold(on_wait=fail_to_wait):
        planned = plan([], manifest=b"{}", owned={path: measure(b"victim")}, target=target)
        apply(planned, target)
    assert names(tmp_path) == before | {"feeds/manifest.json"}


def test_a_target_that_is_a_file_is_one_clear_sentence(folder: Path, target: DirectoryTarget) -> None:
    folder.write_bytes(b"")
    for call in (lambda: target.look("x"), lambda: publish(target, FILES)):
        with pytest.raises(PublishError) as caught:
            call()
        assert str(caught.value) == f"cannot open {folder}: Not a directory"
        assert caught.value.path == str(folder)


def test_a_missing_target_holds_nothing(folder: Path, target: DirectoryTarget) -> None:
    assert target.look("politics.rss") is None
    assert target.read("manifest.json") is None
    assert not target.interrupted()
    assert not folder.exists()


def test_looking_makes_no_change_and_needs_no_lock(folder: Path, target: DirectoryTarget) -> None:
    publish(target, FILES)
    os.utime(folder, ns=(1, 1))
    reader = DirectoryTarget(str(folder), files=QuickFiles(), patience=0)
    with target.hold(on_wait=fail_to_wait):
        assert plan_files(reader, FILES).is_current
    assert folder.stat().st_mtime_ns == 1


def test_bytes_are_whole_where_the_system_writes_few_at_a_time(folder: Path) -> None:
    files = {"politics.rss": b"0123456789" * 10}
    publish(DirectoryTarget(str(folder), files=HaltingFiles()), files)
    assert (folder / "politics.rss").read_bytes() == files["politics.rss"]


def test_a_file_system_that_cannot_sync_folders_is_good_enough(folder: Path) -> None:
    class Unsynced(QuickFiles):
        def sync(self, descriptor: int) -> None:
            if stat.S_ISDIR(os.fstat(descriptor).st_mode):
                raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))

    publish(DirectoryTarget(str(folder), files=Unsynced()), FILES)
    assert names(folder) >= whole(FILES).keys()


def test_a_read_only_folder_that_is_current_can_be_rendered_to(folder: Path, target: DirectoryTarget) -> None:
    publish(target, FILES)
    names_of_writes = ("create_file", "make_folder", "remove_file", "remove_folder", "replace", "write", "sync")
    files = RefusingFiles(*names_of_writes, code=errno.EROFS)
    outcome = publish(DirectoryTarget(str(folder), files=files), FILES)
    assert outcome.written == ()


def test_a_folder_that_somebody_else_makes_meanwhile_is_as_good(folder: Path) -> None:
    class Shared(QuickFiles):
        def make_folder(self, name: str, *, at: int | None = None) -> None:
            if at is not None:
                super().make_folder(name, at=at)
            super().make_folder(name, at=at)

    publish(DirectoryTarget(str(folder), files=Shared()), FILES)
    assert names(folder) == {*whole(FILES), "archive", "archive/politics"}


def test_the_names_of_a_publication_are_on_the_disk_before_the_next_step(folder: Path) -> None:
    class Recording(QuickFiles):
        def __init__(self) -> None:
            self.steps: list[str] = []

        def sync(self, descriptor: int) -> None:
            is_folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
            self.steps.append("sync folder" if is_folder else "sync file")

        def replace(self, source: str, name: str, *, at: int) -> None:
            super().replace(source, name, at=at)
            self.steps.append(name)

        def remove_file(self, name: str, *, at: int) -> None:
            super().remove_file(name, at=at)
            self.steps.append(f"remove {name}")

    files = Recording()
    publish(DirectoryTarget(str(folder), files=files), {"politics.rss": b"politics"})
    assert files.steps == [
        "sync folder",  # that in which it is made
        *("sync file", ".feedpub-journal", "sync folder"),
        *("sync file", "sync file", "sync folder"),
        *(".feedpub-commit", "sync folder"),
        *("politics.rss", "sync folder"),
        *("manifest.json", "sync folder"),
        *("sync folder", "remove .feedpub-commit", "sync folder"),
    ]


def test_contents_that_are_missing_are_a_mistake_of_the_caller(folder: Path, target: DirectoryTarget) -> None:
    with target.hold(on_wait=fail_to_wait), pytest.raises(ValueError, match=r"no contents for a\.rss"):
        target.exchange([Change("a.rss", None, measure(b""))], contents=[])
    assert not folder.exists()


def test_a_current_folder_is_not_written_to_by_planning(folder: Path, target: DirectoryTarget) -> None:
    planned = plan(documents(FILES), manifest=manifest(FILES), owned={}, target=target)
    assert {write.reason for write in planned.writes} == {"new"}
    assert not folder.exists()
