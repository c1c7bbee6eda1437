"""What a catalogue may say: one model for each mapping that an editor writes.

A field's annotation says how its text is read (`fields`); `mapping` reads a whole mapping by them, and lets the
model look at its fields together. The sentences below the fields are what an editor's completion shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from feedpub.catalogue import urls
from feedpub.catalogue.fields import (
    AbsoluteUrl,
    AltText,
    Authority,
    Body,
    BodyFormat,
    Boolean,
    Content,
    Email,
    FolderUrl,
    FormatName,
    Guid,
    Id,
    Items,
    Keys,
    Language,
    Length,
    Limit,
    MediaType,
    Name,
    Permalink,
    Positive,
    SectionKeys,
    SiteUrl,
    SuchAs,
    Text,
    Time,
    Title,
    TopicKey,
    Url,
    Zone,
)
from feedpub.catalogue.invalid import Invalid, missing
from feedpub.catalogue.texts import MAX_KEY

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from feedpub.catalogue.fields import Context


class Model:
    """A mapping of a catalogue: every key is known, a key without a value is not given."""

    __slots__ = ()

    kind: ClassVar[str]
    """What messages call an entry or a retraction."""
    alone: ClassVar[str | None] = None
    """The field that a lone text probably means."""

    @classmethod
    def unfold(cls, value: object) -> dict[str, Any]:
        """Return the mapping that stands for a value which is written shorter; raise Invalid where none does."""
        if value is None:
            raise Invalid("empty-value", "is empty", "give it keys and values, or remove it")
        is_line = isinstance(value, str) and 0 < len(value) < MAX_KEY and not set(value) & set(",{}[]#\"'\n")
        mend = f"write {{{cls.alone}: {value}}}" if cls.alone and is_line else None
        raise Invalid("not-a-mapping", "must be a mapping of keys and values", mend)

    @classmethod
    def complete(
        cls,
        values: dict[str, Any],  # noqa: ARG003 - for the models that compare their fields, here and below
        *,
        given: Collection[str],  # noqa: ARG003
        context: Context,  # noqa: ARG003
    ) -> Iterator[tuple[str, Invalid]]:
        """Yield what is wrong with the fields taken together, each with its field, and fill in what follows from them.

        ``values`` are the fields that could be read, ``given`` the names of those that have a value at all.
        """
        return iter(())


@dataclass(slots=True, kw_only=True, eq=False)
class Person(Model):
    """Somebody who writes: a name alone, or a mapping."""

    name: Name
    """The name as readers see it."""
    email: Email | None = None
    """An e-mail address; Atom publishes it."""
    url: Url | None = None
    """A page about the person."""

    @classmethod
    def unfold(cls, value: object) -> dict[str, Any]:
        """Accept a name alone."""
        return {"name": value} if isinstance(value, str) else Model.unfold(value)


@dataclass(slots=True, kw_only=True, eq=False)
class Image(Model):
    """An entry's picture."""

    alone: ClassVar[str | None] = "url"

    url: Url
    """Where the picture is, absolute or relative to site.url."""
    alt: Annotated[AltText, SuchAs("Delegates around an oval table")] | None = None
    """What it shows, for those who do not see it; "" says that it is decorative."""
    width: Positive | None = None
    """Width in pixels."""
    height: Positive | None = None
    """Height in pixels."""
    type: MediaType | None = None
    """The media type, such as image/jpeg."""
    length: Length | None = None
    """Size in bytes."""
    credit: Name | None = None
    """Who made it."""
    caption: Text | None = None
    """The line below it."""


