"""Bytes that are put away until they are wanted again, in a file without a name: many documents fill no memory."""

from __future__ import annotations

import os
import weakref
from tempfile import mkstemp
from typing import NamedTuple


class Place(NamedTuple):
    """Where some bytes lie in the file: their offset, and how many there are."""

    offset: int
    size: int


class Spool:
    """A file that only grows, and goes with this object; it can be read in any thread."""

    def __init__(self) -> None:
        """Begin with an empty file."""
        self._descriptor, name = mkstemp(prefix="feedpub-")
        os.unlink(name)  # noqa: PTH108 - a string is what there is
        self._end = 0
        weakref.finalize(self, os.close, self._descriptor)

    def keep(self, data: bytes) -> Place:
        """Put bytes away. Raises OSError where the disk is full."""
        place = Place(self._end, len(data))
        rest, offset = memoryview(data), self._end
        while rest:
            count = os.pwrite(self._descriptor, rest, offset)
            rest, offset = rest[count:], offset + count
        self._end = offset
        return place

    def read(self, place: Place) -> bytes:
        """Return the bytes of a place."""
        return os.pread(self._descriptor, place.size, place.offset)
