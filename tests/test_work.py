"""Work follows what changed: pieces and entries that are read, documents that are made, and files that are written.

Nothing is timed: what a run does is counted, on catalogues that are large enough to be read in pieces.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from feedpub.catalogue import LISTED
from feedpub.cli.render import command as render
from feedpub.formats import Format
from feedpub.index import stamps
from feedpub.loading import gathering, harvesting
from feedpub.loading.loader import LARGE
from feedpub.select.building import EntryBuilder
from feedpub.source import cut, pieces

if TYPE_CHECKING:
    from hashlib import _Hash

    from feedpub.feed import Entry, Feed
    from feedpub.index import Row
    from feedpub.source import Piece

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
ENTRIES, SECTIONS, SHARDS, LIMIT = 1_000, 14, 50, 10
SUFFIXES = (".rss", ".atom", ".json")
DOCUMENTS = (SECTIONS + 1) * len(SUFFIXES)


@dataclass
class Work:
    """What one run did; documents by the topics of their feeds, files by their names.

    Hashed are bytes of files, built are the ids of entries that were read as topics show them.
    """

    pieces: int = 0
    entries: int = 0
    hashed: int = 0
    built: set[str] = field(default_factory=set)
    documents: list[str] = field(default_factory=list)
    files: set[str] = field(default_factory=set)


class Newsroom:
    """A generated catalogue that is published again and again, and the work of the last run."""

    def __init__(self, folder: Path, *, shards: int) -> None:
        self.catalogue = folder / "articles.yaml"
        self.work = Work()
        self._feeds, self._cache = folder / "feeds", folder / "cache"
        options = ["--sections", str(SECTIONS), "--shards", str(shards)]
        self._run("generate.py", ENTRIES, self.catalogue, *options)
        text = self.catalogue.read_text(encoding="utf-8")
        self.catalogue.write_text(text.replace("\nsections:", f"\n  limit: {LIMIT}\nsections:", 1), encoding="utf-8")
        for path in self.files:
            os.utime(path, ns=(1, path.stat().st_mtime_ns - 10**9))  # as if it had been some time ago

    @property
    def files(self) -> list[Path]:
        return [self.catalogue, *self.catalogue.parent.glob("more/*.yaml")]

    def publish(self, *options: str, now: str = "2026-06-01T00:00:00Z") -> Work:
        self.work = work = Work()
        before = self._list_files()
        where = [str(self.catalogue), "-o", str(self._feeds), "--cache", str(self._cache), "--now", now]
        quiet = ["-q", "--ignore", "crowded-day", "--ignore", "changed-without-update"]
        done = CliRunner().invoke(render, [*where, *quiet, "--workers", "1", *options])
        assert (done.exit_code, done.output, done.exception) == (0, "", None)
        work.files = {name for name, about in self._list_files().items() if before.get(name) != about}
        return work

    def change(self, number: int, *, shard: int | None = None) -> None:
        """Give an entry another title."""
        path = self.catalogue if shard is None else self.catalogue.parent / "more" / f"{shard:03}.yaml"
        self._run("revise.py", path, number, 1, SECTIONS)
        os.utime(path, ns=(1, path.stat().st_mtime_ns - 10**8))

    def _list_files(self) -> dict[str, tuple[int, int]]:
        """Return which file each name is, and when it was written."""
        paths = self._feeds.iterdir() if self._feeds.exists() else ()
        return {path.name: (path.stat().st_ino, path.stat().st_mtime_ns) for path in paths}

    @staticmethod
    def _run(script: str, *arguments: object) -> None:
        subprocess.run([sys.executable, BENCHMARKS / script, *map(str, arguments)], check=True)


@pytest.fixture(params=["one file", "shards"])
def newsroom(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    room = Newsroom(tmp_path, shards=SHARDS if request.param == "shards" else 0)
    original, write = harvesting.harvest, Format.write

    def harvest(path: Path, piece: Piece, **others: Any) -> harvesting.Harvest | None:  # noqa: ANN401 - as they are
        found = original(path, piece, **others)
        room.work.pieces += 1
        room.work.entries += found.pack.count if found else 0
        return found

    def count(self: Format, feed: Feed, *, address: str) -> bytes:
        room.work.documents.append(f"{feed.topic}{self.suffix}")
        return write(self, feed, address=address)

    def digest(data: bytes | memoryview = b"") -> _Hash:
        room.work.hashed += len(data)
        return sha256(data)

    def build(self: EntryBuilder, row: Row) -> tuple[Entry, str | None]:
        room.work.built.add(row.id)
        return original_build(self, row)

    original_build = EntryBuilder._build
    monkeypatch.setattr(EntryBuilder, "_build", build)
    for module in (pieces, stamps):
        monkeypatch.setattr(module, "sha256", digest)
    monkeypatch.setattr(stamps, "FRESH", 0)  # a run takes longer than a step of the file system's clock
    monkeypatch.setattr(gathering, "harvest", harvest)
    monkeypatch.setattr(Format, "write", count)
    return room


def is_sharded(newsroom: Newsroom) -> bool:
    return len(newsroom.files) > 1


def list_pieces(newsroom: Newsroom) -> list[int]:
    """Return how many entries each piece holds but the root's first, which every run that reads at all reads."""
    found = []
    for path in newsroom.files:
        with path.open("rb") as raw:
            parts = list(cut(raw, listed=LISTED, is_root=path == newsroom.catalogue))
        data = path.read_bytes()
        counts = [data.count(b"id: entry-", one.offset, one.offset + one.length) for one in parts]
        found += counts[1:] if path == newsroom.catalogue else counts
    return found


