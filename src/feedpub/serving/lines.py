"""Lines for a reader who may have stopped reading: whoever writes them never waits, and what is kept is bounded."""

from __future__ import annotations

import asyncio
import os
import select
import time
from typing import TYPE_CHECKING, Final, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_BYTES: Final = 1 << 20
"""Bytes that wait for a reader; lines beyond are lost."""
PAUSE: Final = 0.2
"""Seconds between two looks whether what waits can be written."""

_TERMINAL_PIECE: Final = 256  # a terminal that says that it is ready takes as many bytes at once, in Linux


class Lines:
    """Lines on their way to a pipe, a file or a terminal, which stays as it is for the others that write to it."""

    def __init__(self, stream: TextIO | None, *, on_loss: Callable[[int], None], most: int = MOST_BYTES) -> None:
        """Begin with nothing to write to a stream; None is one that has been closed.

        ``on_loss`` gets the number of lines that were lost, when there is room again; ``most`` bounds the bytes kept.
        """
        self._descriptor = None if stream is None else stream.fileno()
        self._encoding = "utf-8" if stream is None else stream.encoding
        self._on_loss = on_loss
        self._most = most
        self._left = bytearray()
        self._is_line_begun = False
        self._lost = 0
        self._ready = select.poll()
        if self._descriptor is not None:
            self._ready.register(self._descriptor, select.POLLOUT)
        is_terminal = self._descriptor is not None and os.isatty(self._descriptor)
        self._piece = _TERMINAL_PIECE if is_terminal else select.PIPE_BUF

    def write(self, line: str) -> None:
        """Write a line as far as that goes at once, and keep the rest of it."""
        if self._descriptor is None:
            return
        data = f"{line}\n".encode(self._encoding, "backslashreplace")
        if self._is_line_begun and not self._left:  # what was left of that line could not be written
            data = b"\n" + data
        if len(self._left) + len(data) > self._most:
            self.flush()
        if len(self._left) + len(data) > self._most:
            self._lost += 1
            return
        self._left += data
        self.flush()

    def flush(self, patience: float = 0) -> None:
        """Write what is kept, as far as that goes in so many seconds.

        Where nobody reads any more, or the disk is full, it is dropped.
        """
        deadline = time.monotonic() + patience
        while self._left:
            ready = self._ready.poll(max(deadline - time.monotonic(), 0) * 1000)
            if not ready:
                break
            self._write_piece(ready[0][0])
        if not self._left:
            self._tell()

    def close(self, patience: float) -> None:
        """Write what is kept, as far as that goes in so many seconds; the rest is lost."""
        self.flush(patience)
        self._lost += self._left.count(b"\n")
        self._left.clear()
        self._tell()

    async def keep_flushing(self) -> None:
        """Write what is kept whenever that is possible, without end."""
        while True:
            await asyncio.sleep(PAUSE)
            self.flush()

    def _write_piece(self, descriptor: int) -> None:
        try:
            written = os.write(descriptor, self._left[: self._piece])
        except OSError:
            self._left.clear()
        else:
            self._is_line_begun = self._left[written - 1 : written] != b"\n"
            del self._left[:written]

    def _tell(self) -> None:
        if self._lost:
            lost, self._lost = self._lost, 0
            self._on_loss(lost)
