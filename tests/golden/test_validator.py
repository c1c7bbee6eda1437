"""What the W3C feed validator would say of every document: nothing, but of titles and names with markup in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from golden.cases import list_documents
from golden.validator import find_atom_faults, find_rss_faults

if TYPE_CHECKING:
    from pathlib import Path

RSS = list_documents(".rss")
ATOM = list_documents(".atom")
MARKUP = re.compile(
    r"(title|description|copyright|category|dc:rights|atom:(title|subtitle|summary|rights|name)): |category: .* markup"
)
"""What titles, tags and names with markup in them cause, in the catalogue that has them."""


def drop_markup(name: str, faults: list[str]) -> list[str]:
    return [fault for fault in faults if not (name.startswith("hostile/") and MARKUP.match(fault))]


@pytest.mark.parametrize("name", RSS)
def test_the_validator_has_nothing_to_say_of_rss(name: str) -> None:
    assert drop_markup(name, find_rss_faults(RSS[name].read_bytes())) == []


@pytest.mark.parametrize("name", ATOM)
def test_the_validator_has_nothing_to_say_of_atom(name: str) -> None:
    assert drop_markup(name, find_atom_faults(ATOM[name].read_bytes())) == []


def spoil(path: Path, pattern: str, replacement: str) -> bytes:
    text, count = re.subn(pattern, replacement, path.read_text(encoding="utf-8"), count=1, flags=re.DOTALL)
    assert count == 1
    return text.encode()


@pytest.mark.parametrize(
    ("pattern", "replacement", "fault"),
    [
        (r'version="2.0"', 'version="0.91"', "not RSS 2.0"),
        (r"<atom:link rel=.self[^>]*>", "", "atom:link: not one self of this type"),
        (r"<language>cy</language>", "", "language: missing or empty"),
        (r"<language>cy<", "<language>welsh<", "language: 'welsh'"),
        (r"<ttl>30", "<ttl>0", "ttl: '0'"),
        (r"<lastBuildDate>Sun", "<lastBuildDate>Mon", "lastBuildDate: 'Mon, 01 Mar 2026 12:00:00 +0000'"),
        (r"<pubDate>Sun, 01 Mar 2026", "<pubDate>Sun, 1 Mar 26", "pubDate: 'Sun, 1 Mar 26 12:00:00 +0000'"),
        (r"<link>https[^<]*</link>\s*</image>", "<link>https://e.org/</link></image>", "image: its link is not"),
        (r"harbour\.jpg", "harbour.svg", "image: svg"),
        (r"</channel>", "<ttl>30</ttl></channel>", "something of the channel follows an item"),
        (r"<guid[^>]*>[^<]*</guid>", "", "guid: missing or empty"),
        (r"<guid isPermaLink=.true.>", '<guid isPermaLink="yes">', "guid: isPermaLink is neither true nor false"),
        (r"<guid isPermaLink=.true.>[^<]*", '<guid isPermaLink="true">tag:x,2026:y', "guid: a permanent link"),
        (r"<guid isPermaLink=.true.>[^<]*", '<guid isPermaLink="false">4711', "guid: too short"),
        (r"<guid isPermaLink=.true.>[^<]*", "<guid>https://old.tides.example.org/?p=4711", "guid: given twice"),
        (r"<description>The highest[^<]*</description>", "", "content:encoded: no description before it"),
        (r'length="4812345"', 'length="None"', "enclosure: length"),
        (r'type="audio/mpeg"', 'type="mp3"', "enclosure: type or url"),
        (r"<enclosure [^>]*>", r"\g<0>\g<0>", "enclosure: more than one"),
        (r'width="1600"', 'width="0"', "media:content: width '0'"),
        (r'medium="image"', 'medium="photo"', "media:content: medium 'photo'"),
        (r"<category>tides", "<category>", "category: None"),
        (r"<category>tides", "<category>&amp;lt;b&amp;gt;", "category: '&lt;b&gt;'"),
        (r"<dc:language>en", "<dc:language>English", "dc:language: 'English'"),
        (r"<link>https[^<]*ferry", "<link>harbour/ferry", "link: 'harbour/ferry'"),
        (r"<link>https[^<]*ferry", "<link>https://e.org/a b", "link: 'https://e.org/a b'"),
        (r"<dc:creator>Gwen Parry</dc:creator>", "<author>Gwen Parry</author>", "unknown element author"),
        (r"&lt;table", "&lt;script&gt;&lt;/script&gt;&lt;table", "html: <script>"),
        (r"&lt;table", "&lt;table onclick=''", "html: attribute onclick"),
        (r"https://tides.example.org/tables", "/tables", "html: relative or active href"),
        (r"https://tides.example.org/tables", "javascript:alert(1)", "html: relative or active href"),
        (r"&lt;img alt", "&lt;img srcset='a.jpg 2x' alt", "html: relative or active srcset"),
    ],
)
def test_a_fault_in_rss_would_be_found(pattern: str, replacement: str, fault: str) -> None:
    found = find_rss_faults(spoil(RSS["full/harbour.rss"], pattern, replacement))
    assert any(one.startswith(fault) for one in found), found


@pytest.mark.parametrize(
    ("pattern", "replacement", "fault"),
    [
        (r"2005/Atom", "2004/Atom", "not Atom 1.0"),
        (r"<link rel=.self[^>]*>", "", "link: not one self of this type"),
        (r'xml:lang="cy"', "", "xml:lang: no language"),
        (r"<link rel=.alternate[^>]*>", r"\g<0>\g<0>", "link: not one alternate of each type"),
        (r"<link rel=.hub", '<link rel="fetch', "link: rel fetch"),
        (r"<id>[^<]*", "<id>tag:E.org,26:x", "atom:id: 'tag:E.org,26:x'"),
        (r"<id>[^<]*</id>", "", "atom:id: missing or empty"),
        (r"<name>Tidal Times desk", "<name>", "atom:author/atom:name: missing or empty"),
        (r"<email>desk@tides", "<email>The desk <desk@tides".replace("<d", "&lt;d"), "atom:email: 'The desk"),
        (r"<uri>https[^<]*", "<uri>über", "atom:uri: 'über'"),
        (r"</feed>", "<updated>2026-03-01T12:00:00Z</updated></feed>", "something of the feed follows an entry"),
        (r"<updated>2026-03-01T12:00:00Z", "<updated>2026-03-01 12:00", "atom:updated: '2026-03-01 12:00'"),
        (r"<updated>2026-02-28T07:15:00Z", "<updated>2026-02-22T15:00:00Z", "atom:entry/atom:updated: 2026-02-22"),
        (r"<id>https://old[^<]*", "<id>https://tides.example.org/paper/harbour/ferry", "atom:entry/atom:id: https"),
        (r"<summary type=.text.>After[^<]*</summary>", "", "entry: neither summary nor content"),
        (r'<content type="html">', '<content type="CDATA">', "content: empty, or not HTML"),
        (r"<title>The ferry", "<title>&lt;b&gt;The ferry", "atom:title: '<b>The ferry"),
        (r'<summary type="text">', '<summary type="html">', "atom:summary: empty, or not plain text"),
        (r'term="harbour" ', "", "category: no term"),
        (r'length="4812345"', 'length="None"', "link: length"),
        (r'type="audio/mpeg"', 'type="mp3"', "link: type"),
        (r'href="https://tides.example.org/paper/harbour/ferry"', 'href="harbour/ferry"', "link: href"),
        (r'fileSize="245760"', 'fileSize="0"', "media:content: fileSize '0'"),
        (r"&lt;table", "&lt;marquee&gt;&lt;table", "html: <marquee>"),
    ],
)
def test_a_fault_in_atom_would_be_found(pattern: str, replacement: str, fault: str) -> None:
    found = find_atom_faults(spoil(ATOM["full/harbour.atom"], pattern, replacement))
    assert any(one.startswith(fault) for one in found), found