def name_pages(*topics: str) -> set[str]:
    """Return the pages that change with these topics' entries."""
    return {*(f"{topic}.html" for topic in topics), "index.html"}


def name_documents(*topics: str) -> list[str]:
    return [f"{topic}{suffix}" for topic in topics for suffix in SUFFIXES]


def test_the_catalogues_are_large_enough_to_be_read_in_pieces(newsroom: Newsroom) -> None:
    assert sum(path.stat().st_size for path in newsroom.files) > LARGE

    assert len(list_pieces(newsroom)) > 3


def test_a_cold_run_does_everything_once(newsroom: Newsroom) -> None:
    work, pieces = newsroom.publish(), list_pieces(newsroom)
    assert (work.pieces, work.entries) == (len(pieces), sum(pieces))
    assert len(work.documents) == len(set(work.documents)) == DOCUMENTS
    pages = name_pages("all", *(f"section-{number:03}" for number in range(SECTIONS)))
    assert work.files == {*work.documents, *pages, "feeds.opml", "manifest.json"}


@pytest.mark.parametrize("how", ["by stat", "by bytes", "later"])
def test_where_nothing_has_changed_nothing_is_done(newsroom: Newsroom, how: str) -> None:
    newsroom.publish()
    if how == "by bytes":
        for path in newsroom.files:
            os.utime(path)
    work = newsroom.publish(now="2026-06-02T00:00:00Z" if how == "later" else "2026-06-01T00:00:00Z")
    assert work == Work(hashed=work.hashed)


