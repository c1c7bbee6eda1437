"""libyaml's refusals in an editor's words: where the mistake is (often not where libyaml stopped) and its mend."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from feedpub.record import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedpub.source.events import Mark, MarkedYAMLError, ScalarEvent

_KEY_WITHOUT_SPACE = re.compile(r"^(\s*(?:- +)*)([A-Za-z_][\w-]*):([^\s:/\\].*)$")
_SURROGATES = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")
_KEY_LINE = re.compile(r"^\s*(?:- +)*([\w-]+): +(.*\S)\s*$")


@dataclass(frozen=True, slots=True)
class SyntaxProblem:
    """What is wrong with a file's YAML, where, and what would mend it."""

    span: Span
    message: str
    help: str | None = None


def explain_refusal(
    error: MarkedYAMLError, *, last: ScalarEvent | None, line_at: Callable[[int], str]
) -> SyntaxProblem:
    """Return a libyaml error as a problem; ``last`` is the scalar read before it, ``line_at`` reads a line from 1."""
    problem = error.problem or ""
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return SyntaxProblem(Span(1, 1, 1, 1), f"this is not YAML: {problem}")
    line = line_at(mark.line + 1)
    return (
        _explain_quote(error, problem, last)
        or _explain_escape(problem, mark, line)
        or _explain_colon(error, problem, mark, last, line_at)
        or _explain_character(problem, mark, line)
        or _explain_structure(error, problem, mark)
    )


def _explain_quote(error: MarkedYAMLError, problem: str, last: ScalarEvent | None) -> SyntaxProblem | None:
    """Point at the opening quote: libyaml stops where the file, or the wrong text in quotes, ends."""
    opened = error.context_mark
    if "quoted scalar" in (error.context or "") and opened and ("end of stream" in problem or "document" in problem):
        return SyntaxProblem(_at(opened), "this quote is never closed", "close it at the end of the value")
    if last is not None and last.style in ('"', "'") and last.start_mark.line != last.end_mark.line:
        return SyntaxProblem(
            _at(last.start_mark),
            f"this quote is closed only on line {last.end_mark.line + 1}",
            "close it at the end of its own line; a quote inside a value in quotes is written "
            + ('\\"' if last.style == '"' else "''"),
        )
    if last is not None and last.style in ('"', "'") and "did not find expected" in problem:
        return SyntaxProblem(
            _at(error.problem_mark or last.end_mark),
            "there is text after the closing quote",
            "a quote inside a value in quotes is written " + ('\\"' if last.style == '"' else "''"),
        )
    return None


def _explain_escape(problem: str, mark: Mark, line: str) -> SyntaxProblem | None:
    if "escape" not in problem:
        return None
    for pair in _SURROGATES.finditer(line):
        if pair.start() <= mark.column < pair.end():
            high, low = int(pair[1], 16), int(pair[2], 16)
            code = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)
            span = Span(mark.line + 1, pair.start() + 1, mark.line + 1, pair.end() + 1)
            return SyntaxProblem(
                span, "YAML writes a character beyond U+FFFF as one escape, not as two", f'write "\\U{code:08X}"'
            )
    return SyntaxProblem(
        _at(mark), "in double quotes a backslash begins an escape, and this is none", "write the backslash twice: \\\\"
    )


def _explain_colon(
    error: MarkedYAMLError, problem: str, mark: Mark, last: ScalarEvent | None, line_at: Callable[[int], str]
) -> SyntaxProblem | None:
    if "could not find expected ':'" in problem:
        return _explain_no_colon(error.context_mark or mark, line_at)
    if "mapping values are not allowed" not in problem:
        return None
    first = last.start_mark.line if last is not None and last.end_mark.line == mark.line else mark.line
    for number in range(first, mark.line + 1):
        if found := _missing_space(number, line_at(number + 1)):
            return found
    line = line_at(mark.line + 1)
    pair = _KEY_LINE.match(line)
    if pair and mark.column >= pair.start(2):
        quoted = pair[2].replace("\\", "\\\\").replace('"', '\\"')
        return SyntaxProblem(
            _at(mark),
            'a value that holds ": " needs quotes',
            f'write {pair[1]}: "{quoted}"' if len(line) < 100 else None,  # noqa: PLR2004 - a help of one line
        )
    return SyntaxProblem(
        _at(mark), "a key cannot stand here", "check that the line begins in the same column as the keys beside it"
    )


def _explain_no_colon(mark: Mark, line_at: Callable[[int], str]) -> SyntaxProblem:
    line = line_at(mark.line + 1)
    return _missing_space(mark.line, line) or SyntaxProblem(
        Span(mark.line + 1, mark.column + 1, mark.line + 1, max(len(line), mark.column + 1) + 1),
        "this line is neither a key with a value nor part of the value above",
        "write it as key: value, or indent it to continue the value above",
    )


def _missing_space(number: int, line: str) -> SyntaxProblem | None:
    found = _KEY_WITHOUT_SPACE.match(line)
    if not found:
        return None
    column = found.end(2)
    return SyntaxProblem(
        Span(number + 1, column + 1, number + 1, column + 2),
        "a colon after a key needs a space",
        f"write {found[2]}: {found[3].strip()}" if len(line) < 100 else None,  # noqa: PLR2004 - a help of one line
    )


def _explain_character(problem: str, mark: Mark, line: str) -> SyntaxProblem | None:
    if "cannot start any token" not in problem:
        return None
    character = line[mark.column : mark.column + 1]
    if character == "\t":
        return SyntaxProblem(_at(mark), "a tab cannot indent a line", "indent with spaces")
    return SyntaxProblem(_at(mark), f'a value cannot begin with "{character}"', "put the value in quotes")


def _explain_structure(error: MarkedYAMLError, problem: str, mark: Mark) -> SyntaxProblem:
    context, opened = error.context or "", error.context_mark
    if "flow" in context and opened is not None:
        bracket = "]" if "sequence" in context else "}"
        return SyntaxProblem(
            _at(opened), "this bracket is never closed", f"close it with {bracket}, or put the value in quotes"
        )
    if "block scalar" in context:
        return SyntaxProblem(
            _at(mark), "after | or > the text begins on the next line", "move the text to a line of its own, indented"
        )
    if "expected '-'" in problem:
        return SyntaxProblem(_at(mark), 'in this list every item begins with "- "', "begin it with - or indent it less")
    if "block mapping" in context:
        return SyntaxProblem(
            _at(mark),
            "a key was expected here",
            "check that the line begins in the same column as the keys beside it, and that brackets and quotes close",
        )
    if "incompatible" in problem:
        return SyntaxProblem(_at(mark), "this version of YAML is not known", "remove the %YAML line")
    return SyntaxProblem(_at(mark), f"this is not YAML: {problem}")


def _at(mark: Mark) -> Span:
    return Span(mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 2)
