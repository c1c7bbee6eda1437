"""The lines that diagnostics are about, read from their files by a second look that only faulty files need."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from feedpub.errors import PublishError
from feedpub.source import find_lines, open_regular

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feedpub.diagnostics import Diagnostic

MAX_LINE = 10_000
"""Code points of a line that are kept: enough to show a place in it."""


def add_excerpts(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return diagnostics sorted, each once, with the line that each is about.

    What an alias repeats is one problem, however many entries repeat it: it is told once.
    """
    once: dict[tuple[object, ...], Diagnostic] = {}
    for one in diagnostics:
        said = one.message.partition(": ")[2] or one.message
        once.setdefault((one.file, one.line, one.column, one.end_line, one.end_column, one.rule, said), one)
    wanted: dict[str, set[int]] = {}
    for one in once.values():
        wanted.setdefault(one.file, set()).add(one.line)
    lines = {name: _read_lines(name, numbers) for name, numbers in wanted.items()}
    return sorted(replace(one, excerpt=lines[one.file].get(one.line)) for one in once.values())


def _read_lines(name: str, wanted: set[int]) -> dict[int, str]:
    try:
        with open_regular(Path(name)) as raw:
            return {number: line[:MAX_LINE] for number, line in find_lines(raw, wanted).items()}
    except (OSError, PublishError):  # it was there when it was read; its problems are told without their lines
        return {}
