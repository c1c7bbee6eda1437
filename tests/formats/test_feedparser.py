"""What a parser that nobody here wrote understands of RSS and Atom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import feedparser
import pytest

from factories import SITE, TAG, entry, feed, full_entry, full_feed, image
from feedpub.formats import FORMATS

if TYPE_CHECKING:
    from feedpub.feed import Feed

BOTH = pytest.mark.parametrize("name", ["rss", "atom"])
TITLE = "AT&T: a < b, <3 & שלום 🌙 ]]>"


def parse(name: str, published: Feed) -> Any:  # noqa: ANN401 - feedparser has no types
    document = feedparser.parse(FORMATS[name].write(published, address=f"{SITE}feeds/science"))
    assert not document.bozo
    return document


@BOTH
def test_it_sees_the_version_the_page_and_the_address(name: str) -> None:
    document = parse(name, full_feed())
    assert document.version == {"rss": "rss20", "atom": "atom10"}[name]
    assert document.feed.title == "Science – Example News"
    assert document.feed.subtitle == "What was found out"
    assert document.feed.link == f"{SITE}science/"
    assert document.feed.language == "en-GB"
    links = {(link.rel, link.href) for link in document.feed.links}
    assert {("self", f"{SITE}feeds/science"), ("hub", "https://hub.example.org/")} <= links


@BOTH
def test_it_sees_ids_links_and_times(name: str) -> None:
    (only,) = parse(name, feed()).entries
    assert only.id == f"{TAG}two-moons"
    assert only.link == f"{SITE}science/two-moons"
    assert tuple(only.published_parsed)[:6] == (2026, 2, 12, 9, 0, 0)
    assert tuple(only.updated_parsed)[:6] == (2026, 2, 12, 12, 0, 0)


@BOTH
def test_it_shows_a_title_to_the_letter(name: str) -> None:
    (only,) = parse(name, feed(entry(title=TITLE))).entries
    assert only.title == TITLE
    assert only.title_detail.type == "text/plain"


def test_it_takes_the_summary_of_rss_for_html_that_shows_the_text() -> None:
    (only,) = parse("rss", feed(entry(summary="AT&T: a < <b>"))).entries
    assert (only.summary, only.summary_detail.type) == ("AT&amp;T: a &lt; &lt;b&gt;", "text/html")


def test_it_takes_the_summary_of_atom_for_the_text() -> None:
    (only,) = parse("atom", feed(entry(summary="AT&T: a < <b>"))).entries
    assert (only.summary, only.summary_detail.type) == ("AT&T: a < <b>", "text/plain")


@BOTH
def test_it_shows_the_content_as_html(name: str) -> None:
    (only,) = parse(name, feed()).entries
    assert [(one.value, one.type) for one in only.content] == [("<p>The tide came <em>twice</em>.</p>", "text/html")]


@BOTH
def test_it_sees_no_content_where_there_is_none(name: str) -> None:
    (only,) = parse(name, feed(entry(content=None))).entries
    assert only.summary == "Why the tide came twice."
    assert "content" not in only


@BOTH
@pytest.mark.parametrize("content", [None, "<p>C</p>"])
def test_the_description_of_an_image_does_not_replace_the_summary(name: str, content: str | None) -> None:
    (only,) = parse(name, feed(entry(summary="S", content=content, image=image()))).entries
    assert only.summary == "S"
    assert [one["url"] for one in only.media_content] == [f"{SITE}images/moons.jpg"]


@BOTH
def test_it_sees_all_authors(name: str) -> None:
    (only,) = parse(name, feed(full_entry())).entries
    assert [author.name for author in only.authors] == ["Ada Lovelace", "Charles Babbage"]


@BOTH
def test_it_sees_the_enclosure(name: str) -> None:
    (only,) = parse(name, feed(full_entry())).entries
    first = only.enclosures[0]
    assert (first.href, first.length, first.type) == (f"{SITE}audio/tides.mp3", "2345678", "audio/mpeg")
