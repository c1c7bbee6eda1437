"""Whatever a feed holds, reading its document gives back what that format's column of the mapping carries."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import feed
from feedpub.feed import Category, Enclosure, Entry, Image, Person, Retraction
from feedpub.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedpub.feed import Feed
    from feedpub.formats import Format

T = TypeVar("T")

ADDRESS = "https://news.example.org/feeds/science"


def some(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(strategy, max_size=3).map(tuple)


# XML's own marks, white space and text from both ends of Unicode; and all else that XML carries.
MARKS = ["]]>", "<![CDATA[", "&", "&amp;", "&#8;", "<", "</title>", '"', "'", "\n", "\t", " ", "\u2028", "שלום", "🌙"]
CHARACTERS = st.characters(
    exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff", include_characters="\t\n\r"
)
TEXTS = st.text(CHARACTERS, min_size=1) | st.lists(st.sampled_from(MARKS), min_size=1).map("".join)
URLS = st.text(st.sampled_from("az09/?&=#;%+'()")).map("https://example.org/{}".format)
TIMES = st.datetimes(
    datetime(1900, 1, 1),  # noqa: DTZ001 - hypothesis wants naive bounds
    datetime(9998, 12, 31),  # noqa: DTZ001 - hypothesis wants naive bounds
    timezones=st.just(UTC),
).map(lambda moment: moment.replace(microsecond=0))
SIZES = st.integers(min_value=1, max_value=10**12)
PEOPLE = st.builds(Person, name=TEXTS, email=st.none() | TEXTS, url=st.none() | URLS)
ENTRIES = st.builds(
    Entry,
    id=TEXTS,
    atom_id=URLS,
    url=URLS,
    title=TEXTS,
    published=TIMES,
    updated=TIMES,
    summary=st.none() | TEXTS,
    content=st.none() | TEXTS,
    authors=some(PEOPLE),
    categories=some(st.builds(Category, term=TEXTS, label=TEXTS, scheme=st.none() | URLS)),
    image=st.none()
    | st.builds(
        Image,
        url=URLS,
        alt=st.none() | st.just("") | TEXTS,
        width=st.none() | SIZES,
        height=st.none() | SIZES,
        type=st.none() | TEXTS,
        length=st.none() | SIZES,
        credit=st.none() | TEXTS,
        caption=st.none() | TEXTS,
    ),
    enclosures=some(st.builds(Enclosure, url=URLS, length=st.just(0) | SIZES, type=TEXTS)),
    language=st.none() | st.sampled_from(["en", "zh-Hant-TW"]),
    rights=st.none() | TEXTS,
)
RETRACTIONS = st.builds(Retraction, atom_id=URLS, at=TIMES, reason=st.none() | TEXTS)
FEEDS = st.builds(
    feed,
    title=TEXTS,
    description=st.none() | TEXTS,
    url=URLS,
    authors=st.lists(PEOPLE, min_size=1, max_size=2).map(tuple),
    updated=TIMES,
    rights=st.none() | TEXTS,
    image=st.none() | URLS,
    ttl=st.none() | SIZES,
    hubs=some(URLS),
    entries=some(ENTRIES),
    retractions=some(RETRACTIONS),
)


def carry_described(image: Image | None) -> Image | None:
    if image is None:
        return None
    described = image.caption if image.alt is None else image.alt
    return replace(image, alt=described or None, caption=None)


def carry_in_rss(entry: Entry, _feed: Feed) -> Entry:
    return replace(
        entry,
        atom_id=entry.id,
        authors=tuple(Person(name=one.name) for one in entry.authors),
        categories=tuple(replace(one, term=one.label) for one in entry.categories),
        image=carry_described(entry.image),
    )


def carry_in_atom(entry: Entry, feed: Feed) -> Entry:
    return replace(entry, id=entry.atom_id, authors=entry.authors or feed.authors, image=carry_described(entry.image))


def carry_in_json(entry: Entry, _feed: Feed) -> Entry:
    return replace(
        entry,
        atom_id=entry.id,
        authors=tuple(replace(one, email=None) for one in entry.authors),
        categories=tuple(Category(term=one.label, label=one.label) for one in entry.categories),
        image=None if entry.image is None else Image(url=entry.image.url),
        rights=None,
    )


CARRIED: dict[str, Callable[[Entry, Feed], Entry]] = {
    "rss": carry_in_rss,
    "atom": carry_in_atom,
    "json": carry_in_json,
}
CARRY_RETRACTIONS = {"atom"}


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS.keys())
@settings(max_examples=150, deadline=None, database=None)
@given(published=FEEDS, address=URLS)
def test_reading_gives_back_what_the_format_carries(form: Format, published: Feed, address: str) -> None:
    readback = form.read(form.write(published, address=address))
    assert readback.address == address
    assert readback.title == published.title
    assert readback.ids == form.ids(published)
    assert list(readback.entries) == [CARRIED[form.name](entry, published) for entry in published.entries]
    assert readback.retractions == (published.retractions if form.name in CARRY_RETRACTIONS else ())
