"""Diagnostics for a person at a terminal: the message, the line with a caret under the place, the mend."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from feedpub.diagnostics.quoting import reveal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedpub.diagnostics.diagnostic import Diagnostic

WIDTH = 100
"""Code points of a line that an excerpt shows at the most; of a longer one, those around the place."""

_STYLES = {"error": "\x1b[1;31m", "warning": "\x1b[1;33m", "help": "\x1b[1;36m", "place": "\x1b[1m"}


def format_text(diagnostics: Sequence[Diagnostic], *, colour: bool = False) -> str:
    """Return one block for each diagnostic, blank lines between them; empty for none."""
    return "\n".join(_format_one(one, colour) for one in diagnostics)


def summarise_problems(diagnostics: Sequence[Diagnostic]) -> str:
    """Return how many errors and warnings there are, and in which files: ``2 errors in articles.yaml``."""
    counts = [
        f"{count} {word}{'' if count == 1 else 's'}"
        for word in ("error", "warning")
        if (count := sum(one.severity == word for one in diagnostics))
    ]
    files = sorted({one.file for one in diagnostics})
    where = files[0] if len(files) == 1 else f"{len(files)} files"
    return f"{' and '.join(counts)} in {where}" if counts else "no problems"


def _format_one(one: Diagnostic, colour: bool) -> str:  # noqa: FBT001 - private
    place = _paint(f"{reveal(one.file)}:{one.line}:{one.column}:", "place", colour)
    head = f"{place} {_paint(f'{one.severity}[{one.rule}]:', one.severity, colour)} {reveal(one.message)}\n"
    mend = f"{_paint('help:', 'help', colour)} {reveal(one.help)}\n" if one.help else ""
    return head + _excerpt(one, colour) + mend


def _excerpt(one: Diagnostic, colour: bool) -> str:  # noqa: FBT001 - private
    if one.excerpt is None or not one.excerpt.strip():
        return ""
    start = one.column - 1
    end = one.end_column - 1 if one.end_line == one.line else len(one.excerpt.rstrip())
    line, start, end = _cut(one.excerpt, start, max(end, start + 1))
    if _is_unreadable(line):
        return ""
    number = f"{one.line:>4} | "
    before, marked = _show(line[:start]), _show(line[start:end])
    caret = " " * _width(before) + _paint("^" * max(_width(marked), 1), one.severity, colour)
    return f"{number}{_show(line)}\n{' ' * (len(number) - 2)}| {caret}\n"


def _is_unreadable(line: str) -> bool:
    """Tell whether a line is no text to a reader: of UTF-16 and the like nearly every character would be an escape."""
    return len(reveal(line)) > len(line) * 2 + WIDTH // 4


def _cut(line: str, start: int, end: int) -> tuple[str, int, int]:
    """Shorten a long line to what is around the place."""
    end = min(end, len(line)) if end > len(line) > start else end
    if len(line) <= WIDTH:
        return line, start, end
    first = max(0, min(start - WIDTH // 4, len(line) - WIDTH))
    head = "…" if first else ""
    tail = "…" if first + WIDTH < len(line) else ""
    shift = len(head) - first
    return head + line[first : first + WIDTH] + tail, start + shift, min(end + shift, WIDTH + len(head))


def _show(text: str) -> str:
    return reveal(text.replace("\t", "    "))


def _width(text: str) -> int:
    """Return how many columns of a terminal a text takes: wide characters two, combining marks none."""
    return sum(
        0 if unicodedata.combining(one) or unicodedata.category(one) in ("Mn", "Me", "Cf")
        else 2 if unicodedata.east_asian_width(one) in "WF"
        else 1
        for one in text
    )  # fmt: skip


def _paint(text: str, style: str, colour: bool) -> str:  # noqa: FBT001 - private
    return f"{_STYLES[style]}{text}\x1b[0m" if colour else text
