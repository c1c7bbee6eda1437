"""Media RSS 1.5.1 as RSS and Atom both use it: an entry's image, and in RSS its enclosures.

What describes the image stands inside its ``media:content``: feedparser lets a ``media:description`` that is a
child of the entry itself replace the entry's summary.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedpub.feed import Enclosure, Image
from feedpub.formats.xml_tree import NAMESPACES, Node, find_text, require_attribute, require_number

if TYPE_CHECKING:
    from lxml import etree


def describe_image(image: Image) -> Node:
    """Return the element of an entry's image, known by its ``medium``; a decorative one has no description."""
    described = image.caption if image.alt is None else image.alt
    children = (("media:description", described), ("media:credit", image.credit))
    return Node(
        "media:content",
        attributes={
            "url": image.url,
            "type": image.type,
            "medium": "image",
            "width": image.width,
            "height": image.height,
            "fileSize": image.length or None,
        },
        children=tuple(Node(name, text) for name, text in children if text),
    )


def describe_enclosure(enclosure: Enclosure) -> Node:
    """Return the element of an enclosure, known by having no ``medium``; its length is left out where it is 0.

    A length of 0 says "not known" in RSS, but no ``fileSize`` may be 0.
    """
    attributes = {"url": enclosure.url, "type": enclosure.type, "fileSize": enclosure.length or None}
    return Node("media:content", attributes=attributes)


def read_image(parent: etree._Element) -> Image | None:
    """Return the image that an RSS item or an Atom entry shows; its alt is whatever text describes it."""
    element = parent.find("media:content[@medium='image']", NAMESPACES)
    if element is None:
        return None
    return Image(
        url=require_attribute(element, "url"),
        alt=find_text(element, "media:description"),
        width=_read_number(element, "width"),
        height=_read_number(element, "height"),
        type=element.get("type"),
        length=_read_number(element, "fileSize"),
        credit=find_text(element, "media:credit"),
    )


def read_enclosures(parent: etree._Element) -> tuple[Enclosure, ...]:
    """Return the enclosures that an RSS item lists."""
    return tuple(
        Enclosure(
            url=require_attribute(element, "url"),
            length=_read_number(element, "fileSize") or 0,
            type=require_attribute(element, "type"),
        )
        for element in parent.iterfind("media:content", NAMESPACES)
        if element.get("medium") is None
    )


def _read_number(element: etree._Element, name: str) -> int | None:
    return None if element.get(name) is None else require_number(element, name)
