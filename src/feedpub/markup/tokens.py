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

_SWALLOWS_REST = (UNSEEN | RAW_TEXT) - {"annotation", "metadata"}  # where a parser waits for the end tag in vain


@dataclass(slots=True)
class Token:
    """A piece of HTML as it is written: ``kind`` is text, raw, start or end.

    ``name`` is a tag's or raw text's element, in lower case; ``attributes`` is a start tag's rest, unparsed.
    """

    kind: str
    text: str
    name: str = ""
    attributes: str = ""


def scan(html: str) -> Iterator[Token]:
    """Yield the tokens of some HTML in time linear in its length, comments and unseen content left out.

    Of an unseen element only the tags come. A tag that the text's end cuts off is left out, as by a browser.
    """
    position = 0
    lacking: set[str] = set()
    while match := _TOKEN.search(html, position):
        if match.start() > position:
            yield Token("text", html[position : match.start()])
        position = match.end()
        if match["name"] is None or not match["end"]:
            continue
        name = match["name"].lower()
        if match["slash"]:
            yield Token("end", match[0], name)
            continue
        yield Token("start", match[0], name, match["attributes"])
        if (name in UNSEEN or name in RAW_TEXT) and name not in lacking:
            end = _find_end(html, position, name)
            if end is None:
                lacking.add(name)  # so that many of them are not each searched for
                continue
            if name in RAW_TEXT:
                yield Token("raw", html[position:end], name)
            position = end
    if position < len(html):
        yield Token("text", html[position:])


def _find_end(html: str, position: int, name: str) -> int | None:
    if name != "plaintext" and (match := _END[name].search(html, position)):
        return match.start()
    return len(html) if name in _SWALLOWS_REST else None


_END = {name: re.compile(rf"</{name}(?=[{_SPACE}/>])", re.IGNORECASE) for name in UNSEEN | RAW_TEXT}
