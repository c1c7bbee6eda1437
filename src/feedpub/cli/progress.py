"""How far a long run has come: on a terminal, after a second, and gone when the run ends."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import TextIO

PATIENCE = 1.0
"""Seconds for which a run says nothing; afterwards it speaks ten times a second at the most."""
_PAUSE = 0.1


class Progress:
    """Tells a terminal how many entries have been read; anything else hears nothing."""

    def __init__(self, stream: TextIO, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Write to a stream if it is a terminal; ``clock`` counts seconds."""
        self._stream = stream
        self._clock = clock
        self._next = clock() + PATIENCE
        self._is_shown = False
        self._is_terminal = stream.isatty()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Take back what was shown, so that nothing of it stands beside the result."""
        if self._is_shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()

    def show(self, count: int) -> None:
        """Say how many entries have been read, if it is time to."""
        now = self._clock()
        if self._is_terminal and now >= self._next:
            self._next = now + _PAUSE
            self._is_shown = True
            self._stream.write(f"\r\x1b[Kread {count:,} entries …")
            self._stream.flush()
