"""Lines that are written whether or not somebody reads them."""

from __future__ import annotations

import asyncio
import os
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from feedpub.serving.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator

FULL = Path("/dev/full")


class Pipe(NamedTuple):
    """What reads, what writes, and how many lines were lost, each time that this was told."""

    reader: int
    lines: Lines
    lost: list[int]

    def read(self) -> bytes:
        """Return all that can be read, while the other end writes what it kept."""
        os.set_blocking(self.reader, False)
        data = b""
        with suppress(BlockingIOError):
            while chunk := os.read(self.reader, 65536):
                data += chunk
                self.lines.flush()
        return data


@contextmanager
def pipe(*, most: int = 10_000) -> Iterator[Pipe]:
    reader, writer = os.pipe()
    lost: list[int] = []
    with os.fdopen(writer, "w", encoding="utf-8", closefd=True) as stream:
        yield Pipe(reader, Lines(stream, on_loss=lost.append, most=most), lost)
    with suppress(OSError):
        os.close(reader)


def test_a_line_is_written_at_once() -> None:
    with pipe() as one:
        one.lines.write("a \udcff")
        assert one.read() == b"a \\udcff\n"


def test_what_nobody_reads_is_kept_and_then_lost_and_whole_lines_alone_are() -> None:
    line = "x" * 999
    with pipe(most=10_000) as one:
        for _ in range(200):
            one.lines.write(line)
        assert one.lost == []
        data = one.read()
        assert data == f"{line}\n".encode() * (data.count(b"\n"))
        assert one.lost == [200 - data.count(b"\n")]
        one.lines.write("more")
        assert one.read() == b"more\n"


def test_what_was_kept_is_written_when_somebody_reads() -> None:
    async def keep() -> None:
        with pipe(most=100_000) as one:
            for number in range(15_000):
                one.lines.write(f"{number:07}")
            helper = asyncio.create_task(one.lines.keep_flushing())
            data = b""
            while not data.endswith(b"0014999\n"):
                data += await asyncio.to_thread(os.read, one.reader, 65536)
            helper.cancel()
            assert len(data) == 15_000 * 8

    asyncio.run(keep())


def test_the_end_waits_a_moment_and_no_longer() -> None:
    with pipe(most=200_000) as one:
        for _ in range(60):
            one.lines.write("x" * 3_999)
        assert one.lost == []
        one.lines.close(0.1)
        whole = one.read().count(b"\n")
        assert one.lost == [60 - whole]


def test_where_nobody_reads_any_more_nothing_is_kept() -> None:
    with pipe() as one:
        os.close(one.reader)
        for _ in range(200):
            one.lines.write("x" * 999)
        assert one.lost == []


def test_what_follows_a_line_that_the_disk_had_no_room_for_begins_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    room = [3, 0]
    really = os.write

    def write(descriptor: int, data: bytes) -> int:
        if not room:
            return really(descriptor, data)
        if some := room.pop(0):
            return really(descriptor, data[:some])
        raise OSError

    with pipe() as one:
        monkeypatch.setattr(os, "write", write)
        one.lines.write("abcdef")
        one.lines.write("next")
        one.lines.write("last")
        assert one.read() == b"abc\nnext\nlast\n"


@pytest.mark.skipif(not FULL.exists(), reason="there is no /dev/full here")
def test_a_full_disk_is_no_fault() -> None:
    with FULL.open("w") as stream:
        lines = Lines(stream, on_loss=lambda _: None)
        lines.write("a")
        lines.close(0)


def test_a_closed_stream_is_no_fault() -> None:
    lines = Lines(None, on_loss=lambda _: None)
    lines.write("a")
    lines.close(1)


def test_a_terminal_gets_lines_too() -> None:
    master, slave = os.openpty()
    with os.fdopen(slave, "w") as stream:
        Lines(stream, on_loss=lambda _: None).write("a" * 500)
        data = b""
        while not data.endswith(b"\n"):
            data += os.read(master, 1000)
    os.close(master)
    assert data == b"a" * 500 + b"\r\n"
