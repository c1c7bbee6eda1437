"""Index and *now* → feeds: which entries each topic shows, and when that will next be others.

Pure but for the index that it asks: *now* is a parameter, and whether the index holds an entry's text or reads
it again is the index's own affair.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from feedpub import markup
from feedpub.catalogue import Article, build_entry
from feedpub.catalogue.times import parse_authority_date
from feedpub.catalogue.urls import is_absolute_iri
from feedpub.feed import Category, Enclosure, Entry, Feed, Image, Person, Retraction

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feedpub import catalogue
    from feedpub.catalogue import Retired, Retracted, Section, Site, Teaser
    from feedpub.index import Row
    from feedpub.loading import Catalogue

ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One topic and its feed as it is now.

    ``formerly`` are its former keys, the oldest first; ``retired_at`` is when it ended, if it did; ``retracted``
    are the published ids of its retractions; ``expires`` says of the entries that leave on their own when, by
    published id; ``next`` says when the next held-back entries appear, and how many.
    """

    key: str
    feed: Feed
    limit: int
    formerly: tuple[str, ...] = ()
    retired_at: datetime | None = None
    retracted: tuple[str, ...] = ()
    expires: dict[str, datetime] = field(default_factory=dict)
    next: tuple[datetime, int] | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry that is not shown because of its times: held back until ``at``, or expired at ``at``."""

    id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NotShown:
    """Entries that are not shown because of their times: how many, and the NAMED nearest to *now* of them."""

    count: int
    nearest: tuple[Waiting, ...]


NAMED = 1_000
"""How many entries that are not shown are named: enough for a newsroom, and a bound for an archive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Every topic as it is at one moment, in display order, `all` last, then the retired ones.

    ``next_change`` is when the output will next change by itself, None if it never will; ``lasts_until`` is when any of
    this will next be otherwise, as well where an entry expires that no topic shows. ``shown`` are the numbers that the
    index has given the entries, by published id.
    """

    topics: tuple[Topic, ...]
    held_back: NotShown
    expired: NotShown
    next_change: datetime | None
    lasts_until: datetime | None = None
    shown: dict[str, int] = field(default_factory=dict)


def select_topics(loaded: Catalogue, *, site: Site, now: datetime) -> Selection:
    """Choose what each topic of a sound catalogue shows at ``now`` (aware; whole seconds count)."""
    return _Selector(loaded, site, now).select()


class _Selector:
    def __init__(self, loaded: Catalogue, site: Site, now: datetime) -> None:
        self._loaded = loaded
        self._site = site
        self._now = now
        self._epoch = int(now.timestamp())
        self._entries: dict[int, tuple[Entry, str | None]] = {}
        self._shown: dict[int, Row] = {}
        self._has_later = False
        self._retracted = sorted(loaded.retracted, key=lambda one: (-one.at.timestamp(), one.id))
        self._section_tags = f"tag:{site.tag_authority}:sections"

    def select(self) -> Selection:
        loaded = self._loaded
        later, held_back = loaded.index.select_held_back(now=self._epoch, limit=NAMED)
        self._has_later = bool(later)
        topics = [self._section_topic(key, section) for key, section in loaded.sections.items()]
        topics.append(self._all_topic())
        topics += [self._retired_topic(key, retired) for key, retired in sorted(loaded.retired.items())]
        gone, expired = loaded.index.select_expired(now=self._epoch, limit=NAMED)
        next_change, expiry = self._next_change(held_back), loaded.index.find_next_expiry(now=self._epoch)
        ends = [moment for moment in (next_change, _moment(expiry) if expiry is not None else None) if moment]
        return Selection(
            topics=tuple(topics),
            held_back=NotShown(later, tuple(Waiting(row.id, _moment(row.published)) for row in held_back)),
            expired=NotShown(gone, tuple(Waiting(row.id, _moment(row.expires or 0)) for row in expired)),
            next_change=next_change,
            lasts_until=min(ends, default=None),
            shown={entry.id: seq for seq, (entry, _) in self._entries.items()},
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
        return Topic(key=key, feed=feed, limit=1, retired_at=retired.at)

    def _page_of(self, topic: str | None) -> str:
        """Return where readers of a retired topic are sent: a page, else a feed, else the site."""
        if topic is None:
            return self._site.url
        section = self._loaded.sections.get(topic)
        return (section.url if section else None) or f"{feeds_url(self._site)}{topic}.{self._site.formats[0]}"

    def _feed(self, key: str, **own: object) -> Feed:
        site = self._site
        author = _person(site.author) if site.author else Person(name=site.title)
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
        rows = self._loaded.index.select_newest(section, now=self._epoch, limit=limit)
        self._shown.update((row.seq, row) for row in rows)
        entries = tuple(self._entry(row, content) for row in rows)
        retracted = self._choose_retracted(section, limit)
        retractions = tuple(Retraction(atom_id=self._atom_id(one), at=one.at, reason=one.reason) for one in retracted)
        times = [entry.updated for entry in entries] + [one.at for one in retractions]
        return Topic(
            key=key,
            feed=replace(feed, entries=entries, retractions=retractions, updated=max(times, default=feed.updated)),
            limit=limit,
            formerly=formerly,
            retracted=tuple(one.guid or f"tag:{self._site.tag_authority}:{one.id}" for one in retracted),
            expires={
                entry.id: _moment(row.expires)
                for entry, row in zip(entries, rows, strict=True)
                if row.expires is not None
            },
            next=self._find_next(section),
        )

    def _find_next(self, section: str | None) -> tuple[datetime, int] | None:
        found = self._loaded.index.select_next(section, now=self._epoch) if self._has_later else None
        return None if found is None else (_moment(found[0]), found[1])

    def _choose_retracted(self, section: str | None, limit: int) -> list[Retracted]:
        chosen = [
            one
            for one in self._retracted
            if one.at <= self._now and (section is None or one.sections is None or section in one.sections)
        ]
        return chosen[:limit]

    def _entry(self, row: Row, content: str) -> Entry:
        """Return an entry as a topic shows it: whole, or without its body."""
        if row.seq not in self._entries:
            self._entries[row.seq] = self._build(row)
        entry, own_content = self._entries[row.seq]
        return entry if (own_content or content) == "full" or entry.content is None else replace(entry, content=None)

    def _build(self, row: Row) -> tuple[Entry, str | None]:
        found = build_entry(*self._loaded.index.read_text(row.seq), context=self._loaded.context)
        url = found.url or self._site.url
        body = self._convert(found, url)
        updated = found.updated if found.updated is not None and found.updated <= self._now else found.published
        tag = f"tag:{self._site.tag_authority}:{found.id}"
        entry = Entry(
            id=found.guid or tag,
            atom_id=self._atom_id(found),
            url=url,
            title=found.title,
            published=found.published,
            updated=updated,
            summary=found.summary or (markup.summarise(body) if body else None),
            content=body,
            authors=tuple(map(_person, found.authors or ())),
            categories=tuple(self._categories(found)),
            image=_image(found.image) if found.image else None,
            enclosures=tuple(
                Enclosure(url=one.url, length=one.length, type=one.type) for one in found.enclosures or ()
            ),
            language=found.language,
            rights=found.rights,
        )
        return entry, found.content

    def _convert(self, found: Article | Teaser, url: str) -> str | None:
        if not isinstance(found, Article) or found.body is None:
            return None
        return markup.convert(found.body, body_format=found.body_format or self._site.body_format, base=url) or None

    def _atom_id(self, found: Article | Teaser | Retracted) -> str:
        is_iri = found.guid is not None and is_absolute_iri(found.guid)
        return found.guid if is_iri and found.guid else f"tag:{self._site.tag_authority}:{found.id}"

    def _categories(self, found: Article | Teaser) -> Iterable[Category]:
        for key in found.sections:
            yield Category(term=key, label=self._loaded.sections[key].title, scheme=self._section_tags)
        for tag in found.tags or ():
            yield Category(term=tag, label=tag)

    def _next_change(self, held_back: list[Row]) -> datetime | None:
        """Return the next moment at which a topic shows something else.

        Only what is shown now can expire or be updated with effect before the first held-back entry appears,
        and that one is the newest of its topics when it does.
        """
        moments = [row.published for row in held_back[:1]]
        moments += [at for row in self._shown.values() for at in (row.updated, row.expires) if at is not None]
        moments += [int(one.at.timestamp()) for one in self._retracted]
        return min((_moment(at) for at in moments if at > self._epoch), default=None)


def feeds_url(site: Site) -> str:
    """Return where a site's feeds are served, with the final slash."""
    return site.feeds_url or f"{site.url}feeds/"


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, tz=UTC)


def _person(person: catalogue.Person) -> Person:
    return Person(name=person.name, email=person.email, url=person.url)


def _image(image: catalogue.Image) -> Image:
    return Image(
        url=image.url,
        alt=image.alt,
        width=image.width,
        height=image.height,
        type=image.type,
        length=image.length,
        credit=image.credit,
        caption=image.caption,
    )
