"""The documents of a publication: their paths, their addresses, and what they are held against."""

from __future__ import annotations

from concurrent.futures import BrokenExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from feedpub.feed import Feed
from feedpub.formats import FORMATS, DocumentError
from feedpub.index.pieces import PieceStore
from feedpub.select import select_topics
from feedpub.site import Document, Rendering, make_documents, making, sharing
from feedpub.workers.workers import Workers
from workers.fakes import FakeExecutor
from written import NOW, SITE, build, catalogue, load, teaser

if TYPE_CHECKING:
    from pathlib import Path

    from workers.fakes import Fault


def make(
    folder: Path,
    value: dict[str, Any],
    cache: Path | None = None,
    *,
    workers: int = 1,
    executor: Workers | None = None,
) -> list[Document]:
    loaded = load(folder, value)
    assert loaded.site is not None
    store = None if cache is None else PieceStore(str(cache), version="1")
    with loaded.index:
        selection = build(select_topics(loaded, site=loaded.site, now=NOW))
        return list(make_documents(selection, site=loaded.site, store=store, workers=workers, executor=executor))


def make_feeds(folder: Path, value: dict[str, Any], cache: Path | None = None) -> list[Document]:
    return list(filter(is_feed, make(folder, value, cache)))


def is_feed(document: Document) -> bool:
    return document.rendering.format.name in FORMATS


def ids_of(document: Document) -> tuple[str, ...]:
    return FORMATS[document.rendering.format.name].read(document.data).ids


def test_every_topic_has_a_document_of_each_format_in_the_sites_order(tmp_path: Path) -> None:
    found = make_feeds(tmp_path, catalogue(site=SITE | {"formats": ["json", "rss"]}))
    assert [(one.path, one.topic, one.media_type) for one in found] == [
        (f"{key}{suffix}", key, media_type)
        for key in ("a", "b", "all")
        for suffix, media_type in ((".json", "application/feed+json"), (".rss", "application/rss+xml"))
    ]


@pytest.mark.parametrize(
    ("site", "base"),
    [
        ({}, "https://e.org/feeds/"),
        ({"url": "https://e.org/news"}, "https://e.org/news/feeds/"),
        ({"feeds_url": "https://feeds.e.org/x"}, "https://feeds.e.org/x/"),
        ({"feeds_url": "https://feeds.e.org"}, "https://feeds.e.org/"),
    ],
)
def test_a_document_names_its_own_address(tmp_path: Path, site: dict[str, str], base: str) -> None:
    found = make(tmp_path, catalogue(site=SITE | site))
    assert {one.rendering.address for one in found} == {f"{base}{one.path}" for one in found}
    for one in found:
        one.verify()
    feeds = [one for one in found if one.rendering.format.name in FORMATS]
    assert {FORMATS[one.rendering.format.name].read(one.data).address for one in feeds} == {
        f"{base}{one.path}" for one in feeds
    }


def test_former_addresses_have_the_bytes_of_the_present_one(tmp_path: Path) -> None:
    value = catalogue(teaser("x", sections=["c"]), sections={"c": {"title": "C", "formerly": ["a", "b"]}})
    found = {one.path: one for one in make(tmp_path, value)}
    for suffix in (".rss", ".atom", ".json", ".html"):
        now, *former = (found[f"{key}{suffix}"] for key in "cab")
        assert {one.data for one in former} == {now.data}
        assert {(one.topic, one.rendering.address) for one in former} == {("c", f"https://e.org/feeds/c{suffix}")}
    assert {ids_of(found[f"a{suffix}"]) for suffix in (".rss", ".atom", ".json")} == {("tag:e.org,2024:x",)}


def test_a_retired_topic_keeps_its_documents(tmp_path: Path) -> None:
    retired = {"old": {"title": "Old", "at": "2026-01-01T00:00:00Z", "notice": "N"}}
    found = [one for one in make(tmp_path, catalogue(retired=retired)) if one.topic == "old"]
    assert [one.path for one in found] == ["old.rss", "old.atom", "old.json", "old.html"]
    assert {ids_of(one) for one in found[:3]} == {("tag:e.org,2024:retired:old",)}


