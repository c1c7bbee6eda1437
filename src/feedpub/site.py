"""Feeds → documents: the name, the address and the bytes of every file of a publication but its manifest."""

from __future__ import annotations

import json
from collections import deque
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias

from feedpub import pages
from feedpub.diagnostics import CatalogueError
from feedpub.formats import FORMATS, DocumentError
from feedpub.select import feeds_url
from feedpub.spool import Spool

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from concurrent.futures import Future

    from feedpub.catalogue import Site
    from feedpub.feed import Feed
    from feedpub.index.pieces import PieceStore
    from feedpub.loading.templates import Template
    from feedpub.pages import Page
    from feedpub.select import Selection, Topic
    from feedpub.spool import Place
    from feedpub.workers.workers import Workers

WORTH_WORKERS = 200
"""Documents from which on several processes gain more than they cost to start."""
MANY = 200
"""Documents from which on their bytes are put on disk until they are published."""
_BATCH = 12  # documents that one task of a worker holds


class Form(Protocol):
    """What writes a document and reads it back: a format of feeds, or a kind of pages."""

    @property
    def name(self) -> str:
        """What it is called; no two have the same."""
        ...

    @property
    def suffix(self) -> str:
        """What ends its files' names."""
        ...

    @property
    def media_type(self) -> str:
        """What its documents are served as."""
        ...

    def write(self, shown: Any, /, *, address: str) -> bytes:  # noqa: ANN401 - a feed or a page, each form its own
        """Return the document at an address."""
        ...

    def reads_back(self, data: bytes, shown: Any, /, *, address: str) -> bool:  # noqa: ANN401 - as above
        """Parse a document and tell whether it says what it should; raise DocumentError where it is none."""
        ...


@dataclass(slots=True, kw_only=True)
class Rendering:
    """A feed in a format, or what a page of a kind shows, made when its bytes are wanted.

    ``show`` returns the feed, or what the page shows; ``address`` is the URL that the document names as its own;
    ``digest`` is the SHA-256 of its bytes, in hexadecimal, and how many there are: known from an earlier run, or found
    out. ``is_verified`` says that it was parsed again. With a ``spool``, the bytes lie there, at ``place``, once they
    are made; else they are ``made``.
    """

    show: Callable[[], Feed | Page]
    format: Form
    address: str
    known: tuple[str, int] | None = None
    made: bytes | None = None
    is_verified: bool = False
    spool: Spool | None = None
    place: Place | None = None

    @property
    def data(self) -> bytes:
        """The bytes."""
        if self.spool is not None and self.place is not None:
            return self.spool.read(self.place)
        if self.made is None:
            data = self.format.write(self.show(), address=self.address)
            self.take(data)
            return data
        return self.made

    def take(self, data: bytes) -> None:
        """Keep the bytes that were made: in the spool, where there is one."""
        if self.spool is None:
            self.made = data
        else:
            self.known = self.known or (sha256(data).hexdigest(), len(data))
            self.place = self.spool.keep(data)

    @property
    def digest(self) -> tuple[str, int]:
        """The SHA-256 of the bytes, in hexadecimal, and how many there are."""
        if self.known is None:
            data = self.data
            self.known = (sha256(data).hexdigest(), len(data))
        return self.known

    def reads_back(self) -> bool:
        """Parse the bytes again and tell whether they say what they should. Raises what the form does."""
        return self.format.reads_back(self.data, self.show(), address=self.address)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One file of a publication: ``path`` is relative to the target, with slashes; ``topic`` is None for one of all."""

    path: str
    topic: str | None
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
        if not self.rendering.is_verified and not self.rendering.reads_back():
            raise DocumentError(f"{self.path} does not read back as it was written")


def make_documents(
    selection: Selection,
    *,
    site: Site,
    topics: Collection[str] = (),
    formats: Collection[str] = (),
    templates: tuple[Template, ...] = (),
    unchanged: Collection[str] = (),
    listed: Mapping[str, tuple[str, int]] | None = None,
    store: PieceStore | None = None,
    workers: int = 1,
    executor: Workers | None = None,
) -> Iterator[Document]:
    """Yield the documents of every topic, in the order of topics and formats; of some alone where they are named.

    A topic's former addresses get the same bytes as its present one, which those name as their own. Behind the feeds
    come the pages, which count as the format `html`: those of topics, then, unless ``topics`` are named, those of all,
    made by ``templates`` of the catalogue where it has some. Documents of ``unchanged`` topics are what they are
    ``listed`` as, by their paths: SHA-256 and size; with a ``store``, what others were in an earlier run is known
    without making them again. Where there are many feeds, ``workers`` processes make and verify them, or an
    ``executor`` in their place; else each is made when its bytes are wanted, while the catalogue's index is open.
    """
    chosen = [topic for topic in selection.topics if not topics or topic.key in topics]
    named = [
        _Named(topic.key, topic, FORMATS[name], partial(getattr, topic, "feed"))
        for topic in chosen
        for name in site.formats
        if not formats or name in formats
    ]
    if not formats or pages.NAME in formats:
        named += _name_pages(selection, chosen=chosen, site=site, templates=templates, has_whole=not topics)
    base = feeds_url(site)
    spool = Spool() if len(named) >= MANY else None
    renderings = [
        Rendering(show=one.show, format=one.form, address=f"{base}{one.key}{one.form.suffix}", spool=spool)
        for one in named
    ]
    is_same = all(topic.key in unchanged for topic in selection.topics)
    for one, rendering in zip(named, renderings, strict=True):
        if listed and (one.topic.key in unchanged if one.topic else is_same):
            rendering.known = listed.get(f"{one.key}{one.form.suffix}")
    keys = _recall([one for one in renderings if one.known is None], store) if store is not None else {}
    unknown = [one for one in renderings if one.known is None and one.format.name in FORMATS]
    if len(unknown) >= WORTH_WORKERS and (workers > 1 or executor is not None):
        _share(unknown, workers=workers, executor=executor)
    if store is not None:
        _remember(keys, store)
    for one, rendering in zip(named, renderings, strict=True):
        yield from _name_documents(one, rendering)


class _Named(NamedTuple):
    """A document's name without its suffix, its topic where it has one, and what is written how."""

    key: str
    topic: Topic | None
    form: Form
    show: Callable[[], Feed | Page]


