"""What is published: articles, teasers, what belongs to them, and what was taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from feedpub.catalogue import urls
from feedpub.catalogue.fields import (
    AltText,
    Body,
    BodyFormat,
    Boolean,
    Content,
    FileName,
    Guid,
    Id,
    Items,
    Language,
    Length,
    MediaType,
    Name,
    Positive,
    SectionKeys,
    SuchAs,
    Text,
    Time,
    Title,
    Url,
)
from feedpub.catalogue.invalid import Invalid, missing
from feedpub.catalogue.models.model import Model, Person

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from feedpub.catalogue.fields import Context


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
    body_file: FileName | None = None
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
