"""Feeds → documents: the name, the address and the bytes of every file of a publication but its manifest."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from feedpub.formats import FORMATS, DocumentError
from feedpub.select import feeds_url

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from feedpub.catalogue import Site
    from feedpub.feed import Feed
    from feedpub.formats import Format
    from feedpub.index.pieces import PieceStore
    from feedpub.select import Selection, Topic


@dataclass(slots=True, kw_only=True)
class Rendering:
    """A feed in a format, made when its bytes are wanted.

    ``address`` is the URL that the document names as its own; ``digest`` is the SHA-256 of its bytes, in hexadecimal,
    and how many there are: known from an earlier run, or found out.
    """

    feed: Feed
    format: Format
    address: str
    known: tuple[str, int] | None = None
    made: bytes | None = None

    @property
    def data(self) -> bytes:
        """The bytes."""
        if self.made is None:
            self.made = self.format.write(self.feed, address=self.address)
        return self.made

    @property
    def digest(self) -> tuple[str, int]:
        """The SHA-256 of the bytes, in hexadecimal, and how many there are."""
        if self.known is None:
            self.known = (sha256(self.data).hexdigest(), len(self.data))
        return self.known


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One file of a publication: ``path`` is relative to the target, with slashes."""

    path: str
    topic: str
    rendering: Rendering

    @property
    def media_type(self) -> str:
        """What the document is served as."""
        return self.rendering.format.media_type

    @property
    def encoding(self) -> None:
        """The content coding of its bytes: none."""
        return

    @property
    def data(self) -> bytes:
        """Its bytes."""
        return self.rendering.data

    @property
    def digest(self) -> tuple[str, int]:
        """The SHA-256 of its bytes, in hexadecimal, and how many there are."""
        return self.rendering.digest

    def verify(self) -> None:
        """Parse the bytes again and compare what they say; raise DocumentError where it is something else."""
        one = self.rendering
        found = one.format.read(one.data)
        if found.address != one.address or found.ids != one.format.ids(one.feed):
            raise DocumentError(f"{self.path} does not read back as it was written")


def make_documents(
    selection: Selection,
    *,
    site: Site,
    topics: Collection[str] = (),
    formats: Collection[str] = (),
    store: PieceStore | None = None,
) -> Iterator[Document]:
    """Yield the documents of every topic, in the order of topics and formats; of some alone where they are named.

    A topic's former addresses get the same bytes as its present one, which those name as their own. With a ``store``,
    what a feed was in an earlier run is known without making it again.
    """
    chosen = [topic for topic in selection.topics if not topics or topic.key in topics]
    names = [name for name in site.formats if not formats or name in formats]
    renderings = [
        Rendering(feed=topic.feed, format=FORMATS[name], address=f"{feeds_url(site)}{topic.key}{FORMATS[name].suffix}")
        for topic in chosen
        for name in names
    ]
    if store is not None:
        _recall(renderings, store)
    for topic, rendering in zip((topic for topic in chosen for _ in names), renderings, strict=True):
        yield from _name_documents(topic, rendering)


def _name_documents(topic: Topic, rendering: Rendering) -> Iterator[Document]:
    for key in (topic.key, *topic.formerly):
        yield Document(path=f"{key}{rendering.format.suffix}", topic=topic.key, rendering=rendering)


def _recall(renderings: Collection[Rendering], store: PieceStore) -> None:
    """Find out what feeds were in earlier runs; make those that are new, and remember them."""
    keys = [_fingerprint(one, store) for one in renderings]
    found = store.find(keys)
    for key, one in zip(keys, renderings, strict=True):
        if key in found:
            digest, size = json.loads(found[key])
            one.known = (digest, size)
        else:
            store.keep(key, json.dumps(one.digest).encode())
    store.flush()


def _fingerprint(one: Rendering, store: PieceStore) -> bytes:
    """Return the key of all that a document depends on: its feed, its format, its address, and the code."""
    return store.make_key(b"document", one.format.name.encode(), one.address.encode(), repr(one.feed).encode())
