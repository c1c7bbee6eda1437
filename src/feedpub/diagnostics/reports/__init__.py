"""How lists of diagnostics are printed, one module each."""

from feedpub.diagnostics.reports.text import format_text, summarise_problems

__all__ = ["format_text", "summarise_problems"]
