"""XML as RSS and Atom both need it: elements as data, their namespaces, and a parser that trusts nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from feedpub.formats.readback import DocumentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

NAMESPACES = {
    "at": "http://purl.org/atompub/tombstones/1.0",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class Node:
    """One element to be written.

    ``name`` is a plain name of the document's own vocabulary, or has a prefix of `NAMESPACES`: "dc:creator".
    An attribute that is None is not written.
    """

    name: str
    text: str | None = None
    attributes: Mapping[str, str | int | None] = field(default_factory=dict)
    children: tuple[Node, ...] = ()


def append_nodes(parent: etree._Element, nodes: Iterable[Node]) -> None:
    """Add elements to the end of a parent.

    Raises ValueError, as lxml does, for a character that XML cannot carry.
    """
    for node in nodes:
        attributes = {name: str(value) for name, value in node.attributes.items() if value is not None}
        element = etree.SubElement(parent, _qualify(node.name), attributes)
        element.text = node.text
        append_nodes(element, node.children)


def list_prefixes(nodes: Iterable[Node]) -> set[str]:
    """Return the prefixes that elements and the elements within them use."""
    return {prefix for node in _walk(nodes) for prefix, colon, _ in [node.name.partition(":")] if colon}


def parse_xml(data: bytes) -> etree._Element:
    """Return the root of a document; no entity is resolved and nothing is fetched.

    Raises DocumentError for a document that is not well-formed, or that has a document type: no feed needs one.
    """
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise DocumentError(f"not well-formed XML: {error.msg}") from error
    if root.getroottree().docinfo.doctype:
        raise DocumentError("a feed has no document type declaration")
    return root


def find_text(parent: etree._Element, path: str) -> str | None:
    """Return the text of the first element at a path with the prefixes of `NAMESPACES`, None without one."""
    return parent.findtext(path, default=None, namespaces=NAMESPACES)


def require_text(parent: etree._Element, path: str) -> str:
    """Return the text at a path; raises DocumentError where there is none."""
    text = find_text(parent, path)
    if not text:
        raise DocumentError(f"<{etree.QName(parent).localname}> has no <{path}>")
    return text


def require_attribute(element: etree._Element, name: str) -> str:
    """Return the value of an attribute; raises DocumentError where there is none."""
    value = element.get(name)
    if value is None:
        raise DocumentError(f"<{etree.QName(element).localname}> has no attribute {name}")
    return value


def require_number(element: etree._Element, name: str) -> int:
    """Return the number that an attribute holds; raises DocumentError where it holds none."""
    value = require_attribute(element, name)
    if not (value.isascii() and value.isdecimal()):
        raise DocumentError(f"{name} is not a number: {value!r}")
    return int(value)


def _qualify(name: str) -> str:
    prefix, colon, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if colon else name


def _walk(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _walk(node.children)
