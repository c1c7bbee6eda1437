"""What is known of a refusal of libyaml, and what its explanations share: the lines, and values put in quotes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from feedpub.record import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedpub.source.events import Mark, MarkedYAMLError, ScalarEvent

LONGEST_HELP = 100
"""Code points of a line that a help may repeat."""
LONGEST_LINE = 1_000
"""Code points of a line that are looked at: nobody mends a longer one by its shape, and looking takes time."""

_LINES_ABOVE = 10
# Neither these patterns nor those beside them may try a run of spaces from each of its places: lines may be very long.
_PAIR = re.compile(r"(?P<prefix>\s*(?:- +)*)(?P<key>\w(?:[\w .-]*[\w.-])?+) *: +(?P<value>\S(?:.*\S)?)\s*\Z")
_COMMENT = re.compile(r"(?<!\s)\s+#.*\Z")


@dataclass(frozen=True, slots=True)
class SyntaxProblem:
    """What is wrong with a file's YAML, where, and what would mend it."""

    span: Span
    message: str
    help: str | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A line that is a key with a value on it; ``start`` is where the value begins, from 0."""

    key: str
    value: str
    start: int


class Refusal:
    """A refusal: libyaml's ``problem`` at a ``mark``, its ``context`` (what it was doing) which had ``opened`` before.

    ``last`` is the scalar that was read before. Lines and columns count from 0, as in the marks.
    """

    def __init__(self, error: MarkedYAMLError, last: ScalarEvent | None, line_at: Callable[[int], str]) -> None:
        """Take an error; ``line_at`` gives a line of the file, counted from 1."""
        self.problem = error.problem or "it cannot be read"
        self.context = error.context or ""
        self.opened = error.context_mark
        self.last = last
        self._mark = error.problem_mark or error.context_mark
        self._line_at = line_at

    @property
    def mark(self) -> Mark | None:
        """Where libyaml stopped."""
        return self._mark

    @property
    def number(self) -> int:
        """The mistake's line: where a key began that never got its colon, else where libyaml stopped."""
        mark = self.opened if "simple key" in self.context and self.opened else self._mark
        return mark.line if mark else 0

    @property
    def column(self) -> int:
        """Where libyaml stopped in its line."""
        return self._mark.column if self._mark else 0

    @property
    def text(self) -> str:
        """The line that the mistake is on."""
        return self.line(self.number)

    @property
    def stop(self) -> str:
        """What stands where libyaml stopped, to the end of the line."""
        return self.line(self._mark.line)[self._mark.column :] if self._mark else ""

    @property
    def above(self) -> int:
        """The line above on which the last value began, or its key where it has none yet; -1 where there is none."""
        return self.last.start_mark.line if self.last is not None else self.written

    @property
    def written(self) -> int:
        """The nearest line above that is not blank; -1 where there is none."""
        nearest = range(self.number - 1, max(self.number - _LINES_ABOVE, 0) - 1, -1)  # each line is read from the start
        return next((number for number in nearest if self.line(number).strip()), -1)

    def line(self, number: int) -> str:
        """Return a line, or the beginning of a long one; empty where there is none."""
        return self._line_at(number + 1)[:LONGEST_LINE] if number >= 0 else ""

    def at(self, mark: Mark | None, message: str, help: str | None = None) -> SyntaxProblem:  # noqa: A002 - the word of the reports
        """Return a problem at the character at a mark."""
        number, column = (mark.line, mark.column) if mark else (0, 0)
        return self.between(number, column, column + 1, message, help)

    def between(
        self,
        number: int,
        start: int,
        end: int,
        message: str,
        help: str | None = None,  # noqa: A002 - as above
    ) -> SyntaxProblem:
        """Return a problem of a stretch of a line."""
        return SyntaxProblem(Span(number + 1, start + 1, number + 1, end + 1), message, help)


def read_pair(line: str) -> Pair | None:
    """Return the key and the value on a line, if there are any."""
    found = _PAIR.match(line)
    return Pair(found["key"], found["value"], found.start("value")) if found else None


def write_quoted(line: str) -> str | None:
    """Return how the key and value on a line would be written with quotes; None where there are none, or too long."""
    pair = read_pair(line)
    if pair is None:
        return None
    return write_pair(pair.key, quote_value(_COMMENT.sub("", pair.value)), line)


def write_pair(key: str, value: str, line: str) -> str | None:
    """Return a key and a value as a help's words, if the line that they mend is not too long for them."""
    return f"write {key}: {value}" if len(line) < LONGEST_HELP else None


def quote_value(text: str) -> str:
    """Return a text in the quotes that need no escape, if there are such."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    if "'" not in text:
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