@dataclass(slots=True, kw_only=True, eq=False)
class Enclosure(Model):
    """A file that goes with an entry: a recording, a film, a paper."""

    url: Url
    """Where the file is, absolute or relative to site.url."""
    length: Annotated[Length, SuchAs(5_120_000)]
    """Size in bytes."""
    type: Annotated[MediaType, SuchAs("audio/mpeg")]
    """The media type."""


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
class _EntryModel(Model):
    id: Annotated[Id, SuchAs("iran-talks-to-continue")]
    """The entry's id, for ever: a changed id is a new entry to every reader."""
    title: Title
    """The headline, plain text."""
    published: Annotated[Time, SuchAs("2026-02-12T09:00:00Z")]
    """When it appears: until then it is held back."""
    sections: Annotated[SectionKeys, SuchAs(["politics"])]
    """The sections it belongs to, the main one first."""
    url: Url | None = None
    """Its page, absolute or relative to site.url; optional where site.permalink is set."""
    updated: Time | None = None
    """When it last changed so that readers should see it again."""
    authors: Annotated[list[Person], Items()] | None = None
    """Who wrote it: names, or mappings with name, email and url."""
    tags: Annotated[list[Name], Items(once=True)] | None = None
    """What it is about, beside its sections."""
    image: Image | None = None
    """Its picture."""
    enclosures: Annotated[list[Enclosure], Items()] | None = None
    """Files that go with it."""
    language: Language | None = None
    """Its language, where it is not the feed's."""
    expires: Time | None = None
    """When it leaves the feeds."""
    rights: Text | None = None
    """Who may do what with it."""
    guid: Guid | None = None
    """The id that an older system gave it; it stays the published id."""
    content: Content | None = None
    """Whether feeds carry its whole body or its summary, whatever the topic says."""
    draft: Boolean = False
    """true: it is checked, but published nowhere."""

    @classmethod
    def complete(
        cls, values: dict[str, Any], *, given: Collection[str], context: Context
    ) -> Iterator[tuple[str, Invalid]]:
        """Make the url from the permalink, and compare the times."""
        if "url" not in given:
            yield from _complete_url(values, context)
        if (published := values.get("published")) is None:
            return
        if "updated" in values and values["updated"] < published:
            yield (
                "updated",
                Invalid("updated-before-published", "is earlier than published", "give the later of the two times"),
            )
        if "expires" in values and values["expires"] <= published:
            yield (
                "expires",
                Invalid("expires-before-published", "is not after published", "give a later time, or remove expires"),
            )


@dataclass(slots=True, kw_only=True, eq=False)
class Article(_EntryModel):
    """An entry with a body of its own."""

    kind: ClassVar[str] = "article"

    summary: Text | None = None
    """What it says, in a sentence or two; without it, one is taken from the body."""
    body: Body | None = None
    """The text."""
    body_file: Text | None = None
    """A file in the catalogue's folder that holds the text."""
    body_format: BodyFormat | None = None
    """What the body is written in."""

    @classmethod
    def complete(
        cls, values: dict[str, Any], *, given: Collection[str], context: Context
    ) -> Iterator[tuple[str, Invalid]]:
        """Want one body besides what every entry wants."""
        yield from _EntryModel.complete(values, given=given, context=context)
        if "body" not in given and "body_file" not in given:
            yield "body", missing("give it a body or a body_file, or make it a teaser")
        elif "body" in given and "body_file" in given:
            yield "body_file", Invalid("two-bodies", "stands beside body", "keep one of the two", at_key=True)


@dataclass(slots=True, kw_only=True, eq=False)
class Teaser(_EntryModel):
    """An entry that points to its page with a summary."""

    kind: ClassVar[str] = "teaser"

    summary: Text
    """What the page says, in a sentence or two."""


@dataclass(slots=True, kw_only=True, eq=False)
class Retracted(Model):
    """An entry that was taken back: it leaves every feed, and Atom feeds announce it (RFC 6721)."""

    kind: ClassVar[str] = "retraction"

    id: Id
    """The id of the entry that was."""
    at: Annotated[Time, SuchAs("2026-02-12T09:00:00Z")]
    """When it was taken back; until then nothing is announced."""
    reason: Text | None = None
    """Why, for readers."""
    sections: SectionKeys | None = None
    """The sections whose feeds announce it; without it, all."""
    guid: Guid | None = None
    """The older system's id that the entry had."""


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


def _complete_url(values: dict[str, Any], context: Context) -> Iterator[tuple[str, Invalid]]:
    if context.permalink is None:
        yield "url", missing("give its page, or set site.permalink")
    elif {"id", "published", "sections"} <= values.keys():
        try:
            values["url"] = urls.fill_permalink(
                context.permalink,
                section=values["sections"][0],
                id=values["id"],
                published=values["published"],
                base=context.base or "",
            )
        except Invalid as invalid:
            yield "url", invalid
