"""Bytes that are put away until they are wanted again, in a file without a name: many documents fill no memory."""

from __future__ import annotations

import os
import weakref
from contextlib import contextmanager
from tempfile import mkstemp
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


class Place(NamedTuple):
    """Where some bytes lie in the file: their offset, and how many there are."""

    offset: int
    size: int


class Spool:
    """A file that only grows, and goes with this object; it can be read in any thread."""

    def __init__(self) -> None:
        """Begin with an empty file."""
        self._descriptor, self._name = mkstemp(prefix="feedpub-")
        os.unlink(self._name)  # noqa: PTH108 - a string is what there is
        self._end = 0
        weakref.finalize(self, os.close, self._descriptor)

    def keep(self, data: bytes) -> Place:
        """Put bytes away. Raises OSError, with the file's name, where the disk is full."""
        place = Place(self._end, len(data))
        rest, offset = memoryview(data), self._end
        with self._named():
            while rest:
                count = os.pwrite(self._descriptor, rest, offset)
                rest, offset = rest[count:], offset + count
        self._end = offset
        return place

    def read(self, place: Place) -> bytes:
        """Return the bytes of a place. Raises OSError, with the file's name, where the disk fails."""
        with self._named():
            return os.pread(self._descriptor, place.size, place.offset)

    @contextmanager
    def _named(self) -> Iterator[None]:
        """Let an error of the descriptor say which file it was, though that has no name any more."""
        try:
            yield
        except OSError as error:
            error.filename = self._name
            raise
