"""Bytes that are put away until they are wanted again, in a file without a name: many documents fill no memory."""

from __future__ import annotations

from tempfile import TemporaryFile


class Spool:
    """A file that only grows, and goes with this object. Its disk being full raises OSError."""

    def __init__(self) -> None:
        """Begin with an empty file."""
        self._file = TemporaryFile()  # noqa: SIM115 - it is closed with the object
        self._end = 0

    def __del__(self) -> None:
        """Close the file, which removes it."""
        self._file.close()

    def keep(self, data: bytes) -> tuple[int, int]:
        """Put bytes away, and return their place: the first byte, and how many there are."""
        place = (self._end, len(data))
        self._file.seek(self._end)
        self._file.write(data)
        self._end += len(data)
        return place

    def read(self, place: tuple[int, int]) -> bytes:
        """Return the bytes of a place."""
        start, length = place
        self._file.seek(start)
        return self._file.read(length)
