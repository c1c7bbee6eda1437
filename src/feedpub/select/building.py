"""Rows of the index → entries of feeds: their text is read again, made whole by what the site says, and converted."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from feedpub import markup
from feedpub.catalogue import Article, build_entry
from feedpub.catalogue.urls import is_absolute_iri
from feedpub.diagnostics import CatalogueError, diagnose, quote
from feedpub.feed import Category, Enclosure, Entry, Image, Person
from feedpub.loading.excerpts import add_excerpts
from feedpub.select.topics import MOST, measure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from feedpub import catalogue
    from feedpub.catalogue import Retracted, Site, Teaser
    from feedpub.diagnostics import Diagnostic
    from feedpub.index import Row
    from feedpub.loading import Catalogue
    from feedpub.record import Value


MAX_FEED = 10_000_000
"""Characters of all entries of a feed: no reader takes as many, and a feed is in memory as long as it is made."""


class EntryBuilder:
    """The entries of a sound catalogue at one moment: each read and converted once, as far as memory goes.

    ``shown`` are the numbers that the index has given them, by published id.
    """

    def __init__(self, loaded: Catalogue, site: Site, *, now: int) -> None:
        """Build entries as they are at ``now``, in seconds since 1970."""
        self.shown: dict[str, int] = {}
        self._loaded = loaded
        self._site = site
        self._now = now
        self._entries: dict[int, tuple[Entry, str | None]] = {}
        self._texts: dict[int, Value] = {}
        self._size = 0
        self._section_tags = f"tag:{site.tag_authority}:sections"

    def show(self, topic: str, content: str) -> Callable[[Sequence[Row]], tuple[Entry, ...]]:
        """Return what builds the entries of a topic that shows them whole (``full``), or without their bodies.

        It raises CatalogueError where they are more than a feed may hold.
        """
        return partial(self._build_all, topic, content)

    def read_text(self, seq: int) -> Value:
        """Return the text of an entry by its number. Raises what reading it again does."""
        return self._texts[seq] if seq in self._texts else self._loaded.index.read_text(seq)[1]

    def find_atom_id(self, found: Article | Teaser | Retracted) -> str:
        """Return the id of an entry in Atom, an IRI."""
        is_iri = found.guid is not None and is_absolute_iri(found.guid)
        return found.guid if is_iri and found.guid else f"tag:{self._site.tag_authority}:{found.id}"

    def _build_all(self, topic: str, content: str, rows: Sequence[Row]) -> tuple[Entry, ...]:
        entries: list[Entry] = []
        size = 0
        for row in rows:
            entries.append(self._entry(row, content))
            size += measure(entries[-1])
            if size > MAX_FEED:
                raise CatalogueError(add_excerpts(self._refuse(topic, len(entries))))
        return tuple(entries)

    def _refuse(self, topic: str, count: int) -> Iterator[Diagnostic]:
        """Yield the refusal of a topic of which so many entries are more than a feed may hold."""
        place = self._loaded.find_topic(topic)
        if place is not None:  # pragma: no branch - it is None where sections could not be read: nothing is shown then
            message = f"topic {quote(topic)} shows more than {MAX_FEED:,} characters in one feed"
            mend = f"set limit below {count}, or content: summary"
            yield diagnose("too-large", message, file=place[0], span=place[1], help=mend)

    def _entry(self, row: Row, content: str) -> Entry:
        """Return an entry as a topic shows it: whole, or without its body."""
        if row.seq not in self._entries:
            self._keep(row.seq, *self._build(row))
        entry, own_content = self._entries[row.seq]
        return entry if (own_content or content) == "full" or entry.content is None else replace(entry, content=None)

    def _keep(self, seq: int, entry: Entry, own_content: str | None) -> None:
        """Keep an entry for the next topic that shows it; the first of too many go."""
        self._entries[seq] = (entry, own_content)
        self.shown[entry.id] = seq
        self._size += measure(entry)
        while self._size > MOST and len(self._entries) > 1:
            first = next(iter(self._entries))
            gone, _ = self._entries.pop(first)
            self._texts.pop(first, None)
            self._size -= measure(gone)

    def _build(self, row: Row) -> tuple[Entry, str | None]:
        key, text = self._loaded.index.read_text(row.seq)
        self._texts[row.seq] = text
        found = build_entry(key, text, context=self._loaded.context)
        url = found.url or self._site.url
        body = self._convert(found, url)
        updated = found.updated if found.updated is not None and is_updated(row, now=self._now) else found.published
        tag = f"tag:{self._site.tag_authority}:{found.id}"
        entry = Entry(
            id=found.guid or tag,
            atom_id=self.find_atom_id(found),
            url=url,
            title=found.title,
            published=found.published,
            updated=updated,
            summary=found.summary or (markup.summarise(body) if body else None),
            content=body,
            authors=tuple(map(make_person, found.authors or ())),
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

    def _categories(self, found: Article | Teaser) -> Iterable[Category]:
        for key in found.sections:
            yield Category(term=key, label=self._loaded.sections[key].title, scheme=self._section_tags)
        for tag in found.tags or ():
            yield Category(term=tag, label=tag)


def is_updated(row: Row, *, now: int) -> bool:
    """Tell whether an entry's `updated` counts at a time, in seconds since 1970: before, it says no more than that."""
    return row.updated is not None and row.updated <= now


def feeds_url(site: Site) -> str:
    """Return where a site's feeds are served, with the final slash."""
    return site.feeds_url or f"{site.url}feeds/"


def make_person(person: catalogue.Person) -> Person:
    """Return a person of a catalogue as feeds have them."""
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
