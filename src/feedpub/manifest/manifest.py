"""The manifest: what was published, as data, with nothing in it of the clock, the machine or feedpub's version."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

Json: TypeAlias = Any

NAME = "manifest.json"
MEDIA_TYPE = "application/json"

_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z\Z")
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")
_TIME_FORMAT = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedVariant:
    """A document in a content coding, at a path of its own; what it decompresses to is the document."""

    path: str
    encoding: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedDocument:
    """A file that was published: its path in the target, media type, SHA-256 in hexadecimal, size in bytes."""

    path: str
    media_type: str
    sha256: str
    size: int
    variants: tuple[PublishedVariant, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedEntry:
    """An entry as a topic showed it: id, url, title, its times, and one digest for each other field it had."""

    id: str
    url: str
    title: str
    published: datetime
    updated: datetime
    expires: datetime | None = None
    digests: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedTopic:
    """A topic as it was published; ``retracted`` are the ids of its retractions, ``entries`` are sorted by id."""

    title: str
    limit: int
    formerly: tuple[str, ...] = ()
    retired: datetime | None = None
    retracted: tuple[str, ...] = ()
    entries: tuple[PublishedEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """One publication: every document but the manifest itself, every topic, and what the catalogue meant."""

    catalogue: str
    feeds_url: str
    hubs: tuple[str, ...] = ()
    ttl: int | None = None
    documents: tuple[PublishedDocument, ...] = ()
    topics: dict[str, PublishedTopic] = field(default_factory=dict)


def write_manifest(manifest: Manifest) -> bytes:
    """Return a manifest as JSON in UTF-8: sorted, and one document or entry a line."""
    site = {"feeds_url": manifest.feeds_url, "hubs": manifest.hubs, "ttl": manifest.ttl}
    documents = ",\n".join(_line(_document_data(one)) for one in sorted(manifest.documents, key=lambda one: one.path))
    topics = ",\n".join(f"{json.dumps(key)}: {_write_topic(topic)}" for key, topic in sorted(manifest.topics.items()))
    text = (
        f'{{\n"catalogue": {json.dumps(manifest.catalogue)},\n"documents": [\n{documents}\n],\n'
        f'"site": {_line(site)},\n"topics": {{\n{topics}\n}}\n}}\n'
    )
    return text.encode()


def read_manifest(data: bytes | None) -> Manifest | None:
    """Return what a manifest says, or None for one that is absent or cannot be read: then nothing was published."""
    try:
        value = json.loads(data or b"")
        site = value["site"]
        return Manifest(
            catalogue=_text(value["catalogue"]),
            feeds_url=_text(site["feeds_url"]),
            hubs=tuple(map(_text, site["hubs"])),
            ttl=None if site["ttl"] is None else _number(site["ttl"]),
            documents=tuple(map(_read_document, value["documents"])),
            topics={key: _read_topic(topic) for key, topic in value["topics"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def is_foreign(data: bytes | None) -> bool:
    """Tell whether what stands at the manifest's path is somebody else's JSON, and no manifest, damaged or not."""
    try:
        value = json.loads(data or b"")
    except (ValueError, RecursionError):
        return False
    return not isinstance(value, dict) or not {"catalogue", "documents", "topics"} & value.keys()


def _write_topic(topic: PublishedTopic) -> str:
    entries = ",\n".join(_line(_entry_data(entry)) for entry in sorted(topic.entries, key=lambda one: one.id))
    head = {
        "title": topic.title,
        "limit": topic.limit,
        "formerly": topic.formerly,
        "retired": _write_time(topic.retired),
        "retracted": sorted(topic.retracted),
    }
    return f'{_line(head)[:-1]}, "entries": [\n{entries}\n]}}' if entries else f'{_line(head)[:-1]}, "entries": []}}'


def _document_data(document: PublishedDocument) -> dict[str, object]:
    data = asdict(document)
    if not document.variants:
        del data["variants"]
    return data


def _entry_data(entry: PublishedEntry) -> dict[str, object]:
    return {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "published": _write_time(entry.published),
        "updated": _write_time(entry.updated),
        "expires": _write_time(entry.expires),
        "digests": dict(sorted(entry.digests.items())),
    }


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _write_time(moment: datetime | None) -> str | None:
    return moment.strftime(_TIME_FORMAT) if moment is not None else None


def _read_document(value: Json) -> PublishedDocument:
    sha256 = _text(value["sha256"])
    if not _SHA256.match(sha256):
        raise ValueError(sha256)
    return PublishedDocument(
        path=_text(value["path"]),
        media_type=_text(value["media_type"]),
        sha256=sha256,
        size=_number(value["size"]),
        variants=tuple(
            PublishedVariant(path=_text(one["path"]), encoding=_text(one["encoding"]))
            for one in value.get("variants", ())
        ),
    )


def _read_topic(value: Json) -> PublishedTopic:
    return PublishedTopic(
        title=_text(value["title"]),
        limit=_number(value["limit"]),
        formerly=tuple(map(_text, value["formerly"])),
        retired=_read_time(value["retired"]),
        retracted=tuple(map(_text, value["retracted"])),
        entries=tuple(map(_read_entry, value["entries"])),
    )


def _read_entry(value: Json) -> PublishedEntry:
    published, updated = _read_time(value["published"]), _read_time(value["updated"])
    if published is None or updated is None:
        raise ValueError(value)
    return PublishedEntry(
        id=_text(value["id"]),
        url=_text(value["url"]),
        title=_text(value["title"]),
        published=published,
        updated=updated,
        expires=_read_time(value["expires"]),
        digests={_text(name): _text(digest) for name, digest in value["digests"].items()},
    )


def _read_time(value: Json) -> datetime | None:
    if value is None:
        return None
    if not _TIME.match(_text(value)):
        raise ValueError(value)
    return datetime.fromisoformat(value)  # a tenth of what strptime takes, for each of ten thousands


def _text(value: Json) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _number(value: Json) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(value)
    return value
