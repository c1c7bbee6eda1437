"""Whether HTML could do anything: by two parsers of others, and by a list that is not feedpub's."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from lxml import etree
from lxml import html as lxml_html

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def name_all(text: str) -> frozenset[str]:
    """Return the names that a text lists."""
    return frozenset(text.split())


PASSIVE = name_all(
    "a abbr address article aside audio b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div "
    "dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd li main mark nav ol p picture "
    "pre q rp rt ruby s samp section small source span strong sub summary sup table tbody td tfoot th thead time tr u "
    "ul var video wbr"
)
_ACTIVE = name_all("script iframe frame frameset object embed applet base form portal animate set use foreignobject")
_TAKE_TEXT = name_all(
    "abbr align alt class colspan controls datetime dir headers height id lang media open reversed rowspan scope sizes "
    "span start title type value width"
)
"""Attributes that no browser runs, asks for or sends."""
_ADDRESSES = frozenset(("href", "src", "poster", "cite"))
_WORLDLY = re.compile(r"https?://[^\s/?#\\@]+(?:[/?#]|\Z)", re.ASCII)
_SPOKEN = re.compile(r"(?:mailto|tel):", re.ASCII)
_RUNS = re.compile(r"(?:script|data|file|blob|filesystem)\s*:", re.IGNORECASE)
_CANDIDATE = re.compile(r"https?://\S+[^,\s](?: [\d.eE+-]+[wxh])*")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, list[tuple[str, str]]]] = []
        self.texts: list[str] = []
        self.odd: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, [(key, value or "") for key, value in attrs]))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        self.odd.append(f"comment {data}")

    def handle_decl(self, decl: str) -> None:
        self.odd.append(f"declaration {decl}")

    def handle_pi(self, data: str) -> None:
        self.odd.append(f"instruction {data}")

    def unknown_decl(self, data: str) -> None:
        self.odd.append(f"declaration {data}")


def find_active(html: str) -> list[str]:
    """Return what in a body's HTML is active, or could be, or is nothing that a body should hold."""
    reader = _read(html)
    found = [*reader.odd, *_judge_tags(reader.tags)]
    if html.strip():
        root = lxml_html.fragment_fromstring(html, create_parent="div")
        inner = [one for one in root.iterdescendants() if isinstance(one.tag, str)]
        found += _judge_tags((str(one.tag), [(str(key), str(value)) for key, value in one.items()]) for one in inner)
        found += [f"node {one!r}" for one in root.iterdescendants() if not isinstance(one.tag, str)]
    return found


def find_active_in_page(html: str) -> list[str]:
    """Return what in a whole page is active: it has pictures and fields of its own, which are not."""
    found = []
    for tag, attributes in _read(html).tags:
        found += [f"element {tag}"] if tag in _ACTIVE else []
        for key, value in attributes:
            if key.startswith("on") or key in (
                "srcdoc",
                "http-equiv",
                "formaction",
                "action",
                "xlink:href",
                "ping",
                "style",
            ):
                found.append(f"attribute {tag} {key}")
            if key in (*_ADDRESSES, "srcset") and _RUNS.search(value):
                found.append(f"address {tag} {key}={value}")
    return found


def read_words(html: str) -> list[str]:
    """Return the words of some HTML, whatever stands between them, as lxml reads them."""
    if not html.strip():
        return []
    try:
        root = lxml_html.fragment_fromstring(html, create_parent="div")
    except etree.ParserError:
        return []
    return "".join(str(text) for text in root.itertext()).split()


def read_text(html: str) -> str:
    """Return the text of some HTML without white space, as Python's own parser reads it."""
    return "".join("".join(_read(html).texts).split())


def find_unprintable(text: str) -> list[str]:
    """Return the characters of a message that a terminal might obey."""
    return [one for one in set(text) - {"\n"} if unicodedata.category(one) in ("Cc", "Cs") or one in _TURNING]


_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


def _judge_tags(tags: Iterable[tuple[str, list[tuple[str, str]]]]) -> Iterator[str]:
    for tag, attributes in tags:
        if tag not in PASSIVE:
            yield f"element {tag}"
        for key, value in attributes:
            if not _is_passive(tag, key, value):
                yield f"attribute {tag} {key}={value}"


def _is_passive(tag: str, key: str, value: str) -> bool:
    if key in _ADDRESSES:
        return bool(_WORLDLY.match(value) or (tag == "a" and _SPOKEN.match(value)))
    if key == "srcset":
        return all(_CANDIDATE.fullmatch(one.strip()) for one in re.split(r",\s+", value))
    if key == "http-equiv":
        return False
    return key in _TAKE_TEXT
