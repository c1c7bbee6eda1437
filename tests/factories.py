"""Feeds and what they hold, whole and valid, for tests to change one thing about."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from feedpub.feed import Category, Enclosure, Entry, Feed, Image, Person, Retraction

SITE = "https://news.example.org/"
TAG = "tag:news.example.org,2026:"
MORNING = datetime(2026, 2, 12, 9, 0, tzinfo=UTC)
NOON = datetime(2026, 2, 12, 12, 0, tzinfo=UTC)


def entry(slug: str = "two-moons", **overrides: Any) -> Entry:  # noqa: ANN401 - each field has a type of its own
    """Return an article with a summary and content; the slug makes its ids and its url."""
    whole = Entry(
        id=f"{TAG}{slug}",
        atom_id=f"{TAG}{slug}",
        url=f"{SITE}science/{slug}",
        title="Two moons over the bay",
        published=MORNING,
        updated=NOON,
        summary="Why the tide came twice.",
        content="<p>The tide came <em>twice</em>.</p>",
        categories=(
            Category(term="science", label="Science", scheme=f"{TAG}sections"),
            Category(term="tides", label="tides"),
        ),
    )
    return replace(whole, **overrides)


def feed(*entries: Entry, **overrides: Any) -> Feed:  # noqa: ANN401 - each field has a type of its own
    """Return the feed of a section with the entries that are given, else with one."""
    whole = Feed(
        topic="science",
        id=f"{TAG}feed:science",
        title="Science – Example News",
        topic_title="Science",
        url=f"{SITE}science/",
        language="en-GB",
        authors=(Person(name="Example News desk"),),
        updated=NOON,
        description="What was found out",
        rights="© Example News",
        entries=entries or (entry(),),
    )
    return replace(whole, **overrides)


def person(**overrides: Any) -> Person:  # noqa: ANN401 - each field has a type of its own
    """Return an author of whom all is known."""
    whole = Person(name="Ada Lovelace", email="ada@example.org", url="https://ada.example.org/")
    return replace(whole, **overrides)


def image(**overrides: Any) -> Image:  # noqa: ANN401 - each field has a type of its own
    """Return a picture of which all is known."""
    whole = Image(
        url=f"{SITE}images/moons.jpg",
        alt="Two moons",
        width=1200,
        height=675,
        type="image/jpeg",
        length=81234,
        credit="Grace Hopper",
        caption="The bay at midnight",
    )
    return replace(whole, **overrides)


def enclosure(**overrides: Any) -> Enclosure:  # noqa: ANN401 - each field has a type of its own
    """Return a recording."""
    whole = Enclosure(url=f"{SITE}audio/tides.mp3", length=2_345_678, type="audio/mpeg")
    return replace(whole, **overrides)


def retraction(slug: str = "flat-earth", **overrides: Any) -> Retraction:  # noqa: ANN401 - each field has a type of its own
    """Return a retraction with its reason."""
    whole = Retraction(atom_id=f"{TAG}{slug}", at=NOON, reason="It is round.")
    return replace(whole, **overrides)


def full_entry(slug: str = "full", **overrides: Any) -> Entry:  # noqa: ANN401 - each field has a type of its own
    """Return an entry with everything that an entry may have."""
    whole = entry(
        slug,
        authors=(person(), person(name="Charles Babbage", email=None, url=None)),
        image=image(),
        enclosures=(enclosure(), enclosure(url=f"{SITE}video/tides.mp4", length=9, type="video/mp4")),
        language="cy",
        rights="CC BY 4.0",
    )
    return replace(whole, **overrides)


def full_feed(*entries: Entry, **overrides: Any) -> Feed:  # noqa: ANN401 - each field has a type of its own
    """Return a feed with everything that a feed may have, a retraction among it."""
    whole = feed(
        *(entries or (full_entry(), entry())),
        authors=(person(), person(name="Example News desk", email=None, url=None)),
        icon=f"{SITE}icon.png",
        logo=f"{SITE}logo.png",
        image=f"{SITE}science.png",
        ttl=60,
        hubs=("https://hub.example.org/", "https://hub.example.com/"),
        retractions=(retraction(), retraction("second", reason=None)),
    )
    return replace(whole, **overrides)
