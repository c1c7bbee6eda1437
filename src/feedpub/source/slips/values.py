"""Slips in a key and its value: the space after the colon, and what needs quotes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedpub.source.slips.refusal import read_pair, write_pair, write_quoted

if TYPE_CHECKING:
    from feedpub.source.slips.refusal import Refusal, SyntaxProblem

_KEY_WITHOUT_SPACE = re.compile(r"(\s*(?:- +)*)([A-Za-z_][\w-]*):([^\s:/\\].*)\Z")
_EQUALS = re.compile(r"(\s*(?:- +)*)([A-Za-z_][\w-]*) *(=) *(\S.*?)\s*\Z")
_IN_QUOTES = "put the value in quotes"


def explain_missing_space(refusal: Refusal) -> SyntaxProblem | None:
    """Point at a colon with no space after it, on this line or on one that it seems to continue."""
    if not ("expected ':'" in refusal.problem or "mapping values" in refusal.problem):
        return None
    last, number = refusal.last, refusal.number
    first = last.start_mark.line if last is not None and last.end_mark.line == number else number
    for one in range(first, number + 1):
        line = refusal.line(one)
        if found := _KEY_WITHOUT_SPACE.match(line):
            column = found.end(2)
            mend = write_pair(found[2], found[3].strip(), line)
            return refusal.between(one, column, column + 1, "a colon after a key needs a space", mend)
    line = refusal.text
    if "expected ':'" in refusal.problem and (found := _EQUALS.match(line)):
        mend = write_pair(found[2], found[4], line)
        return refusal.between(number, found.start(3), found.end(3), 'a key takes a colon, not "="', mend)
    return None


def explain_colon(refusal: Refusal) -> SyntaxProblem | None:
    """Point at the second colon of a line: the value that holds it needs quotes."""
    pair = read_pair(refusal.text)
    if "mapping values" not in refusal.problem or pair is None or refusal.column < pair.start:
        return None
    return refusal.at(refusal.mark, 'a value that holds ": " needs quotes', write_quoted(refusal.text) or _IN_QUOTES)


def explain_start(refusal: Refusal) -> SyntaxProblem | None:
    """Point at the character at a value's start that means something else in YAML."""
    problem, context, stop = refusal.problem, refusal.context, refusal.stop
    mend = write_quoted(refusal.text) or _IN_QUOTES
    if "block sequence entries are not allowed" in problem:
        mend = f"begin it on the next line, or {mend} if it is text"
        return refusal.at(refusal.mark, "a list does not begin on the line of its key", mend)
    if "cannot start any token" in problem:
        return refusal.at(refusal.mark, _needs_quotes(stop[:1]), mend)
    if "mapping keys are not allowed" in problem:
        return refusal.at(refusal.mark, _needs_quotes("? "), mend)
    if context.endswith(("an alias", "an anchor", "a tag")) or "tag handle" in problem:
        character = {"an alias": "*", "an anchor": "&"}.get(context.removeprefix("while scanning "), "!")
        return refusal.at(refusal.opened or refusal.mark, _needs_quotes(character), mend)
    if "node content" in problem and "block" in context and stop[:1] in set(",]}"):
        return refusal.at(refusal.mark, _needs_quotes(stop[:1]), mend)
    return None


def explain_header(refusal: Refusal) -> SyntaxProblem | None:
    """Point at text beside the ``|`` or ``>`` under which it should stand."""
    opened = refusal.opened
    if "block scalar" not in refusal.context or opened is None:
        return None
    if "indicator" in refusal.problem:
        return refusal.at(refusal.mark, "this number cannot stand here", "remove it")
    mark = refusal.line(opened.line)[opened.column : opened.column + 1]
    mend = write_quoted(refusal.text)
    return refusal.at(
        refusal.mark,
        f'after "{mark}" the text begins on the next line',
        "move the text to the next line, indented" + (f", or {mend} if that is all of it" if mend else ""),
    )


def _needs_quotes(start: str) -> str:
    return f'a value that begins with "{start}" needs quotes'
