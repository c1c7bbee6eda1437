"""The manifest as bytes: what it looks like, and what is read back of it, damaged or not."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedpub.manifest import (
    Manifest,
    PublishedDocument,
    PublishedEntry,
    PublishedTopic,
    PublishedVariant,
    is_foreign,
    read_manifest,
    write_manifest,
)

if TYPE_CHECKING:
    from random import Random

TEXTS = st.text(st.characters(codec="utf-8"))
TIMES = st.datetimes(datetime(1900, 1, 1), datetime(9998, 12, 31)).map(  # noqa: DTZ001 - the zone follows
    lambda moment: moment.replace(microsecond=0, tzinfo=UTC)
)
NUMBERS = st.integers(0, 10**15)
ENTRIES = st.builds(
    PublishedEntry,
    id=TEXTS,
    url=TEXTS,
    title=TEXTS,
    published=TIMES,
    updated=TIMES,
    expires=st.none() | TIMES,
    digests=st.dictionaries(TEXTS, TEXTS, max_size=3),
)
TOPICS = st.builds(
    PublishedTopic,
    title=TEXTS,
    limit=NUMBERS,
    formerly=st.lists(TEXTS, max_size=3).map(tuple),
    retired=st.none() | TIMES,
    retracted=st.lists(TEXTS, max_size=3, unique=True).map(lambda ids: tuple(sorted(ids))),
    entries=st.lists(ENTRIES, max_size=3, unique_by=lambda one: one.id).map(
        lambda entries: tuple(sorted(entries, key=lambda one: one.id))
    ),
)
DOCUMENTS = st.builds(
    PublishedDocument,
    path=TEXTS,
    media_type=TEXTS,
    sha256=st.text("0123456789abcdef", min_size=64, max_size=64),
    size=NUMBERS,
    variants=st.lists(st.builds(PublishedVariant, path=TEXTS, encoding=TEXTS), max_size=2).map(tuple),
)
MANIFESTS = st.builds(
    Manifest,
    catalogue=TEXTS,
    feeds_url=TEXTS,
    hubs=st.lists(TEXTS, max_size=3).map(tuple),
    ttl=st.none() | NUMBERS,
    documents=st.lists(DOCUMENTS, max_size=3, unique_by=lambda one: one.path).map(
        lambda documents: tuple(sorted(documents, key=lambda one: one.path))
    ),
    topics=st.dictionaries(TEXTS, TOPICS, max_size=3),
)
MORNING = datetime(2026, 2, 12, 9, tzinfo=UTC)


def entry(name: str, **fields: Any) -> PublishedEntry:  # noqa: ANN401 - each field has a type of its own
    whole: dict[str, Any] = {
        "id": name,
        "url": f"https://e.org/{name}",
        "title": name,
        "published": MORNING,
        "updated": MORNING,
    }
    return PublishedEntry(**(whole | fields))


def manifest(*entries: PublishedEntry, **fields: Any) -> Manifest:  # noqa: ANN401 - each field has a type of its own
    whole: dict[str, Any] = {
        "catalogue": "c" * 64,
        "feeds_url": "https://e.org/feeds/",
        "documents": (PublishedDocument(path="a.rss", media_type="application/rss+xml", sha256="0" * 64, size=1),),
        "topics": {"a": PublishedTopic(title="A", limit=50, entries=entries)},
    }
    return Manifest(**(whole | fields))


@given(MANIFESTS)
def test_what_was_written_is_read_back(written: Manifest) -> None:
    assert read_manifest(write_manifest(written)) == written


@given(MANIFESTS, st.randoms(use_true_random=False))
def test_the_order_of_what_it_holds_changes_no_byte(written: Manifest, random: Random) -> None:
    def shuffle(values: Any) -> list[Any]:  # noqa: ANN401 - anything in an order
        shuffled = list(values)
        random.shuffle(shuffled)
        return shuffled

    topics = {
        key: PublishedTopic(
            title=topic.title,
            limit=topic.limit,
            formerly=topic.formerly,
            retired=topic.retired,
            retracted=tuple(shuffle(topic.retracted)),
            entries=tuple(shuffle(topic.entries)),
        )
        for key, topic in shuffle(written.topics.items())
    }
    other = Manifest(
        catalogue=written.catalogue,
        feeds_url=written.feeds_url,
        hubs=written.hubs,
        ttl=written.ttl,
        documents=tuple(shuffle(written.documents)),
        topics=topics,
    )
    assert write_manifest(other) == write_manifest(written)


def test_it_is_one_document_and_one_entry_a_line() -> None:
    expires = entry("y", expires=MORNING, digests={"summary": "1" * 16, "content": "2" * 16})
    assert write_manifest(manifest(expires, entry("x"), hubs=("https://h.org/",), ttl=60)).decode() == (
        "{\n"
        f'"catalogue": "{"c" * 64}",\n'
        '"documents": [\n'
        f'{{"path": "a.rss", "media_type": "application/rss+xml", "sha256": "{"0" * 64}", "size": 1}}\n'
        "],\n"
        '"site": {"feeds_url": "https://e.org/feeds/", "hubs": ["https://h.org/"], "ttl": 60},\n'
        '"topics": {\n'
        '"a": {"title": "A", "limit": 50, "formerly": [], "retired": null, "retracted": [], "entries": [\n'
        '{"id": "x", "url": "https://e.org/x", "title": "x", "published": "2026-02-12T09:00:00Z", '
        '"updated": "2026-02-12T09:00:00Z", "expires": null, "digests": {}},\n'
        '{"id": "y", "url": "https://e.org/y", "title": "y", "published": "2026-02-12T09:00:00Z", '
        '"updated": "2026-02-12T09:00:00Z", "expires": "2026-02-12T09:00:00Z", '
        f'"digests": {{"content": "{"2" * 16}", "summary": "{"1" * 16}"}}}}\n'
        "]}\n"
        "}\n"
        "}\n"
    )


@pytest.mark.parametrize(
    "data",
    [
        None,
        b"",
        b"{}",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        b"<<<<<<< ours\n{}\n=======\n{}\n>>>>>>> theirs\n",
        write_manifest(manifest(entry("x")))[:-3],
        write_manifest(manifest(entry("x"))).replace(b'"size": 1', b'"size": true'),
        write_manifest(manifest(entry("x"))).replace(b'"size": 1', b'"size": "1"'),
        write_manifest(manifest(entry("x"))).replace(b'"0', b'"O', 1),
        write_manifest(manifest(entry("x"))).replace(b"T09:00:00Z", b" 09:00", 1),
        write_manifest(manifest(entry("x"))).replace(b'"published": "2026-02-12T09:00:00Z"', b'"published": null'),
        write_manifest(manifest(entry("x"))).replace(b'"digests"', b'"digest"'),
        write_manifest(manifest(entry("x"))).replace(b'"path": "a.rss"', b'"path": 1'),
        write_manifest(manifest(entry("x"))).replace(b'"documents": [\n', b'"documents": [1,\n'),
    ],
)
def test_what_cannot_be_read_counts_as_absent(data: bytes | None) -> None:
    assert read_manifest(data) is None


@pytest.mark.parametrize(
    ("data", "foreign"),
    [
        (None, False),
        (b"", False),
        (b"<<<<<<< ours\n", False),
        (b'{"catalogue": 1}', False),
        (write_manifest(manifest()), False),
        (b'{"name": "App", "start_url": "/"}', True),
        (b"[]", True),
    ],
)
def test_somebody_elses_json_is_told_from_a_damaged_manifest(data: bytes | None, *, foreign: bool) -> None:
    assert is_foreign(data) == foreign


def test_it_is_plain_json() -> None:
    assert json.loads(write_manifest(manifest(entry("x"))))["topics"]["a"]["entries"][0]["id"] == "x"
