"""What is wrong with a catalogue, collected while it is read, up to where reading on helps nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedpub.diagnostics import diagnose
from feedpub.loading.entries import MAX_REMARKS
from feedpub.record import Span
from feedpub.source import MAX_NOTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from feedpub.diagnostics import Diagnostic

MAX_PROBLEMS = 50_000
"""Problems after which nothing more is read."""


class Problems:
    """The diagnostics of a catalogue: those that were ``found``, and the ``warnings`` of pieces.

    ``is_stopped`` says that nothing more is to be read.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self.found: list[Diagnostic] = []
        self.warnings: list[Diagnostic] = []
        self.is_stopped = False

    def has_enough_warnings(self) -> bool:
        """Tell whether pieces need not be judged any more."""
        return len(self.warnings) >= MAX_REMARKS

    def add(self, some: Iterable[Diagnostic]) -> None:
        """Add problems as they come, until nothing more is to be read."""
        for one in some:
            self.found.append(one)
            if len(self.found) >= MAX_PROBLEMS:
                self._stop_at(one)
            if self.is_stopped:
                return

    def add_of_file(self, some: Sequence[Diagnostic]) -> None:
        """Add what is wrong with a file's text and YAML."""
        self.found += some
        if len(some) >= MAX_NOTED or len(self.found) >= MAX_PROBLEMS:
            self._stop_at(self.found[-1])

    def add_of_piece(self, some: Iterable[Diagnostic]) -> None:
        """Add what is said of a piece; of very many warnings those that come last are left out."""
        for one in some:
            if one.severity == "error":
                self.add([one])
                if self.is_stopped:
                    return
            elif not self.has_enough_warnings():
                self.warnings.append(one)

    def _stop_at(self, last: Diagnostic) -> None:
        """Leave the rest unread: what makes so many mistakes is no catalogue, or made to stall a run."""
        if self.is_stopped:
            return
        self.is_stopped = True
        span = Span(last.line, last.column, last.end_line, last.end_column)
        message = f"there are more than {MAX_PROBLEMS:,} problems: the rest was not read"
        found = diagnose("too-many-problems", message, file=last.file, span=span, help="mend some of them first")
        self.found.append(found)
