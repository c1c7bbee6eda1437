"""Topics → documents, a few topics after another: what many of them show is not in memory at once."""

from __future__ import annotations

import json
from contextlib import contextmanager, suppress
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from feedpub import pages
from feedpub.diagnostics import CatalogueError
from feedpub.formats import FORMATS
from feedpub.select import feeds_url
from feedpub.site import sharing
from feedpub.site.rendering import Document, Rendering
from feedpub.spool import Spool

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from feedpub.catalogue import Site
    from feedpub.feed import Feed
    from feedpub.index.pieces import PieceStore
    from feedpub.loading.templates import Template
    from feedpub.pages import Page
    from feedpub.select import Selection, Topic
    from feedpub.site.rendering import Form
    from feedpub.site.sharing import Sharing
    from feedpub.workers.workers import Workers

WORTH_WORKERS = 200
"""Documents from which on several processes gain more than they cost to start."""
MANY = 200
"""Documents from which on each is made and verified at once, and put on disk until it is published."""


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
    verify: bool = True,
    on_made: Callable[[Topic], None] = lambda _: None,
) -> Iterator[Document]:
    """Yield the documents of every topic, in the order of topics and formats; of some alone where they are named.

    A topic's former addresses get the same bytes as its present one, which those name as their own. Behind the feeds
    come the pages, which count as the format `html`: those of topics, then, unless ``topics`` are named, those of all,
    made by ``templates`` of the catalogue where it has some. Documents of ``unchanged`` topics are what they are
    ``listed`` as, by their paths: SHA-256 and size; with a ``store``, what others were in an earlier run is known
    without making them again. Where there are many feeds, ``workers`` processes make and verify them, or an
    ``executor`` in their place; where there are few, each is made when its bytes are wanted, while the catalogue's
    index is open. Without ``verify``, none is parsed again before that is asked for. ``on_made`` hears of each topic
    while its feed is at hand.
    """
    chosen = [topic for topic in selection.topics if not topics or topic.key in topics]
    named = [_name_of_topic(topic, site, formats, templates) for topic in chosen]
    whole = list(_name_whole(selection, site, templates)) if not topics and _wants_pages(formats) else []
    everything = [*chain.from_iterable(named), *whole]
    spool = Spool() if len(everything) >= MANY else None
    is_same = all(topic.key in unchanged for topic in selection.topics)
    for one in everything:
        rendering = one.rendering
        rendering.spool = spool
        if listed and (one.topic.key in unchanged if one.topic else is_same):
            rendering.known = listed.get(f"{one.key}{rendering.format.suffix}")
    unknown = sum(one.rendering.known is None and one.is_feed for one in everything)
    with _find_team(unknown, workers=workers, executor=executor) as team:
        maker = _Maker(store, team, is_many=spool is not None, verify=verify)
        groups = zip(chosen, named, strict=True)
        while some := list(islice(groups, max(1, sharing.BATCH // len(site.formats)))):
            maker.make([one.rendering for _, group in some for one in group])
            for topic, _ in some:
                on_made(topic)
        maker.make([one.rendering for one in whole])
        maker.finish()
    for one in sorted(everything, key=lambda one: not one.is_feed):  # a stable order: pages come last
        yield from one.list_documents()


class _Named(NamedTuple):
    """A document's name without its suffix, its topic where it has one, and what is written how."""

    key: str
    topic: Topic | None
    rendering: Rendering

    @classmethod
    def of(cls, key: str, form: Form, show: Callable[[], Feed | Page], *, topic: Topic | None, base: str) -> _Named:
        return cls(key, topic, Rendering(show=show, format=form, address=f"{base}{key}{form.suffix}"))

    @property
    def is_feed(self) -> bool:
        return self.rendering.format.name in FORMATS

    def list_documents(self) -> Iterator[Document]:
        key, former = (self.topic.key, self.topic.formerly) if self.topic else (None, ())
        for name in (self.key, *former):
            yield Document(path=f"{name}{self.rendering.format.suffix}", topic=key, rendering=self.rendering)


def _wants_pages(formats: Collection[str]) -> bool:
    return not formats or pages.NAME in formats


def _name_of_topic(topic: Topic, site: Site, formats: Collection[str], templates: tuple[Template, ...]) -> list[_Named]:
    base, chosen = feeds_url(site), [name for name in site.formats if not formats or name in formats]
    feed = partial(getattr, topic, "feed")
    named = [_Named.of(topic.key, FORMATS[name], feed, topic=topic, base=base) for name in chosen]
    if _wants_pages(formats):
        page = partial(pages.show_topic, topic, site=site, templates=templates)
        named.append(_Named.of(topic.key, pages.TOPIC, page, topic=topic, base=base))
    return named


def _name_whole(selection: Selection, site: Site, templates: tuple[Template, ...]) -> Iterator[_Named]:
    for key, kind, show in pages.WHOLE:
        page = partial(show, selection.topics, site=site, templates=templates)
        yield _Named.of(key, kind, page, topic=None, base=feeds_url(site))


@contextmanager
def _find_team(unknown: int, *, workers: int, executor: Workers | None) -> Iterator[Sharing | None]:
    """Yield who makes so many feeds beside this process; processes of our own end with the block."""
    if unknown < WORTH_WORKERS or (workers == 1 and executor is None):
        yield None
    elif executor is not None:
        yield sharing.Sharing(executor)
    else:
        from feedpub.workers.processes import start_processes  # noqa: PLC0415 - only many documents need them

        with start_processes(workers) as team:
            yield sharing.Sharing(team)


class _Maker:
    """Who makes documents, or finds out that they are known."""

    def __init__(self, store: PieceStore | None, team: Sharing | None, *, is_many: bool, verify: bool) -> None:
        self._store = store
        self._verify = verify
        self._team = team
        self._is_many = is_many
        self._new: dict[bytes, Rendering] = {}

    def make(self, renderings: Sequence[Rendering]) -> None:
        """Make those that are not known: here, or by others; where there are few, when they are wanted."""
        unknown = [one for one in renderings if one.known is None]
        if self._store is not None and unknown:
            self._new |= _recall(unknown, self._store)
        for one in unknown:
            if one.known is not None:
                continue
            if self._team is not None and one.format.name in FORMATS:
                self._team.give([one])
            elif self._is_many:
                one.finish(verify=self._verify)

    def finish(self) -> None:
        """Take back what others made, and remember what documents are."""
        if self._team is not None:
            self._team.finish()
        if self._store is not None:
            _remember(self._new, self._store)


def _recall(renderings: Sequence[Rendering], store: PieceStore) -> dict[bytes, Rendering]:
    """Find out what documents were in earlier runs; return those that are new, each with the key to remember it by."""
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
