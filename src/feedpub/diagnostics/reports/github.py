"""Diagnostics as workflow commands, which GitHub shows beside the lines of a change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedpub.diagnostics.quoting import reveal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedpub.diagnostics.diagnostic import Diagnostic

# What GitHub's runner takes back: of a message, and of a property, which ends at a comma and a command at two colons.
_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _MESSAGE | str.maketrans({":": "%3A", ",": "%2C"})


def write(diagnostics: Sequence[Diagnostic]) -> str:
    """Return a workflow command for each diagnostic, with its mend as the message's second line; nothing for none."""
    return "".join(map(_write_one, diagnostics))


def _write_one(one: Diagnostic) -> str:
    properties = {"file": one.file, "line": one.line, "col": one.column, "endLine": one.end_line}
    if one.end_line == one.line and one.end_column > one.column:
        properties["endColumn"] = one.end_column - 1  # inclusive there
    properties["title"] = one.rule
    given = ",".join(f"{name}={str(value).translate(_PROPERTY)}" for name, value in properties.items())
    message = reveal(one.message) + (f"\nhelp: {reveal(one.help)}" if one.help else "")
    return f"::{one.severity} {given}::{message.translate(_MESSAGE)}\n"


def write_summary(diagnostics: Sequence[Diagnostic], *, title: str, most: int = 50) -> str:
    """Return Markdown for the page of a run: a table of the first problems, and how many there are."""
    if not diagnostics:
        return f"### {title}\n\nNo problems.\n"
    rows = "".join(map(_write_row, diagnostics[:most]))
    rest = f"\nand {len(diagnostics) - most:,} more\n" if len(diagnostics) > most else ""
    return f"### {title}\n\n| place | severity | rule | problem | help |\n|---|---|---|---|---|\n{rows}{rest}"


def _write_row(one: Diagnostic) -> str:
    place = escape_cell(f"{one.file}:{one.line}:{one.column}")
    told, mend = escape_cell(one.message), escape_cell(one.help or "")
    return f"| {place} | {one.severity} | `{one.rule}` | {told} | {mend} |\n"


def escape_cell(text: str) -> str:
    """Return a text as the cell of a table that shows it as it is: no markup of it is obeyed."""
    escaped = reveal(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for mark in "\\`*_[]|~#!":
        escaped = escaped.replace(mark, f"&#{ord(mark)};" if mark != "#" else mark)
    return escaped
