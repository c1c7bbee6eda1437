"""What a feed is, in Atom's words (RFC 4287): immutable, and whole enough for every format.

A format may leave out what its column of the mapping does not carry, but never has to make anything up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who wrote something (RFC 4287, section 3.2)."""

    name: str
    email: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """What an entry is about: a section (with a scheme) or a tag (RFC 4287, section 4.2.2).

    ``term`` is the key, ``label`` the title that a person reads; a tag has both the same and no scheme.
    """

    term: str
    label: str
    scheme: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A file that belongs to an entry: absolute URL, length in bytes, media type (RFC 4287, section 4.2.7.2)."""

    url: str
    length: int
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """An entry's picture: absolute URL, sizes in pixels, ``length`` in bytes; ``alt=""`` says decorative."""

    url: str
    alt: str | None = None
    width: int | None = None
    height: int | None = None
    type: str | None = None
    length: int | None = None
    credit: str | None = None
    caption: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One article or teaser as it is published.

    ``id`` is what RSS and JSON carry, ``atom_id`` the absolute IRI that Atom carries: they differ only where
    an older system's id is no IRI. ``title`` and ``summary`` are plain text, ``content`` is safe HTML with
    absolute URLs, or None for an entry that shows its summary only. Times are aware, UTC, in whole seconds.
    ``authors`` may be empty: Atom then writes the feed's.
    """

    id: str
    atom_id: str
    url: str
    title: str
    published: datetime
    updated: datetime
    summary: str | None = None
    content: str | None = None
    authors: tuple[Person, ...] = ()
    categories: tuple[Category, ...] = ()
    image: Image | None = None
    enclosures: tuple[Enclosure, ...] = ()
    language: str | None = None
    rights: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Retraction:
    """An entry that was taken back (RFC 6721): its Atom id, when, and why where a reason was given."""

    atom_id: str
    at: datetime
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What one can subscribe to: a topic with the entries that it shows now, newest first.

    ``title`` is the whole title ("Politics – Example News"), ``topic_title`` the topic's own ("Politics").
    ``url`` is the topic's page, else the site's. ``authors`` has at least one. ``updated`` is the latest of
    what the feed holds. ``image`` is the topic's picture, ``logo`` and ``icon`` the site's; ``ttl`` is in
    minutes; ``hubs`` are WebSub hubs. ``retractions`` are newest first.
    """

    topic: str
    id: str
    title: str
    topic_title: str
    url: str
    language: str
    authors: tuple[Person, ...]
    updated: datetime
    description: str | None = None
    rights: str | None = None
    icon: str | None = None
    logo: str | None = None
    image: str | None = None
    ttl: int | None = None
    hubs: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    retractions: tuple[Retraction, ...] = ()
