"""The list of all feeds, for readers that take them at once: OPML 2.0 (http://opml.org/spec2.opml)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedpub.formats import DocumentError
from feedpub.formats.xml_tree import parse_xml
from feedpub.select import ALL

if TYPE_CHECKING:
    from feedpub.pages.listing import Alternate, Listing, Page

SPECIFICATION = "http://opml.org/spec2.opml"


def write(page: Page, *, address: str) -> bytes:  # noqa: ARG001 - OPML names no address of its own
    """Return an outline for each topic but `all`, which would bring everything twice, and those that have ended.

    No date is given: the list is another one only where topics are, and not with each entry.
    """
    from lxml import etree  # noqa: PLC0415 - loaded when the list is made

    root = etree.Element("opml", version="2.0")
    head, body = etree.SubElement(root, "head"), etree.SubElement(root, "body")
    for name, text in (
        ("title", page.site.title),
        ("ownerName", page.site.author),
        ("ownerEmail", page.site.email),
        ("docs", SPECIFICATION),
    ):
        if text is not None:
            etree.SubElement(head, name).text = text
    for topic in _list_topics(page):
        etree.SubElement(body, "outline", {name: text for name, text in _describe(topic).items() if text is not None})
    etree.indent(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8")) + b"\n"


def reads_back(data: bytes, page: Page, *, address: str) -> bool:  # noqa: ARG001 - as above
    """Tell whether the list names every feed that it should, in order."""
    root = parse_xml(data)
    if root.tag != "opml" or root.find("body") is None:
        raise DocumentError("not OPML: no <opml> with a <body>")
    found = [(one.get("text"), one.get("xmlUrl")) for one in root.iterfind("body/outline[@type='rss']")]
    return found == [(topic.title, find_subscribed(topic).address) for topic in _list_topics(page)]


def find_subscribed(topic: Listing) -> Alternate:
    """Return the feed of a topic that the list names: its first in XML, else its first."""
    return next((feed for feed in topic.feeds if feed.media_type.endswith("+xml")), topic.feeds[0])


def _list_topics(page: Page) -> list[Listing]:
    return [topic for topic in page.topics if topic.key != ALL and topic.retired_at is None]


def _describe(topic: Listing) -> dict[str, str | None]:
    return {
        "text": topic.title,
        "title": topic.title,
        "description": topic.description,
        "type": "rss",  # OPML's word for a feed in any format
        "xmlUrl": find_subscribed(topic).address,
        "htmlUrl": topic.url,
        "language": topic.language,
    }
