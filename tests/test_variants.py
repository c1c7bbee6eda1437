"""Compressed variants are published with their documents, left alone while they hold them, and removed with them."""

from __future__ import annotations

import gzip
import json
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from feedpub import preview, render
from feedpub.cli.render import command
from feedpub.encodings import ENCODINGS
from feedpub.errors import FeedpubError, PublishError
from written import SITE, catalogue, teaser, write_catalogue

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

    from feedpub.pipeline import Publication

NOW = datetime(2026, 3, 1, tzinfo=UTC)
BOTH = ["gzip", "br"]


def publish(
    folder: Path,
    *,
    encodings: list[str] | None,
    written: tuple[str, ...] = ("rss", "atom"),
    title: str = "x",
    now: datetime = NOW,
    **how: Any,  # noqa: ANN401 - what `render` takes
) -> Publication:
    site = SITE | {"formats": list(written)} | ({"precompress": encodings} if encodings else {})
    later = teaser("later", "2026-03-02T00:00:00Z", sections=["b"])
    path = write_catalogue(folder, catalogue(teaser("x", title=title), later, site=site))
    return render(path, output=folder / "feeds", now=now, **how)


def read(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "feeds").iterdir()}


def decompress(name: str, data: bytes) -> bytes:
    found: bytes = gzip.decompress(data) if name.endswith(".gz") else import_module("brotli").decompress(data)
    return found


def check(folder: Path, *, encodings: list[str], now: datetime = NOW) -> str:
    """Return what `render --check` says."""
    assert encodings
    return preview(folder / "articles.yaml", output=folder / "feeds", now=now).status


def assert_whole(folder: Path) -> None:
    """Assert that each document has both variants, and that the manifest lists them, without digests of their own."""
    files = read(folder)
    documents = json.loads(files.pop("manifest.json"))["documents"]
    assert {one["path"] for one in documents} == {name for name in files if not name.endswith((".gz", ".br"))}
    for one in documents:
        path = one["path"]
        assert one["variants"] == [
            {"path": f"{path}.br", "encoding": "br"},
            {"path": f"{path}.gz", "encoding": "gzip"},
        ]
        for variant in one["variants"]:
            assert decompress(variant["path"], files.pop(variant["path"])) == files[path]
    assert set(files) == {one["path"] for one in documents}


def test_every_document_gets_its_variants(tmp_path: Path) -> None:
    found = publish(tmp_path, encodings=BOTH)
    assert_whole(tmp_path)
    assert (
        len(found.written) == 33
    )  # a, b and all in two formats and as pages, the index and OPML, each with two variants
    assert check(tmp_path, encodings=BOTH) == "current"


def test_without_precompress_nothing_is_listed(tmp_path: Path) -> None:
    publish(tmp_path, encodings=None)
    assert b"variants" not in read(tmp_path)["manifest.json"]


def test_a_second_run_writes_nothing(tmp_path: Path) -> None:
    publish(tmp_path, encodings=BOTH)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "feeds").iterdir()}
    found = publish(tmp_path, encodings=BOTH)
    assert (found.status, found.written, found.removed) == ("current", (), ())
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "feeds").iterdir()} == before


def test_what_another_compressor_has_made_of_the_document_is_left_alone(tmp_path: Path) -> None:
    publish(tmp_path, encodings=BOTH)
    feeds = tmp_path / "feeds"
    other = {
        "a.rss.gz": gzip.compress((feeds / "a.rss").read_bytes(), compresslevel=1, mtime=7),
        "a.rss.br": import_module("brotli").compress((feeds / "a.rss").read_bytes(), quality=1),
    }
    for name, data in other.items():
        assert (feeds / name).read_bytes() != data
        (feeds / name).write_bytes(data)
    assert check(tmp_path, encodings=BOTH) == "current"
    assert publish(tmp_path, encodings=BOTH).written == ()
    assert {name: (feeds / name).read_bytes() for name in other} == other


@pytest.mark.parametrize("damage", [b"", b"no stream at all", gzip.compress(b"another document", mtime=0)])
def test_a_variant_that_holds_something_else_is_written_again(tmp_path: Path, damage: bytes) -> None:
    publish(tmp_path, encodings=BOTH)
    (tmp_path / "feeds" / "a.rss.gz").write_bytes(damage)
    (tmp_path / "feeds" / "a.atom.br").unlink()
    assert check(tmp_path, encodings=BOTH) == "stale"
    assert set(publish(tmp_path, encodings=BOTH).written) == {"a.rss.gz", "a.atom.br"}
    assert_whole(tmp_path)


def test_the_document_itself_in_the_place_of_its_variant_is_no_variant(tmp_path: Path) -> None:
    publish(tmp_path, encodings=BOTH)
    feeds = tmp_path / "feeds"
    (feeds / "a.rss.gz").write_bytes((feeds / "a.rss").read_bytes())
    assert publish(tmp_path, encodings=BOTH).written == ("a.rss.gz",)


def test_an_edit_changes_a_document_with_its_variants(tmp_path: Path) -> None:
    publish(tmp_path, encodings=BOTH)
    found = publish(tmp_path, encodings=BOTH, title="another")
    assert set(found.written) == {
        f"{name}{suffix}"
        for name in ("index.html", *(f"{topic}.{form}" for topic in ("a", "all") for form in ("rss", "atom", "html")))
        for suffix in ("", ".br", ".gz")
    }
    assert_whole(tmp_path)


def test_only_time_that_passes_makes_variants_due(tmp_path: Path) -> None:
    publish(tmp_path, encodings=BOTH)
    later = NOW + timedelta(days=2)
    assert check(tmp_path, encodings=BOTH, now=later) == "due"
    publish(tmp_path, encodings=BOTH, now=later)
    assert_whole(tmp_path)


