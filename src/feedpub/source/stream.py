"""The bytes of one catalogue file on their way to libyaml: checked, and with what libyaml would misread swapped.

Nothing is held but one chunk, so a file may be of any size. What is wrong is only noted here; where it stands
is found by a second look at the file (`legality`), which only a faulty file pays for.
"""

from __future__ import annotations

import io
import os
import re
import stat
from typing import TYPE_CHECKING, Any, BinaryIO

from feedpub import characters
from feedpub.errors import PublishError
from feedpub.source.suspects import Suspects

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CHUNK = 1 << 18
LONGEST = 16 << 20
"""Bytes that may go by without anything that is read in them: of a value, of comments, of empty lines."""
BOM = b"\xef\xbb\xbf"

# libyaml breaks lines at U+2028 and U+2029, which a body may hold. Two noncharacters, which no catalogue may
# hold, stand in for them on the way through: one character each, so that columns stay right.
LINE_SEPARATOR, PARAGRAPH_SEPARATOR = "\u2028", "\u2029"
_STAND_INS = (("\ufdd0", LINE_SEPARATOR), ("\ufdd1", PARAGRAPH_SEPARATOR))

# The UTF-8 of what FORBIDDEN names.
_FORBIDDEN_BYTES = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
    rb"|\xc2[\x80-\x9f]|\xef\xb7[\x90-\xaf]|\xef\xbf[\xbe\xbf]|[\xf0-\xf4][\x8f\x9f\xaf\xbf]\xbf[\xbe\xbf]"
)

FORBIDDEN = re.compile(characters.FORBIDDEN)


class NotRegularError(PublishError):
    """What should be read is a folder, a pipe or a device."""


class _NamedFile(io.FileIO):
    """A file that is read by its descriptor, whose errors name it all the same."""

    def __init__(self, descriptor: int, *, path: Path) -> None:
        super().__init__(descriptor, "rb")
        self._path = path

    def readinto(self, buffer: Any, /) -> int | None:  # noqa: ANN401 - whatever takes bytes
        """Read some bytes and return how many they were."""
        try:
            return super().readinto(buffer)
        except OSError as error:
            error.filename = str(self._path)
            raise

    def readall(self) -> bytes:
        """Read all that is left."""
        try:
            return super().readall()
        except OSError as error:
            error.filename = str(self._path)
            raise


def open_regular(path: Path) -> BinaryIO:
    """Open a file for reading in bytes; a FIFO does not hang it.

    Raises NotRegularError for anything but a regular file, OSError for what cannot be opened; an OSError of reading it
    has the file's name, too.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise NotRegularError(f"{path} is not a regular file", path=str(path))
    return io.BufferedReader(_NamedFile(descriptor, path=path))


def restore(text: str) -> str:
    """Return a text with the line and paragraph separators that a stand-in had replaced."""
    for stand_in, original in _STAND_INS:
        text = text.replace(stand_in, original)
    return text


class CheckedStream:
    """A readable stream of UTF-8 for libyaml over a file's bytes.

    ``flawed`` says that something in it is no UTF-8 or a forbidden character (both arrive as U+FFFD),
    ``swapped`` that a stand-in may be in what was read, ``size`` how many bytes were read, ``suspects`` what may be
    text that YAML drops. ``is_cut`` says that it ended because LONGEST bytes went by without a step of ``count``, which
    tells how far reading has come.
    """

    def __init__(self, raw: BinaryIO, *, head: bytes = b"") -> None:
        """Take over an open file, positioned at its start, or where reading goes on behind a ``head``."""
        self.count: Callable[[], int] | None = None
        self._step, self._since = -1, 0
        self.is_cut = False
        self._raw = raw
        self._tail = head
        self._started = bool(head)
        self.flawed = False
        self.swapped = False
        self.size = 0
        self.suspects = Suspects()

    def read(self, size: int) -> bytes:  # noqa: ARG002 - libyaml takes chunks of any size
        """Return the next chunk, empty at the end of the file."""
        while True:
            data = b"" if self._is_stuck() else self._raw.read(CHUNK)
            self.size += len(data)
            at_end = not data
            data = self._tail + data
            if not self._started:
                if len(data) < len(BOM) and not at_end:
                    self._tail = data
                    continue
                data = data.removeprefix(BOM)
                self._started = True
            data, self._tail = (data, b"") if at_end else whole_characters(data)
            if data or at_end:
                return self._check(data)

    def _is_stuck(self) -> bool:
        """Tell whether nothing has been read in too many bytes; from then on there are no more."""
        if self.count is not None and not self.is_cut:
            step = self.count()
            if step != self._step:
                self._step, self._since = step, self.size
            self.is_cut = self.size - self._since >= LONGEST
        return self.is_cut

    def _check(self, data: bytes) -> bytes:
        if not _is_utf_8(data):
            self.flawed = True
            data = data.decode("utf-8", "replace").encode()
        if not characters.are_allowed(data):
            data, count = _FORBIDDEN_BYTES.subn("\ufffd".encode(), data)
            self.flawed = self.flawed or count > 0
        for stand_in, original in _STAND_INS:
            if original.encode() in data:
                self.swapped = True
                data = data.replace(original.encode(), stand_in.encode())
        self.suspects.note(data)
        return data


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def whole_characters(data: bytes) -> tuple[bytes, bytes]:
    """Split a chunk before a character whose bytes are not all there yet."""
    for back in range(1, min(4, len(data) + 1)):
        byte = data[-back]
        if byte & 0xC0 == 0x80:  # noqa: PLR2004 - a continuation byte, 10xxxxxx
            continue
        needed = 4 if byte >= 0xF0 else 3 if byte >= 0xE0 else 2 if byte >= 0xC0 else 1  # noqa: PLR2004 - the lead bytes of UTF-8
        return (data[:-back], data[-back:]) if needed > back else (data, b"")
    return data, b""
