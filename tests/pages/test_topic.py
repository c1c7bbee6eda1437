"""The page of a topic, and that of all topics: what they hold, read by a parser that did not write them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from pages.rendering import make_pages
from written import SITE, catalogue, teaser

if TYPE_CHECKING:
    from pathlib import Path

IMAGE = {"url": "https://img.e.org/x.jpg", "alt": 'Two "moons"', "width": 1200, "height": 675}
RETIRED = {"old": {"title": "Old", "at": "2026-01-01T00:00:00Z", "notice": "It is over.", "to": "a"}}


def read(text: str) -> Any:  # noqa: ANN401 - lxml's element, whose paths give anything
    return html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))


def test_an_entry_has_its_link_its_times_its_summary_and_its_picture(tmp_path: Path) -> None:
    value = catalogue(
        teaser(
            "x",
            title="A < B & <script>",
            summary="C\n<b>",
            image=IMAGE,
            updated="2026-02-02T12:30:00Z",
            authors=["Ada"],
        )
    )
    (entry,) = read(make_pages(tmp_path, value)["a.html"]).xpath("//article")
    assert entry.xpath("h3/a/@href") == ["https://e.org/x"]
    assert entry.xpath("string(h3)") == "A < B & <script>"
    assert entry.xpath(".//time/@datetime") == ["2026-02-01T00:00:00Z", "2026-02-02T12:30:00Z"]
    assert entry.xpath(".//time/text()") == ["1 February 2026, 00:00 UTC", "updated 2 February 2026, 12:30 UTC"]
    assert entry.xpath("string(.//span)") == "by Ada"
    assert entry.xpath("string(p[2])") == "C\n<b>"
    (image,) = entry.xpath("img")
    assert dict(image.attrib) == {
        "class": "u-photo",
        "src": "https://img.e.org/x.jpg",
        "alt": 'Two "moons"',
        "width": "1200",
        "height": "675",
        "loading": "lazy",
        "decoding": "async",
    }
    assert entry.xpath(".//script | .//b") == []


@pytest.mark.parametrize(
    ("image", "alt"),
    [({"alt": ""}, ""), ({"alt": "", "caption": "C"}, "C"), ({"caption": "C"}, "C"), ({}, "")],
)
def test_every_picture_has_an_alt_text(tmp_path: Path, image: dict[str, str], alt: str) -> None:
    pages = make_pages(tmp_path, catalogue(teaser("x", image={"url": "x.jpg"} | image)))
    assert read(pages["a.html"]).xpath("//img/@alt") == [alt]


def test_a_page_names_its_address_and_its_feeds(tmp_path: Path) -> None:
    pages = make_pages(tmp_path, catalogue(site=SITE | {"formats": ["atom", "json"], "icon": "i.png"}))
    page = read(pages["a.html"])
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://e.org/feeds/a.html"]
    assert page.xpath("//link[@rel='icon']/@href") == ["https://e.org/i.png"]
    assert [tuple(one.attrib.values())[1:] for one in page.xpath("//link[@rel='alternate']")] == [
        ("application/atom+xml", "A – News", "https://e.org/feeds/a.atom"),
        ("application/feed+json", "A – News", "https://e.org/feeds/a.json"),
    ]
    assert page.xpath("string(//textarea)") == "https://e.org/feeds/a.atom"
    assert page.xpath("//ul[@class='formats']//a/@href") == ["a.atom", "a.json"]


def test_the_page_of_all_topics_names_the_feeds_of_all_of_them(tmp_path: Path) -> None:
    page = read(make_pages(tmp_path, catalogue(teaser("x"), retired=RETIRED))["index.html"])
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://e.org/feeds/index.html"]
    assert page.xpath("//link[@rel='alternate']/@href") == [
        f"https://e.org/feeds/{name}" for name in ("a.rss", "b.rss", "all.rss", "all.atom", "all.json")
    ]
    assert page.xpath("//article//h2/a/@href | //article//h3/a/@href") == ["all.html", "a.html", "b.html"]
    assert page.xpath("//code")[0].text_content() == "https://e.org/feeds/all.rss"
    assert page.xpath("//ul[@class='ended']//a/@href") == ["old.html"]
    assert "Nothing has been published here yet" in page.xpath("//article")[2].text_content()


def test_an_empty_topic_says_so_and_one_that_has_ended_asks_nobody_to_subscribe(tmp_path: Path) -> None:
    pages = make_pages(tmp_path, catalogue(retired=RETIRED))
    assert "Nothing has been published here yet" in read(pages["a.html"]).text_content()
    ended = read(pages["old.html"])
    assert ended.xpath("normalize-space(//section/h2)") == "This feed has ended"
    assert ended.xpath("//textarea") == []
    assert ended.xpath("//ul[@class='formats']//a/@href") == ["old.rss", "old.atom", "old.json"]
    assert ended.xpath("//article//a/@href") == ["https://e.org/feeds/a.rss"]
    assert ended.xpath("string(//article/p[2])") == "It is over."


def test_languages_and_directions_are_said_where_they_differ(tmp_path: Path) -> None:
    value = catalogue(teaser("x", sections=["a"], language="ja"), sections={"a": {"title": "א", "language": "he"}})
    page = read(make_pages(tmp_path, value)["a.html"])
    assert (page.get("lang"), page.get("dir")) == ("en", "ltr")
    assert page.xpath("//section/div/@lang | //section/div/@dir") == ["he", "rtl"]
    assert page.xpath("//article/@dir | //article/@lang") == ["auto", "ja"]
    assert set(page.xpath("//time/@lang")) == {"en"}


def test_pages_run_no_script_and_load_nothing_but_pictures(tmp_path: Path) -> None:
    for text in make_pages(tmp_path, catalogue(teaser("x", image=IMAGE))).values():
        if text.startswith("<!doctype html>"):
            page = read(text)
            assert page.xpath("//script | //iframe | //link[@rel='stylesheet'] | //*[@style] | //form") == []
            assert "url(" not in text
            assert "@import" not in text
