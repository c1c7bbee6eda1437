"""Diagnostics: one problem each, their rules and codes, and how lists of them are printed."""

from feedpub.diagnostics.diagnostic import CatalogueError, Diagnostic, Severity, diagnose
from feedpub.diagnostics.quoting import quote, reveal
from feedpub.diagnostics.rules import RULES, WARNINGS, Rule

__all__ = ["RULES", "WARNINGS", "CatalogueError", "Diagnostic", "Rule", "Severity", "diagnose", "quote", "reveal"]
