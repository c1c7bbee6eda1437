"""What a catalogue may say: one model for each mapping that an editor writes.

A model takes text (as `record` describes it) and gives typed values; what it refuses are `Invalid` errors of
its fields, all of them at once. Fields stand in the order in which they are read: a later one may look at an
earlier one. The fields' descriptions are what an editor's completion shows.
"""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - pydantic reads the annotations
from typing import Annotated, ClassVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from feedpub.catalogue import urls
from feedpub.catalogue.fields import (
    NO_CONTEXT,
    AbsoluteUrl,
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
    Key,
    Language,
    Length,
    Limit,
    ListOf,
    MediaType,
    Name,
    Permalink,
    Positive,
    SiteUrl,
    Text,
    Time,
    Title,
    Url,
    Zone,
    refuse_repeats,
)
from feedpub.catalogue.invalid import Invalid
from feedpub.catalogue.texts import MAX_KEY, read_line

Keys = Annotated[list[Key], ListOf, AfterValidator(refuse_repeats)]
"""Keys of sections, at least one, none twice."""


class Model(BaseModel):
    """A mapping of a catalogue: every key is known, a key without a value is not given."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _drop_what_is_not_given(cls, value: object) -> object:
        if value is None:
            raise Invalid("empty-value", "is empty", "give it keys and values, or remove it")
        if not isinstance(value, dict):
            raise Invalid("not-a-mapping", "must be a mapping of keys and values", cls.mend(value))
        if None in value.values():
            known = cls.model_fields
            return {key: one for key, one in value.items() if one is not None or key not in known}
        return value

    @classmethod
    def mend(cls, value: object) -> str | None:  # noqa: ARG003 - for those that know one
        """Return the help for a value that is no mapping, where one is known."""
        return None


class Person(Model):
    """Somebody who writes: a name alone, or a mapping."""

    name: Name
    """The name as readers see it."""
    email: Email | None = None
    """An e-mail address; Atom publishes it."""
    url: Url | None = None
    """A page about the person."""

    @model_validator(mode="before")
    @classmethod
    def _accept_a_name(cls, value: object) -> object:
        return {"name": value} if isinstance(value, str) or value is None else value


class Image(Model):
    """An entry's picture."""

    url: Url
    """Where the picture is, absolute or relative to site.url."""
    alt: str | None = Field(default=None, json_schema_extra={"examples": ["Delegates around an oval table"]})
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

    @field_validator("alt", mode="before")
    @classmethod
    def _read_alt(cls, value: object) -> object:
        return value if value == "" else read_line(value)


class Enclosure(Model):
    """A file that goes with an entry: a recording, a film, a paper."""

    url: Url
    """Where the file is, absolute or relative to site.url."""
    length: Length
    """Size in bytes."""
    type: MediaType
    """The media type, such as audio/mpeg."""


class AllTopic(Model):
    """The topic that holds every section's entries."""

    title: Title | None = None
    """Its title; without one the site's."""
    description: Text | None = None
    """What it holds."""
    limit: Limit | None = None
    """How many entries its feeds show."""


class Site(Model):
    """The publication as a whole."""

    title: Title = Field(examples=["Example News"])
    """The publication's name."""
    url: SiteUrl = Field(examples=["https://news.example.org/"])
    """The site's home page; relative URLs begin here."""
    tag_authority: Authority = Field(examples=["news.example.org,2026"])
    """Who owns the ids, and since when (RFC 4151). Never change it: every entry would be new to every reader."""
    language: Language = Field(default="en", examples=["en-GB"])
    """The language that is written here (BCP 47)."""
    description: Text | None = None
    """What the publication is, in a sentence."""
    timezone: Zone | None = Field(default=None, examples=["Europe/London"])
    """The zone of times that are written without an offset (a name of the IANA database)."""
    author: Person | None = None
    """Who writes where an entry does not say so."""
    rights: Text | None = None
    """Who may do what with the texts."""
    icon: Url | None = None
    """A small square picture."""
    logo: Url | None = None
    """A larger picture, twice as wide as high."""
    hubs: Annotated[list[AbsoluteUrl], ListOf, AfterValidator(refuse_repeats)] | None = None
    """WebSub hubs that tell subscribers of news."""
    feeds_url: FolderUrl | None = None
    """Where the feeds are served; without it, feeds/ below the site."""
    permalink: Permalink | None = Field(default=None, examples=["{section}/{id}/"])
    """A template for the URL of entries that give none."""
    formats: Annotated[list[FormatName], ListOf, AfterValidator(refuse_repeats)] = Field(
        default=["rss", "atom", "json"]
    )
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


