"""The traps of feedgen 1.0.0, each closed: every test here fails on what feedgen writes by itself."""

from __future__ import annotations

import locale
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import etree

import feedpub
from factories import SITE, enclosure, entry, feed, full_entry, full_feed, image, person
from feedpub.formats import FORMATS, DocumentError
from feedpub.formats.xml_tree import NAMESPACES

if TYPE_CHECKING:
    from feedpub.feed import Feed

XML_FORMATS = pytest.mark.parametrize("name", ["rss", "atom"])
TIME = re.compile(rb"\d\d \w{3} \d{4} [\d:]{8} [+-]\d{4}|\d{4}-\d\d-\d\dT[^<\"]+")


def write(name: str, published: Feed) -> bytes:
    return FORMATS[name].write(published, address=f"{SITE}feeds/science")


def parse(name: str, published: Feed) -> etree._Element:
    return etree.fromstring(write(name, published))


def find_all(root: etree._Element, path: str) -> list[etree._Element]:
    return root.findall(path, NAMESPACES)


@XML_FORMATS
def test_no_time_comes_from_the_clock(name: str) -> None:
    moment = datetime(2001, 2, 3, 4, 5, 6, tzinfo=UTC)
    published = feed(entry(published=moment, updated=moment), updated=moment)
    written = set(TIME.findall(write(name, published)))
    assert written <= {b"03 Feb 2001 04:05:06 +0000", b"2001-02-03T04:05:06Z"}
    assert written


@XML_FORMATS
def test_no_time_of_an_empty_feed_comes_from_the_clock(name: str) -> None:
    moment = datetime(2001, 2, 3, 4, 5, 6, tzinfo=UTC)
    written = set(TIME.findall(write(name, feed(entries=(), updated=moment))))
    assert len(written) == 1
    assert b"2001" in written.pop()


@XML_FORMATS
def test_entries_are_not_turned_round(name: str) -> None:
    published = feed(entry("first"), entry("second"), entry("third"))
    assert FORMATS[name].read(write(name, published)).ids == FORMATS[name].ids(published)


def test_atom_entry_links_keep_rel_type_and_length() -> None:
    root = parse("atom", feed(entry(enclosures=(enclosure(url=f"{SITE}a.mp3", length=7),))))
    assert [dict(link.attrib) for link in find_all(root, "atom:entry/atom:link")] == [
        {"rel": "alternate", "type": "text/html", "href": f"{SITE}science/two-moons"},
        {"rel": "enclosure", "type": "audio/mpeg", "length": "7", "href": f"{SITE}a.mp3"},
    ]


def test_the_rss_channel_link_is_the_page_whatever_links_follow() -> None:
    root = parse("rss", full_feed())
    assert [link.text for link in find_all(root, "channel/link")] == [f"{SITE}science/"]


def test_rss_keeps_every_link_of_the_feed() -> None:
    root = parse("rss", feed(hubs=("https://hub.example.org/", "https://hub.example.com/")))
    assert [(link.get("rel"), link.get("href")) for link in find_all(root, "channel/atom:link")] == [
        ("self", f"{SITE}feeds/science"),
        ("hub", "https://hub.example.org/"),
        ("hub", "https://hub.example.com/"),
    ]


def test_atom_content_is_of_type_html() -> None:
    (content,) = find_all(parse("atom", feed()), "atom:entry/atom:content")
    assert content.get("type") == "html"
    assert content.text == "<p>The tide came <em>twice</em>.</p>"


@XML_FORMATS
def test_no_text_is_wrapped_in_cdata(name: str) -> None:
    assert b"CDATA" not in write(name, full_feed(full_entry(content="<p>]]&gt;</p>", summary="]]>")))


@XML_FORMATS
def test_summary_and_content_do_not_overwrite_each_other(name: str) -> None:
    (only,) = FORMATS[name].read(write(name, feed(entry(summary="S", content="<p>C</p>")))).entries
    assert (only.summary, only.content) == ("S", "<p>C</p>")


def test_rss_content_without_a_summary_is_no_description() -> None:
    root = parse("rss", feed(entry(summary=None)))
    assert [element.text for element in find_all(root, "channel/item/description")] == [None]
    assert len(find_all(root, "channel/item/content:encoded")) == 1


def test_an_author_without_an_email_address_is_in_rss() -> None:
    root = parse("rss", feed(entry(authors=(person(name="Ada", email=None), person(name="Bo")))))
    assert [one.text for one in find_all(root, "channel/item/dc:creator")] == ["Ada", "Bo"]
    assert find_all(root, "channel/item/author") == []


def test_every_atom_entry_has_an_author() -> None:
    root = parse("atom", feed(entry("unsigned"), entry("signed", authors=(person(name="Ada"),))))
    signed_by = [[one.text for one in find_all(each, "atom:author/atom:name")] for each in find_all(root, "atom:entry")]
    assert signed_by == [["Example News desk"], ["Ada"]]


