"""Items of a list in plain styles, recognised in bytes by one regular expression: what it accepts needs no parser.

An item is accepted where libyaml could read it in one way only: a block mapping whose known keys have values on their
own lines (plain or quoted on one line, a literal or folded block, a list or a mapping of such in brackets or one
below the other), each key once. Everything else is refused here, which says nothing about it: libyaml reads it.

The bytes must be valid UTF-8 without tabs, carriage returns, control characters and line separators of Unicode.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feedpub.record import Value

_FIRST = rb"[^\x00-\x20\-?:,\[\]{}#&*!|>'\"%@`\x7f]"  # what a plain scalar may begin with, and some more is left out
_QUOTED = rb"\"(?:[^\"\\\n]++|\\[\"\\])*+\"|'[^'\n]*+(?:''[^'\n]*+)*+'"
_PLAIN = _FIRST + rb"[^\n:#]*+(?:(?::(?![ \n])|(?<! )#)[^\n:#]*+)*+"
_INNER = _FIRST + rb"[^\n:#,\[\]{}?]*+"  # within brackets, or in a list
_INNER_VALUE = _INNER + rb"(?::(?![ \n:#,\[\]{}?\"'])[^\n:#,\[\]{}?]*+)*+"
_END = rb" *+(?:(?<= )#(?: [^\n]*+)?+)?+\n"
_GAP = rb"(?: *+#(?: [^\n]*+)?+\n|\n)*+"  # lines without content

_PAIR = rb"[a-z_]++: (?:%b|%b)" % (_QUOTED, _INNER_VALUE)
_BRACES = rb"\{%b(?:, %b)*+\}" % (_PAIR, _PAIR)
_ITEM = rb"(?:%b|%b)" % (_QUOTED, _INNER)
_NOTHING = frozenset({b"", b"null", b"~"})

_ORDINARY = bytes({*range(0x20, 0x100), *b"\n"} - {0x7F})
_SPECIAL = (
    (b"\xc2", re.compile(rb"\xc2[\x80-\x9f]")),  # C1 controls
    (b"\xe2", re.compile(rb"\xe2\x80[\xa8\xa9]")),  # line and paragraph separators
    (b"\xef", re.compile(rb"\xef(?:\xb7[\x90-\xaf]|\xbb\xbf|\xbf[\xbe\xbf])")),  # noncharacters, byte order marks
    (b"\xbf", re.compile(rb"[\xf0-\xf4][\x8f\x9f\xaf\xbf]\xbf[\xbe\xbf]")),  # noncharacters beyond U+FFFF
)

_READ_ITEM = re.compile(rb"(?:[\[,] ?+|\n *+- )(%b|%b|%b)" % (_QUOTED, _BRACES, _INNER))
_READ_PAIR = re.compile(rb"(?:[{,] ?+|\n *+)([a-z_]++): (%b|%b)" % (_QUOTED, _INNER_VALUE))
_ESCAPED = re.compile(rb"\\(.)")


def is_plain(data: bytes) -> bool:
    """Tell whether bytes are such as items can be recognised in: see above."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    if data.translate(None, _ORDINARY):
        return False
    return not any(lead in data and pattern.search(data) for lead, pattern in _SPECIAL)


def compile_item(column: int, kinds: Mapping[str, str]) -> re.Pattern[bytes]:
    """Return the expression that matches an item whose dash stands at a column (from 0), with all that follows it.

    ``kinds`` says of each key what its value may be: ``text``, ``list``, ``mapping``, ``people`` (texts or mappings),
    or an expression that has to match a plain or quoted scalar. Each is a group of the match; a block is one of its
    own, ``<key>_block``, with its header. What follows is another item, a root key or the end of the bytes.
    """
    dash, indent = b" " * column + b"- ", b" " * (column + 2)
    fields: list[bytes] = []
    group = 2  # the number of the next one; a condition can name none that comes later
    for name, kind in kinds.items():
        fields.append(_compile_field(name.encode(), kind, column + 2, group))
        group += fields[-1].count(b"(?P<")
    pattern = rb"(?:(?(1)%b|(?P<first>%b))(?:%b)%b)++(?=%b|[A-Za-z]|\Z)"
    return re.compile(pattern % (indent, dash, b"|".join(fields), _GAP, dash))


