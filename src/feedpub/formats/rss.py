"""RSS 2.0: a feed as a document of that format, and back.

Sources: the RSS 2.0 specification and the RSS Advisory Board's best practices profile.
"""

from __future__ import annotations

from html import escape, unescape
from typing import TYPE_CHECKING

from feedpub.feed import Category, Entry, Person
from feedpub.formats._feedgen import write_rss
from feedpub.formats.media import describe_enclosure, describe_image, read_enclosures, read_image
from feedpub.formats.readback import DocumentError, Readback
from feedpub.formats.times import format_rfc822, format_rfc3339, parse_rfc822, parse_rfc3339
from feedpub.formats.xml_tree import NAMESPACES, Node, find_text, parse_xml, require_text

if TYPE_CHECKING:
    from lxml import etree

    from feedpub.feed import Feed

MEDIA_TYPE = "application/rss+xml"


def write(feed: Feed, *, address: str) -> bytes:
    """Return a feed as RSS 2.0, UTF-8, one element a line; `feedpub.formats.Format.write` says the rest."""
    return write_rss(
        feed,
        description=feed.description or feed.topic_title,
        channel=_describe_channel(feed, address=address),
        describe=_describe_item,
    )


def read(data: bytes) -> Readback:
    """Return what an RSS 2.0 document says; raises DocumentError where it is none."""
    root = parse_xml(data)
    channel = root.find("channel")
    if root.tag != "rss" or channel is None:
        raise DocumentError("not an RSS document: no <rss> with a <channel>")
    own = channel.find("atom:link[@rel='self']", NAMESPACES)
    return Readback(
        address=None if own is None else own.get("href"),
        title=require_text(channel, "title"),
        entries=tuple(_read_item(item) for item in channel.iterfind("item")),
    )


def ids(feed: Feed) -> tuple[str, ...]:
    """Return the guids that a feed's document holds: the published ids, verbatim."""
    return tuple(entry.id for entry in feed.entries)


def _describe_channel(feed: Feed, *, address: str) -> list[Node]:
    moment = format_rfc822(feed.updated)
    own = Node("atom:link", attributes={"rel": "self", "type": MEDIA_TYPE, "href": address})
    hubs = [Node("atom:link", attributes={"rel": "hub", "href": hub}) for hub in feed.hubs]
    return [Node("lastBuildDate", moment), Node("pubDate", moment), own, *hubs]


def _describe_item(entry: Entry) -> list[Node]:
    nodes = [Node("pubDate", format_rfc822(entry.published)), Node("atom:updated", format_rfc3339(entry.updated))]
    nodes += [Node("dc:creator", author.name) for author in entry.authors]
    if entry.language is not None:
        nodes.append(Node("dc:language", entry.language))
    if entry.rights is not None:
        nodes.append(Node("dc:rights", entry.rights))
    # Readers take a description for HTML (RSS Profile, "description"), and a summary is plain text. The profile wants
    # one before content:encoded, so an entry with a body and no summary has an empty one.
    if entry.summary is not None or entry.content is not None:
        nodes.append(Node("description", escape(entry.summary or "", quote=False)))
    if entry.content is not None:
        nodes.append(Node("content:encoded", entry.content))
    return nodes + _describe_files(entry)


def _describe_files(entry: Entry) -> list[Node]:
    # RSS readers disagree on a second enclosure (RSS Profile, "enclosure"): all of them are media:content.
    nodes = [
        Node("enclosure", attributes={"url": first.url, "length": first.length, "type": first.type})
        for first in entry.enclosures[:1]
    ]
    if entry.image is not None:
        nodes.append(describe_image(entry.image))
    return nodes + [describe_enclosure(enclosure) for enclosure in entry.enclosures]


def _read_item(item: etree._Element) -> Entry:
    guid = require_text(item, "guid")
    summary = find_text(item, "description")
    return Entry(
        id=guid,
        atom_id=guid,
        url=require_text(item, "link"),
        title=require_text(item, "title"),
        published=parse_rfc822(require_text(item, "pubDate")),
        updated=parse_rfc3339(require_text(item, "atom:updated")),
        summary=unescape(summary) if summary else None,
        content=find_text(item, "content:encoded"),
        authors=tuple(Person(name=one.text or "") for one in item.iterfind("dc:creator", NAMESPACES)),
        categories=tuple(_read_category(one) for one in item.iterfind("category")),
        image=read_image(item),
        enclosures=read_enclosures(item),
        language=find_text(item, "dc:language"),
        rights=find_text(item, "dc:rights"),
    )


def _read_category(element: etree._Element) -> Category:
    label = element.text or ""
    return Category(term=label, label=label, scheme=element.get("domain"))
