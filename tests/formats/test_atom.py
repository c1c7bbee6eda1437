"""The Atom column of the mapping, row by row, and the grammar of RFC 4287."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from factories import SITE, TAG, entry, feed, full_entry, full_feed, image, person, retraction
from feedpub.formats import DocumentError, atom
from feedpub.formats.xml_tree import NAMESPACES, XML_LANG

if TYPE_CHECKING:
    from feedpub.feed import Entry, Feed

ADDRESS = f"{SITE}feeds/science.atom"
ATOM = f"{{{NAMESPACES['atom']}}}"
TOMBSTONE = f"{{{NAMESPACES['at']}}}deleted-entry"
GRAMMAR = Path(__file__).parents[3] / "shared" / "schemas" / "atom-rfc4287.rng"


def write_feed(published: Feed) -> etree._Element:
    return etree.fromstring(atom.write(published, address=ADDRESS))


def write_entry(published: Entry) -> etree._Element:
    element = write_feed(feed(published)).find("atom:entry", NAMESPACES)
    assert element is not None
    return element


def list_texts(parent: etree._Element, path: str) -> list[str | None]:
    return [element.text for element in parent.findall(path, NAMESPACES)]


@pytest.mark.skipif(not GRAMMAR.exists(), reason="the grammar of RFC 4287 is not beside this checkout")
@pytest.mark.parametrize(
    "published",
    [
        feed(),
        feed(entries=(), description=None, rights=None),
        full_feed(),
        feed(entry(summary=None, content=None)),
        feed(full_entry(title="AT&T < b", summary="]]>", content="<p>&amp;</p>", image=image(alt=""))),
    ],
    ids=["plain", "empty", "full", "bare entry", "hostile"],
)
def test_a_document_follows_the_grammar_of_rfc_4287(published: Feed) -> None:
    etree.RelaxNG(etree.parse(GRAMMAR)).assertValid(write_feed(published))


def test_the_feed_carries_what_it_is_told() -> None:
    root = write_feed(full_feed())
    expected = {
        "id": f"{TAG}feed:science",
        "title": "Science – Example News",
        "subtitle": "What was found out",
        "rights": "© Example News",
        "icon": f"{SITE}icon.png",
        "logo": f"{SITE}logo.png",
        "generator": "feedpub",
        "updated": "2026-02-12T12:00:00Z",
    }
    assert {name: list_texts(root, f"atom:{name}") for name in expected} == {
        name: [text] for name, text in expected.items()
    }
    assert root.get(XML_LANG) == "en-GB"


def test_what_the_feed_does_not_have_is_left_out() -> None:
    names = {element.tag for element in write_feed(feed(description=None, rights=None, entries=()))}
    assert names == {f"{ATOM}{name}" for name in ("id", "title", "author", "generator", "updated", "link")}


def test_links_are_the_page_the_document_and_each_hub() -> None:
    root = write_feed(feed(hubs=("https://hub.example.org/", "https://hub.example.com/")))
    assert [dict(link.attrib) for link in root.findall("atom:link", NAMESPACES)] == [
        {"rel": "alternate", "type": "text/html", "href": f"{SITE}science/"},
        {"rel": "self", "type": "application/atom+xml", "href": ADDRESS},
        {"rel": "hub", "href": "https://hub.example.org/"},
        {"rel": "hub", "href": "https://hub.example.com/"},
    ]


def test_authors_have_what_is_known_of_them() -> None:
    root = write_feed(feed(authors=(person(), person(name="Desk", email=None, url=None))))
    assert [[(child.tag, child.text) for child in author] for author in root.findall("atom:author", NAMESPACES)] == [
        [
            (f"{ATOM}name", "Ada Lovelace"),
            (f"{ATOM}email", "ada@example.org"),
            (f"{ATOM}uri", "https://ada.example.org/"),
        ],
        [(f"{ATOM}name", "Desk")],
    ]


def test_retractions_stand_before_the_entries_in_their_order() -> None:
    root = write_feed(feed(retractions=(retraction("b"), retraction("a", reason=None))))
    stones = root.findall("at:deleted-entry", NAMESPACES)
    assert [dict(stone.attrib) for stone in stones] == [
        {"ref": f"{TAG}b", "when": "2026-02-12T12:00:00Z"},
        {"ref": f"{TAG}a", "when": "2026-02-12T12:00:00Z"},
    ]
    assert [list_texts(stone, "at:comment") for stone in stones] == [["It is round."], []]
    assert [element.tag for element in root][-3:] == [TOMBSTONE, TOMBSTONE, f"{ATOM}entry"]


def test_an_entry_carries_its_atom_id_title_and_both_times() -> None:
    element = write_entry(entry(id="4711"))
    assert list_texts(element, "atom:id") == [f"{TAG}two-moons"]
    assert list_texts(element, "atom:title") == ["Two moons over the bay"]
    assert list_texts(element, "atom:published") == ["2026-02-12T09:00:00Z"]
    assert list_texts(element, "atom:updated") == ["2026-02-12T12:00:00Z"]
    assert atom.ids(feed(entry(id="4711"))) == (f"{TAG}two-moons",)


@pytest.mark.parametrize("text", ["AT&T", "a < b", "<3", "<b>bold</b>", "&amp;", "]]>", "“quoted”\u2028🌙"])
def test_titles_and_summaries_are_plain_text(text: str) -> None:
    element = write_entry(entry(title=text, summary=text))
    (title,) = element.findall("atom:title", NAMESPACES)
    (summary,) = element.findall("atom:summary", NAMESPACES)
    assert (title.text, title.get("type", "text")) == (text, "text")
    assert (summary.text, summary.get("type")) == (text, "text")


def test_a_summary_only_entry_has_no_content_but_an_alternate_link() -> None:
    element = write_entry(entry(content=None))
    assert element.findall("atom:content", NAMESPACES) == []
    assert len(element.findall("atom:link[@rel='alternate']", NAMESPACES)) == 1


def test_an_entry_has_a_language_and_rights_where_it_has_its_own() -> None:
    assert write_entry(full_entry()).get(XML_LANG) == "cy"
    assert list_texts(write_entry(full_entry()), "atom:rights") == ["CC BY 4.0"]
    assert write_entry(entry()).get(XML_LANG) is None
    assert list_texts(write_entry(entry()), "atom:rights") == []


def test_an_image_is_described_as_in_rss() -> None:
    (content,) = write_entry(entry(image=image())).findall("media:content", NAMESPACES)
    assert content.get("medium") == "image"
    assert list_texts(content, "media:description") == ["Two moons"]
    assert list_texts(content, "media:credit") == ["Grace Hopper"]


@pytest.mark.parametrize("name", ["id", "title", "published", "updated"])
def test_an_entry_without_what_feedpub_always_writes_is_refused(name: str) -> None:
    root = write_feed(feed())
    (element,) = root.findall(f"atom:entry/atom:{name}", NAMESPACES)
    element.text = None
    with pytest.raises(DocumentError, match=f"<entry> has no <atom:{name}>"):
        atom.read(etree.tostring(root))


def test_an_entry_without_an_alternate_link_is_refused() -> None:
    data = atom.write(feed(), address=ADDRESS).replace(b'rel="alternate"', b'rel="related"')
    with pytest.raises(DocumentError, match="has no alternate link"):
        atom.read(data)
