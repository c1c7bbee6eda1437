"""A diagnostic: one problem, where it is, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from feedpub.diagnostics.rules import RULES
from feedpub.errors import EXIT_PROBLEMS, FeedpubError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedpub.record import Span

Severity: TypeAlias = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """One problem in one file; sorts by file, then by place.

    ``line``, ``column``, ``end_line`` and ``end_column`` count from 1, columns in code points, the end
    exclusive. ``message`` says what was found and what was wanted, ``help`` how to mend it where that is
    known. ``excerpt`` is the line at ``line``, as it stands in the file.
    """

    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    rule: str
    severity: Severity
    message: str
    help: str | None = None
    excerpt: str | None = None

    def as_dict(self) -> dict[str, str | int | None]:
        """Return the problem as data for JSON: all but the excerpt."""
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "end_line": self.end_line,
            "end_column": self.end_column,
            "rule": self.rule,
            "severity": self.severity,
            "message": self.message,
            "help": self.help,
        }


_MAX_MESSAGE = 2_000  # what is told of a flood is none
_MAX_HELP = 500  # a mend that repeats more of a file than this is none


def diagnose(rule: str, message: str, *, file: str, span: Span, help: str | None = None) -> Diagnostic:  # noqa: A002 - the word that the reports print
    """Return the diagnostic of a rule at a place; the severity is the rule's.

    Raises KeyError for a rule that is not in RULES: every code is documented before it is used.
    """
    return Diagnostic(
        file=file,
        line=span.line,
        column=span.column,
        end_line=span.end_line,
        end_column=span.end_column,
        rule=rule,
        severity=RULES[rule].severity,
        message=message if len(message) <= _MAX_MESSAGE else f"{message[: _MAX_MESSAGE - 1]}…",
        help=help if help is None or len(help) <= _MAX_HELP else None,
    )


class CatalogueError(FeedpubError):
    """The catalogue has errors: nothing was published.

    ``diagnostics`` holds every problem of every file, sorted, warnings included.
    """

    exit_code = EXIT_PROBLEMS

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        """Hold all of the problems that one run found."""
        self.diagnostics = tuple(diagnostics)
        count = sum(one.severity == "error" for one in self.diagnostics)
        super().__init__(f"the catalogue has {count} error{'' if count == 1 else 's'}; nothing was published")

    def __reduce__(self) -> tuple[type[CatalogueError], tuple[tuple[Diagnostic, ...]]]:
        """Let it come whole from a worker process."""
        return type(self), (self.diagnostics,)
