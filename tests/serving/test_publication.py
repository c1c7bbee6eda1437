"""A folder is read whole, as its manifest says, or not at all."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from feedpub.errors import PublishError, UsageError
from feedpub.serving.publication import UnfinishedError, read_publication
from serving.asking import MODIFIED, RSS, ask, publish, serve


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "feeds"
    home.mkdir()
    publish(home, {"tides.rss": RSS, "archive/tides/2026-01.atom": RSS})
    return home


def test_documents_know_when_they_were_modified(folder: Path) -> None:
    found = read_publication(str(folder)).documents
    assert {path: one.modified for path, one in found.items()} == {
        "tides.rss": MODIFIED,
        "archive/tides/2026-01.atom": MODIFIED,
    }


def test_what_was_read_stays_when_the_folder_goes(folder: Path) -> None:
    application = serve(folder)
    shutil.rmtree(folder)
    assert ask(application).body == RSS
    assert ask(application, "/tides.rss", ("Accept-Encoding", "gzip")).status == 200


def test_the_folder_may_be_a_link(folder: Path) -> None:
    link = folder.with_name("link")
    link.symlink_to(folder)
    assert ask(serve(link)).status == 200


@pytest.mark.parametrize("kind", ["missing", "altered", "longer", "link", "folder", "pipe", "linked folder"])
def test_a_document_that_is_not_the_manifest_s_is_not_served(folder: Path, kind: str) -> None:
    path = folder / "archive" / "tides" / "2026-01.atom"
    kept = folder.with_name("kept")
    if kind == "linked folder":
        shutil.move(path.parent, kept)
        path.parent.symlink_to(kept)
    elif kind == "longer":
        path.write_bytes(RSS + b" ")
    elif kind == "altered":
        path.write_bytes(RSS.replace(b"tide", b"ebb!"))
    else:
        path.rename(kept)
        put(kind, path, kept)
    with pytest.raises(PublishError) as caught:
        read_publication(str(folder))
    assert isinstance(caught.value, UnfinishedError) == (kind in ("missing", "altered", "longer"))
    assert str(path) in str(caught.value) or str(path.parent) in str(caught.value)


def put(kind: str, path: Path, kept: Path) -> None:
    if kind == "link":
        path.symlink_to(kept)
    elif kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)


@pytest.mark.parametrize("path", ["../secret", "/etc/passwd", "a//b", ".", "a\\b", "a\0b", ".feedpub-commit"])
def test_a_manifest_that_leads_elsewhere_is_refused(folder: Path, path: str) -> None:
    (folder.parent / "secret").write_bytes(RSS)
    manifest = folder / "manifest.json"
    data = json.loads(manifest.read_text())
    data["documents"][0]["path"] = path
    manifest.write_text(json.dumps(data))
    with pytest.raises(PublishError, match=r"manifest\.json cannot be read as a manifest"):
        read_publication(str(folder))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{}", "is somebody else's"),
        ("[1]", "is somebody else's"),
        ('{"catalogue": 1, "documents": [], "topics": {}}', "cannot be read as a manifest"),
        ("<<<<<<< HEAD", "cannot be read as a manifest"),
        ("", "cannot be read as a manifest"),
        ("[" * 100_000, "cannot be read as a manifest"),
    ],
)
def test_what_is_no_manifest_is_refused_in_a_sentence(folder: Path, text: str, told: str) -> None:
    (folder / "manifest.json").write_text(text)
    with pytest.raises(PublishError) as caught:
        read_publication(str(folder))
    assert str(caught.value) == f"{folder / 'manifest.json'} {told}"
    assert caught.value.exit_code == 3


def test_a_missing_folder_or_manifest_is_a_slip_of_the_call(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"there is no folder .*/feeds: feedpub render makes it"):
        read_publication(str(tmp_path / "feeds"))
    with pytest.raises(UsageError, match=r"there is no .*/manifest\.json: feedpub render publishes into"):
        read_publication(str(tmp_path))
    (tmp_path / "file").write_text("")
    with pytest.raises(PublishError, match=r"cannot open .*/file: Not a directory"):
        read_publication(str(tmp_path / "file"))


def count_open() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_nothing_stays_open(folder: Path) -> None:
    before = count_open()
    for _ in range(3):
        read_publication(str(folder))
    (folder / "tides.rss").unlink()
    for _ in range(3):
        with pytest.raises(UnfinishedError):
            read_publication(str(folder))
    assert count_open() <= before + 1
