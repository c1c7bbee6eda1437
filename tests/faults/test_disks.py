"""What the model of a disk takes for certain, and what not, call by call."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from faults.disks import Bytes, Disk, lay_out
from faults.findings import File, look
from faults.tracing import Call, Open

if TYPE_CHECKING:
    from pathlib import Path

    from faults.disks import Change, Step
    from faults.findings import Files


def call(name: str, *arguments: bytes | Open | str, result: int = 0) -> Call:
    return Call(1, name, arguments, result)


def create(folder: Path, name: str) -> Call:
    return call("openat", Open(str(folder)), name.encode(), "O_WRONLY|O_CREAT|O_EXCL", "0644", result=3)


def write(path: Path, data: bytes) -> Call:
    return call("write", Open(str(path), 3), data, str(len(data)), result=len(data))


def sync(path: Path) -> Call:
    return call("fsync", Open(str(path)))


def rename(folder: Path, source: str, target: str) -> Call:
    return call("renameat", Open(str(folder)), source.encode(), Open(str(folder)), target.encode())


def follow(folder: Path, *calls: Call) -> Disk:
    return Disk(folder, calls, umask=0o022)


def leave_out(_: Step) -> Change | None:
    return None


def take_all(step: Step) -> Change | None:
    return step.change


def take_bytes(step: Step) -> Change | None:
    return step.change if isinstance(step.change, Bytes) else None


def take_names(step: Step) -> Change | None:
    return None if isinstance(step.change, Bytes) else step.change


def list_certain(disk: Disk) -> Files:
    return disk.cut(disk.length, leave_out)


def new(data: bytes) -> File:
    return File(data, 0o644, is_kept=False)


def test_a_name_is_certain_once_its_folder_was_synced_and_bytes_once_their_file_was(tmp_path: Path) -> None:
    begin = [create(tmp_path, "a"), write(tmp_path / "a", b"data")]
    assert list_certain(follow(tmp_path, *begin)) == {}
    assert list_certain(follow(tmp_path, *begin, sync(tmp_path / "a"))) == {}
    assert list_certain(follow(tmp_path, *begin, sync(tmp_path))) == {"a": new(b"")}
    assert list_certain(follow(tmp_path, *begin, sync(tmp_path), sync(tmp_path / "a"))) == {"a": new(b"data")}


def test_what_is_written_after_a_sync_is_not_certain(tmp_path: Path) -> None:
    path = tmp_path / "a"
    calls = [create(tmp_path, "a"), sync(tmp_path), write(path, b"one"), sync(path), write(path, b", two")]
    disk = follow(tmp_path, *calls)
    assert list_certain(disk) == {"a": new(b"one")}
    assert disk.cut(disk.length, take_all) == {"a": new(b"one, two")}
    assert disk.cut(3, take_all) == {"a": new(b"one")}
    assert disk.cut(3, leave_out) == {"a": new(b"")}


def test_a_sync_that_is_not_heeded_makes_nothing_certain(tmp_path: Path) -> None:
    calls = [create(tmp_path, "a"), sync(tmp_path)]
    assert list_certain(Disk(tmp_path, calls, umask=0o022, is_synced=lambda _: False)) == {}


def test_a_file_may_have_its_new_name_before_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    disk = follow(tmp_path, create(tmp_path, "b"), write(tmp_path / "b", b"new"), rename(tmp_path, "b", "a"))
    old = look(tmp_path)
    assert disk.cut(disk.length, take_names) == {"a": new(b"")}
    assert disk.cut(disk.length, take_bytes) == old
    assert disk.cut(disk.length, take_all) == {"a": new(b"new")}


def test_a_gap_reads_as_zeros(tmp_path: Path) -> None:
    place = Open(str(tmp_path / "a"))
    calls = [call("pwrite64", place, text, "1", at, result=1) for text, at in ((b"x", "0"), (b"y", "3"))]
    disk = follow(tmp_path, create(tmp_path, "a"), sync(tmp_path), *calls, call("ftruncate", place, "6"))
    found = disk.cut(disk.length, lambda step: None if step.number == 2 else step.change)
    assert found == {"a": new(b"\0\0\0y\0\0")}


def test_writing_goes_on_where_it_was_or_where_it_was_moved_to(tmp_path: Path) -> None:
    path = tmp_path / "a"
    moved = call("lseek", Open(str(path), 3), "1", "SEEK_SET", result=1)
    disk = follow(tmp_path, create(tmp_path, "a"), write(path, b"a"), write(path, b"bc"), moved, write(path, b"x"))
    assert disk.cut(disk.length, take_all) == {"a": new(b"axc")}


def test_folders_are_made_and_removed_as_files_are(tmp_path: Path) -> None:
    at, sub = Open(str(tmp_path)), tmp_path / "sub"
    made = [call("mkdirat", at, b"sub", "0777"), create(sub, "a"), sync(sub)]
    assert list_certain(follow(tmp_path, *made)) == {}
    assert list_certain(follow(tmp_path, *made, sync(tmp_path))) == {"sub": None, "sub/a": new(b"")}
    gone = [call("unlinkat", Open(str(sub)), b"a", "0"), call("unlinkat", at, b"sub", "AT_REMOVEDIR"), sync(tmp_path)]
    assert list_certain(follow(tmp_path, *made, sync(tmp_path), *gone)) == {}


def test_calls_that_failed_or_happened_elsewhere_change_nothing(tmp_path: Path) -> None:
    failed = call("openat", Open(str(tmp_path)), b"a", "O_CREAT", "0644", result=-1)
    disk = follow(tmp_path, failed, create(tmp_path.parent, "b"), call("mkdir", b"/elsewhere", "0777"))
    assert disk.steps == []


def test_a_call_that_nobody_knows_is_no_secret(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"")
    with pytest.raises(AssertionError, match="nobody knows what the call fallocate does"):
        follow(tmp_path, call("fallocate", Open(str(tmp_path / "a")), "0", "0", "10"))


def test_what_was_left_is_laid_out_as_it_was(tmp_path: Path) -> None:
    left: Files = {"sub": None, "sub/a": File(b"kept", 0o640, is_kept=True), "b": new(b"new")}
    lay_out(left, tmp_path)
    assert look(tmp_path) == left