def test_an_entry_that_no_feed_shows_costs_its_piece_and_the_manifest(newsroom: Newsroom) -> None:
    newsroom.publish()
    pieces = list_pieces(newsroom)
    newsroom.change(300, shard=300 * SHARDS // ENTRIES if is_sharded(newsroom) else None)
    work = newsroom.publish()
    assert 1 <= work.pieces <= 2
    assert 1 <= work.entries <= 2 * max(pieces)
    assert (work.documents, work.files, work.built) == ([], {"manifest.json"}, set())


def test_an_entry_that_feeds_show_costs_its_piece_and_these_feeds(newsroom: Newsroom) -> None:
    newsroom.publish()
    pieces = list_pieces(newsroom)
    newest = ENTRIES - 1
    newsroom.change(newest, shard=SHARDS - 1 if is_sharded(newsroom) else None)
    work = newsroom.publish()
    assert 1 <= work.pieces <= 2
    assert 1 <= work.entries <= 2 * max(pieces)
    topics = (f"section-{newest % SECTIONS:03}", "all")
    assert sorted(work.documents) == sorted(name_documents(*topics))
    assert work.files == {*work.documents, *name_pages(*topics), "manifest.json"}
    of_other_topics = 3 * SECTIONS  # which the page of all topics shows
    assert LIMIT <= len(work.built) <= 2 * LIMIT + of_other_topics < SECTIONS * LIMIT


def test_what_was_read_is_hashed_once(newsroom: Newsroom) -> None:
    size = sum(path.stat().st_size for path in newsroom.files)
    root = newsroom.catalogue.stat().st_size if is_sharded(newsroom) else 0  # small, and read whole
    few = 100_000
    time.sleep(2 * stamps.FRESH / 1e9)
    assert size - root <= newsroom.publish().hashed <= size - root + few
    assert newsroom.publish().hashed <= few
    newsroom.change(ENTRIES - 1, shard=SHARDS - 1 if is_sharded(newsroom) else None)
    time.sleep(2 * stamps.FRESH / 1e9)
    largest = pieces.MOST + pieces.LEAST
    assert newsroom.publish().hashed <= (0 if is_sharded(newsroom) else size) + largest + few


@pytest.mark.parametrize("newsroom", ["shards"], indirect=True)
def test_a_checkout_is_hashed_once_and_then_known_by_its_stats(newsroom: Newsroom) -> None:
    newsroom.publish()
    for path in newsroom.files:
        os.utime(path)
    size = sum(path.stat().st_size for path in newsroom.files)
    assert newsroom.publish().hashed > 0.9 * size
    newsroom.change(ENTRIES - 1, shard=SHARDS - 1)
    work = newsroom.publish()
    assert work.pieces == 1
    assert work.hashed < size // 2


@pytest.mark.parametrize("newsroom", ["shards"], indirect=True)
def test_a_shard_that_is_renamed_is_read_again_alone(newsroom: Newsroom) -> None:
    newsroom.publish()
    shard = newsroom.catalogue.parent / "more" / "007.yaml"
    shard.rename(shard.with_name("a.yaml"))
    work = newsroom.publish()
    assert (work.pieces, work.documents, work.files) == (1, [], set())


def test_a_feed_that_is_lost_is_made_again_and_no_other(newsroom: Newsroom) -> None:
    newsroom.publish()
    (newsroom.catalogue.parent / "feeds" / "all.atom").unlink()
    work = newsroom.publish()
    assert (work.pieces, work.entries) == (0, 0)
    assert (set(work.documents), work.files) == ({"all.atom"}, {"all.atom"})


def test_another_title_of_a_section_costs_its_feeds_and_the_entries_that_name_it(newsroom: Newsroom) -> None:
    newsroom.publish()
    text = newsroom.catalogue.read_text(encoding="utf-8")
    section = f"section-{(ENTRIES - 1) % SECTIONS:03}"  # that of an entry which all shows
    text = text.replace(f"{{title: {section.capitalize()}}}", "{title: Other}")
    newsroom.catalogue.write_text(text, encoding="utf-8")
    work = newsroom.publish()
    assert sorted(work.documents) == sorted(name_documents(section, "all"))
    assert work.pieces <= 1  # the file's second piece begins elsewhere at the most
    assert work.files == {*work.documents, *name_pages(section), "feeds.opml", "manifest.json"}


def test_without_a_cache_everything_is_read_and_nothing_is_written_again(newsroom: Newsroom) -> None:
    cold = newsroom.publish()
    again = newsroom.publish("--no-cache")
    assert (again.pieces, again.entries) == (cold.pieces, cold.entries)
    assert again.files == set()
