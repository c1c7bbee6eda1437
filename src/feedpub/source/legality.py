"""Where a file's bytes are no text that a feed can carry: the second look at a file that was found faulty."""

from __future__ import annotations

import codecs
import re
import sys
import unicodedata
from typing import TYPE_CHECKING, BinaryIO

from feedpub.diagnostics import diagnose
from feedpub.record import Span
from feedpub.source.stream import BOM, CHUNK, FORBIDDEN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from feedpub.diagnostics import Diagnostic

MAX_REPORTED = 10_000
MAX_LINE = 1 << 20
"""Bytes of a line from which on it is no line that a person has written."""
_LINE_END = re.compile("\r\n|\n|\r")
SAVE_AS_UTF_8 = 'save the file as "UTF-8" in your editor'


def read_lines(raw: BinaryIO, *, at_once: int = CHUNK, longest: int | None = None) -> Iterator[str]:
    """Yield a file's lines without their ends (LF, CRLF or CR only), a byte order mark skipped.

    What is no UTF-8 arrives as lone surrogates, one a byte (PEP 383), so that it can be told from text. ``at_once``
    bytes are read at a time; of a line, all may be left out that is behind the ``longest`` code points wanted.
    """
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    started = False
    parts: list[str] = []  # of a line that goes on
    size = 0
    held = ""
    while True:
        data = raw.read(at_once)
        at_end = not data
        if not started:
            data, started = data.removeprefix(BOM), True
        text, held = held + decoder.decode(data, final=at_end), ""
        if text.endswith("\r") and not at_end:  # its LF may come with the next chunk
            text, held = text[:-1], "\r"
        first, *lines = _LINE_END.split(text)
        if longest is None or size < longest:
            parts.append(first)
            size += len(first)
        if lines:
            yield "".join(parts)
            yield from lines[:-1]
            parts, size = lines[-1:], len(lines[-1])
        if at_end:
            yield "".join(parts)
            return


def find_lines(raw: BinaryIO, wanted: Collection[int]) -> dict[int, str]:
    """Return some lines of a file, counted from 1, without their ends; what stands between them is only counted.

    Lines are as `read_lines` gives them; of a very long one, what is behind the first MAX_LINE bytes may be missing.
    """
    found: dict[int, str] = {}
    left = sorted(wanted, reverse=True)
    number = 1
    is_first = True
    parts: list[bytes] = []  # of a line that goes on
    while left:
        data = raw.read(CHUNK)
        at_end = not data
        if is_first:
            data, is_first = data.removeprefix(BOM), False
        cut = _last_line(data)
        if cut == 0 and parts and not at_end:
            if len(parts) * CHUNK <= MAX_LINE:
                parts.append(data)
            continue
        text = b"".join((*parts, data[:cut]))
        count = _count_ends(text)
        if left[-1] < number + count or at_end:
            whole = count + 1 if at_end else count
            lines = _LINE_END.split(text.decode("utf-8", "surrogateescape"))
            for offset, line in enumerate(lines[:whole]):
                if left and left[-1] == number + offset:
                    found[left.pop()] = line
        if at_end:
            break
        number, parts = number + count, [data[cut:]]
    return found


def _last_line(text: bytes) -> int:
    """Return where the last line begins that is not whole; a CR at the very end may be half of an end."""
    end = len(text) - 1 if text.endswith(b"\r") else len(text)
    return max(text.rfind(b"\n", 0, end), text.rfind(b"\r", 0, end)) + 1


def _count_ends(text: bytes) -> int:
    return text.count(b"\n") + (text.count(b"\r") - text.count(b"\r\n") if b"\r" in text else 0)


def find_encoding(raw: BinaryIO) -> str | None:
    """Return the name of the encoding in which a file begins, where that is plainly not UTF-8; the file is rewound.

    Both of UTF-16's marks, and the nul beside an ASCII letter where there is none, as Windows writes them.
    """
    start = raw.read(4)
    raw.seek(0)
    if start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) or start.count(0) == len(start) // 2 > 0:
        return "UTF-16"
    return "UTF-32" if start.count(0) == 3 else None  # noqa: PLR2004 - three nuls beside an ASCII letter