def read_scalar(raw: bytes) -> bytes | None:
    """Return what a plain or quoted scalar says; None for one that says nothing."""
    quote = raw[0]
    if quote == 0x22:  # noqa: PLR2004 - "
        return _ESCAPED.sub(rb"\1", raw[1:-1]) if b"\\" in raw else raw[1:-1]
    if quote == 0x27:  # noqa: PLR2004 - '
        return raw[1:-1].replace(b"''", b"'")
    raw = raw.rstrip(b" ")
    return None if raw in _NOTHING else raw


def read_block(raw: bytes, indent: bytes) -> bytes | None:
    """Return what a block says, given from its header on; None for a folded one with lines that are not folded."""
    head = raw.index(b"\n")
    text = raw.replace(b"\n" + indent, b"\n")[head + 1 :].rstrip(b"\n")
    if raw[0] == 0x3E:  # noqa: PLR2004 - >
        if b"\n " in text or b"\n\n\n" in text:
            return None
        text = text.replace(b"\n\n", b"\0").replace(b"\n", b" ").replace(b"\0", b"\n")
    return text if head > 1 else text + b"\n"


def read_list(raw: bytes) -> list[Value]:
    """Return the texts and mappings of a list."""
    return [read_mapping(one) if one[:1] == b"{" else _read_inner(one) for one in _READ_ITEM.findall(raw)]


def read_mapping(raw: bytes) -> dict[str, Value]:
    """Return the mapping of texts that stands in braces, or below its key. Raises ValueError for a key given twice."""
    pairs = _READ_PAIR.findall(raw)
    found: dict[str, Value] = {name.decode(): _read_inner(value) for name, value in pairs}
    if len(found) < len(pairs):
        raise ValueError("a key is given twice")
    return found


def _read_inner(raw: bytes) -> str | None:
    value = read_scalar(raw)
    return None if value is None else value.decode()


def _compile_field(key: bytes, kind: str, deep: int, group: int) -> bytes:
    """Return the expression of a key and its value, which fails where the group of its number has matched before."""
    return rb"%b:(?(%d)(?!)|(?P<%b_>%b))" % (key, group, key, _compile_value(key, kind, deep))


def _compile_value(key: bytes, kind: str, deep: int) -> bytes:
    if kind == "text":
        line = rb" (?P<%b>%b|%b)%b" % (key, _QUOTED, _PLAIN, _END)
        block = rb" (?P<%b_block>[|>]-?+\n(?P<%b_in> {%d,}+)[^\n]++\n(?:(?P=%b_in)[^\n]*+\n|\n)*+)" % (
            key,
            key,
            deep + 1,
            key,
        )
        return rb"%b|%b" % (line, block)
    if kind == "mapping":
        lines = rb" *+(?:\n(?P<%b_in> {%d,}+)%b *+(?:\n(?P=%b_in)%b *+)*+)" % (key, deep + 1, _PAIR, key, _PAIR)
        return rb"(?: (?P<%b>%b)%b|(?P<%b_lines>%b)\n)" % (key, _BRACES, _END, key, lines)
    if kind in ("list", "people"):
        item = _ITEM if kind == "list" else rb"(?:%b|%b)" % (_ITEM, _BRACES)
        brackets = rb" (?P<%b>\[%b(?:, ?+%b)*+\])%b" % (key, item, item, _END)
        lines = rb" *+(?:\n(?P<%b_in> {%d,}+)- %b *+(?:\n(?P=%b_in)- %b *+)*+)" % (key, deep, item, key, item)
        return rb"(?:%b|(?P<%b_lines>%b)\n)" % (brackets, key, lines)
    return rb" (?P<%b_quote>[\"']?+)(?P<%b>%b)(?P=%b_quote)%b" % (key, key, kind.encode(), key, _END)