def test_no_two_documents_share_a_path(tmp_path: Path) -> None:
    value = catalogue(
        sections={"c": {"title": "C", "formerly": ["a"]}, "b": {"title": "B"}},
        retired={"old": {"title": "Old", "at": "2026-01-01T00:00:00Z", "notice": "N"}},
    )
    paths = [one.path for one in make(tmp_path, value)]
    assert len(set(paths)) == len(paths) == 22


@pytest.mark.parametrize("name", FORMATS)
def test_a_document_is_held_against_its_address_and_its_ids(tmp_path: Path, name: str) -> None:
    value = catalogue(teaser("x"), teaser("y", guid="4711 old"), site=SITE | {"formats": [name]})
    document = make_feeds(tmp_path, value)[0]
    document.verify()
    one, feed = document.rendering, document.rendering.show()
    assert isinstance(feed, Feed)
    data = one.data
    for wrong in (
        replace(one, address=f"{one.address}x"),
        replace(one, show=lambda: replace(feed, entries=feed.entries[::-1])),
        replace(one, show=lambda: replace(feed, entries=feed.entries[:1])),
        replace(one, made=data.replace(b"e.org,2024:x", b"e.org,2024:z")),
        replace(one, made=data[:-9]),
        replace(one, made=b""),
    ):
        with pytest.raises(DocumentError):
            replace(document, rendering=wrong).verify()


