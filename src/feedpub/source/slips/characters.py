"""Slips with characters that cannot stand where they do, or only look like others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedpub.source.legality import name_character
from feedpub.source.slips.refusal import LONGEST_HELP, write_pair

if TYPE_CHECKING:
    from feedpub.source.slips.refusal import Refusal, SyntaxProblem

_TABS = re.compile(r"\t+")
_WIDE_SPACE = "[\u00a0\u2000-\u200a\u202f\u205f\u3000]"
_INDENTED = re.compile(rf" *({_WIDE_SPACE}(?:{_WIDE_SPACE}|[ ])*)\S")
_AFTER_DASH = re.compile(rf"\s*-({_WIDE_SPACE}+)")
_AFTER_COLON = re.compile(rf"\s*(?:- +)*([\w-]+):({_WIDE_SPACE}+) *(.*\S)")
_WIDE_COLON = re.compile(r"\s*(?:- +)*([\w-]+) *([\uff1a\ufe55\u2236\ua789])\s*+(.*\S)")
_WIDE_DASH = re.compile(r"\s*([\u2010-\u2015\u2212\u2022\u00b7*+])\s+(\S.*)")


def explain_tab(refusal: Refusal) -> SyntaxProblem | None:
    """Point at tabs that libyaml does not take for white space."""
    mark = refusal.mark
    if mark is None or not ("tab" in refusal.problem or refusal.stop.startswith("\t")):
        return None
    line = refusal.line(mark.line)
    tabs = _TABS.search(line, mark.column) or _TABS.search(line)
    start, end = tabs.span() if tabs else (mark.column, mark.column + 1)
    if line[:start].strip():
        return refusal.between(mark.line, start, end, "a tab cannot stand here", "write a space instead")
    return refusal.between(mark.line, start, end, "a tab cannot indent a line", "indent with spaces")


def explain_lookalike(refusal: Refusal) -> SyntaxProblem | None:
    """Point at a character that looks like a space, a colon or a dash and is another."""
    line, number = refusal.text, refusal.number
    if found := _INDENTED.match(line):
        message = f"a space belongs here, not {name_character(found[1][0])}"
        return refusal.between(number, found.start(1), found.end(1), message, "write spaces instead")
    if found := _AFTER_COLON.match(line):
        message = f"a space belongs here, not {name_character(found[2][0])}"
        return refusal.between(number, found.start(2), found.end(2), message, write_pair(found[1], found[3], line))
    if found := _WIDE_COLON.match(line):
        message = f"a key ends with a colon, not with {name_character(found[2])}"
        return refusal.between(number, found.start(2), found.end(2), message, write_pair(found[1], found[3], line))
    return _explain_dash(refusal, number) or _explain_dash(refusal, refusal.above)


def explain_percent(refusal: Refusal) -> SyntaxProblem | None:
    """Point at a line that begins with a percent sign: a directive, which nobody means."""
    mark = refusal.mark
    if mark and "incompatible" in refusal.problem:
        return refusal.between(
            mark.line, 0, len(refusal.text), "this version of YAML is not known", "remove the %YAML line"
        )
    if mark and "directive" in refusal.context:
        return refusal.between(mark.line, 0, 1, 'a line cannot begin with "%"', "remove the line")
    return None


def _explain_dash(refusal: Refusal, number: int) -> SyntaxProblem | None:
    line = refusal.line(number)
    if found := _AFTER_DASH.match(line):
        message = f"a space belongs here, not {name_character(found[1][0])}"
        return refusal.between(number, found.start(1), found.end(1), message, "write a space instead")
    found = _WIDE_DASH.match(line)
    if found is None:
        return None
    message = f"an item of a list begins with a hyphen, not with {name_character(found[1])}"
    mend = f"write - {found[2].rstrip()}" if len(line) < LONGEST_HELP else "write a hyphen"
    return refusal.between(number, found.start(1), found.end(1), message, mend)
