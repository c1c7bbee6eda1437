"""Where tags, comments and text start and end in HTML, by the HTML standard's rules (section 13.2.5)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from feedpub.markup.elements import RAW_TEXT, UNSEEN

if TYPE_CHECKING:
    from collections.abc import Iterator

_SPACE = r"\t\n\f\r "
_ATTRIBUTE = (
    rf"[^{_SPACE}/>][^{_SPACE}/>=]*+"
    rf"(?:[{_SPACE}]*+=[{_SPACE}]*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^{_SPACE}>\"'][^{_SPACE}>]*+)?)?"
)
# Every branch runs to the end of the text if it must: no token is looked at twice, whatever the text.
_TOKEN = re.compile(
    rf"<(?P<slash>/?)(?P<name>[A-Za-z][^{_SPACE}/>]*+)(?P<attributes>(?:[{_SPACE}/]++|{_ATTRIBUTE})*+)(?P<end>>|\Z)"
    r"|<!--(?:-?>|.*?(?:--!?>|\Z))"
    r"|<(?:[!?]|/(?=.))[^>]*+(?:>|\Z)",
    re.DOTALL,
)

_CDATA = "<![CDATA["
_FOREIGN = frozenset({"math", "svg"})
_BORDERS = _FOREIGN | {"annotation-xml", "desc", "foreignobject", "mi", "mn", "mo", "ms", "mtext"}
_SKIPPED = (UNSEEN | RAW_TEXT) - {"template"}  # what holds no tags, or none that anybody sees
_SWALLOWS_REST = _SKIPPED - {"annotation", "metadata"}  # where a parser waits for the end tag in vain


@dataclass(slots=True)
class Token:
    """A piece of HTML as it is written: ``kind`` is text, raw, start or end.

    ``name`` is a tag's or raw text's element, in lower case; ``attributes`` is a start tag's rest, unparsed.
    """

    kind: str
    text: str
    name: str = ""
    attributes: str = ""


def scan(html: str, *, plain: re.Pattern[str] | None = None) -> Iterator[Token]:
    """Yield the tokens of some HTML in time linear in its length, comments and unseen content left out.

    Of an unseen element only the tags come. A tag that the text's end cuts off is left out, as by a browser. What
    matches ``plain``, a pattern of whole tokens, comes as text.
    """
    hidden = 0  # templates around
    for token in _scan_all(html, plain):
        if token.name == "template":
            hidden += 1 if token.kind == "start" else -1 if hidden else 0
            if hidden == (token.kind == "start"):
                yield token
        elif not hidden:
            yield token


def _scan_all(html: str, plain: re.Pattern[str] | None) -> Iterator[Token]:
    """Yield what `scan` does, and the content of templates, in which other elements may hold their end tags."""
    position = 0
    lacking: set[str] = set()
    foreign = _Foreign()
    while match := _TOKEN.search(html, _pass_over(html, position, plain)):
        if match.start() > position:
            yield Token("text", html[position : match.start()])
        position = match.end()
        if match["name"] is None or not match["end"]:
            if foreign.is_open and html.startswith(_CDATA, match.start()):
                position, token = _read_cdata(html, match.start())
                yield token
            continue
        name = match["name"].lower()
        foreign.pass_tag(name, match)
        if match["slash"]:
            yield Token("end", match[0], name)
            continue
        is_empty = foreign.is_open and _is_empty(match["attributes"])
        if foreign.is_open and name == "template":
            continue  # there it is an element like any other
        yield Token("start", match[0], name, match["attributes"])
        if name in _SKIPPED and not is_empty:
            end = _find_end(html, position, name, lacking, is_foreign=foreign.is_open)
            if name in RAW_TEXT and end > position:
                yield Token("raw", html[position:end], name)
            position = end
    if position < len(html):
        yield Token("text", html[position:])


def _pass_over(html: str, position: int, plain: re.Pattern[str] | None) -> int:
    found = plain.match(html, position) if plain else None
    return found.end() if found else position


class _Foreign:
    """Whether a tag would belong to SVG or MathML: there a slash ends an element, and CDATA is text."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._counts = dict.fromkeys(_BORDERS, 0)
        self.is_open = False

    def pass_tag(self, name: str, match: re.Match[str]) -> None:
        """Note a tag, if it begins or ends foreign content, or HTML within it."""
        if name not in _BORDERS:
            return
        if match["slash"]:
            while self._counts[name]:
                closed = self._open.pop()
                self._counts[closed] -= 1
                if closed == name:
                    break
        elif (self._open or name in _FOREIGN) and not _is_empty(match["attributes"]):
            self._open.append(name)
            self._counts[name] += 1
        self.is_open = bool(self._open) and self._open[-1] in _FOREIGN


def _is_empty(attributes: str) -> bool:
    """Tell whether a tag ends with a slash that belongs to no attribute's value."""
    if not attributes.endswith("/"):
        return False
    start = max(map(attributes.rfind, "\t\n\f\r \"'")) + 1
    return "=" not in attributes[start:] and not attributes[:start].rstrip("\t\n\f\r ").endswith("=")


def _read_cdata(html: str, position: int) -> tuple[int, Token]:
    """Return where a CDATA section ends, and its text (HTML, section 13.2.5.69)."""
    start = position + len(_CDATA)
    end = html.find("]]>", start)
    text = html[start:] if end < 0 else html[start:end]
    return (len(html) if end < 0 else end + 3), Token("raw", text.replace("&", "&amp;"))


def _find_end(html: str, position: int, name: str, lacking: set[str], *, is_foreign: bool) -> int:
    """Return where an element's content ends: at its end tag; without one, where a browser shows something again."""
    if name not in lacking:
        if name != "plaintext" and (match := _END[name].search(html, position)):
            return match.start()
        lacking.add(name)  # so that many of them are not each searched for
    if name not in _SWALLOWS_REST:
        return position
    following = html.find("<", position) if is_foreign else -1  # there, tags within it are tags
    return len(html) if following < 0 else following


_END = {name: re.compile(rf"</{name}(?=[{_SPACE}/>])", re.IGNORECASE) for name in _SKIPPED}
