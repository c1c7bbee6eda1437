"""What the validator wants of RSS 2.0 (and the RSS Advisory Board's profile of it)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from golden.validator.values import (
    NAMESPACES,
    find_html_faults,
    find_media_faults,
    find_missing,
    find_repeats,
    find_strangers,
    find_value_faults,
    is_http,
    is_language,
    is_media_type,
    is_plain,
    is_positive,
    is_rfc822,
    is_rfc3339,
    is_url,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

CHANNEL = {
    "title": "", "link": "", "description": "", "language": "", "copyright": "", "pubDate": "", "lastBuildDate": "",
    "generator": "", "ttl": "", "image": "", "item": "", "atom:link": "rel type href",
}  # fmt: skip
ITEM = {
    "title": "", "link": "", "description": "", "category": "domain", "enclosure": "url length type",
    "guid": "isPermaLink", "pubDate": "", "atom:updated": "", "content:encoded": "", "dc:creator": "",
    "dc:language": "", "dc:rights": "", "media:content": "url type medium width height fileSize",
}  # fmt: skip
MANY = {"item", "category", "atom:link", "dc:creator", "media:content"}


def find_rss_faults(data: bytes) -> list[str]:
    """Return what the validator would say of an RSS 2.0 document, empty where it would say nothing."""
    root = etree.fromstring(data)
    channel = root.find("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or channel is None:
        return ["not RSS 2.0"]
    return list(_judge_channel(channel))


def _judge_channel(channel: etree._Element) -> Iterator[str]:
    yield from find_strangers(channel, CHANNEL)
    yield from find_repeats(channel, CHANNEL.keys() - MANY)
    yield from find_missing(channel, ("title", "link", "description", "language"))
    yield from find_value_faults(
        channel,
        (
            ("title", is_plain),
            ("description", is_plain),
            ("copyright", is_plain),
            ("link", is_url),
            ("language", is_language),
            ("pubDate", is_rfc822),
            ("lastBuildDate", is_rfc822),
            ("ttl", is_positive),
        ),
    )
    names = [child.tag for child in channel]
    if "item" in names and any(name != "item" for name in names[names.index("item") :]):
        yield "something of the channel follows an item"
    own = [link for link in channel.iterfind("atom:link", NAMESPACES) if link.get("rel") == "self"]
    if [(link.get("type"), is_http(link.get("href", ""))) for link in own] != [("application/rss+xml", True)]:
        yield "atom:link: not one self of this type"
    for image in channel.iterfind("image"):
        yield from _judge_image(image, channel)
    guids = [item.findtext("guid") for item in channel.iterfind("item")]
    if len(set(guids)) < len(guids):
        yield "guid: given twice"
    for item in channel.iterfind("item"):
        yield from _judge_item(item)


def _judge_image(image: etree._Element, channel: etree._Element) -> Iterator[str]:
    yield from find_strangers(image, {"url": "", "title": "", "link": ""})
    for name in ("title", "link"):
        if image.findtext(name) != channel.findtext(name):
            yield f"image: its {name} is not the channel's"
    ending = image.findtext("url", default="").rpartition(".")[2].lower()
    if re.fullmatch(r"\w+", ending) and ending not in ("jpg", "jpeg", "gif", "png"):
        yield f"image: {ending}"


def _judge_item(item: etree._Element) -> Iterator[str]:
    yield from find_strangers(item, ITEM)
    yield from find_repeats(item, ITEM.keys() - MANY)
    yield from find_missing(item, ("title", "guid", "pubDate"))
    yield from find_value_faults(
        item,
        (
            ("title", is_plain),
            ("link", is_url),
            ("pubDate", is_rfc822),
            ("atom:updated", is_rfc3339),
            ("dc:language", is_language),
            ("dc:rights", is_plain),
            ("category", lambda text: bool(text) and is_plain(text)),
        ),
    )
    names = [child.tag for child in item]
    encoded = f"{{{NAMESPACES['content']}}}encoded"
    if encoded in names and "description" not in names[: names.index(encoded)]:
        yield "content:encoded: no description before it"
    for path in ("description", "content:encoded"):
        yield from find_html_faults(item.findtext(path, default="", namespaces=NAMESPACES))
    yield from _judge_guid(item)
    for enclosure in item.iterfind("enclosure"):
        if not enclosure.get("length", "").isdecimal():
            yield "enclosure: length"
        if not is_media_type(enclosure.get("type", "")) or not is_http(enclosure.get("url", "")):
            yield "enclosure: type or url"
    yield from find_media_faults(item)


def _judge_guid(item: etree._Element) -> Iterator[str]:
    text = item.findtext("guid", default="")
    permanent = {element.get("isPermaLink", "true") for element in item.iterfind("guid")}
    if not permanent <= {"true", "false"}:
        yield "guid: isPermaLink is neither true nor false"
    elif permanent == {"true"} and not is_http(text):
        yield "guid: a permanent link that is none"
    elif re.fullmatch(r"\d{1,8}", text):
        yield "guid: too short to be unique"
