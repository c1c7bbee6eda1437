"""Which warnings are told, and which of them count as errors."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from feedpub.diagnostics import RULES, WARNINGS
from feedpub.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from feedpub.catalogue import Site
    from feedpub.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True, kw_only=True)
class Switches:
    """What a run asks for, by codes of rules; what `site.lint` says holds as well.

    With ``select``, those warnings alone are told, whatever the site ignores; ``ignore`` leaves some out. ``strict``
    makes every warning that is told an error. Errors of a catalogue stay what they are.
    Raises UsageError for a code that is no warning's.
    """

    select: Collection[str] = ()
    ignore: Collection[str] = ()
    strict: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be switched."""
        for code in (*self.select, *self.ignore):
            if code not in WARNINGS:
                raise UsageError(_refuse(code))

    def apply(self, diagnostics: Iterable[Diagnostic], *, site: Site | None) -> Iterator[Diagnostic]:
        """Yield the diagnostics that are told, with their severity."""
        own = site.lint if site else None
        ignored = {*self.ignore, *(() if self.select or own is None else own.ignore or ())}
        raised = set(own.error or ()) if own else set()
        for one in diagnostics:
            if one.severity == "error":
                yield one
            elif one.rule not in ignored and (not self.select or one.rule in self.select):
                yield replace(one, severity="error") if self.strict or one.rule in raised else one


def _refuse(code: str) -> str:
    if code in RULES:
        return f"the rule {code} is an error: only warnings can be selected or ignored"
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistyped rule needs it

    close = get_close_matches(code, WARNINGS, n=1)
    return f"there is no rule {code!r}" + (f"; did you mean {close[0]}?" if close else "")
