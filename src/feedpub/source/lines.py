"""The lines of a catalogue file by their numbers, read without all that stands before them."""

from __future__ import annotations

from bisect import bisect_left
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

from feedpub.source.legality import MAX_LINE, read_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BLOCK = 1 << 14
"""Bytes between two places of which it is known in which line they stand."""


class Lines:
    """The lines of a file, counted from 1, as `read_lines` gives them; a very long one is cut."""

    def __init__(self, open_file: Callable[[], BinaryIO]) -> None:
        """Read a file with a function that opens it; nothing is read yet."""
        self._open = open_file
        self._numbers: list[int] = []
        self._first = 1
        self._some: list[str] = []

    def get(self, number: int) -> str:
        """Return a line; beyond the file's end, an empty one."""
        return next(self.read(number), "")

    def read(self, number: int) -> Iterator[str]:
        """Yield the lines from a number on."""
        while True:
            if not self._first <= number < self._first + len(self._some):
                self._load(number)
                if not self._some:
                    return
            yield from islice(self._some, number - self._first, None)
            number = self._first + len(self._some)

    def find_block(self, raw: BinaryIO, number: int) -> tuple[int, int]:
        """Return an offset in bytes before a line, and the number of the line that it is in, further up or the first.

        ``raw`` is the file, of which the position changes.
        """
        if not self._numbers:
            raw.seek(0)
            self._numbers = list(_count_blocks(raw))
        block = max(bisect_left(self._numbers, number) - 1, 0)
        return block * BLOCK, self._numbers[block]

    def _load(self, number: int) -> None:
        """Hold some lines from a number on: a mistake is seldom far from the last one."""
        self._first, self._some = number, []
        size = 0
        with self._open() as raw:
            offset, first = self.find_block(raw, number)
            raw.seek(offset)
            lines = read_lines(raw, at_once=BLOCK, longest=MAX_LINE)
            for line in islice(lines, number - first, None):
                self._some.append(line)
                size += len(line) + 1
                if size > BLOCK:
                    return


def _count_blocks(raw: BinaryIO) -> Iterator[int]:
    """Yield the line in which each block begins; a CR and its LF end one line, also on both sides of a border."""
    number, ended_in_cr = 1, False
    while True:
        data = raw.read(BLOCK)
        number -= ended_in_cr and data.startswith(b"\n")
        yield number
        if not data:
            return
        number += data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n")
        ended_in_cr = data.endswith(b"\r")
