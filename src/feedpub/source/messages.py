"""libyaml's refusals in an editor's words: where the mistake is (often not where libyaml stopped) and its mend."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedpub.source.events import MarkedYAMLError, ScalarEvent
    from feedpub.source.slips import SyntaxProblem


def explain_refusal(
    error: MarkedYAMLError, *, last: ScalarEvent | None, line_at: Callable[[int], str]
) -> SyntaxProblem:
    """Return a libyaml error as a problem; ``last`` is the scalar read before it, ``line_at`` reads a line from 1."""
    from feedpub.source.slips import Refusal, explain  # noqa: PLC0415 - only a file that is no YAML needs them

    return explain(Refusal(error, last, cache(line_at)))
