"""Topics as pages show them: what a person wants to know of a feed before subscribing to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Literal, TypeAlias

from feedpub.formats import FORMATS
from feedpub.pages.kinds import INDEX, OPML
from feedpub.pages.languages import find_direction
from feedpub.select import ALL, feeds_url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from feedpub.catalogue import Site
    from feedpub.feed import Entry, Feed
    from feedpub.loading.templates import Template
    from feedpub.pages.kinds import Kind
    from feedpub.select import Topic

NEWEST, NEWEST_OF_ALL = 3, 6
"""How many entries of a topic, and of everything, the page of all topics shows."""

Unit: TypeAlias = Literal["day", "week", "month", "year"]

_UNITS: tuple[tuple[Unit, timedelta], ...] = (
    ("day", timedelta(days=1)),
    ("week", timedelta(weeks=1)),
    ("month", timedelta(days=30.436875)),  # the Gregorian calendar's mean
    ("year", timedelta(days=365.2425)),
)
_RECENT = timedelta(weeks=13)
"""How far before the newest entry its cadence is measured: a quarter of a year forgets how it used to be."""
_ENOUGH, _MANY = 3, 20
_SHORTEST = timedelta(days=1)
"""What fewer than _MANY entries have to span to tell anything: three of one morning are no rhythm."""
_FORMAT_TITLES = {"rss": "RSS", "atom": "Atom", "json": "JSON Feed"}


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often something is published: about ``count`` times a ``unit``."""

    count: int
    unit: Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternate:
    """A feed of a topic in one format: the format's name and title, its media type, file and absolute address."""

    name: str
    title: str
    media_type: str
    path: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One topic and what it shows.

    ``title`` is the topic's own, ``full_title`` the feed's; ``path`` is its page's file; ``url`` is its page on the
    site, else the site. ``direction`` is that of its language. ``feeds`` has one for each format, the preferred first.
    ``entries`` come newest first and without their bodies.
    """

    key: str
    title: str
    full_title: str
    description: str | None
    language: str
    direction: Literal["ltr", "rtl"]
    url: str
    image: str | None
    path: str
    feeds: tuple[Alternate, ...]
    entries: tuple[Entry, ...]
    cadence: Cadence | None
    retired_at: datetime | None

    @property
    def newest(self) -> datetime | None:
        """When the newest entry was published."""
        return self.entries[0].published if self.entries else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFacts:
    """What pages say of the site; ``feeds_url`` is the folder that they stand in."""

    title: str
    url: str
    language: str
    direction: Literal["ltr", "rtl"]
    description: str | None
    author: str
    email: str | None
    rights: str | None
    icon: str | None
    feeds_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What one page shows: the site, its topics (of a topic's page that one), and the catalogue's own templates."""

    site: SiteFacts
    topics: tuple[Listing, ...]
    templates: tuple[Template, ...] = ()


def describe_site(site: Site) -> SiteFacts:
    """Return what pages say of a site."""
    return SiteFacts(
        title=site.title,
        url=site.url,
        language=site.language,
        direction=find_direction(site.language),
        description=site.description,
        author=site.author.name if site.author else site.title,
        email=site.author.email if site.author else None,
        rights=site.rights,
        icon=site.icon,
        feeds_url=feeds_url(site),
    )


def show_topic(topic: Topic, *, site: Site, templates: tuple[Template, ...]) -> Page:
    """Return what the page of a topic shows. Raises what reading its entries does."""
    listing = _list_topic(topic, site, entries=topic.feed.entries)
    return Page(site=describe_site(site), topics=(listing,), templates=templates)


def show_index(topics: Iterable[Topic], *, site: Site, templates: tuple[Template, ...]) -> Page:
    """Return what the page of all topics shows: of each the newest. Raises what reading its entries does."""
    listings = (
        _list_topic(one, site, entries=one.list_newest(NEWEST_OF_ALL if one.key == ALL else NEWEST)) for one in topics
    )
    return Page(site=describe_site(site), topics=tuple(listings), templates=templates)


def show_feeds(topics: Iterable[Topic], *, site: Site, templates: tuple[Template, ...]) -> Page:  # noqa: ARG001 - as above
    """Return what the list of all feeds shows, which is the same whatever they hold."""
    listings = (replace(_list_topic(one, site, entries=()), cadence=None) for one in topics)
    return Page(site=describe_site(site), topics=tuple(listings))


WHOLE: tuple[tuple[str, Kind, Callable[..., Page]], ...] = (
    ("index", INDEX, show_index),
    ("feeds", OPML, show_feeds),
)
"""The pages that show every topic: each with its file's name without the suffix, its kind, and what it shows."""


def measure_cadence(times: Sequence[datetime]) -> Cadence | None:
    """Return how often something was published, from times that are sorted, the newest first.

    Only these times count, and no clock: what is measured ends with the newest. None where they are too few, or too
    close to each other, to tell.
    """
    recent = [time for time in times if time >= times[0] - _RECENT]
    recent = recent if len(recent) >= _ENOUGH else list(times[:_ENOUGH])
    span = recent[0] - recent[-1] if recent else timedelta()
    if len(recent) < _ENOUGH or span < (_SHORTEST if len(recent) < _MANY else timedelta(hours=1)):
        return None
    gap = span / (len(recent) - 1)
    for unit, length in _UNITS:
        if gap <= length:
            return Cadence(_divide(length, gap), unit)
    return Cadence(1, "year")


def list_alternates(feed: Feed, *, site: Site) -> tuple[Alternate, ...]:
    """Return the feeds of a topic, one for each format of the site."""
    return tuple(
        Alternate(
            name=name,
            title=_FORMAT_TITLES[name],
            media_type=FORMATS[name].media_type,
            path=f"{feed.topic}{FORMATS[name].suffix}",
            address=f"{feeds_url(site)}{feed.topic}{FORMATS[name].suffix}",
        )
        for name in site.formats
    )


def _list_topic(topic: Topic, site: Site, *, entries: Iterable[Entry]) -> Listing:
    feed = topic.head
    return Listing(
        key=topic.key,
        title=feed.topic_title,
        full_title=feed.title,
        description=feed.description,
        language=feed.language,
        direction=find_direction(feed.language),
        url=feed.url,
        image=feed.image,
        path=f"{topic.key}.html",
        feeds=list_alternates(feed, site=site),
        entries=tuple(replace(entry, content=None) for entry in entries),
        cadence=measure_cadence(topic.times) if topic.retired_at is None else None,
        retired_at=topic.retired_at,
    )


def _divide(length: timedelta, gap: timedelta) -> int:
    """Return how often a gap fits into a length, rounded to what "about" means: halves go up."""
    return int((2 * length + gap) // (2 * gap))
