"""Bidirectional controls in what is published: each is ended in the paragraph or attribute that it begins in.

The catalogue refuses a body that leaves one open, but an entity may decode to one, and what ends one may stand in
markup that is removed. Left open, it would turn what a reader shows after the body.
"""

from __future__ import annotations

import re

from feedpub.characters import BIDI_CONTROLS, CLOSERS
from feedpub.markup.reading import WITHIN_LINES

_CONTROL = re.compile(f"[{BIDI_CONTROLS}]")
_PIECE = re.compile(r"<(/?[a-z0-9]+)[^>]*+>|[^<]++")
_VALUE = re.compile(r'(?<==")[^"]*+(?=")')
_POP_ISOLATE = "\u2069"


def close_controls(html: str) -> str:
    """Return safe HTML in which no bidirectional control reaches beyond its paragraph, line or attribute.

    What is open there is ended, what ends nothing goes, and what is crossed is uncrossed, by UAX 9 (rules X5a to X8).
    """
    return _PIECE.sub(_Closer().close_piece, html + _END)[: -len(_END)] if _has_controls(html) else html


def close_text_controls(text: str) -> str:
    """Return one line of plain text in which each bidirectional control is ended."""
    return _Closer().close_line(text) if _has_controls(text) else text


def count_open(text: str) -> int:
    """Return how many bidirectional controls begin something in a text: so many it may take to end them all."""
    return sum(map(text.count, CLOSERS)) if _has_controls(text) else 0


def drop_controls(text: str) -> str:
    """Return a text without bidirectional controls."""
    return _CONTROL.sub("", text)


_END = "<p>"  # a paragraph's start, before which what is open ends


def _has_controls(text: str) -> bool:
    return not text.isascii() and any(map(text.__contains__, BIDI_CONTROLS))


class _Closer:
    """What is waited for: the closers of all that is open, the innermost last."""

    def __init__(self) -> None:
        self._waited: list[str] = []
        self._isolates = 0

    def close_piece(self, match: re.Match[str]) -> str:
        """Return a tag, or the text between two, with what has to end there."""
        if match[1] is None:
            return _CONTROL.sub(self._take, match[0])
        tag = _VALUE.sub(lambda value: close_text_controls(value[0]), match[0])
        return tag if match[1].lstrip("/") in WITHIN_LINES else self._end() + tag

    def close_line(self, text: str) -> str:
        return _CONTROL.sub(self._take, text) + self._end()

    def _take(self, match: re.Match[str]) -> str:
        control = match[0]
        if control in CLOSERS:
            self._waited.append(CLOSERS[control])
            self._isolates += CLOSERS[control] == _POP_ISOLATE
            return control
        if control == _POP_ISOLATE:
            return self._end_isolate() if self._isolates else ""
        return self._waited.pop() if self._waited and self._waited[-1] == control else ""

    def _end_isolate(self) -> str:
        """End the innermost isolate, and what is open within it."""
        ended = ""
        while not ended.endswith(_POP_ISOLATE):
            ended += self._waited.pop()
        self._isolates -= 1
        return ended

    def _end(self) -> str:
        ended = "".join(reversed(self._waited))
        self._waited.clear()
        self._isolates = 0
        return ended
