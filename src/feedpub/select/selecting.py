"""Index and *now* → topics: which entries each shows, and when that will next be others.

Pure but for the index that it asks: *now* is a parameter, and whether the index holds an entry's text or reads
it again is the index's own affair.
"""

from __future__ import annotations

import json
from array import array
from dataclasses import replace
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING

from feedpub.catalogue.times import parse_authority_date
from feedpub.feed import Entry, Feed, Person, Retraction
from feedpub.select.building import EntryBuilder, feeds_url, is_updated, make_person
from feedpub.select.topics import NotShown, Selection, Shelf, Topic, Waiting, as_moment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from feedpub.catalogue import Retired, Retracted, Section, Site
    from feedpub.index import Row
    from feedpub.loading import Catalogue

ALL = "all"
"""The key of the topic that shows the entries of all sections."""
NAMED = 1_000
"""How many entries that are not shown are named: enough for a newsroom, and a bound for an archive."""


def select_topics(loaded: Catalogue, *, site: Site, now: datetime) -> Selection:
    """Choose what each topic of a sound catalogue shows at ``now`` (aware; whole seconds count)."""
    return _Selector(loaded, site, now).select()


class _Selector:
    def __init__(self, loaded: Catalogue, site: Site, now: datetime) -> None:
        self._loaded = loaded
        self._site = site
        self._now = now
        self._epoch = int(now.timestamp())
        self._builder = EntryBuilder(loaded, site, now=self._epoch)
        self._shelf = Shelf()
        self._moments: set[int] = set()  # at which something that is shown expires, or is updated with effect
        self._has_later = False
        self._retracted = sorted(loaded.retracted, key=lambda one: (-one.at.timestamp(), one.id))

    def select(self) -> Selection:
        loaded = self._loaded
        later, held_back = loaded.index.select_held_back(now=self._epoch, limit=NAMED)
        self._has_later = bool(later)
        topics = [self._section_topic(key, section) for key, section in loaded.sections.items()]
        topics.append(self._all_topic())
        topics += [self._retired_topic(key, retired) for key, retired in sorted(loaded.retired.items())]
        gone, expired = loaded.index.select_expired(now=self._epoch, limit=NAMED)
        next_change, expiry = self._next_change(held_back), loaded.index.find_next_expiry(now=self._epoch)
        ends = [moment for moment in (next_change, as_moment(expiry) if expiry is not None else None) if moment]
        return Selection(
            topics=tuple(topics),
            held_back=NotShown(later, tuple(Waiting(row.id, as_moment(row.published)) for row in held_back)),
            expired=NotShown(gone, tuple(Waiting(row.id, as_moment(row.expires or 0)) for row in expired)),
            next_change=next_change,
            lasts_until=min(ends, default=None),
            shown=self._builder.shown,
            read_text=self._builder.read_text,
        )

    def _section_topic(self, key: str, section: Section) -> Topic:
        site = self._site
        former = tuple(section.formerly or ())
        return self._topic(
            key,
            self._feed(
                key,
                id=f"tag:{site.tag_authority}:feed:{former[0] if former else key}",
                title=f"{section.title} – {site.title}",
                topic_title=section.title,
                url=section.url or site.url,
                language=section.language or site.language,
                description=section.description,
                image=section.image,
            ),
            section=key,
            limit=section.limit or site.limit,
            content=section.content or site.content,
            formerly=former,
        )

    def _all_topic(self) -> Topic:
        site, own = self._site, self._site.all
        title = own.title if own else None
        feed = self._feed(
            ALL,
            title=f"{title} – {site.title}" if title else site.title,
            topic_title=title or site.title,
            description=(own.description if own else None) or site.description,
        )
        limit = (own.limit if own else None) or site.limit
        return self._topic(ALL, feed, section=None, limit=limit, content=site.content)

    def _retired_topic(self, key: str, retired: Retired) -> Topic:
        site = self._site
        identifier = f"tag:{site.tag_authority}:retired:{key}"
        last = Entry(
            id=identifier,
            atom_id=identifier,
            url=self._page_of(retired.to),
            title=retired.title,
            published=retired.at,
            updated=retired.at,
            summary=retired.notice,
        )
        title = f"{retired.title} – {site.title}"
        feed = self._feed(key, title=title, topic_title=retired.title, updated=retired.at, entries=(last,))
        mark = self._fingerprint(key, (), ())
        return Topic(key=key, head=feed, limit=1, retired_at=retired.at, fingerprint=mark)

    def _page_of(self, topic: str | None) -> str:
        """Return where readers of a retired topic are sent: a page, else a feed, else the site."""
        if topic is None:
            return self._site.url
        section = self._loaded.sections.get(topic)
        return (section.url if section else None) or f"{feeds_url(self._site)}{topic}.{self._site.formats[0]}"

    def _feed(self, key: str, **own: object) -> Feed:
        site = self._site
        author = make_person(site.author) if site.author else Person(name=site.title)
        values = {
            "topic": key,
            "id": f"tag:{site.tag_authority}:feed:{key}",
            "url": site.url,
            "language": site.language,
            "authors": (author,),
            "updated": parse_authority_date(site.tag_authority.rpartition(",")[2]),
            "rights": site.rights,
            "icon": site.icon,
            "logo": site.logo,
            "ttl": site.ttl,
            "hubs": tuple(site.hubs or ()),
        }
        return Feed(**(values | own))  # type: ignore[arg-type] # the fields of Feed, each of its own type

    def _topic(
        self, key: str, feed: Feed, *, section: str | None, limit: int, content: str, formerly: tuple[str, ...] = ()
    ) -> Topic:
        choose = partial(self._choose, section)
        rows = choose(limit)
        self._moments.update(at for row in rows for at in (row.updated, row.expires) if at and at > self._epoch)
        retracted = self._choose_retracted(section, limit)
        retractions = tuple(
            Retraction(atom_id=self._builder.find_atom_id(one), at=one.at, reason=one.reason) for one in retracted
        )
        updated = max((one.at for one in retractions), default=feed.updated)
        return Topic(
            key=key,
            head=replace(feed, retractions=retractions, updated=updated),
            limit=limit,
            moments=array("q", [row.published for row in rows]),
            formerly=formerly,
            retracted=tuple(one.guid or f"tag:{self._site.tag_authority}:{one.id}" for one in retracted),
            next=self._find_next(section),
            fingerprint=self._fingerprint(key, rows, retractions),
            has_expiries=any(row.expires is not None for row in rows),
            choose=choose,
            build=self._builder.show(key, content),
            shelf=self._shelf,
        )

    def _choose(self, section: str | None, limit: int) -> list[Row]:
        return self._loaded.index.select_newest(section, now=self._epoch, limit=limit)

    def _fingerprint(self, key: str, rows: Sequence[Row], retractions: Sequence[Retraction]) -> str:
        """Return what is the same where a topic's documents are, without a look at the text of its entries."""
        entries = [(row.digest, is_updated(row, now=self._epoch)) for row in rows]
        gone = [(one.atom_id, one.at.isoformat(), one.reason) for one in retractions]
        return sha256(json.dumps([self._loaded.frame, key, entries, gone]).encode()).hexdigest()

    def _find_next(self, section: str | None) -> tuple[datetime, int] | None:
        found = self._loaded.index.select_next(section, now=self._epoch) if self._has_later else None
        return None if found is None else (as_moment(found[0]), found[1])

    def _choose_retracted(self, section: str | None, limit: int) -> list[Retracted]:
        chosen = [
            one
            for one in self._retracted
            if one.at <= self._now and (section is None or one.sections is None or section in one.sections)
        ]
        return chosen[:limit]

    def _next_change(self, held_back: list[Row]) -> datetime | None:
        """Return the next moment at which a topic shows something else.

        Only what is shown now can expire or be updated with effect before the first held-back entry appears,
        and that one is the newest of its topics when it does.
        """
        moments = [row.published for row in held_back[:1]]
        moments += self._moments
        moments += [int(one.at.timestamp()) for one in self._retracted]
        return min((as_moment(at) for at in moments if at > self._epoch), default=None)
