"""What subscribers will notice between two publications."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedpub.manifest import (
    KINDS,
    Change,
    Manifest,
    PublishedEntry,
    PublishedTopic,
    compare_manifests,
    compare_topics,
    has_same_entries,
)

NOW = datetime(2026, 3, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def entry(name: str, age: int = 10, **fields: Any) -> PublishedEntry:  # noqa: ANN401 - each field has a type of its own
    moment = NOW - age * DAY
    whole: dict[str, Any] = {
        "id": name,
        "url": f"https://e.org/{name}",
        "title": name,
        "published": moment,
        "updated": moment,
    }
    return PublishedEntry(**(whole | fields))


def topic(*entries: PublishedEntry, **fields: Any) -> PublishedTopic:  # noqa: ANN401 - each field has a type of its own
    whole: dict[str, Any] = {"title": "A", "limit": 3, "entries": entries}
    return PublishedTopic(**(whole | fields))


def manifest(**topics: PublishedTopic) -> Manifest:
    return Manifest(catalogue="", feeds_url="https://e.org/feeds/", topics=topics)


def compare(old: PublishedTopic, new: PublishedTopic) -> list[tuple[str, str, tuple[str, ...]]]:
    found = compare_manifests(manifest(a=old), manifest(a=new), now=NOW)
    assert {one.topic for one in found} <= {"a"}
    return [(one.kind, one.id, one.fields) for one in found]


def test_the_same_publication_changes_nothing() -> None:
    assert compare(topic(entry("x")), topic(entry("x"))) == []


def test_everything_is_new_in_a_first_publication_and_in_a_new_topic() -> None:
    change = Change(topic="a", kind="new", entry=entry("x"))
    assert compare_manifests(None, manifest(a=topic(entry("x"))), now=NOW) == [change]
    assert compare_manifests(manifest(b=topic()), manifest(a=topic(entry("x"))), now=NOW) == [change]


@pytest.mark.parametrize(
    ("fields", "kind", "named"),
    [
        ({"updated": NOW}, "changed", ("updated",)),
        ({"updated": NOW, "title": "y"}, "changed", ("title", "updated")),
        ({"title": "y"}, "changed silently", ("title",)),
        ({"url": "https://e.org/y", "published": NOW}, "changed silently", ("url", "published")),
        ({"digests": {"content": "2", "summary": "1"}}, "changed silently", ("content",)),
        ({"digests": {"content": "1", "image": "1", "summary": "1"}}, "changed silently", ("image",)),
        ({"digests": {"content": "1"}, "updated": NOW}, "changed", ("updated", "summary")),
    ],
)
def test_a_change_is_silent_where_no_update_tells_of_it(
    fields: dict[str, Any], kind: str, named: tuple[str, ...]
) -> None:
    before = entry("x", digests={"content": "1", "summary": "1"})
    assert compare(topic(before), topic(replace(before, **fields))) == [(kind, "x", named)]


def test_a_time_of_expiry_is_nothing_that_subscribers_see() -> None:
    assert compare(topic(entry("x")), topic(entry("x", expires=NOW + DAY))) == []


@pytest.mark.parametrize(
    ("gone", "new", "kind"),
    [
        (entry("x"), topic(), "removed"),
        (entry("x"), topic(entry("y", 1)), "removed"),
        (entry("x"), topic(retracted=("x",)), "retracted"),
        (entry("x", expires=NOW), topic(), "expired"),
        (entry("x", expires=NOW), topic(retracted=("x",)), "retracted"),
        (entry("x", expires=NOW + DAY), topic(), "removed"),
        (entry("x", 10), topic(entry("y", 1), entry("z", 9), limit=2), "aged out"),
        (entry("x", 9), topic(entry("y", 1), entry("z", 10), limit=2), "removed"),
        (entry("x", 10), topic(entry("y", 1), limit=2), "removed"),
        (entry("x", 10), topic(entry("last", 1), limit=1, retired=NOW - DAY), "removed"),
    ],
)
def test_an_entry_that_is_gone_is_told_why(gone: PublishedEntry, new: PublishedTopic, kind: str) -> None:
    assert [change for change in compare(topic(gone), new) if change[1] == "x"] == [(kind, "x", ())]


def test_changes_come_topic_by_topic_kind_by_kind_and_id_by_id() -> None:
    old = topic(entry("b"), entry("r"), entry("e", expires=NOW), entry("k"))
    new = topic(entry("n2"), entry("n1"), entry("b", title="B"), entry("k", updated=NOW), retracted=("r",), limit=9)
    found = compare_manifests(manifest(z=old, a=old), manifest(z=new, a=topic(entry("b"), entry("k"))), now=NOW)
    assert [(one.topic, one.kind, one.id) for one in found] == [
        ("z", "new", "n1"),
        ("z", "new", "n2"),
        ("z", "changed", "k"),
        ("z", "changed silently", "b"),
        ("z", "expired", "e"),
        ("z", "retracted", "r"),
        ("a", "removed", "r"),
        ("a", "expired", "e"),
    ]
    assert sorted({one.kind for one in found}, key=KINDS.index) == [
        "new",
        "changed",
        "changed silently",
        "removed",
        "expired",
        "retracted",
    ]


def test_a_renamed_topic_is_compared_with_what_it_was() -> None:
    old = manifest(a=topic(entry("x")))
    new = manifest(c=topic(entry("x"), entry("y"), formerly=("gone", "a")))
    assert [(one.topic, one.kind, one.id) for one in compare_manifests(old, new, now=NOW)] == [("c", "new", "y")]


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (topic(entry("y"), entry("x"), retracted=("r",)), True),
        (
            topic(entry("x", title="T", digests={"content": "9"}), entry("y"), retracted=("r",), title="B", limit=9),
            True,
        ),
        (topic(entry("x"), retracted=("r",)), False),
        (topic(entry("x"), entry("y", 9), retracted=("r",)), False),
        (topic(entry("x"), entry("y", updated=NOW), retracted=("r",)), False),
        (topic(entry("x"), entry("y", expires=NOW), retracted=("r",)), False),
        (topic(entry("x"), entry("y")), False),
        (topic(entry("x"), entry("y"), retracted=("r", "s")), False),
    ],
)
def test_only_entries_their_times_and_retractions_tell_two_states_apart(other: PublishedTopic, *, same: bool) -> None:
    assert has_same_entries(topic(entry("x"), entry("y"), retracted=("r",)), other) == same


@pytest.mark.parametrize(
    "fields",
    [
        {"url": "https://e.org/x", "title": "Another headline"},
        {"title": "x", "url": "https://e.org/moved"},
        {"title": "x", "url": "https://e.org/moved", "published": NOW},
    ],
)
def test_an_article_under_another_id_will_be_unread_again(fields: dict[str, Any]) -> None:
    renamed = entry("y", **fields)
    (change,) = compare_manifests(manifest(a=topic(entry("x"))), manifest(a=topic(renamed)), now=NOW)
    assert (change.kind, change.id, change.old_id) == ("unread again", "y", "x")


def test_another_article_with_the_same_headline_is_new() -> None:
    old, other = entry("x", digests={"summary": "1"}), entry("y", title="x", digests={"summary": "2"})
    assert compare(topic(old), topic(other)) == [("new", "y", ()), ("removed", "x", ())]


def test_an_article_that_is_still_there_is_not_unread_again() -> None:
    copy = entry("y", title="x")
    assert compare(topic(entry("x")), topic(entry("x"), copy)) == [("new", "y", ())]


names = st.sampled_from("abcdefgh")
topics = st.builds(
    lambda found, limit, retracted: topic(*found, limit=limit, retracted=tuple(retracted)),
    st.lists(
        st.builds(
            lambda name, age, late, text: entry(
                name, age, updated=NOW - age * DAY + late * DAY, digests={"summary": text}
            ),
            names,
            st.integers(1, 9),
            st.integers(0, 2),
            st.sampled_from("12"),
        ),
        unique_by=lambda one: one.id,
        max_size=6,
    ),
    st.integers(1, 6),
    st.lists(names, max_size=2),
)


@given(topics, topics)
def test_the_changes_lead_from_the_old_entries_to_the_new(old: PublishedTopic, new: PublishedTopic) -> None:
    found = compare_manifests(manifest(a=old), manifest(a=new), now=NOW)
    ids = {one.id for one in old.entries}
    ids |= {one.id for one in found if one.kind in ("new", "unread again")}
    ids -= {one.id for one in found if one.kind in ("removed", "aged out", "expired", "retracted")}
    ids -= {one.old_id for one in found if one.old_id is not None}
    assert ids == {one.id for one in new.entries}
    assert len({one.id for one in found}) == len(found)
    changed = {one.id for one in old.entries if one not in new.entries} & {one.id for one in new.entries}
    assert changed == {one.id for one in found if one.kind in ("changed", "changed silently")}


@given(topics, topics)
def test_the_order_of_entries_changes_nothing(old: PublishedTopic, new: PublishedTopic) -> None:
    turned = [replace(one, entries=one.entries[::-1]) for one in (old, new)]
    kinds = [
        sorted((one.kind, one.id) for one in compare_manifests(manifest(a=a), manifest(a=b), now=NOW))
        for a, b in ((old, new), turned)
    ]
    assert kinds[0] == kinds[1]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"a": topic()}, {"a": topic()}, []),
        ({}, {"a": topic()}, [("a", "new", None)]),
        ({"a": topic()}, {}, [("a", "gone", None)]),
        ({"a": topic()}, {"b": topic(formerly=("a",))}, [("a", "moved", "b")]),
        ({"b": topic(formerly=("a",))}, {"b": topic(formerly=("a",))}, []),
        ({"b": topic(formerly=("a",))}, {"b": topic()}, [("a", "gone", None)]),
        ({"a": topic()}, {"a": topic(retired=NOW)}, []),
    ],
)
def test_topics_come_move_and_go(
    old: dict[str, PublishedTopic], new: dict[str, PublishedTopic], expected: list[tuple[str, str, str | None]]
) -> None:
    found = compare_topics(manifest(**old), manifest(**new))
    assert [(one.key, one.kind, one.to) for one in found] == expected
