"""The list of feeds, read by a parser that did not write it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from pages.rendering import make_pages
from written import SITE, catalogue, teaser

if TYPE_CHECKING:
    from pathlib import Path

RETIRED = {"old": {"title": "Old", "at": "2026-01-01T00:00:00Z", "notice": "N"}}


def test_there_is_an_outline_for_each_section_that_lives(tmp_path: Path) -> None:
    value = catalogue(
        site=SITE | {"author": {"name": "Desk", "email": "d@e.org"}, "language": "en-GB"},
        sections={
            "c": {"title": "C & <D>", "description": '"What"', "url": "c/", "language": "cy", "formerly": ["b"]},
            "a": {"title": "A"},
        },
        retired=RETIRED,
    )
    root = ET.fromstring(make_pages(tmp_path, value)["feeds.opml"].encode())  # noqa: S314 - we wrote it
    assert (root.tag, root.get("version")) == ("opml", "2.0")
    assert [(one.tag, one.text) for one in root[0]] == [
        ("title", "News"),
        ("ownerName", "Desk"),
        ("ownerEmail", "d@e.org"),
        ("docs", "http://opml.org/spec2.opml"),
    ]
    assert [one.attrib for one in root[1]] == [
        {
            "text": "C & <D>",
            "title": "C & <D>",
            "description": '"What"',
            "type": "rss",
            "xmlUrl": "https://e.org/feeds/c.rss",
            "htmlUrl": "https://e.org/c/",
            "language": "cy",
        },
        {
            "text": "A",
            "title": "A",
            "type": "rss",
            "xmlUrl": "https://e.org/feeds/a.rss",
            "htmlUrl": "https://e.org/",
            "language": "en-GB",
        },
    ]


@pytest.mark.parametrize(
    ("formats", "suffix"), [(["json", "atom", "rss"], ".atom"), (["rss"], ".rss"), (["json"], ".json")]
)
def test_the_first_format_in_xml_is_named_else_the_first(tmp_path: Path, formats: list[str], suffix: str) -> None:
    text = make_pages(tmp_path, catalogue(site=SITE | {"formats": formats}))["feeds.opml"]
    assert f'xmlUrl="https://e.org/feeds/a{suffix}"' in text


def test_entries_change_no_byte(tmp_path: Path) -> None:
    pages = [make_pages(tmp_path, catalogue(*(teaser(name) for name in names))) for names in ("", "x", "xyz")]
    assert len({one["feeds.opml"] for one in pages}) == 1
    assert len({one["index.html"] for one in pages}) == 3
