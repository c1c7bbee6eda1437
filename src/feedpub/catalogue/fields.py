"""The types of a catalogue's fields: how each is read, and what the JSON Schema says of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, PlainValidator, ValidationInfo, WithJsonSchema

from feedpub.catalogue import texts, times, urls
from feedpub.catalogue.invalid import Invalid
from feedpub.diagnostics import quote

FORMAT_NAMES = ("rss", "atom", "json")
BODY_FORMATS: tuple[Literal["markdown"], Literal["html"], Literal["text"]] = ("markdown", "html", "text")
CONTENTS = ("full", "summary")


@dataclass(frozen=True, slots=True)
class Context:
    """What reading a value needs to know of the site: where relative URLs start, the zone, the permalink."""

    base: str | None = None
    zone: ZoneInfo | None = None
    permalink: str | None = None


NO_CONTEXT = Context()


def _context(info: ValidationInfo) -> Context:
    return info.context if info.context is not None else NO_CONTEXT


def _read_url(value: object, info: ValidationInfo) -> str:
    return urls.read_url(value, base=_context(info).base)


def _read_absolute_url(value: object) -> str:
    return urls.read_url(value, base=None)


def _read_folder_url(value: object, info: ValidationInfo) -> str:
    return urls.read_folder_url(value, base=_context(info).base)


def _read_time(value: object, info: ValidationInfo) -> datetime:
    return times.read_time(value, zone=_context(info).zone)


def _read_authority(value: object) -> str:
    text = texts.read_text(value)
    name, comma, written = text.partition(",")
    try:
        is_date = bool(times.parse_authority_date(written))
    except ValueError:
        is_date = False
    if not (comma and is_date and texts.is_authority(name)):
        raise Invalid(
            "tag-authority",
            f"is {quote(text)}, not a domain or e-mail address, a comma and a date",
            "write the domain and a day on which it was yours, such as news.example.org,2026",
        )
    return text


def check_list(value: object) -> object:
    """Return a list that has items; raise Invalid for text, a mapping, or an empty list."""
    if isinstance(value, list) and value:
        return value
    if isinstance(value, list):
        raise Invalid("empty-list", "is an empty list", "give it an item, or remove the key")
    if isinstance(value, str):
        items = ", ".join(part.strip() for part in value.split(",") if part.strip())
        is_short = items and len(items) < texts.MAX_KEY and not set(items) & set("[]{}:#\"'\n")
        raise Invalid("not-a-list", "must be a list", f"write [{items}]" if is_short else "put it in brackets: [ ]")
    raise Invalid("not-a-list", "must be a list, not a mapping", "begin each item with - ")


def refuse_repeats(values: list[str]) -> list[str]:
    """Return a list of words in which none is given twice."""
    for position, value in enumerate(values):
        if value in values[:position]:
            raise Invalid("repeated-item", f"names {quote(value)} twice", "remove one of the two", item=position)
    return values


_ANY_TEXT = ["string", "number", "boolean"]  # YAML's guess at a plain scalar; feedpub reads all of them as text


def _text(**schema: object) -> WithJsonSchema:
    return WithJsonSchema({"type": _ANY_TEXT, **schema})


def _choice(choices: tuple[str, ...]) -> PlainValidator:
    return PlainValidator(partial(texts.read_choice, choices=choices))


def _number(least: int, most: int | None = None) -> tuple[PlainValidator, WithJsonSchema]:
    schema = {"type": "integer", "minimum": least} | ({"maximum": most} if most is not None else {})
    return PlainValidator(partial(texts.read_number, least=least, most=most)), WithJsonSchema(schema)


_URI = {"type": "string", "minLength": 1, "maxLength": urls.MAX_URL}
_TIME_PATTERN = r"^\d{4}-\d{2}-\d{2}([Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?([Zz]|[+-]\d{2}:\d{2})?)?$"

Text = Annotated[str, PlainValidator(texts.read_text), _text(minLength=1)]
Title = Annotated[str, PlainValidator(texts.read_title), _text(minLength=1, maxLength=texts.MAX_TITLE)]
Name = Annotated[str, PlainValidator(texts.read_name), _text(minLength=1, maxLength=texts.MAX_TITLE)]
Guid = Annotated[str, PlainValidator(texts.read_guid), _text(minLength=1, maxLength=texts.MAX_GUID)]
Body = Annotated[str, PlainValidator(texts.read_body), _text(minLength=1)]
Id = Annotated[
    str,
    PlainValidator(texts.read_id),
    _text(pattern=r"^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$", maxLength=texts.MAX_ID),
]
Key = Annotated[
    str, PlainValidator(texts.read_key), _text(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", maxLength=texts.MAX_KEY)
]
Url = Annotated[str, PlainValidator(_read_url), WithJsonSchema(_URI)]
AbsoluteUrl = Annotated[str, PlainValidator(_read_absolute_url), WithJsonSchema({**_URI, "pattern": "^https?://"})]
SiteUrl = Annotated[str, PlainValidator(urls.read_folder_url), WithJsonSchema({**_URI, "pattern": "^https?://"})]
FolderUrl = Annotated[str, PlainValidator(_read_folder_url), WithJsonSchema(_URI)]
Permalink = Annotated[str, PlainValidator(urls.read_permalink), WithJsonSchema(_URI)]
Time = Annotated[datetime, PlainValidator(_read_time), WithJsonSchema({"type": "string", "pattern": _TIME_PATTERN})]
Zone = Annotated[ZoneInfo, PlainValidator(times.read_zone), WithJsonSchema({"type": "string", "minLength": 1})]
Authority = Annotated[
    str,
    PlainValidator(_read_authority),
    WithJsonSchema({"type": "string", "pattern": r"^[^,]+,\d{4}(-\d{2}(-\d{2})?)?$"}),
]
Language = Annotated[str, PlainValidator(texts.read_language), WithJsonSchema({"type": "string", "minLength": 2})]
Email = Annotated[str, PlainValidator(texts.read_email), WithJsonSchema({"type": "string", "pattern": "@"})]
MediaType = Annotated[
    str, PlainValidator(texts.read_media_type), WithJsonSchema({"type": "string", "pattern": "^[^/ ]+/[^/ ]+$"})
]
Boolean = Annotated[bool, PlainValidator(texts.read_boolean), WithJsonSchema({"type": "boolean"})]
Content = Annotated[Literal["full", "summary"], _choice(CONTENTS), WithJsonSchema({"enum": list(CONTENTS)})]
BodyFormat = Annotated[
    Literal["markdown", "html", "text"], _choice(BODY_FORMATS), WithJsonSchema({"enum": list(BODY_FORMATS)})
]
FormatName = Annotated[str, _choice(FORMAT_NAMES), WithJsonSchema({"enum": list(FORMAT_NAMES)})]
Limit = Annotated[int, *_number(1, 1000)]
Positive = Annotated[int, *_number(1)]
Length = Annotated[int, *_number(0)]
ListOf = BeforeValidator(check_list)