def report_flaws(raw: BinaryIO, *, file: str) -> list[Diagnostic]:
    """Return a diagnostic for each run of forbidden characters, and one for the first byte that is no UTF-8.

    Of very long lines only the beginnings are looked at, where something is found in others.
    """
    found = _find_flaws(read_lines(raw, longest=MAX_LINE), file)
    if not found:
        raw.seek(0)
        found = _find_flaws(read_lines(raw), file)
    return found


def _find_flaws(lines: Iterable[str], file: str) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    is_utf_8 = True
    for number, line in enumerate(lines, start=1):
        for run in re.finditer(f"(?:{FORBIDDEN.pattern})+", line):
            span = Span(number, run.start() + 1, number, run.end() + 1)
            if "\udc80" <= run[0][0] <= "\udcff":
                if is_utf_8:
                    found.append(_report_encoding(file, span, ord(run[0][0]) - 0xDC00))
                is_utf_8 = False
            else:
                found.append(_report_character(file, span, run[0]))
            if len(found) >= MAX_REPORTED:
                return found
    return found


def find_escapes(characters: Collection[str], span: Span, *, lines: Iterable[str]) -> dict[str, Span]:
    """Return the places of the first escapes that give characters, within the place of a value in double quotes.

    ``lines`` are those of the file from the value's first on. A character whose escape is not found stands at the
    value.
    """
    found: dict[str, Span] = {}
    for number, line in zip(range(span.line, span.end_line + 1), lines, strict=False):
        if "\\" not in line:
            continue
        for escape in _ESCAPE.finditer(line, span.column - 1 if number == span.line else 0):
            character = _decode(escape)
            if character in characters and character not in found:
                found[character] = Span(number, escape.start() + 1, number, escape.end() + 1)
                if len(found) == len(characters):
                    return found
    return {character: found.get(character, span) for character in characters}


def name_character(character: str) -> str:
    """Return a character's code point and, where it has one, its name: never the character itself."""
    name = unicodedata.name(character, "") or _CONTROL_NAMES.get(ord(character), "")
    return f"U+{ord(character):04X}" + (f" ({name.lower()})" if name else "")


def _decode(escape: re.Match[str]) -> str:
    digits = escape[1] or escape[2] or escape[3]
    if not digits:
        return _NAMED_ESCAPES.get(escape[0], "")
    code = int(digits, 16)
    return chr(code) if code <= sys.maxunicode else ""  # none of the value, then: the parser would have refused it


_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|.)")
_NAMED_ESCAPES = {
    "\\0": "\0",
    "\\a": "\a",
    "\\b": "\b",
    "\\v": "\v",
    "\\f": "\f",
    "\\e": "\x1b",
    "\\N": "\x85",
}  # YAML 1.2, section 5.7
_CONTROL_NAMES = {
    0x00: "nul",
    0x07: "bell",
    0x08: "backspace",
    0x0B: "vertical tab",
    0x0C: "form feed",
    0x1B: "escape",
    0x7F: "delete",
    0x85: "next line",
}


def _report_encoding(file: str, span: Span, byte: int) -> Diagnostic:
    return diagnose(
        "not-utf-8",
        f"the byte 0x{byte:02X} here is not UTF-8",
        file=file,
        span=span,
        help=f"{SAVE_AS_UTF_8}; it is probably in an older encoding, such as Windows-1252",
    )


def _report_character(file: str, span: Span, run: str) -> Diagnostic:
    return diagnose(
        "forbidden-character",
        f"{name_character(run[0])} cannot be published: XML and its readers do not carry it",
        file=file,
        span=span,
        help="delete it" if len(run) == 1 else f"delete the {len(run)} characters here",
    )
