"""Slips in how lines stand to each other: columns, dashes, blocks of text, and the marks of a merge."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedpub.source.slips.refusal import LONGEST_HELP

if TYPE_CHECKING:
    from feedpub.source.slips.refusal import Refusal, SyntaxProblem

_CONFLICT = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?: .*)?\Z")
_KEY = re.compile(r"(?P<prefix>\s*(?:- +)*)(?P<key>\w(?:[\w .-]*[\w.-])?+) *:(?:\s|\Z)")
_FIELD = re.compile(r"\s*+(?:[-\u2010-\u2015\u2022*] *+)?\w[\w-]*+ *[:=]")
_ITEM_WITHOUT_SPACE = re.compile(r"(\s*)-([^\s-].*)\Z")


def explain_conflict(refusal: Refusal) -> SyntaxProblem | None:
    """Point at a mark that a version control system left."""
    line, number = refusal.text, refusal.number
    if not _CONFLICT.match(line):
        return None
    return refusal.between(
        number,
        0,
        len(line),
        "this line marks a merge conflict",
        "keep one of the two versions between <<<<<<< and >>>>>>>, and delete the lines with the marks",
    )


def explain_dash(refusal: Refusal) -> SyntaxProblem | None:
    """Point at a dash with no space after it, on this line or on that of the last value."""
    for number in (refusal.number, refusal.above):
        line = refusal.line(number)
        if found := _ITEM_WITHOUT_SPACE.match(line):
            start, mend = found.end(1), f"write - {found[2].rstrip()}"
            return refusal.between(
                number, start, start + 1, "a dash needs a space after it", mend if len(line) < LONGEST_HELP else None
            )
    return None


def explain_block(refusal: Refusal) -> SyntaxProblem | None:
    """Point at a line that falls out of the text under a ``|`` or ``>``."""
    last, number, line = refusal.last, refusal.number, refusal.text
    start = len(line) - len(line.lstrip(" "))
    is_next = last is not None and last.style in ("|", ">") and last.start_mark.line < number <= last.end_mark.line
    if last is None or not is_next or _FIELD.match(line):
        return None
    head = refusal.line(last.start_mark.line)
    key = _KEY.match(head)
    first = refusal.line(last.start_mark.line + 1)
    indentation = len(first) - len(first.lstrip(" ")) if last.value.strip() else len(key["prefix"] if key else "") + 2
    name = f'the text of "{key["key"]}"' if key else "the text above"
    if start >= indentation:
        message, mend = "a blank line above this text is indented further", "remove the spaces on the blank lines above"
    else:
        message, mend = f"this line is indented too little to belong to {name}", f"indent it by {indentation} spaces"
    return refusal.between(number, start, max(len(line), start + 1), message, mend)


def explain_column(refusal: Refusal) -> SyntaxProblem | None:
    """Point at a key or item that begins in the column of none above it."""
    problem, line, number = refusal.problem, refusal.text, refusal.number
    start = len(line) - len(line.lstrip(" "))
    if "document start" in problem:
        is_ended = refusal.line(refusal.above).startswith("...") or refusal.line(number - 1).startswith("...")
        mend = "remove the line of three dots" if is_ended else "begin every root key in the first column"
        return refusal.between(number, start, start + 1, "the catalogue ends above this line", mend)
    if "mapping values" not in problem and (refusal.column != start or "expected" not in problem):
        return _explain_rest(refusal)
    if line.lstrip().startswith("- "):
        message = "this item begins in another column than the items above it"
        return refusal.between(number, start, start + 1, message, "begin all items of a list in the same column")
    own, above = _KEY.match(line), _KEY.match(refusal.line(refusal.above))
    if own is None or above is None or above.end("prefix") == own.end("prefix"):
        return _explain_rest(refusal)
    column = above.end("prefix") + 1
    if "mapping values" in problem:
        message = f'this line is indented as if it went on with the value of "{above["key"]}", and holds ": "'
        mend = f"begin it in column {column} if it is a key, or put that value in quotes"
    else:
        message = f'this key begins in column {own.end("prefix") + 1}, "{above["key"]}" above it in column {column}'
        mend = "begin it in the column of the keys that it stands beside"
    return refusal.between(number, own.end("prefix"), own.end("key"), message, mend)


def explain_lone_line(refusal: Refusal) -> SyntaxProblem | None:
    """Point at a line that is neither a key nor part of a value."""
    if "could not find expected ':'" not in refusal.problem:
        return None
    line, opened = refusal.text, refusal.opened
    start = opened.column if opened else 0
    return refusal.between(
        refusal.number,
        start,
        max(len(line), start + 1),
        "this line is neither a key with a value nor part of the value above",
        "write it as key: value, or indent it to continue the value above",
    )


def _explain_rest(refusal: Refusal) -> SyntaxProblem | None:
    if "expected '-'" in refusal.problem:
        message = 'in this list every item begins with "- "'
        return refusal.at(refusal.mark, message, "begin it with - or indent it less")
    if "block mapping" in refusal.context:
        message = "a key was expected here"
        mend = "check that it begins in the same column as the keys beside it, and that brackets and quotes close"
        return refusal.at(refusal.mark, message, mend)
    if "mapping values" in refusal.problem:
        return refusal.at(refusal.mark, "a key cannot stand here", "put the value in quotes if it is text")
    return None
