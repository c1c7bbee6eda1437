"""What YAML takes for a comment and a person may have meant as text: ``title: Round #72``.

A comment that somebody writes begins with ``# ``. libyaml does not tell of comments, so they are noted while the
bytes go by, and compared with where plain scalars end.
"""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from feedpub.source.events import ScalarEvent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from feedpub.source.anchors import Item

_LINE_END = re.compile(rb"\r\n?|\n")
_SPACES = (b" ", b"\t")
_MOST_ON_A_LINE, _MOST, _LONGEST = 100, 100_000, 200  # suspects, and bytes of one: more are no person's comments
_NO_TEXT = re.compile(r"[\d:.TZtz+-]+|true|false|null|~|")  # a comment behind these takes nothing away


class Suspect(NamedTuple):
    """A suspect: ``line`` and the columns count from 0, as marks do; ``end`` is where what stands before it ends.

    ``text`` is the beginning of one that is very long.
    """

    line: int
    end: int
    start: int
    text: str


class Suspects:
    """The suspects of a stream's bytes; those of a record are taken out when it has been read.

    Of very many on a line, or in a record, those that come last are left out.
    """

    def __init__(self) -> None:
        """Begin at the start of a stream."""
        self._found: deque[Suspect] = deque()
        self._line = 0
        self._column = 0
        self._ended_in_cr = False

    def note(self, data: bytes) -> None:
        """Note the suspects of the next bytes, which hold whole characters of UTF-8."""
        if self._ended_in_cr and data.startswith(b"\n"):
            data = data[1:]
        self._search(data)
        self._line += data.count(b"\n") if b"\r" not in data else _count_lines(data, 0, len(data))
        last = _line_start(data, len(data), since=0)
        self._column = len(data[last:].decode()) + (0 if last else self._column)
        self._ended_in_cr = data.endswith(b"\r")

    def take(self, items: Sequence[Item], *, until: int) -> Iterator[tuple[ScalarEvent, Suspect]]:
        """Yield the suspects up to a line that stand behind a plain scalar of ``items``, and forget these lines'."""
        found = self._found
        if not found or found[0].line > until:
            return
        ends = {
            (item.end_mark.line, item.end_mark.column): item
            for item in items
            if isinstance(item, ScalarEvent) and item.style == "" and not _NO_TEXT.fullmatch(item.value)
        }
        while found and found[0].line <= until:
            event = ends.get((found[0].line, found[0].end))
            if event is None and found[0].line == until:
                return  # a block ends where the next line begins: this one may be the next record's
            suspect = found.popleft()
            if event is not None:
                yield event, suspect

    def _search(self, data: bytes) -> None:
        """Look at each #, which is rare and quickly found; nothing of a line is looked at twice."""
        line, start, seen, column, count = self._line, 0, 0, self._column, 0
        found = data.find(b"#")
        while found >= 0 and len(self._found) < _MOST:
            following = found + 1
            if data[found - 1 : found] in _SPACES and not data[following : following + 1].isspace():
                if begin := _line_start(data, found, since=seen):
                    line += _count_lines(data, start, begin)
                    start, seen, column, count = begin, begin, 0, 0
                before = data[seen:found].rstrip(b" \t")
                end = column + len(before.decode())
                column += len(data[seen:found].decode())
                if before or seen > start or not start:
                    self._keep(data, found, Suspect(line, end, column, ""))
                seen, count = found, count + 1
                if count == _MOST_ON_A_LINE:
                    following = _line_end(data, found, len(data))
            found = data.find(b"#", following)

    def _keep(self, data: bytes, found: int, suspect: Suspect) -> None:
        """Remember a comment that has something before it on its line, if there is text at once after it."""
        comment = data[found : _line_end(data, found, found + _LONGEST)].decode(errors="ignore").rstrip()
        if len(comment) > 1 and comment[1] not in "#!":
            self._found.append(suspect._replace(text=comment))


def _count_lines(data: bytes, start: int, end: int) -> int:
    return sum(1 for _ in _LINE_END.finditer(data, start, end))


def _line_start(data: bytes, position: int, *, since: int) -> int:
    """Return where the line of a position begins, 0 where that is not behind ``since``."""
    return max(data.rfind(b"\n", since, position), data.rfind(b"\r", since, position)) + 1


def _line_end(data: bytes, position: int, limit: int) -> int:
    found = _LINE_END.search(data, position, limit)
    return found.start() if found else min(limit, len(data))
