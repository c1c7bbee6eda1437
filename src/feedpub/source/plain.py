"""Items of a list in plain styles, recognised in bytes by one regular expression: what it accepts needs no parser.

An item is accepted where libyaml could read it in one way only: a block mapping of known keys, each once, whose values
are plain or quoted text, literal or folded blocks, or lists and mappings of these, in brackets or one below the other.
So is one in braces, of such values without blocks. Everything else is refused here, which says nothing about it:
libyaml reads it.

The bytes must be such as `is_plain` accepts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedpub.characters import are_allowed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feedpub.record import Value

_FIRST = rb"[^\x00-\x20\-?:,\[\]{}#&*!|>'\"%@`\x7f]"  # what a plain scalar may begin with, and some more is left out
_BREAK = rb"\n {%d,}+(?=[^ \n])"  # within a scalar that goes on in the next line
_ESCAPE = rb"\\(?:[\"\\/n]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4})"
_PLAIN = _FIRST + rb"[^\n:#]*+(?:(?::(?![ \n])|(?<! )#)[^\n:#]*+)*+"
_INNER = _FIRST + rb"[^\n:#,\[\]{}?]*+"  # within brackets, or in a list
_INNER_VALUE = _INNER + rb"(?::(?![ \n:#,\[\]{}?\"'])[^\n:#,\[\]{}?]*+)*+"
_QUOTED = rb"\"(?:[^\"\\\n]++|%b)*+\"|'[^'\n]*+(?:''[^'\n]*+)*+'" % _ESCAPE
_END = rb" *+(?:(?<= )#(?: [^\n]*+)?+)?+\n"
_GAP = rb"(?: *+#(?: [^\n]*+)?+\n|\n)*+"  # lines without content
_SPACE = rb"(?: |\n(?= ))*+"  # between the parts of what is in brackets

_PAIR = rb"[a-z_]++: (?:%b|%b)" % (_QUOTED, _INNER_VALUE)
_BRACES = rb"\{%b(?:, %b)*+\}" % (_PAIR, _PAIR)
_ITEM = rb"(?:%b|%b)" % (_QUOTED, _INNER)
_ITEM_OR_BRACES = rb"(?:%b|%b|%b)" % (_QUOTED, _BRACES, _INNER)
_BELOW = rb"%b *+(?:\n +%b *+)*+" % (_PAIR, _PAIR)  # a mapping as an item, its pairs below each other
_NOTHING = frozenset({b"", b"null", b"~"})

_SPECIAL = ("\u2028", "\u2029", "\ufeff")  # line separators, byte order marks

_READ_ITEM = re.compile(rb"(?:[\[,][ \n]*+|\n *+- )(?:(%b|%b)|(%b|%b))" % (_BRACES, _BELOW, _QUOTED, _INNER))
_READ_PAIR = re.compile(rb"(?:\A|\{|, |\n *+)([a-z_]++): (%b|%b)" % (_QUOTED, _INNER_VALUE))
_FOLD = re.compile(rb" *+\n *+")
_READ_ESCAPE = re.compile(_ESCAPE)
_PLAINLY = {b'\\"': b'"', b"\\\\": b"\\", b"\\/": b"/", b"\\n": b"\n"}


def is_plain(data: bytes) -> bool:
    """Tell whether bytes are such as items can be recognised in.

    They are UTF-8 without tabs, carriage returns, control characters, noncharacters, and Unicode's line separators.
    """
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return False
    if b"\t" in data or b"\r" in data or not are_allowed(data):
        return False
    return text.isascii() or not any(one in text for one in _SPECIAL)


def compile_item(column: int, kinds: Mapping[str, str]) -> re.Pattern[bytes]:
    """Return the expression that matches an item whose dash stands at a column (from 0), with all that follows it.

    ``kinds`` says of each key what its value may be: ``text``, ``list`` (of texts), ``mapping`` (of texts), ``mixed``
    (a list of texts and such mappings), or an expression that has to match a plain or quoted scalar. Each is a group
    of the match; a text that is a block is ``<key>_block``, from its header on, with its indentation in ``<key>_in``;
    what stands below its key is ``<key>_lines``. What follows is another item, a root key or the end of the bytes.
    """
    dash, indent = b" " * column + b"- ", b" " * (column + 2)
    fields: list[bytes] = []
    group = 2  # the number of the next one; a condition can name none that comes later
    for name, kind in kinds.items():
        fields.append(_compile_field(name.encode(), kind, column + 2, group))
        group += fields[-1].count(b"(?P<")
    pattern = rb"(?:(?(1)%b|(?P<first>%b))(?:%b)%b)++(?=%b|[A-Za-z]|\Z)"
    return re.compile(pattern % (indent, dash, b"|".join(fields), _GAP, dash))


def compile_braced_item(column: int, kinds: Mapping[str, str]) -> re.Pattern[bytes]:
    """Return the expression that matches an item in braces, with the groups of `compile_item`, some of them idle."""
    dash = b" " * column + b"- "
    fields: list[bytes] = []
    group = 1
    for name, kind in kinds.items():
        fields.append(_compile_braced_field(name.encode(), kind, group))
        group += fields[-1].count(b"(?P<")
    between = rb"%b(?:,%b|(?=\}))" % (_SPACE, _SPACE)
    pattern = rb"%b\{%b(?:(?:%b)%b)++\}%b%b(?=%b|[A-Za-z]|\Z)"
    return re.compile(pattern % (dash, _SPACE, b"|".join(fields), between, _END, _GAP, dash))


def read_scalar(raw: bytes) -> bytes | None:
    """Return what a plain or quoted scalar says; None for one that says nothing. Raises ValueError for odd escapes."""
    quote = raw[0]
    if quote not in b"\"'":
        raw = raw.rstrip(b" ")
        return None if raw in _NOTHING else _FOLD.sub(b" ", raw) if b"\n" in raw else raw
    text = _FOLD.sub(b" ", raw[1:-1]) if b"\n" in raw else raw[1:-1]
    if quote == 0x27:  # noqa: PLR2004 - '
        return text.replace(b"''", b"'")
    return _READ_ESCAPE.sub(_unescape, text) if b"\\" in text else text


def read_block(raw: bytes, indent: bytes) -> bytes | None:
    """Return what a block says, given from its header on; None for a folded one with lines that are not folded."""
    head = raw.index(b"\n")
    whole = raw.replace(b"\n" + indent, b"\n")[head + 1 :]
    text = whole.rstrip(b"\n")
    if raw[0] == 0x3E:  # noqa: PLR2004 - >
        if b"\n " in text or b"\n\n\n\n" in text:
            return None
        text = text.replace(b"\n\n", b"\0").replace(b"\0\n", b"\0\0").replace(b"\n", b" ").replace(b"\0", b"\n")
    if head == 1:
        return text + b"\n"
    return text if raw[1] == 0x2D else text + b"\n" * (len(whole) - len(whole.rstrip(b"\n")))  # noqa: PLR2004 - a dash


def read_list(raw: bytes) -> list[Value]:
    """Return the texts and mappings of a list. Raises ValueError as `read_mapping` does."""
    return [read_mapping(pairs) if pairs else _read_inner(text) for pairs, text in _READ_ITEM.findall(raw)]


def read_mapping(raw: bytes) -> dict[str, Value]:
    """Return the mapping of texts that stands in braces, or line by line. Raises ValueError for a key given twice."""
    pairs = _READ_PAIR.findall(raw)
    found: dict[str, Value] = {name.decode(): _read_inner(value) for name, value in pairs}
    if len(found) < len(pairs):
        raise ValueError("a key is given twice")
    return found


def _read_inner(raw: bytes) -> str | None:
    value = read_scalar(raw)
    return None if value is None else value.decode()


def _unescape(found: re.Match[bytes]) -> bytes:
    """Return the UTF-8 of an escape. Raises ValueError for what is not printed: it may be a forbidden character."""
    raw = found[0]
    if raw in _PLAINLY:
        return _PLAINLY[raw]
    character = chr(int(raw[2:], base=16))  # noqa: FURB166 - "x" stands before two digits, "u" before four
    if not character.isprintable():
        raise ValueError(raw)
    return character.encode()


def _compile_field(key: bytes, kind: str, deep: int, group: int) -> bytes:
    """Return the expression of a key and its value, which fails where the group of its number has matched before."""
    return rb"%b:(?(%d)(?!)|(?P<%b_>%b))" % (key, group, key, _compile_value(key, kind, deep))


def _compile_braced_field(key: bytes, kind: str, group: int) -> bytes:
    """Return what `_compile_field` does, of a pair in braces; groups of what may not stand there match nothing."""
    idle = [b"in", b"block"] if kind == "text" else [b"lines"]
    if kind == "text":
        value = rb"(?P<%b>%b|%b)" % (key, _QUOTED, _INNER_VALUE)
    elif kind == "mapping":
        value = rb"(?P<%b>%b)" % (key, _BRACES)
    elif kind in ("list", "mixed"):
        value = rb"(?P<%b>%b)" % (key, _compile_brackets(kind))
    else:
        idle = []
        value = rb"(?=%b|%b)(?P<%b_quote>[\"']?+)(?P<%b>%b)(?P=%b_quote)(?=[ \n,}])"
        value %= (_QUOTED, _INNER_VALUE, key, key, kind.encode(), key)
    never = b"".join(b"(?P<%b_%b>)" % (key, one) for one in idle)
    whole = rb"(?:%b: |\"%b\": ?)(?(%d)(?!)|(?P<%b_>%b))" % (key, key, group, key, value)
    return rb"%b|(?!)%b" % (whole, never) if never else whole


def _compile_brackets(kind: str) -> bytes:
    inside = _ITEM_OR_BRACES if kind == "mixed" else _ITEM
    pattern = rb"\[%b%b%b(?:,%b%b%b)*+(?:,%b)?+\]"
    return pattern % (_SPACE, inside, _SPACE, _SPACE, inside, _SPACE, _SPACE)


def _compile_value(key: bytes, kind: str, deep: int) -> bytes:
    if kind == "text":
        return _compile_text(key, deep)
    if kind == "mapping":
        lines = rb" *+(?:\n(?P<%b_in> {%d,}+)%b *+(?:\n(?P=%b_in)%b *+)*+)" % (key, deep + 1, _PAIR, key, _PAIR)
        return rb"(?: (?P<%b>%b)%b|(?P<%b_lines>%b)\n)" % (key, _BRACES, _END, key, lines)
    if kind in ("list", "mixed"):
        item = _ITEM
        if kind == "mixed":
            item = rb"(?:%b *+(?:\n(?P=%b_in)  %b *+)*+|%b)" % (_PAIR, key, _PAIR, _ITEM_OR_BRACES)
        brackets = rb" (?P<%b>%b)%b" % (key, _compile_brackets(kind), _END)
        lines = rb" *+(?:\n(?P<%b_in> {%d,}+)- %b *+(?:\n(?P=%b_in)- %b *+)*+)" % (key, deep, item, key, item)
        return rb"(?:%b|(?P<%b_lines>%b)\n)" % (brackets, key, lines)
    return rb" (?P<%b_quote>[\"']?+)(?P<%b>%b)(?P=%b_quote)%b" % (key, key, kind.encode(), key, _END)


def _compile_text(key: bytes, deep: int) -> bytes:
    """Return the expression of a text: on a line or on several, each indented further than its key, or a block."""
    broken = _BREAK % (deep + 1)
    plain = rb"%b(?:%b%b)*+" % (_PLAIN, broken, _PLAIN)
    double = rb"\"(?:[^\"\\\n]++|%b|%b)*+\"" % (_ESCAPE, broken)
    single = rb"'[^'\n]*+(?:(?:''|%b)[^'\n]*+)*+'" % broken
    line = rb" (?P<%b>%b|%b|%b)%b" % (key, double, single, plain, _END)
    block = rb" (?P<%b_block>[|>][-+]?+\n(?P<%b_in> {%d,}+)[^\n]++\n(?:(?P=%b_in)[^\n]*+\n|\n)*+)"
    return line + b"|" + block % (key, key, deep + 1, key)
