"""Standard output and standard error: closed, full, or of another encoding, as they may be."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from feedpub.errors import FeedpubError

if TYPE_CHECKING:
    from typing import TextIO


class OutputError(FeedpubError, OSError):
    """A stream cannot be written; it has no errno, of which click would make exit code 1, which stands for problems."""

    @property
    def is_unheard(self) -> bool:
        """Whether whoever read it has closed the pipe, and wants no more words."""
        return isinstance(self.__cause__, BrokenPipeError)


class _Output(io.FileIO):
    """The file of a stream, whose errors say which one it is."""

    def __init__(self, descriptor: int, *, called: str) -> None:
        super().__init__(descriptor, "w", closefd=False)
        self._called = called

    def write(self, data: object, /) -> int:
        """Write some bytes and return how many they were."""
        try:
            return super().write(data)  # type: ignore[arg-type] # typeshed's name for a buffer is no type at run time
        except OSError as error:
            raise OutputError(f"{self._called}: {error.strerror}") from error


def open_streams() -> None:
    """Make both streams say where they fail, and take every character.

    One that was closed gets a file under its number, so that no file of feedpub's own gets it: what is written to
    standard output then fails, and what is said on standard error is lost.
    """
    for descriptor, flags in enumerate((os.O_RDONLY, os.O_RDONLY, os.O_WRONLY)):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, flags)  # which is the least number that is free
    stdout = sys.stdout or open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - the stream itself
    stderr = sys.stderr or open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - as above
    sys.stdout, sys.stderr = _name(stdout, "standard output"), _name(stderr, "standard error")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal of another encoding is no reason to fail


def complain(sentence: str) -> None:
    """Say a sentence on standard error; where that fails too, the exit code alone tells."""
    with suppress(OSError):
        sys.stderr.write(f"{sentence}\n")
        sys.stderr.flush()


def abandon_streams() -> None:
    """Lose what could not be written, so that the interpreter does not try again, and complain, when it ends."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)


def _name(stream: TextIO, called: str) -> TextIO:
    """Return a stream to the same file, whose errors name it; what is no file (in a test, say) stays as it is."""
    if not isinstance(stream, io.TextIOWrapper):
        return stream
    raw = getattr(stream.buffer, "raw", stream.buffer)
    if type(raw) is not io.FileIO:  # a console of Windows, which has its own way of writing
        return stream
    output = _Output(stream.fileno(), called=called)
    return io.TextIOWrapper(
        output if raw is stream.buffer else io.BufferedWriter(output),
        encoding=stream.encoding,
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )
