"""Progress is told on a terminal, late and seldom, and leaves nothing behind."""

from __future__ import annotations

import io
from itertools import count

import pytest

from feedpub.cli.progress import PATIENCE, Progress


class Terminal(io.StringIO):
    """A stream that says whether it is a terminal."""

    def __init__(self, *, is_terminal: bool = True) -> None:
        super().__init__()
        self._is_terminal = is_terminal

    def isatty(self) -> bool:
        return self._is_terminal


def run(stream: Terminal, *, seconds: float, steps: int) -> str:
    """Return what is written in a run of so many seconds, in which progress is told so often."""
    ticks = count()
    with Progress(stream, clock=lambda: next(ticks) * seconds / steps) as progress:
        for step in range(1, steps + 1):
            progress.show(step * 1000)
    return stream.getvalue()


def test_a_short_run_says_nothing() -> None:
    assert run(Terminal(), seconds=PATIENCE * 0.9, steps=50) == ""


def test_a_long_run_counts_and_clears_its_line() -> None:
    told = run(Terminal(), seconds=2, steps=4)
    assert told == "\r\x1b[Kread 2,000 entries …\r\x1b[Kread 3,000 entries …\r\x1b[Kread 4,000 entries …\r\x1b[K"


def test_it_speaks_ten_times_a_second_at_the_most() -> None:
    assert run(Terminal(), seconds=3, steps=3000).count("read") in range(19, 22)


@pytest.mark.parametrize("seconds", [0.5, 60])
def test_what_is_no_terminal_hears_nothing(seconds: float) -> None:
    assert run(Terminal(is_terminal=False), seconds=seconds, steps=100) == ""
