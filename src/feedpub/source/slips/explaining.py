"""Refusal → the slip that it probably is: the first explanation that fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedpub.source.slips import brackets, characters, layout, quotes, values

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedpub.source.slips.refusal import Refusal, SyntaxProblem

_EXPLANATIONS: tuple[Callable[[Refusal], SyntaxProblem | None], ...] = (
    # what shows in the line itself, whatever libyaml made of it
    layout.explain_conflict,
    characters.explain_tab,
    layout.explain_block,
    characters.explain_lookalike,
    layout.explain_dash,
    # what began before the line
    quotes.explain_escape,
    quotes.explain_quote,
    # how a value is written
    values.explain_missing_space,
    values.explain_colon,
    values.explain_start,
    values.explain_header,
    brackets.explain_bracket,
    # how lines stand to each other
    layout.explain_column,
    layout.explain_lone_line,
    characters.explain_percent,
)


def explain(refusal: Refusal) -> SyntaxProblem:
    """Return what is wrong in an editor's words; where no explanation fits, in libyaml's."""
    for explanation in _EXPLANATIONS:
        if found := explanation(refusal):
            return found
    return refusal.at(refusal.mark, f"this is not YAML: {refusal.problem}")