class Section(Model):
    """One section: a topic to subscribe to."""

    @classmethod
    def mend(cls, value: object) -> str | None:
        """Return the help for a section that is only its title."""
        is_line = isinstance(value, str) and len(value) < MAX_KEY and not set(value) & set(",{}[]:#\"'\n")
        return f"write {{title: {value}}}" if is_line else None

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


class _EntryModel(Model):
    id: Id = Field(examples=["iran-talks-to-continue"])
    """The entry's id, for ever: a changed id is a new entry to every reader."""
    title: Title
    """The headline, plain text."""
    published: Time = Field(examples=["2026-02-12T09:00:00Z"])
    """When it appears: until then it is held back."""
    sections: Keys
    """The sections it belongs to, the main one first."""
    url: Url | None = Field(default=None, validate_default=True)
    """Its page, absolute or relative to site.url; optional where site.permalink is set."""
    updated: Time | None = None
    """When it last changed so that readers should see it again."""
    authors: Annotated[list[Person], ListOf] | None = None
    """Who wrote it: names, or mappings with name, email and url."""
    tags: Annotated[list[Name], ListOf, AfterValidator(refuse_repeats)] | None = None
    """What it is about, beside its sections."""
    image: Image | None = None
    """Its picture."""
    enclosures: Annotated[list[Enclosure], ListOf] | None = None
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

    @field_validator("url", mode="after")
    @classmethod
    def _need_a_url(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is not None:
            return value
        context = info.context or NO_CONTEXT
        if context.permalink is None:
            raise Invalid("missing-field", "url", "give its page, or set site.permalink", missing=True)
        if not {"id", "published", "sections"} <= info.data.keys():
            return None
        return urls.fill_permalink(
            context.permalink,
            section=info.data["sections"][0],
            id=info.data["id"],
            published=info.data["published"],
            base=context.base or "",
        )

    @field_validator("updated", mode="after")
    @classmethod
    def _update_after_publication(cls, value: datetime | None, info: ValidationInfo) -> datetime | None:
        published = info.data.get("published")
        if value is not None and published is not None and value < published:
            raise Invalid("updated-before-published", "is earlier than published", "give the later of the two times")
        return value

    @field_validator("expires", mode="after")
    @classmethod
    def _expire_after_publication(cls, value: datetime | None, info: ValidationInfo) -> datetime | None:
        published = info.data.get("published")
        if value is not None and published is not None and value <= published:
            raise Invalid("expires-before-published", "is not after published", "give a later time, or remove expires")
        return value


class Article(_EntryModel):
    """An entry with a body of its own."""

    kind: ClassVar[str] = "article"

    summary: Text | None = None
    """What it says, in a sentence or two; without it, one is taken from the body."""
    body: Body | None = None
    """The text."""
    body_file: Text | None = Field(default=None, validate_default=True)
    """A file in the catalogue's folder that holds the text."""
    body_format: BodyFormat | None = None
    """What the body is written in."""

    @field_validator("body_file", mode="after")
    @classmethod
    def _need_one_body(cls, value: str | None, info: ValidationInfo) -> str | None:
        if "body" not in info.data:
            return value
        if value is None and info.data["body"] is None:
            raise Invalid("missing-field", "body", "give it a body or a body_file, or make it a teaser", missing=True)
        if value is not None and info.data["body"] is not None:
            raise Invalid("two-bodies", "stands beside body", "keep one of the two", at_key=True)
        return value


class Teaser(_EntryModel):
    """An entry that points to its page with a summary."""

    kind: ClassVar[str] = "teaser"

    summary: Text
    """What the page says, in a sentence or two."""


class Retracted(Model):
    """An entry that was taken back: it leaves every feed, and Atom feeds announce it (RFC 6721)."""

    id: Id
    """The id of the entry that was."""
    at: Time
    """When it was taken back; until then nothing is announced."""
    reason: Text | None = None
    """Why, for readers."""
    sections: Keys | None = None
    """The sections whose feeds announce it; without it, all."""
    guid: Guid | None = None
    """The older system's id that the entry had."""


class Retired(Model):
    """A topic that ended on purpose: its feeds stay, with one last entry."""

    title: Title
    """The title that the topic had."""
    at: Time
    """When it ended."""
    notice: Text
    """What subscribers should know, plain text."""
    to: Key | None = None
    """The topic that replaces it."""


NESTED: dict[str, type[Model]] = {
    "all": AllTopic,
    "author": Person,
    "authors": Person,
    "enclosures": Enclosure,
    "image": Image,
}
"""The fields that hold a mapping, or a list of mappings, and the model of each."""
