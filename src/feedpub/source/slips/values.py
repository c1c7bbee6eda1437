"""Slips in a key and its value: the space after the colon, and what needs quotes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedpub.source.slips.refusal import read_pair, write_pair, write_quoted

if TYPE_CHECKING:
    from feedpub.source.events import Mark
    from feedpub.source.slips.refusal import Refusal, SyntaxProblem

_KEY_WITHOUT_SPACE = re.compile(r"(\s*(?:- +)*)([A-Za-z_][\w-]*):([^\s:/\\].*)\Z")
_EQUALS = re.compile(r"(\s*(?:- +)*)([A-Za-z_][\w-]*) *(=) *(\S(?:.*\S)?)\s*\Z")
_IN_QUOTES = "put the value in quotes"
_MOST_LINES = 100  # of a value that are looked at: a longer one is no value that a key was drawn into
_NAMING = ("an alias", "an anchor", "a tag")


def explain_missing_space(refusal: Refusal) -> SyntaxProblem | None:
    """Point at a colon with no space after it, on this line or on one that it seems to continue."""
    if not ("expected ':'" in refusal.problem or "mapping values" in refusal.problem):
        return None
    last, number = refusal.last, refusal.number
    first = last.start_mark.line if last is not None and last.end_mark.line == number else number
    for one in range(first, min(number + 1, first + _MOST_LINES)):
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
    mark, problem = refusal.mark, refusal.problem
    if "block sequence entries are not allowed" in problem:
        mend = f"begin it on the next line, or {_mend_at(refusal, mark)} if it is text"
        return refusal.at(mark, "a list does not begin on the line of its key", mend)
    if start := _find_start(refusal):
        if refusal.context.endswith(_NAMING):
            mark = refusal.opened or mark
        return refusal.at(mark, f'a value that begins with "{start}" needs quotes', _mend_at(refusal, mark))
    if "unexpected ':'" in problem:
        return refusal.at(mark, 'a value in brackets that holds ":" needs quotes', _IN_QUOTES)
    if "node content" in problem and "block" in refusal.context:
        return refusal.at(mark, "a value was expected here", "write one, or remove what stands here")
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


def _find_start(refusal: Refusal) -> str | None:
    """Return the character that a value cannot begin with, where that is what libyaml refused."""
    problem, context, stop = refusal.problem, refusal.context, refusal.stop
    if "cannot start any token" in problem:
        return stop[:1]
    if "mapping keys are not allowed" in problem:
        return "? "
    if context.endswith(_NAMING):
        return {"an alias": "*", "an anchor": "&"}.get(context.removeprefix("while scanning "), "!")
    if "tag handle" in problem:
        return "!"
    starts = ",]}:" if "block" in context else ":"
    return stop[:1] if "node content" in problem and stop and stop[0] in starts else None


def _mend_at(refusal: Refusal, mark: Mark | None) -> str:
    """Return how to put the value that begins at a mark in quotes."""
    line = refusal.text
    pair = read_pair(line)
    is_whole = pair is not None and mark is not None and pair.start == mark.column
    return (write_quoted(line) if is_whole else None) or _IN_QUOTES