def _name_pages(
    selection: Selection, *, chosen: Collection[Topic], site: Site, templates: tuple[Template, ...], has_whole: bool
) -> Iterator[_Named]:
    for topic in chosen:
        yield _Named(topic.key, topic, pages.TOPIC, partial(pages.show_topic, topic, site=site, templates=templates))
    if has_whole:
        for key, kind, show in pages.WHOLE:
            yield _Named(key, None, kind, partial(show, selection.topics, site=site, templates=templates))


def _name_documents(one: _Named, rendering: Rendering) -> Iterator[Document]:
    key, former = (one.topic.key, one.topic.formerly) if one.topic else (None, ())
    for name in (one.key, *former):
        yield Document(path=f"{name}{one.form.suffix}", topic=key, rendering=rendering)


def _recall(renderings: Collection[Rendering], store: PieceStore) -> dict[bytes, Rendering]:
    """Find out what feeds were in earlier runs; return those that are new, each with the key to remember it by."""
    keys: list[bytes] = []
    last: tuple[Feed | Page, bytes] | None = None
    for one in renderings:
        shown = one.show()
        if last is None or last[0] is not shown:  # of a feed, which all formats write, once
            last = (shown, store.make_key(repr(shown).encode()))
        keys.append(store.make_key(b"document", one.format.name.encode(), one.address.encode(), last[1]))
    found = store.find(keys)
    unknown: dict[bytes, Rendering] = {}
    for key, one in zip(keys, renderings, strict=True):
        if key in found:
            digest, size = json.loads(found[key])
            one.known = (digest, size)
        else:
            unknown[key] = one
    return unknown


def _remember(renderings: Mapping[bytes, Rendering], store: PieceStore) -> None:
    """Remember what documents are, by their keys; one whose template has a mistake is told to whoever asks for it."""
    for key, one in renderings.items():
        with suppress(CatalogueError):
            store.keep(key, json.dumps(one.digest).encode())
    store.flush()


def _share(renderings: Sequence[Rendering], *, workers: int, executor: Workers | None) -> None:
    """Let workers make and verify documents; those that they lose are made when they are wanted."""
    from feedpub.workers.lost import LostError  # noqa: PLC0415 - only many documents need them
    from feedpub.workers.processes import start_processes  # noqa: PLC0415

    with nullcontext(executor) if executor is not None else start_processes(workers) as team:
        waiting: deque[tuple[Sequence[Rendering], Future[list[_Made]]]] = deque()
        batches = (renderings[start : start + _BATCH] for start in range(0, len(renderings), _BATCH))
        while True:
            for batch in islice(batches, 2 * team.count + 1 - len(waiting)):
                waiting.append((batch, team.submit(_make_batch, [_Job.of(one) for one in batch])))
            if not waiting:
                return
            batch, future = waiting.popleft()
            try:
                found = team.result(future)
            except LostError:
                continue
            for one, (data, is_verified) in zip(batch, found, strict=True):
                one.is_verified = is_verified
                one.take(data)


class _Job(NamedTuple):
    """A document to be made: all of it that is sent."""

    feed: Feed | Page
    format: str
    address: str

    @classmethod
    def of(cls, one: Rendering) -> _Job:
        return cls(one.show(), one.format.name, one.address)


_Made: TypeAlias = tuple[bytes, bool]
"""The bytes of a document, and whether they read back as they should."""


def _make_batch(jobs: Sequence[_Job]) -> list[_Made]:
    renderings = [
        Rendering(show=partial(_same, job.feed), format=FORMATS[job.format], address=job.address) for job in jobs
    ]
    return [(one.data, one.reads_back()) for one in renderings]


def _same(shown: Feed | Page) -> Feed | Page:
    return shown
