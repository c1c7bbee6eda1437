"""The publication as a whole: the site, its sections, and topics that ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar

from feedpub.catalogue.fields import (
    AbsoluteUrl,
    Authority,
    BodyFormat,
    Content,
    EncodingName,
    FolderName,
    FolderUrl,
    FormatName,
    Items,
    Keys,
    Language,
    Limit,
    Permalink,
    Positive,
    SiteUrl,
    SuchAs,
    Text,
    Time,
    Title,
    TopicKey,
    Url,
    Warnings,
    Zone,
)
from feedpub.catalogue.models.model import Model, Person


@dataclass(slots=True, kw_only=True, eq=False)
class AllTopic(Model):
    """The topic that holds every section's entries."""

    title: Title | None = None
    """Its title; without one the site's."""
    description: Text | None = None
    """What it holds."""
    limit: Limit | None = None
    """How many entries its feeds show."""


@dataclass(slots=True, kw_only=True, eq=False)
class Lint(Model):
    """Which warnings are told, and which of them stop a publication."""

    ignore: Warnings | None = None
    """Warnings that are not told."""
    error: Warnings | None = None
    """Warnings that are errors here."""


@dataclass(slots=True, kw_only=True, eq=False)
class Site(Model):
    """The publication as a whole."""

    title: Annotated[Title, SuchAs("Example News")]
    """The publication's name."""
    url: Annotated[SiteUrl, SuchAs("https://news.example.org/")]
    """The site's home page; relative URLs begin here."""
    tag_authority: Annotated[Authority, SuchAs("news.example.org,2026")]
    """Who owns the ids, and since when (RFC 4151). Never change it: every entry would be new to every reader."""
    language: Annotated[Language, SuchAs("en-GB")] = "en"
    """The language that is written here (BCP 47)."""
    description: Text | None = None
    """What the publication is, in a sentence."""
    timezone: Annotated[Zone, SuchAs("Europe/London")] | None = None
    """The zone of times that are written without an offset (a name of the IANA database)."""
    author: Person | None = None
    """Who writes where an entry does not say so."""
    rights: Text | None = None
    """Who may do what with the texts."""
    icon: Url | None = None
    """A small square picture."""
    logo: Url | None = None
    """A larger picture, twice as wide as high."""
    hubs: Annotated[list[AbsoluteUrl], Items(once=True)] | None = None
    """WebSub hubs that tell subscribers of news."""
    feeds_url: FolderUrl | None = None
    """Where the feeds are served; without it, feeds/ below the site."""
    permalink: Annotated[Permalink, SuchAs("{section}/{id}/")] | None = None
    """A template for the URL of entries that give none."""
    formats: Annotated[Sequence[FormatName], Items(once=True)] = ("rss", "atom", "json")
    """Which formats are written, the preferred one first."""
    limit: Limit = 50
    """How many entries a feed shows."""
    content: Content = "full"
    """Whether feeds carry whole bodies or summaries."""
    body_format: BodyFormat = "markdown"
    """What bodies are written in."""
    ttl: Positive | None = None
    """For how many minutes a reader may keep a feed before it asks again."""
    templates: Annotated[FolderName, SuchAs("pages")] | None = None
    """A folder beside this file with templates of your own for the pages; those it lacks are feedpub's."""
    precompress: Annotated[list[EncodingName], Items(once=True)] | None = None
    """Codings in which every document is written beside it too, for servers that send such files as they are."""
    lint: Lint | None = None
    """Which warnings are told, and which of them stop a publication."""
    all: AllTopic | None = None
    """The topic `all`."""


@dataclass(slots=True, kw_only=True, eq=False)
class Section(Model):
    """One section: a topic to subscribe to."""

    alone: ClassVar[str | None] = "title"

    title: Title
    """Its name as readers see it."""
    description: Text | None = None
    """What it holds."""
    url: Url | None = None
    """Its page on the site."""
    language: Language | None = None
    """Its language, where it is not the site's."""
    image: Url | None = None
    """Its picture."""
    formerly: Keys | None = None
    """Keys it had before, the oldest first: its feeds stay at their addresses."""
    limit: Limit | None = None
    """How many entries its feeds show."""
    content: Content | None = None
    """Whether its feeds carry whole bodies or summaries."""


@dataclass(slots=True, kw_only=True, eq=False)
class Retired(Model):
    """A topic that ended on purpose: its feeds stay, with one last entry."""

    title: Title
    """The title that the topic had."""
    at: Annotated[Time, SuchAs("2026-02-12T09:00:00Z")]
    """When it ended."""
    notice: Text
    """What subscribers should know, plain text."""
    to: TopicKey | None = None
    """The topic that replaces it."""
