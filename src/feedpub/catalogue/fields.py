"""The types of a catalogue's fields: how each is read, and what the JSON Schema says of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Literal

from feedpub.catalogue import texts, times, urls
from feedpub.catalogue.invalid import Invalid
from feedpub.diagnostics import RULES, WARNINGS, quote

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core import CoreSchema

FORMAT_NAMES = ("rss", "atom", "json")
ENCODING_NAMES = ("gzip", "br")
BODY_FORMATS: tuple[Literal["markdown"], Literal["html"], Literal["text"]] = ("markdown", "html", "text")
CONTENTS = ("full", "summary")


@dataclass(frozen=True, slots=True)
class Context:
    """What reading a value needs to know of the site: where relative URLs start, the zone, the permalink."""

    base: str | None = None
    zone: tzinfo | None = None
    permalink: str | None = None


NO_CONTEXT = Context()


@dataclass(frozen=True, slots=True, eq=False)
class Reads:
    """How the text of a field is read, and what the JSON Schema says of it.

    ``read`` takes what the catalogue holds and the context, and raises Invalid. pydantic asks the two methods, when
    it writes the schema; nothing else does.
    """

    read: Callable[[Any, Context], Any]
    schema: dict[str, Any]

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return how pydantic would read the field: as feedpub does, without a context."""
        from pydantic_core import core_schema  # noqa: PLC0415 - pydantic is loaded when this is called

        return core_schema.no_info_plain_validator_function(partial(_read_alone, self.read))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Return what the JSON Schema says of the field."""
        return dict(self.schema)


@dataclass(frozen=True, slots=True)
class Items:
    """A list of what stands in its brackets, at least one, at most MAX_ITEMS; with ``once`` none twice."""

    once: bool = False

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Return the list's JSON Schema with what it asks of its items."""
        return (
            handler(schema)
            | {"minItems": 1, "maxItems": texts.MAX_ITEMS}
            | ({"uniqueItems": True} if self.once else {})
        )


@dataclass(frozen=True, slots=True)
class SuchAs:
    """What an editor might write: shown by completion, and by the help where the field is missing."""

    example: Any

    def __str__(self) -> str:
        """Return the example as an editor would write it."""
        return f"[{', '.join(self.example)}]" if isinstance(self.example, list) else str(self.example)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Return the field's JSON Schema with the example."""
        return handler(schema) | {"examples": [self.example]}


def _read_alone(read: Callable[[Any, Context], Any], value: object) -> Any:  # noqa: ANN401 - as Reads
    return read(value, NO_CONTEXT)


def _plain(read: Callable[[object], Any]) -> Callable[[Any, Context], Any]:
    """Return a reader of values that mean the same on every site."""
    return lambda value, _: read(value)


def _read_url(value: object, context: Context) -> str:
    return urls.read_url(value, base=context.base)


def _read_absolute_url(value: object) -> str:
    return urls.read_url(value, base=None)


def _read_folder_url(value: object, context: Context) -> str:
    return urls.read_folder_url(value, base=context.base)


def _read_time(value: object, context: Context) -> datetime:
    return times.read_time(value, zone=context.zone)


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
    if text != text.lower():
        message = f"is {quote(text)}, in which small letters belong: tags are compared letter by letter"
        raise Invalid("tag-authority", message, f"write {text.lower()}")
    return text


def _read_warning(value: object) -> str:
    """Return the code of a rule that can be switched."""
    code = texts.read_text(value)
    if code in WARNINGS:
        return code
    if code in RULES:
        raise Invalid("choice", f"is {quote(code)}, an error: only warnings can be switched", "remove it")
    from difflib import get_close_matches  # noqa: PLC0415 - only a wrong word needs it

    close = get_close_matches(code.lower()[: texts.MAX_KEY], WARNINGS, n=1)
    mend = f"did you mean {close[0]}?" if close else "feedpub explain lists the warnings"
    raise Invalid("choice", f"is {quote(code)}, which is no warning", mend)


def check_list(value: object) -> list[Any]:
    """Return a list that has items; raise Invalid for text, a mapping, an empty list, or one of too many."""
    if isinstance(value, list) and value:
        if len(value) > texts.MAX_ITEMS:
            message = f"has {len(value):,} items, more than {texts.MAX_ITEMS:,}"
            raise Invalid("too-long", message, "leave some of them out")
        return value
    if isinstance(value, list):
        raise Invalid("empty-list", "is an empty list", "give it an item, or remove the key")
    if isinstance(value, str) and value:
        items = ", ".join(part.strip() for part in value.split(",") if part.strip())
        is_short = items and len(items) < texts.MAX_KEY and not set(items) & set("[]{}:#\"'\n")
        mend = f"write [{items}]" if is_short else "put it in brackets: [ ]"
        raise Invalid("not-a-list", "must be a list", "put a space after each dash" if value[0] == "-" else mend)
    raise Invalid("not-a-list", "must be a list, not a mapping", 'begin each item with "- ", or put [ ] around { }')


