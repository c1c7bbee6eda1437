"""Selection held against a model of it that knows no index, at every moment of made-up catalogues."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedpub.select import select_topics
from written import NOW, SITE, build, catalogue, load, teaser

if TYPE_CHECKING:
    from pathlib import Path

MOMENTS = 12
"""Times lie this many hours from the start, so that they often meet."""


def moment(hour: int) -> datetime:
    return NOW + timedelta(hours=hour)


def text(hour: int) -> str:
    return f"{moment(hour):%Y-%m-%dT%H:%M:%SZ}"


@st.composite
def entries(draw: st.DrawFn, name: str) -> dict[str, Any]:
    published = draw(st.integers(0, MOMENTS))
    later = st.none() | st.integers(published, MOMENTS)
    times = {"updated": draw(later), "expires": draw(later)}
    given_times = {key: text(hour) for key, hour in times.items() if hour is not None}
    if times["expires"] == published:
        del given_times["expires"]
    sections = draw(st.lists(st.sampled_from("ab"), min_size=1, unique=True))
    draft = draw(st.sampled_from(["false", "false", "true"]))
    return teaser(name, text(published), sections=sections, draft=draft, **given_times)


@st.composite
def retractions(draw: st.DrawFn, name: str) -> dict[str, Any]:
    sections = draw(st.lists(st.sampled_from("ab"), unique=True))
    return {"id": name, "at": text(draw(st.integers(0, MOMENTS)))} | ({"sections": sections} if sections else {})


@st.composite
def catalogues(draw: st.DrawFn) -> dict[str, Any]:
    names = draw(st.lists(st.sampled_from("uvwxyz"), unique=True))
    gone = draw(st.lists(st.sampled_from("klm"), unique=True))
    limit = draw(st.integers(1, 4))
    return catalogue(
        *(draw(entries(name)) for name in names),
        retracted=[draw(retractions(name)) for name in gone],
        site=SITE | {"limit": limit, "all": {"limit": draw(st.integers(1, 4))}},
    )


def expect(value: dict[str, Any], key: str, now: datetime) -> tuple[list[str], list[str], list[str]]:
    """Return a topic's ids, its updates and its retractions as the design says them, straight from the catalogue."""
    limit = value["site"]["all"]["limit"] if key == "all" else value["site"]["limit"]
    told = f"{now:%Y-%m-%dT%H:%M:%SZ}"
    shown = [
        one
        for one in value["teasers"]
        if one["draft"] == "false"
        and (key == "all" or key in one["sections"])
        and one["published"] <= told
        and told < one.get("expires", "9")
    ]
    shown.sort(key=lambda one: one["id"])
    shown.sort(key=lambda one: one["published"], reverse=True)
    gone = [
        one for one in value["retracted"] if one["at"] <= told and (key == "all" or key in one.get("sections", "ab"))
    ]
    gone.sort(key=lambda one: one["id"])
    gone.sort(key=lambda one: one["at"], reverse=True)
    updates = [one["updated"] if one.get("updated", "9") <= told else one["published"] for one in shown]
    return [one["id"] for one in shown[:limit]], updates[:limit], [one["id"] for one in gone[:limit]]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(value=catalogues())
def test_at_every_moment_each_topic_shows_what_the_design_says(value: dict[str, Any], tmp_path: Path) -> None:
    loaded = load(tmp_path, value)
    assert loaded.site is not None
    with loaded.index:
        for hour in range(-1, MOMENTS + 1):
            for one in select_topics(loaded, site=loaded.site, now=moment(hour)).topics:
                assert (
                    [entry.id.removeprefix("tag:e.org,2024:") for entry in one.feed.entries],
                    [f"{entry.updated:%Y-%m-%dT%H:%M:%SZ}" for entry in one.feed.entries],
                    [stone.atom_id.removeprefix("tag:e.org,2024:") for stone in one.feed.retractions],
                ) == expect(value, one.key, moment(hour))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(value=catalogues())
def test_the_next_change_is_the_next_moment_at_which_something_else_is_shown(
    value: dict[str, Any], tmp_path: Path
) -> None:
    loaded = load(tmp_path, value)
    assert loaded.site is not None
    with loaded.index:
        moments = [moment(hour) for hour in range(-1, MOMENTS + 1)]
        found = [build(select_topics(loaded, site=loaded.site, now=now)) for now in moments]
        for one in found:
            for other in found:
                same = [first.feed == second.feed for first, second in zip(one.topics, other.topics, strict=True)]
                marks = [a.fingerprint == b.fingerprint for a, b in zip(one.topics, other.topics, strict=True)]
                assert marks == same
    for number, one in enumerate(found):
        changes = (
            now for now, other in zip(moments[number:], found[number:], strict=True) if other.topics != one.topics
        )
        assert one.next_change == next(changes, None)
