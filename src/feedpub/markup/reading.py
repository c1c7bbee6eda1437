"""The words of safe HTML: what a reader reads, without markup."""

from __future__ import annotations

import re

from feedpub.markup.elements import names

_TAG = re.compile(r'<(?:/?([A-Za-z][^\s/>"]*+)|!|/)(?:[^">]|"[^"]*+(?:"|\Z))*+(?:>|\Z)')
_WHITE_SPACE = re.compile("[ \t\n\f\r\u2028\u2029]+")
WITHIN_LINES = names(
    "a abbr b bdi bdo cite code del dfn em i img ins kbd mark picture q rp rt ruby s samp small source span "
    "strong sub sup time u var wbr"
)
"""Elements that stand in a line of text and end none."""


def plain_text(html: str) -> str:
    """Return the readable text of safe HTML: entities decoded, no markup, white space collapsed.

    Where a block or a line ends stands one space. No-break spaces stay.
    """
    return collapse(unescape(_TAG.sub(_replace_tag, html)))


def collapse(text: str) -> str:
    """Return the text with one space for each run of white space or line ends, and none at its edges."""
    return _WHITE_SPACE.sub(" ", text).strip(" ")


def unescape(text: str) -> str:
    """Return the text with its entities decoded."""
    if "&" not in text:
        return text
    from html import unescape as decode  # noqa: PLC0415 - its table of 2,231 entities is slow to load

    return decode(text)


def _replace_tag(match: re.Match[str]) -> str:
    return "" if match[1] and match[1].lower() in WITHIN_LINES else " "
