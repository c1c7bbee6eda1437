"""What can be known of a Markdown body without parsing it: that it cannot nest deep, or that its tables explode."""

from __future__ import annotations

import re

MAX_MARKERS = 45
"""A body with fewer markers than this cannot nest more than 100 deep.

Every element that can hold another costs at least half a marker that no other element uses up:

- a list item one of ``- + *`` or the ``.`` or ``)`` of its number, for two elements (``ul`` or ``ol``, and ``li``);
- a block quote one ``>``, for one element;
- emphasis two of ``* _ ~``, a link or a reference one ``[``, for one element;
- raw HTML one ``<`` for a tag: one element, and in ``<table><td>`` the row and row group that a parser adds:
  four elements for two tags, each of which costs its ``>`` as well;
- a table one ``-`` (of its delimiter row), for four (``table``, ``thead``, ``tr``, ``th``): once, for it holds
  only inline text, so two of them are not paid for.

Without markers there come at most, innermost, a block (``p``, a heading, or ``pre`` and ``code``), a code
span or an image, and the copy that a parser makes of raw HTML that is not closed, which it was charged for.
With at most 44 markers that is 2 * 44 + 2 + 1 + 2 = 93 elements.
"""

_MAX_COLUMNS = 1_000
_MAX_CELLS = 100_000
_MAX_UNCLOSED = 20_000
_MARKERS = b"<>*_~[-+.)"
_EMPHASIS = b"*_~"

_MAX_TAGS = 10
_MAX_WIDTH = 40
_MAX_EMPHASIS = 40

_BLANK_LINES = re.compile(r"\n[ \t]*+(?=\n)")
_DELIMITERS = re.compile(r"^[ \t>*+.)0-9:|-]++$", re.MULTILINE)
_BLANK_BYTES = re.compile(_BLANK_LINES.pattern.encode())
_PREFIX = re.compile(rb"\n(?:[ \t>]|[-+*](?=[ \t\n])|[0-9]{1,9}[.)](?=[ \t\n]))++")


def is_surely_shallow(text: str) -> bool:
    """Tell whether a Markdown text, its line ends LF, nests at most 100 deep: False says that it may not.

    Two proofs are tried: too few markers in the whole text, or too few on each line and in each paragraph.
    """
    return is_surely_shallow_utf_8(text.encode())  # all that counts is ASCII, and bytes are searched faster


def is_surely_shallow_utf_8(data: bytes) -> bool:
    """Tell what `is_surely_shallow` does, of the text's UTF-8."""
    tags = data.count(b"<")
    if tags and tags * data.count(b"\n") > _MAX_UNCLOSED:
        return False  # each paragraph may open again what raw HTML left open
    return _count(_MARKERS, data) < MAX_MARKERS or (tags <= _MAX_TAGS and _is_shallow_by_lines(data))


def _is_shallow_by_lines(data: bytes) -> bool:
    """Tell whether no line and no paragraph has what it takes.

    What stands in a list item or block quote starts on a line that has, for each of them around it, a marker or
    its indentation before it: two columns for a list item's two elements, one for a quote (only a marker at
    the line's end has one column for two). So containers give at most _MAX_WIDTH + 1 levels, emphasis half of
    _MAX_EMPHASIS, raw HTML two for each of _MAX_TAGS; a table four, a link, a block and a span one each.
    """
    for prefix in _PREFIX.finditer(b"\n%b\n" % data):  # a line's end before it is found faster than its start
        if len(prefix[0]) - 1 + 3 * prefix[0].count(b"\t") > _MAX_WIDTH:
            return False
    if _count(_EMPHASIS, data) <= _MAX_EMPHASIS:
        return True
    return all(_count(_EMPHASIS, block) <= _MAX_EMPHASIS for block in _BLANK_BYTES.split(data))


def unfolds_tables(text: str) -> bool:
    """Tell whether tables might have very many cells: comrak fills up each row to its table's width.

    A table reaches to a blank line at most, and is as wide as its delimiter row (GFM, section 4.10).
    """
    cells = 0
    for block in _BLANK_LINES.split(text):
        rows = (row[0].count("|") for row in _DELIMITERS.finditer(block) if "|" in row[0])
        columns = max(rows, default=-1) + 1
        if columns > _MAX_COLUMNS:
            return True
        cells += columns * block.count("\n")
    return cells > _MAX_CELLS + text.count("|")


def _count(characters: bytes, data: bytes) -> int:
    """Return how many of some characters there are; deleting them is five times as fast as counting each."""
    return len(data) - len(data.translate(None, characters))
