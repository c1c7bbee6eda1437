"""JSON Feed 1.1: a feed as a document of that format, and back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeVar

from feedpub.feed import Category, Enclosure, Entry, Image, Person
from feedpub.formats.readback import DocumentError, Readback
from feedpub.formats.times import format_rfc3339, parse_rfc3339

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedpub.feed import Feed

T = TypeVar("T")

VERSION = "https://jsonfeed.org/version/1.1"


def write(feed: Feed, *, address: str) -> bytes:
    """Return a feed as JSON Feed 1.1, UTF-8, one value a line; `feedpub.formats.Format.write` says the rest."""
    document = _without_nothing(
        version=VERSION,
        title=feed.title,
        home_page_url=feed.url,
        feed_url=address,
        description=feed.description,
        icon=feed.logo,
        favicon=feed.icon,
        authors=_describe_people(feed.authors),
        language=feed.language,
        hubs=[{"type": "WebSub", "url": hub} for hub in feed.hubs],
    )
    document["items"] = [_describe_item(entry) for entry in feed.entries]
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2)
    try:
        return f"{text}\n".encode()
    except UnicodeEncodeError as error:
        raise DocumentError(f"feed {feed.topic!r} cannot be written as JSON: {error}") from error


def read(data: bytes) -> Readback:
    """Return what a JSON Feed 1.1 document says; raises DocumentError where it is none."""
    try:
        document = json.loads(data.decode(), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"not JSON: {error}") from error
    if not isinstance(document, dict) or document.get("version") != VERSION:
        raise DocumentError("not a JSON Feed: its version is not 1.1's")
    return Readback(
        address=_find_text(document, "feed_url"),
        title=_require_text(document, "title"),
        entries=tuple(_read_item(item) for item in _list_objects(document, "items")),
    )


def ids(feed: Feed) -> tuple[str, ...]:
    """Return the ids that a feed's document holds: the published ids, verbatim."""
    return tuple(entry.id for entry in feed.entries)


def _describe_item(entry: Entry) -> dict[str, Any]:
    return _without_nothing(
        id=entry.id,
        url=entry.url,
        title=entry.title,
        summary=entry.summary,
        content_html=entry.content,
        content_text=(entry.summary or entry.title) if entry.content is None else None,
        image=None if entry.image is None else entry.image.url,
        date_published=format_rfc3339(entry.published),
        date_modified=format_rfc3339(entry.updated),
        authors=_describe_people(entry.authors),
        tags=[category.label for category in entry.categories],
        language=entry.language,
        attachments=[{"url": one.url, "mime_type": one.type, "size_in_bytes": one.length} for one in entry.enclosures],
    )


def _describe_people(people: Sequence[Person]) -> list[dict[str, Any]]:
    return [_without_nothing(name=person.name, url=person.url) for person in people]


def _without_nothing(**members: Any) -> dict[str, Any]:  # noqa: ANN401 - a member is any JSON value
    """Return the members that say something: no null, no empty list."""
    return {name: value for name, value in members.items() if value is not None and value != []}


def _refuse_constant(constant: str) -> float:
    raise ValueError(f"{constant} is no JSON")


def _read_item(item: dict[str, Any]) -> Entry:
    image = _find_text(item, "image")
    content = _find_text(item, "content_html")
    if content is None:
        _require_text(item, "content_text")
    return Entry(
        id=_require_text(item, "id"),
        atom_id=_require_text(item, "id"),
        url=_require_text(item, "url"),
        title=_require_text(item, "title"),
        published=parse_rfc3339(_require_text(item, "date_published")),
        updated=parse_rfc3339(_require_text(item, "date_modified")),
        summary=_find_text(item, "summary"),
        content=content,
        authors=tuple(_read_person(author) for author in _list_objects(item, "authors")),
        categories=tuple(Category(term=tag, label=tag) for tag in _list_values(item, "tags", kind=str)),
        image=None if image is None else Image(url=image),
        enclosures=tuple(_read_enclosure(attachment) for attachment in _list_objects(item, "attachments")),
        language=_find_text(item, "language"),
    )


def _read_person(author: dict[str, Any]) -> Person:
    return Person(name=_require_text(author, "name"), url=_find_text(author, "url"))


def _read_enclosure(attachment: dict[str, Any]) -> Enclosure:
    length = attachment.get("size_in_bytes")
    if not isinstance(length, int):
        raise DocumentError(f"size_in_bytes is not a number of bytes: {length!r}")
    return Enclosure(url=_require_text(attachment, "url"), length=length, type=_require_text(attachment, "mime_type"))


def _find_text(members: dict[str, Any], name: str) -> str | None:
    return None if name not in members else _require_text(members, name)


def _require_text(members: dict[str, Any], name: str) -> str:
    value = members.get(name)
    if not isinstance(value, str):
        raise DocumentError(f"no text in {name}: {value!r}")
    return value


def _list_objects(members: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return _list_values(members, name, kind=dict)


def _list_values(members: dict[str, Any], name: str, *, kind: type[T]) -> list[T]:
    values = members.get(name, [])
    if not isinstance(values, list) or not all(isinstance(value, kind) for value in values):
        raise DocumentError(f"{name} is no list of {kind.__name__}")
    return values
