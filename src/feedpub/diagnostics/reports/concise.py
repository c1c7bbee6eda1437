"""Diagnostics for tools that read a line each: ``file:line:column: severity[rule] message``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedpub.diagnostics.quoting import reveal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedpub.diagnostics.diagnostic import Diagnostic


def write(diagnostics: Sequence[Diagnostic]) -> str:
    """Return a line for each diagnostic; nothing for none."""
    return "".join(
        f"{reveal(one.file)}:{one.line}:{one.column}: {one.severity}[{one.rule}] {reveal(one.message)}\n"
        for one in diagnostics
    )