def refuse_repeats(values: list[str]) -> None:
    """Raise Invalid for a list of texts in which one is given twice."""
    seen: set[str] = set()
    for position, value in enumerate(values):
        if value in seen:
            raise Invalid("repeated-item", f"names {quote(value)} twice", "remove one of the two", item=position)
        seen.add(value)


def _text(read: Callable[[object], str], **schema: object) -> Reads:
    # YAML would guess at a plain scalar; feedpub reads all of them as text
    return Reads(_plain(read), {"type": ["string", "number", "boolean"], **schema})


def _string(read: Callable[[object], Any], **schema: object) -> Reads:
    return Reads(_plain(read), {"type": "string", **schema})


def _choice(choices: tuple[str, ...]) -> Reads:
    return Reads(_plain(partial(texts.read_choice, choices=choices)), {"enum": list(choices)})


def _number(least: int, most: int | None = None) -> Reads:
    schema = {"type": "integer", "minimum": least} | ({"maximum": most} if most is not None else {})
    return Reads(_plain(partial(texts.read_number, least=least, most=most)), schema)


_URI = {"type": "string", "minLength": 1, "maxLength": urls.MAX_URL}
_ABSOLUTE = {**_URI, "pattern": "^https?://"}
_TIME_PATTERN = r"^\d{4}-\d{2}-\d{2}([Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?([Zz]|[+-]\d{2}:\d{2})?)?$"

Text = Annotated[str, _text(texts.read_text, minLength=1)]
Title = Annotated[str, _text(texts.read_title, minLength=1, maxLength=texts.MAX_TITLE)]
Name = Annotated[str, _text(texts.read_name, minLength=1, maxLength=texts.MAX_TITLE)]
AltText = Annotated[str, _text(texts.read_alt)]
Guid = Annotated[str, _text(texts.read_guid, minLength=1, maxLength=texts.MAX_GUID)]
Body = Annotated[str, _text(texts.read_body, minLength=1)]
Id = Annotated[str, _text(texts.read_id, pattern=r"^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$", maxLength=texts.MAX_ID)]
Key = Annotated[str, _text(texts.read_key, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", maxLength=texts.MAX_KEY)]
Keys = Annotated[list[Key], Items(once=True)]
TopicKey = Annotated[str, _text(texts.read_text, maxLength=texts.MAX_KEY)]  # whether it exists, `loading` asks
_SECTION = _text(texts.read_text, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", maxLength=texts.MAX_KEY)
SectionKeys = Annotated[list[Annotated[str, _SECTION]], Items(once=True)]  # whether they exist, `loading` asks
Url = Annotated[str, Reads(_read_url, _URI)]
AbsoluteUrl = Annotated[str, Reads(_plain(_read_absolute_url), _ABSOLUTE)]
SiteUrl = Annotated[str, Reads(_plain(urls.read_folder_url), _ABSOLUTE)]
FolderUrl = Annotated[str, Reads(_read_folder_url, _URI)]
Permalink = Annotated[str, Reads(_plain(urls.read_permalink), _URI)]
Time = Annotated[datetime, Reads(_read_time, {"type": "string", "pattern": _TIME_PATTERN})]
Zone = Annotated[tzinfo, _string(times.read_zone, minLength=1)]
Authority = Annotated[str, _string(_read_authority, pattern=r"^[^,]+,\d{4}(-\d{2}(-\d{2})?)?$")]
Language = Annotated[str, _string(texts.read_language, minLength=2)]
FolderName = Annotated[str, _string(texts.read_path, minLength=1, maxLength=texts.MAX_PATH)]
FileName = Annotated[str, _text(texts.read_path, minLength=1, maxLength=texts.MAX_PATH)]
Email = Annotated[str, _string(texts.read_email, pattern="@")]
MediaType = Annotated[str, _string(texts.read_media_type, pattern="^[^/ ]+/[^/ ]+$")]
Boolean = Annotated[bool, Reads(_plain(texts.read_boolean), {"type": "boolean"})]
Content = Annotated[Literal["full", "summary"], _choice(CONTENTS)]
BodyFormat = Annotated[Literal["markdown", "html", "text"], _choice(BODY_FORMATS)]
Warnings = Annotated[list[Annotated[str, Reads(_plain(_read_warning), {"enum": sorted(WARNINGS)})]], Items(once=True)]
FormatName = Annotated[str, _choice(FORMAT_NAMES)]
EncodingName = Annotated[str, _choice(ENCODING_NAMES)]
Limit = Annotated[int, _number(1, 1000)]
Positive = Annotated[int, _number(1)]
Length = Annotated[int, _number(0)]
