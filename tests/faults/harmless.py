"""What a hostile text may leave behind: a judge of HTML and of text who knows nothing of feedpub's own tables."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from lxml import html as lxml_html

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def names(text: str) -> frozenset[str]:
    """Return the names that a text lists."""
    return frozenset(text.split())


ELEMENTS = names(
    "a abbr address article aside audio b bdi bdo blockquote br caption cite code col colgroup dd del details dfn "
    "div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd li main mark nav ol p "
    "picture pre q rp rt ruby s samp section small source span strong sub summary sup table tbody td tfoot th "
    "thead time tr u ul var video wbr"
)
"""Elements that run, load and send nothing, but for pictures, films and sounds."""

ATTRIBUTES = names(
    "abbr align alt cite class colspan controls datetime dir headers height href id lang media open poster "
    "reversed rowspan scope sizes span src srcset start title type value width"
)
LINKS = frozenset({"http", "https", "mailto", "tel"})
"""Where a link may lead that somebody follows."""
MEDIA = frozenset({"http", "https"})
LOADED = frozenset({"src", "poster"})
"""Attributes whose addresses a browser loads by itself, beside ``srcset``."""

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):\S", re.ASCII)
_HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_CLOSERS = dict(
    zip("\u202a\u202b\u202d\u202e\u2066\u2067\u2068", "\u202c\u202c\u202c\u202c\u2069\u2069\u2069", strict=True)
)


def find_faults(html: str) -> list[str]:
    """Return what is not harmless in some HTML, as two parsers see it that are neither nh3 nor a browser."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    faults = list(reader.faults)
    for node in lxml_html.fragment_fromstring(html, create_parent="div").iterdescendants():
        if isinstance(node.tag, str):
            faults += judge(node.tag, ((str(key), str(value)) for key, value in node.items()))
        else:
            faults.append("comment")
    return faults + find_text_faults("".join(reader.words)) + _find_open(reader.lines)


def find_by_parsers(bodies: Iterable[str]) -> list[str]:
    """Return what is not harmless in many bodies."""
    return [fault for html in bodies for fault in find_faults(html)]


def judge(element: str, attributes: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield what is not harmless in a tag."""
    if element not in ELEMENTS:
        yield f"element {element}"
    for key, value in attributes:
        if key not in ATTRIBUTES or (key == "class" and not re.fullmatch(r"language-\S*", value)):
            yield f"attribute {element} {key}"
        elif key in LOADED | {"href", "cite"} and _find_scheme(value) not in (LINKS if key == "href" else MEDIA):
            yield f"address {element} {key} {value}"
        elif key == "srcset":
            yield from (f"srcset {one}" for one in list_candidates(value) if _find_scheme(one) not in MEDIA)
        yield from find_text_faults(value)
        if not is_closed(value):
            yield f"bidi in {element} {key}"


def list_candidates(srcset: str) -> list[str]:
    """Return the addresses of a ``srcset``; feedpub writes a comma and a space after each."""
    return [one.split(" ")[0] for one in srcset.split(", ")]


def list_loaded(html: str) -> set[str]:
    """Return the addresses that a browser may load by itself for some HTML: its pictures, films and sounds."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.loaded


def find_text_faults(text: str) -> list[str]:
    """Return the characters that nobody sees and that a terminal or a parser might obey."""
    return [f"character U+{ord(one):04X}" for one in _HIDDEN.findall(text)]


def is_closed(text: str) -> bool:
    """Tell whether each bidirectional control is ended in the text that it begins in, and only then."""
    waited: list[str] = []
    for one in text:
        if one in _CLOSERS:
            waited.append(_CLOSERS[one])
        elif one in "\u202c\u2069" and (not waited or waited.pop() != one):
            return False
    return not waited


def _find_open(lines: list[str]) -> list[str]:
    return [f"bidi in {line!r}" for line in lines if not is_closed(line)]


def _find_scheme(address: str) -> str:
    match = _SCHEME.match(address)
    return match[1] if match else ""


class _Reader(HTMLParser):
    """Collects what is not harmless, the words, those of each paragraph apart, and what is loaded."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.words: list[str] = []
        self.lines: list[str] = [""]
        self.loaded: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.faults += judge(tag, ((key, value or "") for key, value in attrs))
        self._end_line(tag)
        for key, value in attrs:
            if key in LOADED and value:
                self.loaded.add(value)
            elif key == "srcset" and value:
                self.loaded.update(list_candidates(value))

    def handle_endtag(self, tag: str) -> None:
        self._end_line(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        self.lines[-1] += data

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"comment {data}")

    def handle_decl(self, decl: str) -> None:
        self.faults.append(f"declaration {decl}")

    def handle_pi(self, data: str) -> None:
        self.faults.append(f"instruction {data}")

    def unknown_decl(self, data: str) -> None:
        self.faults.append(f"section {data}")

    def _end_line(self, tag: str) -> None:
        if tag in ("p", "div", "li", "td", "th", "h1", "h2", "h3", "pre", "blockquote", "summary", "table", "ul"):
            self.lines.append("")


def read_words(html: str) -> str:
    """Return the words of some HTML, white space collapsed."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return " ".join("".join(reader.words).split())
