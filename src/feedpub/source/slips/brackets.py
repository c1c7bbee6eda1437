"""Slips with square and curly brackets, and the commas in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedpub.source.slips.refusal import read_pair, write_quoted

if TYPE_CHECKING:
    from feedpub.source.slips.refusal import Refusal, SyntaxProblem

_CLOSING = {"[": "]", "{": "}"}
_WORD_BEFORE = re.compile(r"(?<!\S)(\S+)\Z")


def explain_bracket(refusal: Refusal) -> SyntaxProblem | None:
    """Point at a bracket that is not closed, a comma that is missing, or what follows a closing bracket."""
    if "nesting depth" in refusal.problem:
        message = "more lists and mappings are open here than any catalogue needs"
        return refusal.at(refusal.mark, message, "put it in quotes if it is text")
    if refusal.opened is not None and refusal.context.startswith("while parsing a flow"):
        return _explain_inside(refusal)
    if "did not find expected key" in refusal.problem:
        return _explain_after(refusal)
    return None


def _explain_inside(refusal: Refusal) -> SyntaxProblem | None:
    stop, opened = refusal.stop.strip(), refusal.opened
    if "node content" in refusal.problem and not stop:  # libyaml stops behind the last line
        number = max(refusal.written, 0)
        end = len(refusal.line(number).rstrip())
        message = "a bracket is still open at the end of the file"
        return refusal.between(number, max(end - 1, 0), max(end, 1), message, "close it with ] or }")
    if "node content" in refusal.problem:
        return refusal.at(refusal.mark, "a value is missing before this", "write the value, or remove what is too much")
    bracket = "[" if "sequence" in refusal.context else "{"
    closing = _CLOSING[bracket]
    if stop[:1] in ("]", "}"):
        return refusal.at(refusal.mark, f'"{bracket}" cannot be closed with "{stop[0]}"', f"close it with {closing}")
    if not _closes(stop, closing):
        mend = write_quoted(refusal.line(opened.line)) if opened and _begins_value(refusal) else None
        mend = f"close it with {closing}, or {mend or 'put the value in quotes'} if it is text"
        return refusal.at(opened, "this bracket is never closed", mend)
    if stop.startswith(":"):
        word = _WORD_BEFORE.search(refusal.text[: refusal.column])
        mend = f"put a comma before {word[1]}, or the value in quotes" if word else None
        return refusal.at(refusal.mark, "this colon cannot stand here", mend)
    return refusal.at(refusal.mark, "a comma is missing before this", "put a comma before it")


def _explain_after(refusal: Refusal) -> SyntaxProblem | None:
    pair, stop = read_pair(refusal.text), refusal.stop.strip()
    if pair is None or pair.value[0] not in _CLOSING or refusal.column <= pair.start:
        return None
    if not set(stop) - set("]}"):
        return refusal.at(refusal.mark, "this bracket closes nothing", "remove it")
    if stop == ",":
        return refusal.at(refusal.mark, "there is a comma after the closing bracket", "remove it")
    mend = write_quoted(refusal.text)
    return refusal.at(refusal.mark, "there is text after the closing bracket", mend or "put the value in quotes")


def _begins_value(refusal: Refusal) -> bool:
    """Tell whether the bracket that was opened begins a value on its line, and all of it."""
    opened = refusal.opened
    pair = read_pair(refusal.line(opened.line)) if opened else None
    return pair is not None and opened is not None and pair.start == opened.column


def _closes(text: str, closing: str) -> bool:
    """Tell whether a text closes a bracket that was opened before it."""
    depth = 0
    for character in text:
        if character in "[{":
            depth += 1
        elif character in "]}":
            if depth == 0:
                return character == closing
            depth -= 1
    return False
