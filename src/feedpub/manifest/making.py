"""Documents and topics → the manifest of their publication, and which topics it would lose."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from hashlib import sha256
from operator import attrgetter
from typing import TYPE_CHECKING

from feedpub.encodings import ENCODINGS
from feedpub.manifest.manifest import Manifest, PublishedDocument, PublishedEntry, PublishedTopic, PublishedVariant
from feedpub.select import feeds_url

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime

    from feedpub.catalogue import Site
    from feedpub.feed import Entry
    from feedpub.select import Selection, Topic
    from feedpub.site import Document

_DIGESTED = ("summary", "content", "authors", "categories", "image", "enclosures", "language", "rights")

_encode = json.JSONEncoder(default=asdict, ensure_ascii=False).encode  # which `json.dumps` would make each time


class TopicPublisher:
    """What topics show, as manifests list it; the digests of an entry that several of them show are taken once."""

    def __init__(self) -> None:
        """Begin with none."""
        self._digests: dict[tuple[str, bool], dict[str, str]] = {}

    def publish(self, topic: Topic) -> PublishedTopic:
        """Return what a topic shows. Raises what reading its entries does."""
        expires = topic.expires
        return PublishedTopic(
            title=topic.head.topic_title,
            limit=topic.limit,
            formerly=topic.formerly,
            retired=topic.retired_at,
            retracted=topic.retracted,
            entries=tuple(self._publish_entry(entry, expires.get(entry.id)) for entry in topic.feed.entries),
        )

    def _publish_entry(self, entry: Entry, expires: datetime | None) -> PublishedEntry:
        key = (entry.id, entry.content is None)  # a topic may show it whole, another one its summary
        if key not in self._digests:
            self._digests[key] = _digest_fields(entry)
        return PublishedEntry(
            id=entry.id,
            url=entry.url,
            title=entry.title,
            published=entry.published,
            updated=entry.updated,
            expires=expires,
            digests=self._digests[key],
        )


def make_manifest(
    selection: Selection,
    documents: Iterable[Document],
    *,
    site: Site,
    catalogue: str,
    topics: Mapping[str, PublishedTopic] | None = None,
) -> Manifest:
    """Return the manifest of a publication; ``catalogue`` is the digest of what the catalogue means.

    ``topics`` are those, by their keys, of which is known already what they show.
    """
    known, publisher = topics or {}, TopicPublisher()
    return Manifest(
        catalogue=catalogue,
        feeds_url=feeds_url(site),
        hubs=tuple(site.hubs or ()),
        ttl=site.ttl,
        documents=tuple(
            PublishedDocument(
                path=one.path,
                media_type=one.media_type,
                sha256=one.digest[0],
                size=one.digest[1],
                variants=_list_variants(one.path, site.precompress or ()),
            )
            for one in documents
        ),
        topics={topic.key: known.get(topic.key) or publisher.publish(topic) for topic in selection.topics},
    )


def carry_over(last: Manifest | None, made: Manifest, *, topics: Collection[str], is_whole: bool) -> Manifest:
    """Return the manifest of a publication of some documents: all else is as the last one says.

    ``made`` lists the documents that were made; ``topics`` are those that they are of, ``is_whole`` says that each of
    these has all of its formats: only then is it told to hold what it holds now.
    """
    if last is None:
        return replace(made, catalogue="", topics={key: made.topics[key] for key in made.topics if key in topics})
    paths = {document.path for document in made.documents}
    kept = [document for document in last.documents if document.path not in paths]
    now = {key: made.topics[key] for key in topics if is_whole or key not in last.topics}
    return replace(
        last, documents=tuple(sorted([*kept, *made.documents], key=attrgetter("path"))), topics=last.topics | now
    )


def find_vanished(last: Manifest | None, *, keys: Iterable[str]) -> list[str]:
    """Return the keys, sorted, at which the last publication had a topic and at which there would be none.

    ``keys`` are all that lead to a feed now: topics, their former keys, retired topics.
    """
    if last is None:
        return []
    published = {key for key, topic in last.topics.items()}
    published.update(former for topic in last.topics.values() for former in topic.formerly)
    return sorted(published - set(keys))


def _list_variants(path: str, encodings: Iterable[str]) -> tuple[PublishedVariant, ...]:
    found = (PublishedVariant(path=path + ENCODINGS[one].suffix, encoding=one) for one in encodings)
    return tuple(sorted(found, key=attrgetter("path")))


def _digest_fields(entry: Entry) -> dict[str, str]:
    """Return a digest (64 bits, in hexadecimal) of each field that has a value and is not listed itself."""
    found: dict[str, str] = {}
    for name in _DIGESTED:
        value = getattr(entry, name)
        if value:
            found[name] = sha256(_encode(value).encode()).hexdigest()[:16]
    return found
