"""Atom 1.0 (RFC 4287), with tombstones for what was retracted (RFC 6721): a feed as a document, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedpub.feed import Category, Enclosure, Entry, Person, Retraction
from feedpub.formats._feedgen import write_atom
from feedpub.formats.media import describe_image, read_image
from feedpub.formats.readback import DocumentError, Readback
from feedpub.formats.times import format_rfc3339, parse_rfc3339
from feedpub.formats.xml_tree import (
    NAMESPACES,
    XML_LANG,
    Node,
    find_text,
    parse_xml,
    require_attribute,
    require_number,
    require_text,
)

if TYPE_CHECKING:
    from lxml import etree

    from feedpub.feed import Feed

MEDIA_TYPE = "application/atom+xml"
ROOT = f"{{{NAMESPACES['atom']}}}feed"


def write(feed: Feed, *, address: str) -> bytes:
    """Return a feed as Atom 1.0, UTF-8, one element a line; `feedpub.formats.Format.write` says the rest."""
    return write_atom(feed, nodes=_describe_feed(feed, address=address), describe=_describe_entry)


def read(data: bytes) -> Readback:
    """Return what an Atom 1.0 document says; raises DocumentError where it is none."""
    root = parse_xml(data)
    if root.tag != ROOT:
        raise DocumentError("not an Atom document: its root is no <feed> of Atom's namespace")
    own = root.find("atom:link[@rel='self']", NAMESPACES)
    return Readback(
        address=None if own is None else own.get("href"),
        title=require_text(root, "atom:title"),
        entries=tuple(_read_entry(entry) for entry in root.iterfind("atom:entry", NAMESPACES)),
        retractions=tuple(_read_retraction(one) for one in root.iterfind("at:deleted-entry", NAMESPACES)),
    )


def ids(feed: Feed) -> tuple[str, ...]:
    """Return the ids that a feed's document holds: absolute IRIs (RFC 4287, section 4.2.6)."""
    return tuple(entry.atom_id for entry in feed.entries)


def _describe_feed(feed: Feed, *, address: str) -> list[Node]:
    return [
        Node("updated", format_rfc3339(feed.updated)),
        Node("link", attributes={"rel": "alternate", "type": "text/html", "href": feed.url}),
        Node("link", attributes={"rel": "self", "type": MEDIA_TYPE, "href": address}),
        *(Node("link", attributes={"rel": "hub", "href": hub}) for hub in feed.hubs),
        *(_describe_retraction(retraction) for retraction in feed.retractions),
    ]


def _describe_retraction(retraction: Retraction) -> Node:
    return Node(
        "at:deleted-entry",
        attributes={"ref": retraction.atom_id, "when": format_rfc3339(retraction.at)},
        children=() if retraction.reason is None else (Node("at:comment", retraction.reason),),
    )


def _describe_entry(entry: Entry) -> list[Node]:
    nodes = [
        Node("link", attributes={"rel": "alternate", "type": "text/html", "href": entry.url}),
        *(_describe_enclosure(enclosure) for enclosure in entry.enclosures),
        Node("published", format_rfc3339(entry.published)),
        Node("updated", format_rfc3339(entry.updated)),
    ]
    if entry.summary is not None:
        nodes.append(Node("summary", entry.summary, {"type": "text"}))
    if entry.content is not None:
        nodes.append(Node("content", entry.content, {"type": "html"}))
    if entry.image is not None:
        nodes.append(describe_image(entry.image))
    return nodes


def _describe_enclosure(enclosure: Enclosure) -> Node:
    return Node(
        "link",
        attributes={"rel": "enclosure", "type": enclosure.type, "length": enclosure.length, "href": enclosure.url},
    )


def _read_entry(entry: etree._Element) -> Entry:
    atom_id = require_text(entry, "atom:id")
    link = entry.find("atom:link[@rel='alternate']", NAMESPACES)
    if link is None:
        raise DocumentError(f"entry {atom_id!r} has no alternate link")
    return Entry(
        id=atom_id,
        atom_id=atom_id,
        url=require_attribute(link, "href"),
        title=require_text(entry, "atom:title"),
        published=parse_rfc3339(require_text(entry, "atom:published")),
        updated=parse_rfc3339(require_text(entry, "atom:updated")),
        summary=find_text(entry, "atom:summary"),
        content=find_text(entry, "atom:content"),
        authors=tuple(_read_person(one) for one in entry.iterfind("atom:author", NAMESPACES)),
        categories=tuple(_read_category(one) for one in entry.iterfind("atom:category", NAMESPACES)),
        image=read_image(entry),
        enclosures=tuple(_read_enclosure(one) for one in entry.iterfind("atom:link[@rel='enclosure']", NAMESPACES)),
        language=entry.get(XML_LANG),
        rights=find_text(entry, "atom:rights"),
    )


def _read_person(element: etree._Element) -> Person:
    return Person(
        name=require_text(element, "atom:name"),
        email=find_text(element, "atom:email"),
        url=find_text(element, "atom:uri"),
    )


def _read_category(element: etree._Element) -> Category:
    return Category(
        term=require_attribute(element, "term"),
        label=require_attribute(element, "label"),
        scheme=element.get("scheme"),
    )


def _read_enclosure(element: etree._Element) -> Enclosure:
    return Enclosure(
        url=require_attribute(element, "href"),
        length=require_number(element, "length"),
        type=require_attribute(element, "type"),
    )


def _read_retraction(element: etree._Element) -> Retraction:
    return Retraction(
        atom_id=require_attribute(element, "ref"),
        at=parse_rfc3339(require_attribute(element, "when")),
        reason=find_text(element, "at:comment"),
    )
