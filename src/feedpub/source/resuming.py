"""Reading on after a mistake in the YAML: where, and what is kept of the entry that it is in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, cast

from feedpub.source.anchors import event_of
from feedpub.source.events import MappingEndEvent, MappingStartEvent, SequenceEndEvent, SequenceStartEvent
from feedpub.source.stream import CHUNK

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from feedpub.source.anchors import Item
    from feedpub.source.events import Event
    from feedpub.source.lines import Lines

MAX_RESUMED = 100
"""How often one file is taken up again: who makes more mistakes in its YAML than that mends some of them first."""

MAX_PASSED = 400_000_000
"""Empty lines that may stand in for what was read, in all: libyaml reads as many in three seconds."""

_LINE_END = re.compile(rb"\r\n|\n|\r")
_ROOT_KEY = re.compile(rb"([A-Za-z][A-Za-z0-9_-]*):(?: |$)")
_DASH = re.compile(rb"( *)-(?: |$)")
_CONFLICT = (b"<<<<<<< ", b"=======", b"||||||| ")


@dataclass(frozen=True, slots=True)
class Point:
    """A line, from 1, on which reading goes on, and its offset in bytes.

    ``key`` is the root key whose list goes on there, None where the line begins with a root key of its own.
    """

    line: int
    offset: int
    key: str | None

    def head(self) -> bytes:
        """Return what stands in for all that comes before, so that lines keep their numbers."""
        above = b"\n" * (self.line - 1)
        return above if self.key is None else b"\n" * (self.line - 2) + self.key.encode() + b":\n"


BEGINNING = Point(line=1, offset=0, key=None)
"""Where a file begins."""


def find_point(
    raw: BinaryIO, lines: Lines, *, after: int, key: str | None, column: int | None, roots: Collection[str]
) -> Point | None:
    """Return the first point behind a line: an item of the list at ``column`` under ``key``, or one of the root keys.

    ``lines`` are the file's, of which none before that line is looked at. Without a column, the list had no item yet.
    A text that goes on for several lines may hold what looks like another key; so only known ones count. Both versions
    of a merge conflict are passed over.
    """
    is_conflict = False
    start, first = lines.find_block(raw, after)
    raw.seek(start)
    for number, (offset, line) in enumerate(_split_lines(raw), start=first):
        if number < after:
            continue
        is_conflict = line.startswith(_CONFLICT) or (is_conflict and not line.startswith(b">>>>>>> "))
        if number == after or is_conflict:
            continue
        dash = _DASH.match(line) if key is not None else None
        if dash and column in (None, dash.end(1)):
            return Point(number, offset, key)
        found = _ROOT_KEY.match(line)
        if found and (found[1].decode() in roots or found[1].startswith(b"x-")):
            return Point(number, offset, None)
    return None


def close(items: list[Item]) -> list[Item]:
    """Return the events of the fields of an entry that come before the one in which reading broke off."""
    last = None
    depth = 0
    is_key = True
    for position, item in enumerate(items):
        kind = type(item)
        if depth == 1 and is_key:
            last = position
        if kind is MappingStartEvent or kind is SequenceStartEvent:
            depth += 1
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            depth -= 1
        if depth == 1 and position > 0:
            is_key = not is_key
    if last is None or type(items[0]) is not MappingStartEvent:
        return []
    mark = event_of(items[last]).start_mark
    end = cast("Event", MappingEndEvent(mark, mark))  # type: ignore[call-arg] # PyYAML's own events take two marks
    return [*items[:last], end]


def read_events(items: list[Item]) -> Iterator[Event]:
    """Yield the events of items as the parser gave them."""
    return map(event_of, items)


def _split_lines(raw: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield the offset of each further line of a file, and the line without its end; a very long one is cut."""
    line = position = raw.tell()
    begin = b""
    while data := raw.read(CHUNK):
        if data.endswith(b"\r"):  # its LF may come with the next chunk
            data += raw.read(1)
        start = 0
        for end in _LINE_END.finditer(data):
            yield line, begin + data[start : end.start()]
            begin, start = b"", end.end()
            line = position + start
        if len(begin) < CHUNK:
            begin += data[start:]
        position += len(data)
    if position > line:
        yield line, begin
