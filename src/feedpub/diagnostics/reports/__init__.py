"""How lists of diagnostics are printed, one module each."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

from feedpub.diagnostics.reports.text import format_text, summarise_problems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedpub.diagnostics.diagnostic import Diagnostic

__all__ = ["DOCUMENTS", "REPORTS", "format_text", "summarise_problems", "write_report"]

DOCUMENTS: Final = ("gitlab", "sarif", "json", "junit")
"""Reports that are one document, valid for no problems too; nothing else may stand beside them."""
REPORTS: Final = ("text", "concise", "github", *DOCUMENTS)
"""Every report by its name, which is its module's."""


def write_report(name: str, diagnostics: Sequence[Diagnostic], *, colour: bool = False) -> str:
    """Return diagnostics as the report of a name; ``colour`` is for text alone."""
    if name == "text":
        return format_text(diagnostics, colour=colour)
    text: str = import_module(f"feedpub.diagnostics.reports.{name}").write(diagnostics)
    return text
