"""Pieces that were read in an earlier run are not read again, and nothing comes out otherwise."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from contextlib import chdir
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

import feedpub
from feedpub.index import stamps
from feedpub.index.names import Names
from feedpub.index.pieces import NAME, PieceStore
from feedpub.loading import gathering, harvesting, loader, piecing
from feedpub.loading.remembered import read_harvest, write_harvest
from feedpub.source import pieces

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NOW = datetime(2026, 6, 1, tzinfo=UTC)
HEAD = """\
site: {title: T, url: "https://e.org/", tag_authority: "e.org,2026", timezone: Europe/London, limit: 5}
sections: {a: {title: A}, b: {title: B}}
include: ['more/*.yaml']
articles:
"""


def article(number: int, **fields: str) -> str:
    known = {
        "id": f"e{number}",
        "title": f"Title {number}",
        "url": f"e{number}",
        "published": f"2026-05-{number % 28 + 1:02}T09:{number % 60:02}",
        "sections": "[a]",
        "body": "Text.",
    } | fields
    return "  - " + "\n    ".join(f"{name}: {value}" for name, value in known.items()) + "\n"


class Newsroom:
    """A catalogue in many pieces, and how many of them were read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.read = 0
        (folder / "more").mkdir(parents=True)
        self.root = [article(number) for number in range(20)]
        self.shards = {
            name: [article(100 * name + number, sections="[b]") for number in range(8)] for name in (1, 2, 3)
        }
        self.write()

    def write(self) -> None:
        retracted = "retracted:\n  - {id: gone, at: 2026-05-01, sections: [a]}\n"
        texts = {"articles.yaml": HEAD + "".join(self.root) + retracted}
        texts |= {f"more/{name}.yaml": "articles:\n" + "".join(items) for name, items in self.shards.items()}
        for name, text in texts.items():
            path = self.folder / name
            if not path.exists() or path.read_text() != text:
                path.write_text(text)
                os.utime(path, ns=(1, path.stat().st_mtime_ns - 10**9))  # as if it had been some time ago

    def publish(
        self, output: str, *, store: PieceStore | None, now: datetime = NOW, workers: int = 1
    ) -> tuple[dict[str, bytes], object]:
        self.read = 0
        with chdir(self.folder):
            found = feedpub.render(now=now, output=output, store=store, workers=workers)
            files = {path.name: path.read_bytes() for path in (self.folder / output).iterdir()}
        return files, found.diagnostics


@pytest.fixture
def newsroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    room = Newsroom(tmp_path / "home")
    original = harvesting.harvest

    def harvest(path: Path, piece: pieces.Piece, *, name: str, frame: harvesting.Frame) -> harvesting.Harvest | None:
        room.read += 1
        return original(path, piece, name=name, frame=frame)

    monkeypatch.setattr(gathering, "harvest", harvest)
    monkeypatch.setattr(stamps, "FRESH", 0)  # a run takes longer than a step of the file system's clock
    monkeypatch.setattr(loader, "LARGE", 1)
    monkeypatch.setattr(pieces, "LEAST", 1)
    monkeypatch.setattr(pieces, "_SELDOM", 1)
    return room


@pytest.fixture
def store(tmp_path: Path) -> Callable[[], PieceStore]:
    return lambda: PieceStore(str(tmp_path / "cache"), version="1")


def test_only_what_changed_is_read_again(newsroom: Newsroom, store: Callable[[], PieceStore]) -> None:
    cold = newsroom.publish("feeds", store=store())
    everything = newsroom.read
    assert everything > 40
    assert newsroom.publish("feeds", store=store()) == cold
    assert newsroom.read == 0
    newsroom.root[7] = article(7, title="Other")
    newsroom.write()
    newsroom.publish("feeds", store=store())
    assert newsroom.read == 1
    newsroom.shards[2].insert(0, article(299, sections="[a]"))
    newsroom.write()
    newsroom.publish("feeds", store=store())
    assert newsroom.read == 1
    shutil.move(newsroom.folder / "more" / "1.yaml", newsroom.folder / "more" / "9.yaml")
    newsroom.publish("feeds", store=store())
    assert newsroom.read == 9  # messages would name another file


