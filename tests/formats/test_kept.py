"""An entry that several feeds show is converted once, and each document has the bytes that it has alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from factories import entry, feed
from feedpub.feed import Enclosure, Image, Person
from feedpub.formats import FORMATS, _feedgen, atom, kept, rss

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedpub.feed import Entry, Feed

NAMES = ("rss", "atom")
ENTRIES = (
    entry(id="tag:e.org,2026:1", atom_id="tag:e.org,2026:1", content="<p>&lt;entry>\n  <entry\n    <item></p>"),
    entry(
        id="tag:e.org,2026:2",
        atom_id="tag:e.org,2026:2",
        title="\n  <entry>\n</feed>",
        image=Image(url="https://e.org/i.png", alt="An image"),
        authors=(Person(name="Ada"),),
    ),
    entry(
        id="tag:e.org,2026:3",
        atom_id="tag:e.org,2026:3",
        summary="\n    <item>\n  </channel>",
        language="de",
        enclosures=(Enclosure(url="https://e.org/a.mp3", length=1, type="audio/mpeg"),),
    ),
)
ONE, TWO, THREE = ENTRIES


@pytest.fixture(autouse=True)
def forget() -> Iterator[None]:
    """Keep nothing from one test to the next."""
    _forget()
    yield
    _forget()


def _forget() -> None:
    for one in (_feedgen._ITEMS, _feedgen._ENTRIES):
        one.__init__(start=one._start, end=one._end)  # type: ignore[misc] # as if it were new


def write(name: str, entries: tuple[Entry, ...], whole: Feed | None = None) -> bytes:
    return FORMATS[name].write(replace(whole or feed(), entries=entries), address="https://e.org/feeds/x")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "shown", [ENTRIES, (THREE, ONE), (TWO,), (), ENTRIES[::-1], (ONE, ONE), (replace(ONE, title="Other"), ONE)]
)
def test_a_document_is_the_same_whatever_was_written_before(name: str, shown: tuple[Entry, ...]) -> None:
    alone = write(name, shown)
    for before in ((ONE,), (THREE, TWO), ENTRIES, ()):
        _forget()
        write(name, before)
        assert write(name, shown) == alone
        assert write(name, shown) == alone


@pytest.mark.parametrize(("name", "module"), [("rss", rss), ("atom", atom)])
def test_an_entry_is_converted_once(name: str, module: object, monkeypatch: pytest.MonkeyPatch) -> None:
    converted: list[str] = []
    describe = "_describe_item" if name == "rss" else "_describe_entry"
    original = getattr(module, describe)

    def count(one: Entry) -> object:
        converted.append(one.id)
        return original(one)

    monkeypatch.setattr(module, describe, count)
    for shown in (ENTRIES, (THREE, ONE), ENTRIES[::-1], tuple(replace(one) for one in ENTRIES)):
        write(name, shown)
    assert converted == [one.id for one in ENTRIES]


def test_an_entry_takes_the_authors_of_the_feed_that_shows_it() -> None:
    ada, ben = (replace(feed(), authors=(Person(name=name),)) for name in ("Ada L.", "Ben M."))
    first, second = (write("atom", (ONE,), whole) for whole in (ada, ben))
    assert (first.count(b"Ada L."), second.count(b"Ada L."), second.count(b"Ben M.")) == (2, 0, 2)


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST", 64_000)
    many = tuple(replace(ONE, title=f"{'T' * 900} {number}") for number in range(100))
    large = replace(ONE, title="T" * 5_000)
    alone = write("rss", (large, *many))
    found = _feedgen._ITEMS._entries
    assert 20 < len(found) < 70
    assert sum(len(one.data) for one in found.values()) <= 64_000
    assert (many[-1], ()) in found
    assert (many[0], ()) not in found
    assert (large, ()) not in found
    assert write("rss", (large, *many)) == alone
