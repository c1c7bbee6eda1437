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
_MOST = 20
"""How many suspects one line may have: at the first of them that is a comment it ends, and they lie in quotes else."""
_LONGEST = 400
"""How many bytes of one are kept, which is more than anybody is shown."""
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
    """The suspects of a stream's bytes; those of a record are taken out when it has been read."""

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
        last = _line_start(data, len(data))
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
        """Look at each #, which is rare and quickly found."""
        line, position, count = self._line, 0, 0
        found = data.find(b"#")
        while found >= 0:
            after = found + 1
            if data[found - 1 : found] in _SPACES and not data[after : after + 1].isspace():
                passed = _count_lines(data, position, found)
                line, position, count = line + passed, found, 1 if passed else count + 1
                self._keep(data, found, line)
                after = after if count < _MOST else _line_end(data, found, len(data))
            found = data.find(b"#", after)

    def _keep(self, data: bytes, found: int, line: int) -> None:
        """Remember a comment that has something before it on its line, and text at once after it."""
        start = _line_start(data, found)
        before = data[start:found].rstrip(b" \t")
        comment = data[found : _line_end(data, found, found + _LONGEST)].decode(errors="ignore").rstrip()
        if len(comment) > 1 and comment[1] not in "#!" and (before or not start):
            shift = 0 if start else self._column
            column = shift + len(data[start:found].decode())
            self._found.append(Suspect(line, shift + len(before.decode()), column, comment))


def _count_lines(data: bytes, start: int, end: int) -> int:
    return sum(1 for _ in _LINE_END.finditer(data, start, end))


def _line_start(data: bytes, position: int) -> int:
    return max(data.rfind(b"\n", 0, position), data.rfind(b"\r", 0, position)) + 1


def _line_end(data: bytes, position: int, limit: int) -> int:
    """Return where a line ends, or a limit that comes first."""
    found = _LINE_END.search(data, position, limit)
    return found.start() if found else min(len(data), limit)