@pytest.mark.parametrize("changed", [1, 4])
def test_pieces_that_are_known_stand_between_those_that_workers_read(
    changed: int, newsroom: Newsroom, store: Callable[[], PieceStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.publish("feeds", store=store())
    monkeypatch.setattr(piecing, "WORTH_WORKERS", 1)
    for items in (newsroom.root, *newsroom.shards.values()):
        items[::3] = [item.replace("Text.", "Another text.") for item in items[::3]]
        del items[changed]
    newsroom.write()
    warm = newsroom.publish("warm", store=store(), workers=2)
    assert newsroom.read <= 2 * gathering._FEW  # of the root file, and of the others
    assert warm == newsroom.publish("cold", store=None)


def test_another_site_and_another_version_are_other_pieces(newsroom: Newsroom, store: Callable[[], PieceStore]) -> None:
    newsroom.publish("feeds", store=store())
    everything = newsroom.read
    newsroom.publish("feeds", store=PieceStore(str(newsroom.folder.parent / "cache"), version="2"))
    assert newsroom.read == everything
    path = newsroom.folder / "articles.yaml"
    path.write_text(path.read_text().replace("Europe/London", "Asia/Tokyo"))
    newsroom.publish("feeds", store=store())
    assert newsroom.read == everything


@pytest.mark.parametrize("seed", range(10))
def test_a_warm_run_gives_what_a_cold_one_does(seed: int, newsroom: Newsroom, store: Callable[[], PieceStore]) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same edits in every run of the tests
    cache = newsroom.folder.parent / "cache" / NAME
    for step in range(12):
        items = chance.choice([newsroom.root, *newsroom.shards.values()])
        what = chance.choice(["edit", "add", "remove", "swap", "damage", "lose", "shard", "later"])
        if what == "edit" and items:
            place = chance.randrange(len(items))
            items[place] = items[place].replace("Text.", f"Text {step} <b>bold</b>.", 1)
        elif what == "add":
            items.insert(
                chance.randrange(len(items) + 1), article(1000 + step, title=chance.choice(["'<b>T</b>'", "T"]))
            )
        elif what == "remove" and len(items) > 3:
            items.pop(chance.randrange(len(items)))
        elif what == "swap":
            chance.shuffle(items)
        elif what == "damage" and cache.exists():
            data = bytearray(cache.read_bytes())
            for _ in range(30):
                data[chance.randrange(100, len(data))] ^= 1 << chance.randrange(8)
            cache.write_bytes(bytes(data))
        elif what == "lose":
            cache.unlink(missing_ok=True)
        elif what == "shard":
            newsroom.shards[10 + step] = [article(5000 + 10 * step + number) for number in range(4)]
        now = datetime(2026, 6, 2 if what == "later" else 1, tzinfo=UTC)
        newsroom.write()
        assert newsroom.publish("warm", store=store(), now=now) == newsroom.publish("cold", store=None, now=now), what


def copy_a_whole_piece(room: Newsroom) -> None:
    room.root.append(room.root[3])


def take_an_id(room: Newsroom) -> None:
    room.root[5] = article(3, url="other")


def take_a_url_of_a_shard(room: Newsroom) -> None:
    room.root[5] = article(5, url="e101")


def write_a_new_name_twice(room: Newsroom) -> None:
    room.shards[7] = [article(900), article(901, id="e900")]


@pytest.mark.parametrize(
    "spoil",
    [copy_a_whole_piece, take_an_id, take_a_url_of_a_shard, write_a_new_name_twice],
    ids=lambda one: one.__name__,
)
def test_a_name_that_is_taken_is_found_among_pieces_that_shared_none(
    spoil: Callable[[Newsroom], None], newsroom: Newsroom, store: Callable[[], PieceStore]
) -> None:
    newsroom.publish("feeds", store=store())
    spoil(newsroom)
    newsroom.write()
    with pytest.raises(feedpub.CatalogueError) as cold:
        newsroom.publish("feeds", store=None)
    with pytest.raises(feedpub.CatalogueError) as warm:
        newsroom.publish("feeds", store=store())
    assert warm.value.diagnostics == cold.value.diagnostics
    assert any(one.rule.startswith("duplicate-") for one in warm.value.diagnostics)


def test_names_of_pieces_that_shared_none_are_not_compared_again(
    newsroom: Newsroom, store: Callable[[], PieceStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.publish("feeds", store=store())
    monkeypatch.setattr(Names, "_read_part", lambda *_: pytest.fail("all names are compared"))
    newsroom.root[7] = article(7, title="Other")
    newsroom.write()
    newsroom.publish("feeds", store=store())
    newsroom.root.pop()
    newsroom.write()
    newsroom.publish("feeds", store=store())


def test_a_harvest_is_read_back_as_it_was_written(newsroom: Newsroom) -> None:
    path = newsroom.folder / "articles.yaml"
    path.write_text(path.read_text().replace("title: Title 3", "title: '<b>3</b>'"))
    with chdir(newsroom.folder):
        found = feedpub.check(now=NOW)
    frame = harvesting.Frame(
        base="https://e.org/", zone="Europe/London", permalink=None, authority="e.org,2026",
        section_keys=frozenset("ab"), body_format="markdown", folder=newsroom.folder, judge=None,
    )  # fmt: skip
    with path.open("rb") as raw:
        last = list(pieces.cut(raw, listed=("articles", "teasers", "retracted"), digest=True))[-1]
    one = harvesting.harvest(path, last, name="articles.yaml", frame=frame)
    assert one is not None
    found.append(replace(found[0], file=os.fsdecode(b"\xff.yaml")))
    one = replace(one, diagnostics=found)
    again = read_harvest(write_harvest(one))
    assert (again.ending, again.pack, again.digest, again.diagnostics) == (one.ending, one.pack, one.digest, found)
    assert [(each.id, each.at, each.sections) for each in again.retracted] == [
        (each.id, each.at, each.sections) for each in one.retracted
    ]
    assert len(one.retracted) == 1


def test_what_changes_while_it_is_read_is_not_remembered_as_what_it_was(
    newsroom: Newsroom, store: Callable[[], PieceStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = newsroom.folder / "more" / "2.yaml"
    before = file.read_text()
    original = harvesting.harvest

    def change(path: Path, piece: pieces.Piece, *, name: str, frame: harvesting.Frame) -> harvesting.Harvest | None:
        if path.name == file.name and file.read_text() == before:
            file.write_text(before.replace("id: e2", "id: f2"))
        return original(path, piece, name=name, frame=frame)

    with monkeypatch.context() as patch:
        patch.setattr(gathering, "harvest", change)
        newsroom.publish("feeds", store=store())
    file.write_text(before)
    assert newsroom.publish("warm", store=store()) == newsroom.publish("cold", store=None)


def test_a_file_whose_name_is_no_text_is_remembered(newsroom: Newsroom, store: Callable[[], PieceStore]) -> None:
    newsroom.shards[1][0] = article(100, title="'<b>T</b>'")
    newsroom.write()
    (newsroom.folder / "more" / "1.yaml").rename(newsroom.folder / "more" / os.fsdecode(b"\xff.yaml"))
    cold = newsroom.publish("feeds", store=store())
    assert newsroom.publish("feeds", store=store()) == cold
    assert newsroom.read == 0


def test_what_nobody_asks_for_goes_after_a_month(newsroom: Newsroom, store: Callable[[], PieceStore]) -> None:
    newsroom.publish("feeds", store=store())
    cache = newsroom.folder.parent / "cache" / NAME
    with sqlite3.connect(cache) as database:
        (before,) = database.execute("SELECT count(*) FROM pieces").fetchone()
        database.execute("UPDATE pieces SET day = day - 40")
    newsroom.root.pop()
    newsroom.write()
    newsroom.publish("feeds", store=store())
    with sqlite3.connect(cache) as database:
        (after,) = database.execute("SELECT count(*) FROM pieces").fetchone()
    assert after < before + 2
    assert newsroom.read <= 3