def test_variants_come_and_go_with_the_setting_and_with_their_documents(tmp_path: Path) -> None:
    publish(tmp_path, encodings=None)
    documents = read(tmp_path)
    assert len(publish(tmp_path, encodings=["gzip"]).written) == 11
    found = publish(tmp_path, encodings=["br"])
    assert {path.rpartition(".")[2] for path in found.removed} == {"gz"}
    assert len(found.removed) == len(found.written) == 11
    publish(tmp_path, encodings=BOTH)
    found = publish(tmp_path, encodings=BOTH, written=("rss",))
    assert set(found.removed) == {
        f"{topic}.atom{suffix}" for topic in ("a", "b", "all") for suffix in ("", ".br", ".gz")
    }
    assert_whole(tmp_path)
    publish(tmp_path, encodings=None)
    assert {**read(tmp_path), "manifest.json": b""} == {**documents, "manifest.json": b""}


def test_a_variant_that_is_no_longer_made_but_was_altered_stays(tmp_path: Path) -> None:
    publish(tmp_path, encodings=BOTH)
    (tmp_path / "feeds" / "a.atom.gz").write_bytes(b"mine")
    found = publish(tmp_path, encodings=BOTH, written=("rss",))
    assert found.left == ("a.atom.gz",)
    assert read(tmp_path)["a.atom.gz"] == b"mine"


def test_somebody_else_s_file_at_a_variant_s_path_is_not_overwritten(tmp_path: Path) -> None:
    publish(tmp_path, encodings=None)
    (tmp_path / "feeds" / "a.rss.gz").write_bytes(b"mine")
    with pytest.raises(PublishError, match=r"a\.rss\.gz was not written by feedpub"):
        publish(tmp_path, encodings=BOTH)
    assert "a.rss.br" not in read(tmp_path)
    publish(tmp_path, encodings=BOTH, adopt=True)
    assert_whole(tmp_path)


def test_a_variant_that_somebody_else_has_made_of_the_document_is_ours(tmp_path: Path) -> None:
    publish(tmp_path, encodings=None)
    data = gzip.compress((tmp_path / "feeds" / "a.rss").read_bytes(), compresslevel=1)
    (tmp_path / "feeds" / "a.rss.gz").write_bytes(data)
    assert "a.rss.gz" in publish(tmp_path, encodings=BOTH).unchanged
    assert read(tmp_path)["a.rss.gz"] == data
    assert_whole(tmp_path)


def test_a_lost_manifest_costs_no_variant(tmp_path: Path) -> None:
    publish(tmp_path, encodings=BOTH)
    (tmp_path / "feeds" / "manifest.json").write_text("<<<<<<< ours", encoding="utf-8")
    assert publish(tmp_path, encodings=BOTH).written == ()
    assert_whole(tmp_path)


def test_a_partial_run_touches_the_variants_of_what_it_names(tmp_path: Path) -> None:
    publish(tmp_path, encodings=BOTH)
    found = publish(tmp_path, encodings=BOTH, title="another", topics=["a"], formats=["rss"])
    assert set(found.written) == {"a.rss", "a.rss.br", "a.rss.gz"}
    assert_whole(tmp_path)
    found = publish(tmp_path, encodings=["gzip"], topics=["a"])
    assert set(found.removed) == {"a.rss.br", "a.atom.br", "a.html.br"}
    listed = json.loads(read(tmp_path)["manifest.json"])["documents"]
    kept = {one["path"] for one in listed} | {two["path"] for one in listed for two in one["variants"]}
    assert kept | {"manifest.json"} == set(read(tmp_path))


def test_a_run_that_is_remembered_knows_the_variants(tmp_path: Path) -> None:
    publish(tmp_path, encodings=BOTH)

    def run() -> Result:
        words = [str(tmp_path / "articles.yaml"), "-o", str(tmp_path / "feeds"), "--now", "2026-03-01T00:00:00Z"]
        words += ["--cache", str(tmp_path / "cache"), "-v"]
        return CliRunner().invoke(command, words, standalone_mode=False)

    first, second = run(), run()
    assert ("time: " in first.stderr, "time: " in second.stderr) == (True, False)
    assert "0 written, 33 unchanged" in second.stdout
    (tmp_path / "feeds" / "a.rss.gz").write_bytes(b"")
    assert "1 written, 32 unchanged" in run().stdout
    assert_whole(tmp_path)


def test_a_compressor_that_loses_something_publishes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = ENCODINGS["gzip"]
    monkeypatch.setitem(ENCODINGS, "gzip", replace(whole, compress=lambda data: whole.compress(data[:-1])))
    with pytest.raises(FeedpubError, match=r"\.gz does not decompress to what was compressed$"):
        publish(tmp_path, encodings=BOTH)
    assert not (tmp_path / "feeds").exists()


def test_brotli_that_is_not_installed_publishes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "brotli", None)
    with pytest.raises(FeedpubError, match="br needs brotli") as caught:
        publish(tmp_path, encodings=BOTH)
    assert caught.value.exit_code == 3
    assert not (tmp_path / "feeds").exists()


def test_a_manifest_that_names_a_coding_of_tomorrow_is_read(tmp_path: Path) -> None:
    publish(tmp_path, encodings=["gzip"])
    path = tmp_path / "feeds" / "manifest.json"
    path.write_bytes(path.read_bytes().replace(b'"encoding": "gzip"', b'"encoding": "zstd"'))
    found = publish(tmp_path, encodings=None)
    assert len(found.left) == 11
