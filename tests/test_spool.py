"""Bytes that are put away come back; a disk that fails is told with the file's name, which it no longer has."""

from __future__ import annotations

import errno
import os
import tempfile
from typing import TYPE_CHECKING

import pytest

from feedpub.spool import Spool

if TYPE_CHECKING:
    from pathlib import Path


def test_bytes_come_back_and_the_folder_stays_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    spool = Spool()
    places = [spool.keep(data) for data in (b"first", b"", b"second")]
    assert [spool.read(place) for place in places] == [b"first", b"", b"second"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("call", ["pwrite", "pread"])
def test_a_disk_that_fails_is_told_with_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    spool = Spool()
    place = spool.keep(b"first")

    def fail(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(OSError, match="No space left") as caught:
        spool.keep(b"second") if call == "pwrite" else spool.read(place)
    assert str(caught.value.filename).startswith(str(tmp_path / "feedpub-"))
