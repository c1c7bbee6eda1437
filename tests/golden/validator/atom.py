"""What the validator wants of Atom 1.0 (RFC 4287)."""

from __future__ import annotations

from collections import Counter
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
    is_email,
    is_http,
    is_language,
    is_media_type,
    is_plain,
    is_rfc3339,
    is_url,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ATOM = f"{{{NAMESPACES['atom']}}}"
FEED = {
    "atom:id": "", "atom:title": "type", "atom:subtitle": "type", "atom:rights": "type", "atom:updated": "",
    "atom:author": "", "atom:generator": "", "atom:icon": "", "atom:logo": "", "atom:link": "rel type href",
    "at:deleted-entry": "ref when", "atom:entry": LANG,
}  # fmt: skip
ENTRY = {
    "atom:id": "", "atom:title": "type", "atom:summary": "type", "atom:content": "type", "atom:rights": "type",
    "atom:published": "", "atom:updated": "", "atom:author": "", "atom:category": "term scheme label",
    "atom:link": "rel type length href", "media:content": "url type medium width height fileSize",
}  # fmt: skip
MANY = {"atom:author", "atom:link", "atom:category", "atom:entry", "at:deleted-entry", "media:content"}
TEXTS = ("atom:title", "atom:subtitle", "atom:summary", "atom:rights")


def find_atom_faults(data: bytes) -> list[str]:
    """Return what the validator would say of an Atom document, empty where it would say nothing."""
    root = etree.fromstring(data)
    if root.tag != f"{ATOM}feed":
        return ["not Atom 1.0"]
    return [*_judge_prefixes(root), *_judge_feed(root), *_judge_repeats(root)]


def _judge_prefixes(root: etree._Element) -> Iterator[str]:
    for element in root.iter():
        for prefix, name in element.nsmap.items():
            if NAMESPACES[prefix or "atom"] != name or prefix == "atom":
                yield f"namespace: {prefix} of {name}"


def _judge_feed(feed: etree._Element) -> Iterator[str]:
    yield from find_strangers(feed, FEED)
    yield from find_repeats(feed, FEED.keys() - MANY)
    yield from find_missing(feed, ("atom:id", "atom:title", "atom:updated", "atom:author/atom:name"))
    yield from find_value_faults(feed, (("atom:id", is_url), ("atom:icon", is_url), ("atom:logo", is_url)))
    if not is_language(feed.get(LANG, "")):
        yield "xml:lang: no language"
    names = [child.tag for child in feed]
    if f"{ATOM}entry" in names and set(names[names.index(f"{ATOM}entry") :]) != {f"{ATOM}entry"}:
        yield "something of the feed follows an entry"
    own = [link for link in feed.iterfind("atom:link", NAMESPACES) if link.get("rel") == "self"]
    if [(link.get("type"), is_http(link.get("href", ""))) for link in own] != [("application/atom+xml", True)]:
        yield "link: not one self of this type"
    yield from _judge_shared(feed)
    for entry in feed.iterfind("atom:entry", NAMESPACES):
        yield from _judge_entry(entry)


def _judge_repeats(feed: etree._Element) -> Iterator[str]:
    for path in ("atom:entry/atom:id", "atom:entry/atom:updated"):
        values = Counter(element.text for element in feed.iterfind(path, NAMESPACES))
        yield from (f"{path}: {value} twice" for value, count in values.items() if count > 1)


def _judge_entry(entry: etree._Element) -> Iterator[str]:
    yield from find_strangers(entry, ENTRY)
    yield from find_repeats(entry, ENTRY.keys() - MANY)
    yield from find_missing(entry, ("atom:id", "atom:title", "atom:updated", "atom:author/atom:name"))
    yield from find_value_faults(entry, (("atom:id", is_url), ("atom:published", is_rfc3339)))
    content = entry.find("atom:content", NAMESPACES)
    if content is None and entry.find("atom:summary", NAMESPACES) is None:
        yield "entry: neither summary nor content"
    if content is not None:
        if content.get("type") != "html" or not content.text:
            yield "content: empty, or not HTML"
        yield from find_html_faults(content.text or "")
    if LANG in entry.attrib and not is_language(entry.get(LANG, "")):
        yield "xml:lang: no language"
    yield from _judge_shared(entry)
    yield from find_media_faults(entry)


def _judge_shared(parent: etree._Element) -> Iterator[str]:
    """Judge what a feed and an entry have in common: texts, the time, links, people, categories."""
    yield from find_value_faults(parent, (("atom:updated", is_rfc3339), *((path, is_plain) for path in TEXTS)))
    for path in TEXTS:
        for element in parent.iterfind(path, NAMESPACES):
            if element.get("type", "text") != "text" or not element.text:
                yield f"{path}: empty, or not plain text"
    for author in parent.iterfind("atom:author", NAMESPACES):
        yield from find_strangers(author, {"atom:name": "", "atom:email": "", "atom:uri": ""})
        yield from find_value_faults(author, (("atom:name", is_plain), ("atom:email", is_email), ("atom:uri", is_url)))
    for category in parent.iterfind("atom:category", NAMESPACES):
        if not category.get("term") or not is_plain(category.get("label", "")):
            yield "category: no term, or markup in its label"
        if "scheme" in category.attrib and not is_url(category.get("scheme", "")):
            yield "category: scheme"
    yield from _judge_links(parent)


def _judge_links(parent: etree._Element) -> Iterator[str]:
    links = parent.findall("atom:link", NAMESPACES)
    alternates = Counter(link.get("type") for link in links if link.get("rel") == "alternate")
    if not alternates or max(alternates.values()) > 1:
        yield "link: not one alternate of each type"
    for link in links:
        if link.get("rel") not in ("alternate", "self", "hub", "enclosure"):
            yield f"link: rel {link.get('rel')}"
        if "type" in link.attrib and not is_media_type(link.get("type", "")):
            yield "link: type"
        if "length" in link.attrib and not link.get("length", "").isdecimal():
            yield "link: length"
        if not is_url(link.get("href", "")):
            yield "link: href"
