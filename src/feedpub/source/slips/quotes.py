"""Slips with quotes, and with backslashes in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedpub.source.slips.refusal import quote_value, read_pair, write_pair

if TYPE_CHECKING:
    from feedpub.source.events import Mark
    from feedpub.source.slips.refusal import Refusal, SyntaxProblem

_SURROGATES = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")
_HALF = re.compile(r"\\[uU](?:0000)?[dD][89a-fA-F][0-9a-fA-F]{2}")
_NUMBERED = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})")
_QUOTES = ('"', "'")


def explain_quote(refusal: Refusal) -> SyntaxProblem | None:
    """Point at the quote that opened too much: libyaml stops where the file, or the wrong text in quotes, ends."""
    problem, opened, last = refusal.problem, refusal.opened, refusal.last
    is_quoted = last is not None and last.style in _QUOTES
    if "quoted scalar" in refusal.context and opened and ("end of stream" in problem or "document" in problem):
        if last is not None and is_quoted and last.end_mark.index == opened.index:
            return refusal.at(opened, "there is text after the closing quote", "remove it")
        return refusal.at(opened, "this quote is never closed", _close_quote(refusal, opened))
    if last is None or not is_quoted or "did not find expected" not in problem or not _follows(refusal, last.end_mark):
        return None
    if last.start_mark.line != last.end_mark.line:
        message = f"this quote is closed only on line {last.end_mark.line + 1}"
        return refusal.at(last.start_mark, message, _close_quote(refusal, last.start_mark))
    if "flow" in refusal.context and refusal.mark and refusal.mark.index > last.end_mark.index:
        return None  # a comma is missing between two items
    return refusal.at(refusal.mark, "there is text after the closing quote", _quote_whole(refusal, last.style))


def explain_escape(refusal: Refusal) -> SyntaxProblem | None:
    """Point at an escape that is none, from its backslash on."""
    if "escape" not in refusal.problem and "hexdecimal" not in refusal.problem:
        return None
    line, number = refusal.text, refusal.number
    start = max(line.rfind("\\", 0, refusal.column + 1), 0)
    if pair := _SURROGATES.match(line, start):
        code = 0x10000 + ((int(pair[1], 16) - 0xD800) << 10) + (int(pair[2], 16) - 0xDC00)
        message = "YAML writes a character beyond U+FFFF as one escape, not as two"
        return refusal.between(number, start, pair.end(), message, f'write "\\U{code:08X}"')
    if half := _HALF.match(line, start):
        message = "this escape is only half of a character"
        return refusal.between(number, start, half.end(), message, "write the character itself, or delete the escape")
    if escape := _NUMBERED.match(line, start):
        message = "no character has this number"
        return refusal.between(number, start, escape.end(), message, "write the character itself, or delete the escape")
    message = "in double quotes a backslash begins an escape, and this is none"
    return refusal.between(number, start, start + 2, message, _mend_backslash(line, start))


def _follows(refusal: Refusal, mark: Mark) -> bool:
    """Tell whether libyaml stopped on a mark's line with nothing but white space in between."""
    stop = refusal.mark
    return stop is not None and stop.line == mark.line and not refusal.text[mark.column : stop.column].strip()


def _close_quote(refusal: Refusal, mark: Mark) -> str:
    line = refusal.line(mark.line)
    pair = read_pair(line)
    if pair is None or pair.start != mark.column or pair.value.count(pair.value[0]) > 1:
        return "close it at the end of the value"
    closed = write_pair(pair.key, pair.value + pair.value[0], line)
    if closed is None:
        return "close it at the end of the value"
    return (
        closed if pair.value[0] == '"' else f"{closed}, or {quote_value(pair.value)} if the quote belongs to the text"
    )


def _quote_whole(refusal: Refusal, style: str) -> str:
    """Return how a value is written of which quotes hold only a part."""
    rest = refusal.stop.strip()
    if rest in (",", ";"):
        return f"remove the {'comma' if rest == ',' else 'semicolon'}"
    line = refusal.text
    pair = read_pair(line)
    if pair and pair.value[0] == style:
        is_around = pair.value.endswith(style)
        text = pair.value[1:-1] if is_around else pair.value
        if written := write_pair(pair.key, quote_value(text), line):
            return written
    return "a quote inside a value in quotes is written " + ('\\"' if style == '"' else "''")


def _mend_backslash(line: str, start: int) -> str:
    character = line[start + 1 : start + 2]
    if character == "'":
        return "write ' without a backslash"
    pair = read_pair(line)
    is_whole = pair and pair.value[0] == pair.value[-1] == '"' and "'" not in pair.value and '\\"' not in pair.value
    written = write_pair(pair.key, f"'{pair.value[1:-1]}'", line) if pair and is_whole else None
    if written:
        return f"{written}, in single quotes, where a backslash is only itself"
    return "write the backslash twice: \\\\"