@XML_FORMATS
def test_no_fraction_of_a_second_is_written(name: str) -> None:
    moment = datetime(2026, 2, 12, 9, 0, 0, 123_456, tzinfo=UTC)
    data = write(name, feed(entry(published=moment, updated=moment), updated=moment))
    assert b"123456" not in data
    assert b"09:00:00." not in data


def test_rss_encloses_the_first_file_and_lists_all() -> None:
    files = (enclosure(url=f"{SITE}a.mp3", length=1), enclosure(url=f"{SITE}b.mp3", length=2))
    root = parse("rss", feed(entry(enclosures=files)))
    assert [dict(one.attrib) for one in find_all(root, "channel/item/enclosure")] == [
        {"url": f"{SITE}a.mp3", "length": "1", "type": "audio/mpeg"}
    ]
    assert [one.get("url") for one in find_all(root, "channel/item/media:content")] == [f"{SITE}a.mp3", f"{SITE}b.mp3"]


@XML_FORMATS
def test_nothing_is_written_as_none(name: str) -> None:
    published = full_feed(full_entry(enclosures=(enclosure(length=0),), image=image(width=None, length=None)), entry())
    assert b"None" not in write(name, published)


@XML_FORMATS
def test_one_image_is_in_no_group(name: str) -> None:
    root = parse(name, feed(entry(image=image())))
    assert find_all(root, ".//media:group") == []
    assert len(find_all(root, ".//media:content")) == 1


@XML_FORMATS
@pytest.mark.parametrize("character", ["\x00", "\x08", "\x1f", "\ufffe", "\uffff", "\ud800"])
@pytest.mark.parametrize("field", ["title", "summary", "content"])
def test_a_character_that_xml_cannot_carry_is_refused_with_the_name_of_the_feed(
    name: str, field: str, character: str
) -> None:
    with pytest.raises(DocumentError, match="feed 'science' cannot be written as XML"):
        write(name, feed(entry(**{field: f"a{character}b"})))


@XML_FORMATS
def test_namespaces_are_declared_once_and_on_the_root(name: str) -> None:
    data = write(name, full_feed())
    declared = re.findall(rb"xmlns:?\w*=", data)
    assert len(declared) == len(set(declared))
    first_element = re.search(rb"<(?:rss|feed)[^>]*>", data)
    assert first_element is not None
    assert all(one in first_element.group() for one in declared)


@pytest.mark.parametrize(
    ("name", "published", "prefixes"),
    [
        ("rss", feed(entries=()), {"atom"}),
        ("rss", feed(entry(content=None)), {"atom"}),
        ("rss", feed(entry()), {"atom", "content"}),
        ("rss", full_feed(), {"atom", "content", "dc", "media"}),
        ("atom", feed(), {None}),
        ("atom", feed(entry(image=image())), {None, "media"}),
        ("atom", full_feed(), {None, "at", "media"}),
    ],
)
def test_only_the_namespaces_in_use_are_declared(name: str, published: Feed, prefixes: set[str | None]) -> None:
    assert set(parse(name, published).nsmap) == prefixes


@XML_FORMATS
def test_the_locale_of_the_process_is_left_alone(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> str:
        raise AssertionError("the locale was asked for or set")

    monkeypatch.setattr(locale, "setlocale", refuse)
    assert b"2026" in write(name, full_feed())


def test_no_extension_of_feedgens_own_is_imported() -> None:
    code = "import sys, feedpub.formats.atom, feedpub.formats.rss; print([n for n in sys.modules if '.ext' in n])"
    environment = {**os.environ, "PYTHONPATH": str(Path(feedpub.__file__).parents[1])}
    run = subprocess.run([sys.executable, "-c", code], env=environment, check=True, capture_output=True)
    assert run.stdout.strip() == b"[]"


@XML_FORMATS
def test_feedgen_does_not_name_itself(name: str) -> None:
    root = parse(name, feed())
    (generator,) = find_all(root, "channel/generator" if name == "rss" else "atom:generator")
    assert generator.text == "feedpub"
    assert dict(generator.attrib) == {}
    assert find_all(root, "channel/docs") == []


def test_categories_are_keyed_in_atom_and_titled_in_rss() -> None:
    assert [dict(one.attrib) for one in find_all(parse("atom", feed()), "atom:entry/atom:category")] == [
        {"term": "science", "scheme": "tag:news.example.org,2026:sections", "label": "Science"},
        {"term": "tides", "label": "tides"},
    ]
    assert [(one.text, one.get("domain")) for one in find_all(parse("rss", feed()), "channel/item/category")] == [
        ("Science", "tag:news.example.org,2026:sections"),
        ("tides", None),
    ]
