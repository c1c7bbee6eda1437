"""Whether a body's markup nests too deep, or would unfold into too much: what must be known before it is parsed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedpub.markup import markdown
from feedpub.markup.bounds import is_surely_shallow, is_surely_shallow_utf_8, unfolds_tables
from feedpub.markup.characters import make_encodable, normalise_lines

if TYPE_CHECKING:
    from feedpub.markup.converting import BodyFormat

MAX_NESTING = 100
"""How many elements deep a body's HTML may nest."""


def is_plainly_shallow(body: bytes) -> bool:
    """Tell whether `nests_too_deep` holds of a body in no format, from its UTF-8 with its line ends LF, and quickly."""
    return b"<" not in body and b"|" not in body and is_surely_shallow_utf_8(body)


def nests_too_deep(text: str, *, body_format: BodyFormat) -> bool:
    """Tell whether a body's HTML nests more than MAX_NESTING deep, before it is cleaned.

    True as well where little markup would unfold into very much: a table of a hundred thousand cells that
    are not written out, or unclosed formatting that a parser opens again in each of thousands of paragraphs.
    The answer takes time linear in the text, and next to none for an ordinary body.
    """
    if body_format == "text":
        return False
    if body_format == "html":
        # An element costs one "<"; the row and the row group that a parser adds come with one of their own.
        return text.count("<") > MAX_NESTING // 2 and _unfolds(text)
    text = normalise_lines(make_encodable(text))
    if "|" in text and unfolds_tables(text):
        return True
    if is_surely_shallow(text):
        return False
    return _unfolds(markdown.render(text))


def _unfolds(html: str) -> bool:
    from feedpub.markup import tidy  # noqa: PLC0415 - patterns load with the first body that needs them, here and below

    depth = tidy.measure(html, most=MAX_NESTING)
    if depth is not None:
        return depth > MAX_NESTING
    from feedpub.markup.tree import unfolds  # noqa: PLC0415

    return unfolds(html, deeper_than=MAX_NESTING)
