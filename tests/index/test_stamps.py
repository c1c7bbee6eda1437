"""A file or folder is the same by its stat only where that can tell, else by its bytes."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from feedpub.index.stamps import FRESH, Hashed, Stamp, digest_path, is_same, is_settled, sign

if TYPE_CHECKING:
    from pathlib import Path


def stamp(path: Path) -> Stamp:
    signature = sign(str(path))
    assert signature is not None
    return Stamp(str(path), signature, digest_path(str(path)))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    return path


def later() -> int:
    return time.time_ns() + 10 * FRESH


def test_an_untouched_file_is_known_by_its_stat(file: Path) -> None:
    assert is_same(stamp(file), moment=later(), hashed=Hashed()) == (True, True)


def test_a_file_that_was_just_written_is_read(file: Path) -> None:
    before = stamp(file)
    moment = before.signature[2]
    assert is_same(before, moment=moment, hashed=Hashed()) == (True, False)


def test_what_changed_within_a_step_of_the_clock_is_seen(file: Path) -> None:
    before = stamp(file)
    about = file.stat()
    file.write_bytes(b"new")
    os.utime(file, ns=(about.st_atime_ns, about.st_mtime_ns))
    changed = stamp(file)
    lied = Stamp(before.path, changed.signature, before.digest)  # as if the file system's clock had not moved
    assert is_same(lied, moment=changed.signature[3], hashed=Hashed()) == (False, False)


def test_a_touched_file_is_read_and_is_the_same(file: Path) -> None:
    before = stamp(file)
    os.utime(file, ns=(1, 1))
    assert is_same(before, moment=later(), hashed=Hashed()) == (True, False)


@pytest.mark.parametrize("content", [b"new", b"longer", b""])
def test_another_content_is_another_file(file: Path, content: bytes) -> None:
    before = stamp(file)
    file.write_bytes(content)
    assert is_same(before, moment=later(), hashed=Hashed())[0] is False


def test_a_file_that_is_gone_or_became_a_folder_is_another(file: Path) -> None:
    before = stamp(file)
    file.unlink()
    assert is_same(before, moment=later(), hashed=Hashed())[0] is False
    file.mkdir()
    assert is_same(before, moment=later(), hashed=Hashed())[0] is False


def test_a_file_that_can_no_longer_be_read_is_another(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str) -> str:
        raise PermissionError(13, "Permission denied", path)

    before = stamp(file)
    os.utime(file, ns=(1, 1))
    monkeypatch.setattr("feedpub.index.stamps.digest_path", refuse)
    hashed = Hashed()
    assert is_same(before, moment=later(), hashed=hashed) == (False, False)
    assert hashed.digests == {}


def test_a_folder_is_known_by_the_names_in_it(tmp_path: Path) -> None:
    before = stamp(tmp_path)
    (tmp_path / "one").write_bytes(b"")
    assert is_same(before, moment=later(), hashed=Hashed())[0] is False
    (tmp_path / "one").unlink()
    assert is_same(before, moment=later(), hashed=Hashed()) == (True, False)


def test_times_of_whole_seconds_are_trusted_after_two() -> None:
    second = 1_000_000_000
    assert not is_settled((0, 0, 5 * second, 5 * second), moment=6 * second)
    assert is_settled((0, 0, 5 * second, 5 * second), moment=7 * second)
    assert is_settled((0, 0, 5 * second + 1, 5 * second + 1), moment=6 * second)