def test_what_a_document_was_is_known_without_making_it(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    value = catalogue(teaser("x"), teaser("y"))
    first = {one.path: (one.digest, one.data) for one in make(tmp_path, value, cache)}
    warm = make(tmp_path, value, cache)
    assert [one.rendering.made for one in warm] == [None] * 14
    assert {one.path: (one.digest, one.data) for one in warm} == first
    edited = make(tmp_path, catalogue(teaser("x"), teaser("y", title="Other", sections=["b"])), cache)
    assert {one.path for one in edited if one.rendering.made} == {
        "index.html",
        *(f"{key}{suffix}" for key in ("b", "a", "all") for suffix in (".rss", ".atom", ".json", ".html")),
    }


def test_damage_to_what_is_remembered_of_documents_costs_time_alone(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    value = catalogue(teaser("x"), teaser("y"))
    first = {one.path: (one.digest, one.data) for one in make(tmp_path, value, cache)}
    (cache / "pieces.sqlite3").write_bytes(b"damaged" * 999)
    warm = make(tmp_path, value, cache)
    assert all(one.rendering.made for one in warm)
    assert {one.path: (one.digest, one.data) for one in warm} == first


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let workers make few documents, two at a time."""
    monkeypatch.setattr(making, "WORTH_WORKERS", 1)
    monkeypatch.setattr(sharing, "BATCH", 2)


VALUE = catalogue(teaser("x"), teaser("y", sections=["b"]), teaser("z", sections=["a", "b"], summary="Other."))


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("workers", [2, 3])
def test_processes_make_the_same_documents(tmp_path: Path, workers: int, monkeypatch: pytest.MonkeyPatch) -> None:
    here = {one.path: one.data for one in make(tmp_path, VALUE)}
    found = make(tmp_path, VALUE, workers=workers)
    assert all(one.rendering.made and one.rendering.is_verified for one in found if is_feed(one))
    assert not any(one.rendering.made for one in found if not is_feed(one))
    monkeypatch.setattr(Rendering, "reads_back", None)  # nobody parses them a second time
    for one in filter(is_feed, found):
        one.verify()
    assert {one.path: one.data for one in found} == here


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(
    ("fault", "lost"),
    [
        (lambda _: None, 0),
        (lambda number: OSError("gone") if number % 2 else None, 4),
        (lambda number: BrokenExecutor("gone") if number >= 1 else None, 7),
    ],
)
def test_documents_that_an_executor_loses_are_made_here(tmp_path: Path, fault: Fault, lost: int) -> None:
    here = {one.path: one.data for one in make(tmp_path, VALUE)}
    fake = FakeExecutor(fault)
    found = make(tmp_path, VALUE, tmp_path / "cache", executor=Workers(lambda: fake, count=1, is_far=True))
    assert sum(one.rendering.is_verified for one in found) == sum(map(is_feed, found)) - lost
    assert {one.path: one.data for one in found} == here
    assert fake.numbers != sorted(fake.numbers)


@pytest.mark.usefixtures("few")
def test_workers_get_as_many_tasks_as_there_are_batches(tmp_path: Path) -> None:
    fake = FakeExecutor()
    value = VALUE | {"site": SITE | {"formats": ["rss", "atom"]}}
    found = make(tmp_path, value, executor=Workers(lambda: fake, count=1, is_far=True))
    assert sum(map(is_feed, found)) == 6
    assert sorted(fake.numbers) == [0, 1, 2]


@pytest.mark.usefixtures("few")
def test_a_document_that_does_not_read_back_there_is_refused_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Rendering, "reads_back", lambda _: False)
    found = make(tmp_path, VALUE, executor=Workers(FakeExecutor, count=1, is_far=True))
    assert not any(one.rendering.is_verified for one in found)
    with pytest.raises(DocumentError, match=r"a\.rss does not read back"):
        found[0].verify()


def test_few_documents_are_made_here_when_they_are_wanted(tmp_path: Path) -> None:
    found = make(tmp_path, VALUE, workers=2, executor=Workers(FakeExecutor, count=1))
    assert [one.rendering.made for one in found] == [None] * len(found)


def test_pages_come_behind_the_feeds_and_count_as_a_format(tmp_path: Path) -> None:
    loaded = load(tmp_path, catalogue(teaser("x")))
    assert loaded.site is not None
    with loaded.index:
        selection = build(select_topics(loaded, site=loaded.site, now=NOW))
    whole = list(make_documents(selection, site=loaded.site))
    pages = list(make_documents(selection, site=loaded.site, formats=["html"]))
    part = list(make_documents(selection, site=loaded.site, topics=["b"], formats=["html", "rss"]))
    assert [(one.path, one.topic, one.media_type) for one in pages] == [
        ("a.html", "a", "text/html"),
        ("b.html", "b", "text/html"),
        ("all.html", "all", "text/html"),
        ("index.html", None, "text/html"),
        ("feeds.opml", None, "text/x-opml"),
    ]
    assert [one.path for one in whole[-5:]] == [one.path for one in pages]
    assert [one.path for one in part] == ["b.rss", "b.html"]


@pytest.mark.parametrize("path", ["a.html", "index.html", "feeds.opml"])
def test_a_page_is_held_against_its_address_and_its_links(tmp_path: Path, path: str) -> None:
    (document,) = [one for one in make(tmp_path, catalogue(teaser("x"), teaser("y"))) if one.path == path]
    document.verify()
    one, data = document.rendering, document.data
    for old, new in ((b"https://e.org/x", b"https://e.org/z"), (b"a.rss", b"z.rss"), (b"b.html", b"z.html")):
        if old in data:
            with pytest.raises(DocumentError):
                replace(document, rendering=replace(one, made=data.replace(old, new))).verify()
    for wrong in (data[:-9], b"", b"<html></html>", b"<opml/>"):
        with pytest.raises(DocumentError):
            replace(document, rendering=replace(one, made=wrong)).verify()
    if path != "feeds.opml":
        with pytest.raises(DocumentError):
            replace(document, rendering=replace(one, address=f"{one.address}x")).verify()


def test_many_documents_lie_on_disk_until_they_are_wanted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = {one.path: (one.data, one.digest) for one in make(tmp_path, VALUE)}
    monkeypatch.setattr(making, "MANY", 1)
    found = make(tmp_path, VALUE)
    for one in found:
        one.verify()
    assert [one.rendering.made for one in found] == [None] * len(here)
    assert {one.path: (one.data, one.digest) for one in reversed(found)} == here
