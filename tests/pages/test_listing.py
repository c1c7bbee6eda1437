"""What pages say of topics: how often they bring something, which way they are written, what they show."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from feedpub.pages import WHOLE, Listing, show_topic
from feedpub.pages.languages import find_direction
from feedpub.pages.listing import Cadence, measure_cadence
from feedpub.select import select_topics
from written import NOW, SITE, article, catalogue, load, teaser

if TYPE_CHECKING:
    from pathlib import Path

NEWEST = datetime(2026, 2, 12, 9, tzinfo=UTC)


def every(**gap: float) -> list[datetime]:
    """Return forty times, the newest first, with a gap between them."""
    return [NEWEST - number * timedelta(**gap) for number in range(40)]


def list_all(folder: Path, value: dict[str, Any]) -> dict[str, Listing]:
    loaded = load(folder, value)
    assert loaded.site is not None
    with loaded.index:
        topics = select_topics(loaded, site=loaded.site, now=NOW).topics
        return {one.key: show_topic(one, site=loaded.site, templates=()).topics[0] for one in topics}


@pytest.mark.parametrize(
    ("times", "count", "unit"),
    [
        (every(hours=4), 6, "day"),
        (every(hours=13), 2, "day"),
        (every(days=1), 1, "day"),
        (every(days=1.4), 5, "week"),
        (every(days=7), 1, "week"),
        (every(days=10), 3, "month"),
        (every(days=30), 1, "month"),
        (every(days=50), 7, "year"),
        (every(days=700), 1, "year"),
    ],
)
def test_cadence_is_told_in_the_unit_in_which_something_comes(times: list[datetime], count: int, unit: str) -> None:
    found = measure_cadence(times)
    assert found is not None
    assert (found.count, found.unit) == (count, unit)


def test_cadence_forgets_what_was_before_a_quarter_of_a_year() -> None:
    lately = [NEWEST - timedelta(days=7 * number) for number in range(10)]
    before = [NEWEST - timedelta(days=200, hours=number) for number in range(50)]
    assert measure_cadence(lately + before) == Cadence(1, "week")


@pytest.mark.parametrize("count", range(3))
def test_a_few_entries_are_no_cadence(count: int) -> None:
    assert measure_cadence(every(days=3)[:count]) is None


def test_a_few_entries_of_one_morning_are_no_cadence_but_many_are() -> None:
    assert measure_cadence(every(minutes=30)[:5]) is None
    assert measure_cadence([NEWEST] * 40) is None
    assert measure_cadence(every(minutes=30)) == Cadence(48, "day")


@pytest.mark.parametrize(
    ("language", "direction"),
    [
        ("en-GB", "ltr"),
        ("he", "rtl"),
        ("AR-eg", "rtl"),
        ("fa", "rtl"),
        ("az-Arab-IR", "rtl"),
        ("ks-Deva", "ltr"),
        ("ja", "ltr"),
        ("ar-Latn", "ltr"),
        ("en-x-arab", "ltr"),
        ("en-a-arab", "ltr"),
    ],
)
def test_a_language_is_written_in_the_direction_of_its_script(language: str, direction: str) -> None:
    assert find_direction(language) == direction


def test_a_topic_shows_what_its_feeds_do_without_the_bodies(tmp_path: Path) -> None:
    value = catalogue(
        site=SITE | {"formats": ["json", "atom"]},
        sections={"a": {"title": "A", "description": "What", "language": "he", "url": "https://e.org/a/"}},
        articles=[article("x", summary="S")],
    )
    found = list_all(tmp_path, value)["a"]
    assert (found.title, found.full_title, found.description, found.path) == ("A", "A – News", "What", "a.html")
    assert (found.language, found.direction, found.url) == ("he", "rtl", "https://e.org/a/")
    assert [(one.title, one.path, one.address) for one in found.feeds] == [
        ("JSON Feed", "a.json", "https://e.org/feeds/a.json"),
        ("Atom", "a.atom", "https://e.org/feeds/a.atom"),
    ]
    (entry,) = found.entries
    assert (entry.title, entry.summary, entry.content) == ("x", "S", None)


def test_a_body_that_changes_leaves_what_pages_show_as_it_was(tmp_path: Path) -> None:
    one = list_all(tmp_path, catalogue(articles=[article("x", summary="S", body="One")]))
    other = list_all(tmp_path, catalogue(articles=[article("x", summary="S", body="Another")]))
    assert one == other


def test_the_page_of_all_topics_shows_a_few_entries_of_each_and_the_list_none(tmp_path: Path) -> None:
    value = catalogue(*(teaser(f"x{number}") for number in range(9)))
    loaded = load(tmp_path, value)
    assert loaded.site is not None
    with loaded.index:
        topics = select_topics(loaded, site=loaded.site, now=NOW).topics
        found = {
            name: {topic.key: len(topic.entries) for topic in show(topics, site=loaded.site, templates=()).topics}
            for name, _, show in WHOLE
        }
    assert found == {"index": {"a": 3, "b": 0, "all": 6}, "feeds": {"a": 0, "b": 0, "all": 0}}
