"""The manifest that a publication gets, and the topics that it would lose."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from feedpub.manifest import Manifest, PublishedTopic, find_vanished, make_manifest
from feedpub.select import select_topics
from feedpub.site import make_documents
from written import NOW, SITE, article, build, catalogue, load, teaser

if TYPE_CHECKING:
    from pathlib import Path


def make(folder: Path, value: dict[str, Any], *, now: datetime = NOW) -> Manifest:
    loaded = load(folder, value, now=now)
    assert loaded.site is not None
    with loaded.index:
        selection = build(select_topics(loaded, site=loaded.site, now=now))
        documents = list(make_documents(selection, site=loaded.site))
    return make_manifest(selection, documents, site=loaded.site, catalogue=loaded.digest)


def test_every_document_is_listed_with_its_digest_size_and_type(tmp_path: Path) -> None:
    value = catalogue(teaser("x"), site=SITE | {"formats": ["atom"]})
    loaded = load(tmp_path, value)
    assert loaded.site is not None
    with loaded.index:
        documents = list(make_documents(build(select_topics(loaded, site=loaded.site, now=NOW)), site=loaded.site))
    found = {one.path: one for one in make(tmp_path, value).documents}
    assert {path: (one.sha256, one.size, one.media_type) for path, one in found.items()} == {
        one.path: (sha256(one.data).hexdigest(), len(one.data), one.media_type) for one in documents
    }
    assert {one.media_type for one in found.values()} == {"application/atom+xml", "text/html", "text/x-opml"}


def test_the_site_says_where_its_feeds_are_and_who_tells_of_them(tmp_path: Path) -> None:
    plain = make(tmp_path, catalogue())
    full = make(tmp_path, catalogue(site=SITE | {"feeds_url": "https://f.org", "hubs": ["https://h.org/"], "ttl": 5}))
    assert (plain.feeds_url, plain.hubs, plain.ttl) == ("https://e.org/feeds/", (), None)
    assert (full.feeds_url, full.hubs, full.ttl) == ("https://f.org/", ("https://h.org/",), 5)


def test_each_topic_says_what_it_shows_and_what_it_was(tmp_path: Path) -> None:
    value = catalogue(
        teaser("x", sections=["c"], expires="2026-04-01T00:00:00Z", updated="2026-02-02T00:00:00Z"),
        teaser("later", "2026-04-01T00:00:00Z", sections=["c"]),
        sections={"c": {"title": "C", "formerly": ["a", "b"], "limit": 7}},
        retracted=[{"id": "r", "at": "2026-02-03T00:00:00Z", "guid": "old r"}],
        retired={"old": {"title": "Old", "at": "2026-01-01T00:00:00Z", "notice": "N"}},
    )
    topics = make(tmp_path, value).topics
    assert list(topics) == ["c", "all", "old"]
    (only,) = topics["c"].entries
    assert (topics["c"].title, topics["c"].limit, topics["c"].formerly) == ("C", 7, ("a", "b"))
    assert (topics["c"].retracted, topics["old"].retracted) == (("old r",), ())
    assert (topics["c"].retired, topics["old"].retired) == (None, datetime(2026, 1, 1, tzinfo=UTC))
    assert (only.id, only.url, only.title) == ("tag:e.org,2024:x", "https://e.org/x", "x")
    assert [f"{moment:%m-%d}" for moment in (only.published, only.updated, only.expires or NOW)] == [
        "02-01",
        "02-02",
        "04-01",
    ]


def test_each_field_has_a_digest_of_its_own(tmp_path: Path) -> None:
    fields: dict[str, Any] = {
        "summary": "T",
        "body": "C",
        "authors": ["Ada"],
        "tags": ["t"],
        "image": {"url": "i.png", "alt": "I"},
        "enclosures": [{"url": "s.mp3", "length": 1, "type": "audio/mpeg"}],
        "language": "cy",
        "rights": "R",
    }
    names = {"body": "content", "tags": "categories"}
    plain = digests(tmp_path, {"summary": "S"})
    assert plain.keys() == {"summary", "content", "categories"}
    for field, value in fields.items():
        changed = digests(tmp_path, {"summary": "S", field: value})
        assert {name for name in changed if changed[name] != plain.get(name)} == {names.get(field, field)}


def digests(folder: Path, fields: dict[str, Any]) -> dict[str, str]:
    (only,) = make(folder, catalogue(articles=[article("x", **fields)])).topics["a"].entries
    return only.digests


def test_a_topic_that_shows_summaries_has_no_digest_of_contents(tmp_path: Path) -> None:
    sections = {"a": {"title": "A", "content": "summary"}}
    topics = make(tmp_path, catalogue(articles=[article("x")], sections=sections)).topics
    assert ["content" in topics[key].entries[0].digests for key in ("a", "all")] == [False, True]


@pytest.mark.parametrize(
    ("keys", "vanished"),
    [
        (["a", "b", "c", "d", "old", "all", "new"], []),
        (["b", "c", "d", "old", "all"], ["a"]),
        (["a", "b", "d", "old", "all"], ["c"]),
        (["a", "b", "c", "d", "all"], ["old"]),
        (["all"], ["a", "b", "c", "d", "old"]),
    ],
)
def test_a_key_that_led_to_a_feed_has_to_go_on_doing_so(keys: list[str], vanished: list[str]) -> None:
    topics = {
        "d": PublishedTopic(title="D", limit=1, formerly=("c",)),
        "b": PublishedTopic(title="B", limit=1, formerly=("a",)),
        "old": PublishedTopic(title="Old", limit=1, retired=NOW),
        "all": PublishedTopic(title="All", limit=1),
    }
    assert find_vanished(Manifest(catalogue="", feeds_url="", topics=topics), keys=keys) == vanished


def test_without_a_last_publication_nothing_can_vanish() -> None:
    assert find_vanished(None, keys=[]) == []
