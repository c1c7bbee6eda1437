"""When a connection is closed that keeps the server waiting; the clock is the test's."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from serving.asking import RSS, publish, serve
from tools import need_server

if TYPE_CHECKING:
    from pathlib import Path

    from feedpub.serving.connections import Connection

REQUEST = b"GET /tides.rss HTTP/1.1\r\nHost: a\r\n\r\n"


class Wire(asyncio.Transport):
    """A transport that sends when it is told to, and notes how it ended."""

    def __init__(self) -> None:
        super().__init__()
        self.left = 0
        self.ended = ""

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.left += len(data)

    def get_write_buffer_size(self) -> int:
        return self.left

    def is_closing(self) -> bool:
        return bool(self.ended)

    def close(self) -> None:
        self.ended = self.ended or "closed"

    def abort(self) -> None:
        self.ended = "aborted"


def connect(folder: Path) -> tuple[Connection, Wire]:
    import uvicorn  # noqa: PLC0415 - where it is there
    from uvicorn.server import ServerState  # noqa: PLC0415

    from feedpub.serving.connections import Connection  # noqa: PLC0415

    config = uvicorn.Config(serve(folder), lifespan="off", ws="none", log_config=None, interface="asgi3")
    connection, wire = Connection(config, ServerState(), {}, asyncio.get_running_loop()), Wire()
    connection.connection_made(wire)
    return connection, wire


def run(folder: Path, *steps: tuple[bytes, int, float, str]) -> None:
    """Take steps: what the client sends, bytes of the answer that it has not read, seconds later, and the end."""
    need_server()
    publish(folder, {"tides.rss": RSS})

    async def take() -> None:
        connection, wire = connect(folder)
        now = connection.loop.time()
        for data, left, later, ended in steps:
            if data:
                connection.data_received(data)
                await asyncio.sleep(0.01)
            wire.left = left
            now += later
            connection.check(now)
            assert wire.ended == ended
        connection.connection_lost(None)

    asyncio.run(take())


def test_one_that_sends_no_request_is_closed(tmp_path: Path) -> None:
    run(tmp_path, (b"", 0, 29, ""), (b"", 0, 2, "closed"))


def test_one_that_sends_a_request_by_drops_is_closed(tmp_path: Path) -> None:
    run(tmp_path, *((bytes([byte]), 0, 1, "") for byte in REQUEST[:29]), (b"\r", 0, 2, "closed"))


def test_one_that_asks_again_is_not(tmp_path: Path) -> None:
    run(tmp_path, (b"", 0, 20, ""), (REQUEST, 0, 9, ""))


def test_one_that_reads_nothing_is_aborted(tmp_path: Path) -> None:
    run(tmp_path, (REQUEST, 1000, 1, ""), (b"", 1000, 29, ""), (b"", 1000, 2, "aborted"))


def test_one_that_reads_slowly_is_served(tmp_path: Path) -> None:
    run(tmp_path, (REQUEST, 1000, 1, ""), *((b"", left, 29, "") for left in range(999, 900, -1)))


def test_a_head_without_an_end_is_refused(tmp_path: Path) -> None:
    run(
        tmp_path,
        (b"GET / HTTP/1.1\r\n", 0, 0, ""),
        *((b"X: a\r\n" * 1000, 0, 0, ""),) * 10,
        (b"X: a\r\n" * 1000, 0, 0, "closed"),
    )
