"""What each topic shows at a moment, and when that will next be something else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from feedpub.errors import UsageError
from feedpub.feed import Category, Retraction
from feedpub.select import Waiting, building, select_topics, topics
from written import NOW, SITE, article, catalogue, load, names, select, teaser, topic

if TYPE_CHECKING:
    from pathlib import Path

SECOND = timedelta(seconds=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_an_entry_is_held_back_until_the_very_second_of_its_publication(tmp_path: Path) -> None:
    value = catalogue(teaser("x", "2026-03-01T12:00:00Z"))
    before, then = select(tmp_path, value, now=NOW - SECOND), select(tmp_path, value)
    assert (names(before, "a"), before.next_change, before.held_back.count) == ([], NOW, 1)
    assert before.held_back.nearest == (Waiting("x", NOW),)
    assert (names(then, "a"), then.next_change, then.held_back.count) == (["x"], None, 0)


def test_a_fraction_of_a_second_does_not_count(tmp_path: Path) -> None:
    value = catalogue(teaser("x", "2026-03-01T12:00:01Z"), teaser("y", expires="2026-03-01T12:00:01Z"))
    found = select(tmp_path, value, now=NOW + timedelta(microseconds=999_999))
    assert names(found, "a") == ["y"]


def test_an_entry_is_gone_at_the_very_second_of_its_expiry(tmp_path: Path) -> None:
    value = catalogue(teaser("x", expires="2026-03-01T12:00:00Z"))
    before, then = select(tmp_path, value, now=NOW - SECOND), select(tmp_path, value)
    assert (names(before, "a"), before.next_change) == (["x"], NOW)
    assert (names(then, "a"), then.next_change, then.expired.nearest) == ([], None, (Waiting("x", NOW),))


def test_an_expired_entry_makes_room_for_an_older_one(tmp_path: Path) -> None:
    value = catalogue(
        teaser("new", "2026-02-03T00:00:00Z", expires="2026-03-01T12:00:00Z"), teaser("old"), site=SITE | {"limit": 1}
    )
    assert names(select(tmp_path, value, now=NOW - SECOND), "a") == ["new"]
    assert names(select(tmp_path, value), "a") == ["old"]


def test_an_update_to_come_counts_as_not_given_until_then(tmp_path: Path) -> None:
    value = catalogue(teaser("x", updated="2026-03-01T12:00:00Z"))
    before, then = select(tmp_path, value, now=NOW - SECOND), select(tmp_path, value)
    assert [entry.updated for entry in topic(before, "a").feed.entries] == [at("2026-02-01")]
    assert (topic(before, "a").feed.updated, before.next_change) == (at("2026-02-01"), NOW)
    assert [entry.updated for entry in topic(then, "a").feed.entries] == [NOW]
    assert (topic(then, "a").feed.updated, then.next_change) == (NOW, None)


def test_an_update_that_nobody_sees_is_no_change_to_come(tmp_path: Path) -> None:
    value = catalogue(
        teaser("new", "2026-02-03T00:00:00Z"),
        teaser("old", updated="2026-03-02T00:00:00Z", expires="2026-03-03T00:00:00Z"),
        site=SITE | {"limit": 1},
    )
    assert select(tmp_path, value).next_change is None


def test_a_draft_is_shown_nowhere_and_waits_for_nothing(tmp_path: Path) -> None:
    value = catalogue(
        teaser("x", draft="true"),
        teaser("y", "2026-04-01T00:00:00Z", draft="true"),
        teaser("z", draft="true", expires="2026-02-02T00:00:00Z"),
    )
    found = select(tmp_path, value)
    assert (names(found, "all"), found.held_back.count, found.expired.count) == ([], 0, 0)
    assert found.next_change is None


def test_the_newest_come_first_and_equal_times_are_ordered_by_id(tmp_path: Path) -> None:
    same = ("b", "a-1", "a", "a.1", "10", "9")
    found = select(tmp_path, catalogue(teaser("z", "2026-02-02T00:00:00Z"), *map(teaser, same)))
    assert names(found, "a") == ["z", *sorted(same)]


def test_a_tie_at_the_limit_is_decided_by_id(tmp_path: Path) -> None:
    value = catalogue(*map(teaser, ("c", "a", "b")), site=SITE | {"limit": 2})
    assert names(select(tmp_path, value), "a") == ["a", "b"]


def test_the_order_follows_publication_and_not_the_update(tmp_path: Path) -> None:
    value = catalogue(teaser("old", updated="2026-02-20T00:00:00Z"), teaser("new", "2026-02-02T00:00:00Z"))
    assert names(select(tmp_path, value), "a") == ["new", "old"]


def test_each_topic_has_its_own_limit_else_the_sites(tmp_path: Path) -> None:
    both = [teaser(name, sections=["a", "b"]) for name in "uvwxyz"]
    value = catalogue(
        *both,
        site=SITE | {"limit": 2, "all": {"limit": 5}},
        sections={"a": {"title": "A", "limit": 3}, "b": {"title": "B"}},
    )
    found = select(tmp_path, value)
    assert [(one.key, one.limit, len(one.feed.entries)) for one in found.topics] == [
        ("a", 3, 3),
        ("b", 2, 2),
        ("all", 5, 5),
    ]


def test_an_entry_is_once_in_each_of_its_sections_and_once_in_all(tmp_path: Path) -> None:
    found = select(tmp_path, catalogue(teaser("x", sections=["b", "a"]), teaser("y", sections=["b"])))
    assert [names(found, key) for key in ("a", "b", "all")] == [["x"], ["x", "y"], ["x", "y"]]
    first, second = topic(found, "a").feed.entries[0], topic(found, "all").feed.entries[0]
    assert first is second


def test_topics_stand_in_display_order_then_all_then_the_retired_by_key(tmp_path: Path) -> None:
    retired = {key: {"title": key, "at": "2026-01-01T00:00:00Z", "notice": "N"} for key in ("z", "c")}
    value = catalogue(sections={"b": {"title": "B"}, "a": {"title": "A"}}, retired=retired)
    assert [one.key for one in select(tmp_path, value).topics] == ["b", "a", "all", "c", "z"]


def test_an_empty_topic_has_the_time_since_when_the_ids_are_owned(tmp_path: Path) -> None:
    for date, expected in (("2024", "2024-01-01"), ("2024-06", "2024-06-01"), ("2024-06-07", "2024-06-07")):
        value = catalogue(site=SITE | {"tag_authority": f"desk@e.org,{date}"})
        assert {one.feed.updated for one in select(tmp_path, value).topics} == {at(expected)}


def test_the_feeds_time_is_the_latest_of_what_it_shows_and_announces(tmp_path: Path) -> None:
    value = catalogue(
        teaser("x", updated="2026-02-10T00:00:00Z"),
        teaser("y", "2026-02-09T00:00:00Z", sections=["b"]),
        retracted=[{"id": "gone", "at": "2026-02-11T00:00:00Z", "sections": ["b"]}],
    )
    found = select(tmp_path, value)
    assert [topic(found, key).feed.updated for key in ("a", "b", "all")] == [
        at("2026-02-10"),
        at("2026-02-11"),
        at("2026-02-11"),
    ]


def test_what_a_limit_leaves_out_does_not_move_the_feeds_time(tmp_path: Path) -> None:
    value = catalogue(
        teaser("new", "2026-02-02T00:00:00Z"), teaser("old", updated="2026-02-20T00:00:00Z"), site=SITE | {"limit": 1}
    )
    assert topic(select(tmp_path, value), "a").feed.updated == at("2026-02-02")


@pytest.mark.parametrize(
    ("entry", "section", "site", "carried"),
    [
        (None, None, None, ["a", "all"]),
        (None, None, "summary", []),
        (None, "summary", None, ["all"]),
        (None, "full", "summary", ["a"]),
        ("full", "summary", "summary", ["a", "all"]),
        ("summary", "full", "full", []),
    ],
)
def test_the_entry_decides_what_is_carried_then_the_topic_then_the_site(
    tmp_path: Path, entry: str | None, section: str | None, site: str | None, carried: list[str]
) -> None:
    def given(content: str | None) -> dict[str, Any]:
        return {"content": content} if content else {}

    value = catalogue(
        articles=[article("x", **given(entry))],
        site=SITE | given(site),
        sections={"a": {"title": "A"} | given(section)},
    )
    found = select(tmp_path, value)
    bodies = {key: topic(found, key).feed.entries[0].content for key in ("a", "all")}
    assert bodies == {key: "<p>B</p>" if key in carried else None for key in bodies}
    assert {topic(found, key).feed.entries[0].summary for key in ("a", "all")} == {"B"}


def test_a_body_that_has_no_text_may_leave_an_entry_without_a_summary(tmp_path: Path) -> None:
    silent, told = "![](x.png)", "![A moon](x.png)"
    found = select(tmp_path, catalogue(articles=[article("x", body=silent), article("y", body=told)]))
    assert [entry.summary for entry in topic(found, "a").feed.entries] == [None, "A moon"]


def test_a_retraction_is_announced_from_its_second_on_in_its_sections_and_in_all(tmp_path: Path) -> None:
    value = catalogue(retracted=[{"id": "x", "at": "2026-03-01T12:00:00Z", "reason": "R", "sections": ["b"]}])
    before, then = select(tmp_path, value, now=NOW - SECOND), select(tmp_path, value)
    assert before.next_change == NOW
    assert [(one.feed.retractions, one.retracted) for one in before.topics] == [((), ())] * 3
    stone = Retraction(atom_id="tag:e.org,2024:x", at=NOW, reason="R")
    assert [topic(then, key).feed.retractions for key in ("a", "b", "all")] == [(), (stone,), (stone,)]
    assert topic(then, "b").retracted == ("tag:e.org,2024:x",)


def test_a_retraction_without_sections_is_announced_everywhere(tmp_path: Path) -> None:
    found = select(tmp_path, catalogue(retracted=[{"id": "x", "at": "2026-02-01T00:00:00Z"}]))
    assert [len(one.feed.retractions) for one in found.topics] == [1, 1, 1]


def test_the_newest_retractions_are_announced_as_many_as_the_limit_says(tmp_path: Path) -> None:
    retracted = [
        {"id": name, "at": f"2026-02-0{day}T00:00:00Z"} for name, day in zip("abcd", (3, 1, 3, 2), strict=True)
    ]
    value = catalogue(retracted=retracted, site=SITE | {"limit": 3, "all": {"limit": 1}})
    found = select(tmp_path, value)
    assert [one.atom_id[-1] for one in topic(found, "a").feed.retractions] == ["a", "c", "d"]
    assert [one.atom_id[-1] for one in topic(found, "all").feed.retractions] == ["a"]


@pytest.mark.parametrize(
    ("guid", "published", "atom"),
    [
        ("https://old.example/?p=1", "https://old.example/?p=1", "https://old.example/?p=1"),
        ("urn:uuid:8c5ab4ba", "urn:uuid:8c5ab4ba", "urn:uuid:8c5ab4ba"),
        ("post 4711", "post 4711", "tag:e.org,2024:x"),
        ("4711", "4711", "tag:e.org,2024:x"),
        ("/archive/x", "/archive/x", "tag:e.org,2024:x"),
    ],
)
def test_an_older_systems_id_stays_but_in_atom_only_an_iri_does(
    tmp_path: Path, guid: str, published: str, atom: str
) -> None:
    value = catalogue(teaser("x", guid=guid), retracted=[{"id": "y", "at": "2026-02-01T00:00:00Z", "guid": f"{guid}2"}])
    found = topic(select(tmp_path, value), "a")
    (entry,), (stone,) = found.feed.entries, found.feed.retractions
    assert (entry.id, entry.atom_id) == (published, atom)
    assert (found.retracted, stone.atom_id) == ((f"{guid}2",), atom.replace(guid, f"{guid}2").replace(":x", ":y"))


def test_a_renamed_section_keeps_the_feed_id_of_its_oldest_key(tmp_path: Path) -> None:
    value = catalogue(sections={"c": {"title": "C", "formerly": ["a", "b"]}})
    found = topic(select(tmp_path, value), "c")
    assert (found.feed.id, found.formerly) == ("tag:e.org,2024:feed:a", ("a", "b"))


def test_titles_descriptions_and_pages_are_the_topics_else_the_sites(tmp_path: Path) -> None:
    value = catalogue(
        site=SITE | {"description": "All of it", "language": "en"},
        sections={
            "a": {"title": "A", "description": "Of A", "url": "a/", "language": "cy", "image": "a.png"},
            "b": {"title": "B"},
        },
    )
    found = select(tmp_path, value)
    feeds = [topic(found, key).feed for key in ("a", "b", "all")]
    assert [(one.title, one.topic_title, one.description, one.url, one.language, one.image) for one in feeds] == [
        ("A – News", "A", "Of A", "https://e.org/a/", "cy", "https://e.org/a.png"),
        ("B – News", "B", None, "https://e.org/", "en", None),
        ("News", "News", "All of it", "https://e.org/", "en", None),
    ]


def test_all_may_have_a_title_and_a_description_of_its_own(tmp_path: Path) -> None:
    value = catalogue(site=SITE | {"description": "D", "all": {"title": "Everything", "description": "Own"}})
    feed = topic(select(tmp_path, value), "all").feed
    assert (feed.title, feed.topic_title, feed.description) == ("Everything – News", "Everything", "Own")


def test_a_site_without_an_author_writes_under_its_title(tmp_path: Path) -> None:
    assert [one.name for one in topic(select(tmp_path, catalogue()), "a").feed.authors] == ["News"]


def test_sections_come_before_tags_and_have_a_scheme(tmp_path: Path) -> None:
    found = select(tmp_path, catalogue(teaser("x", sections=["b", "a"], tags=["z", "t"])))
    scheme = "tag:e.org,2024:sections"
    assert topic(found, "a").feed.entries[0].categories == (
        Category(term="b", label="B", scheme=scheme),
        Category(term="a", label="A", scheme=scheme),
        Category(term="z", label="z"),
        Category(term="t", label="t"),
    )


@pytest.mark.parametrize(
    ("to", "page"),
    [
        (None, "https://e.org/"),
        ("a", "https://e.org/a/"),
        ("b", "https://e.org/feeds/b.atom"),
        ("all", "https://e.org/feeds/all.atom"),
    ],
)
def test_a_retired_topic_has_one_last_entry_that_sends_its_readers_on(
    tmp_path: Path, to: str | None, page: str
) -> None:
    retired = {"title": "Old", "at": "2026-02-05T00:00:00Z", "notice": "It ended."} | ({"to": to} if to else {})
    value = catalogue(
        site=SITE | {"formats": ["atom", "rss"]},
        sections={"a": {"title": "A", "url": "a/"}, "b": {"title": "B"}},
        retired={"old": retired},
    )
    found = topic(select(tmp_path, value), "old")
    (last,) = found.feed.entries
    assert (found.feed.id, found.feed.title, found.retired_at) == (
        "tag:e.org,2024:feed:old",
        "Old – News",
        at("2026-02-05"),
    )
    assert (last.id, last.atom_id) == ("tag:e.org,2024:retired:old",) * 2
    assert (last.title, last.summary, last.content, last.url) == ("Old", "It ended.", None, page)
    assert last.published == last.updated == found.feed.updated == at("2026-02-05")


def test_a_retired_topic_is_recognised_by_all_that_it_says(tmp_path: Path) -> None:
    retired = {"title": "Old", "at": "2026-02-05T00:00:00Z", "notice": "It ended."}
    value, other = (catalogue(retired={"old": retired | own}) for own in ({}, {"notice": "It is over."}))
    first, later = select(tmp_path, value), select(tmp_path, value, now=NOW + SECOND)
    changed = select(tmp_path, other)
    assert topic(first, "old").fingerprint
    assert topic(first, "old").fingerprint == topic(later, "old").fingerprint
    assert topic(first, "old").fingerprint != topic(changed, "old").fingerprint


def test_waiting_entries_are_counted_and_the_nearest_named(tmp_path: Path) -> None:
    value = catalogue(
        teaser("late", "2026-05-01T00:00:00Z"),
        teaser("soon", "2026-04-01T00:00:00Z"),
        teaser("long-gone", expires="2026-02-02T00:00:00Z"),
        teaser("just-gone", expires="2026-02-03T00:00:00Z"),
    )
    found = select(tmp_path, value)
    assert [one.id for one in found.held_back.nearest] == ["soon", "late"]
    assert [one.id for one in found.expired.nearest] == ["just-gone", "long-gone"]


def test_expiries_are_told_of_what_is_shown(tmp_path: Path) -> None:
    value = catalogue(teaser("x", expires="2026-04-01T00:00:00Z", guid="old x"), teaser("y"))
    loaded = load(tmp_path, value)
    assert loaded.site is not None
    with loaded.index:
        found = select_topics(loaded, site=loaded.site, now=NOW)
        assert topic(found, "a").expires == {"old x": at("2026-04-01")}


def test_what_does_not_stay_in_memory_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = load(tmp_path, catalogue(teaser("x"), teaser("y", sections=["a", "b"]), teaser("z")))
    assert loaded.site is not None
    with loaded.index:
        whole = [one.feed for one in select_topics(loaded, site=loaded.site, now=NOW).topics]
        for module in (building, topics):
            monkeypatch.setattr(module, "MOST", 1)
        found = select_topics(loaded, site=loaded.site, now=NOW).topics
        assert [one.feed for one in found] == whole
        assert [one.feed for one in reversed(found)] == whole[::-1]
        assert [one.list_newest(1) for one in found] == [feed.entries[:1] for feed in whole]
        last = found[0].feed
        assert found[0].feed is last
        assert found[1].feed == whole[1]
        assert found[0].feed is not last


def test_what_was_not_read_while_the_catalogue_was_open_is_refused_in_a_sentence(tmp_path: Path) -> None:
    loaded = load(tmp_path, catalogue(teaser("x"), teaser("y", sections=["b"])))
    assert loaded.site is not None
    with loaded.index:
        found = select_topics(loaded, site=loaded.site, now=NOW)
        assert [entry.title for entry in topic(found, "a").feed.entries] == ["x"]
    assert [entry.title for entry in topic(found, "a").feed.entries] == ["x"]
    with pytest.raises(UsageError, match="the catalogue is closed"):
        _ = topic(found, "b").feed
    with pytest.raises(UsageError, match="the catalogue is closed"):
        topic(found, "b").list_newest(1)
