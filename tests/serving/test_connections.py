"""When a connection is closed that keeps the server waiting; the clock is the test's."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from serving.asking import RSS, publish, serve
from tools import need_server

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from feedpub.serving.connections import Connection

REQUEST = b"GET /tides.rss HTTP/1.1\r\nHost: a\r\n\r\n"


class Wire(asyncio.Transport):
    """A transport that sends when it is told to, and notes how it ended: it may be over before it is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.left = 0
        self.ended = ""
        self.sent = b""
        self.is_reading_paused = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.left += len(data)
        self.sent += data

    def pause_reading(self) -> None:
        self.is_reading_paused = True

    def resume_reading(self) -> None:
        self.is_reading_paused = False

    def get_write_buffer_size(self) -> int:
        return self.left

    def is_closing(self) -> bool:
        return self.ended not in ("", "over")

    def write_eof(self) -> None:
        assert not self.ended
        self.ended = "over"

    def close(self) -> None:
        self.ended = "aborted" if self.ended == "aborted" else "closed"

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
    run(tmp_path, *((bytes([byte]), 0, 1, "") for byte in REQUEST[:29]), (b":", 0, 2, "closed"))


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
        (b"X: a\r\n" * 1000, 0, 0, "over"),
        (b"X: a\r\n" * 1000, 0, 2, "over"),
        (b"", 0, 1, "aborted"),
    )


@pytest.mark.parametrize("refused", [b"nonsense\r\n\r\n", b"GET / HTTP/1.1\r\nX: " + b"a" * 65_536])
def test_what_comes_behind_a_refusal_is_dropped_until_the_client_has_heard_of_it(
    tmp_path: Path, refused: bytes
) -> None:
    async def ask(connection: Connection, wire: Wire) -> None:
        connection.data_received(refused)
        told = wire.sent
        assert told.startswith(b"HTTP/1.1 4")
        connection.data_received(REQUEST)
        await end(connection)
        assert (wire.sent, wire.ended, wire.is_reading_paused) == (told, "over", False)
        assert not connection.eof_received()

    converse(tmp_path, ask)


def converse(folder: Path, conversation: Callable[[Connection, Wire], Awaitable[None]]) -> None:
    """Hold a conversation on a connection of its own."""
    need_server()
    publish(folder, {"tides.rss": RSS})

    async def hold() -> None:
        connection, wire = connect(folder)
        await conversation(connection, wire)
        connection.connection_lost(None)

    asyncio.run(hold())


async def end(connection: Connection) -> None:
    """Wait until every answer has been given."""
    while connection.tasks:
        await asyncio.wait(connection.tasks)


def test_requests_that_nobody_reads_the_answers_of_are_not_read_on(tmp_path: Path) -> None:
    async def flood(connection: Connection, wire: Wire) -> None:
        connection.pause_writing()
        connection.data_received(REQUEST * 500)
        await asyncio.sleep(0)
        assert wire.is_reading_paused
        assert len(connection.pipeline) < 50  # not 500, of some kilobytes each
        connection.resume_writing()
        await end(connection)
        assert not wire.is_reading_paused
        assert wire.sent.count(RSS) == 500

    converse(tmp_path, flood)


def test_a_head_behind_an_answer_that_nobody_reads_is_not_read_on(tmp_path: Path) -> None:
    async def flood(connection: Connection, wire: Wire) -> None:
        connection.pause_writing()
        connection.data_received(REQUEST)
        connection.data_received(b"GET / HTTP/1.1\r\nX: " + b"a" * 100_000)
        assert wire.is_reading_paused
        connection.resume_writing()
        await end(connection)
        assert wire.sent.count(b"200 OK") == 1
        assert wire.sent.count(b"431 ") == 1
        assert wire.ended == "over"

    converse(tmp_path, flood)


@pytest.mark.parametrize("size", [1, 1_000, 100_000])
@pytest.mark.parametrize(("length", "status"), [(65_536, b"200 OK"), (65_537, b"431 ")])
def test_a_head_is_as_long_whatever_pieces_it_comes_in(tmp_path: Path, size: int, length: int, status: bytes) -> None:
    head = REQUEST[:-2] + b"X: "
    head += b"a" * (length - len(head) - 4) + b"\r\n\r\n"

    async def ask(connection: Connection, wire: Wire) -> None:
        for start in range(0, length, size):
            connection.data_received(head[start : start + size])
        await end(connection)
        assert wire.sent.startswith(b"HTTP/1.1 " + status)

    converse(tmp_path, ask)


@pytest.mark.parametrize(
    "behind",
    [b"nonsense\r\n\r\n", b"GET /tides.rss HTTP/1.1\nHost: a\n\n", b"GET tides.rss HTTP/1.1\r\nHost: a\r\n\r\n"],
)
def test_what_follows_a_request_and_is_none_takes_no_answer_away(tmp_path: Path, behind: bytes) -> None:
    async def ask(connection: Connection, wire: Wire) -> None:
        connection.data_received(REQUEST * 2 + behind + REQUEST * 100)
        await end(connection)
        assert wire.sent.count(b"HTTP/1.1 ") == wire.sent.count(b"HTTP/1.1 200 OK") == 2
        assert wire.sent.count(b"connection: close") == 1
        assert wire.sent.endswith(RSS)
        assert wire.ended == "closed"

    converse(tmp_path, ask)


@pytest.mark.parametrize("before", [b"", REQUEST])
@pytest.mark.parametrize("body", [b"Transfer-Encoding: xchunked\r\n\r\n", b"Transfer-Encoding: chunked\r\n\r\n3\nabc"])
def test_a_request_whose_body_has_no_end_is_refused_in_its_turn(tmp_path: Path, before: bytes, body: bytes) -> None:
    async def ask(connection: Connection, wire: Wire) -> None:
        connection.data_received(before + REQUEST[:-2] + body + REQUEST)
        await end(connection)
        statuses = [part[:3] for part in wire.sent.split(b"HTTP/1.1 ")[1:]]
        assert statuses == ([b"200", b"400"] if before else [b"400"])
        assert wire.ended == ("closed" if before else "over")

    converse(tmp_path, ask)


def test_one_that_asks_and_says_no_more_gets_its_answer(tmp_path: Path) -> None:
    async def ask(connection: Connection, wire: Wire) -> None:
        connection.data_received(REQUEST)
        assert connection.eof_received()  # asyncio closes it else
        await end(connection)
        assert wire.sent.count(b"connection: close") == 1
        assert wire.sent.endswith(RSS)
        assert wire.ended == "closed"

    converse(tmp_path, ask)


def test_a_body_that_turns_out_broken_behind_its_answer_gets_no_other(tmp_path: Path) -> None:
    async def ask(connection: Connection, wire: Wire) -> None:
        connection.data_received(REQUEST[:-2] + b"Transfer-Encoding: chunked\r\n\r\n3\r\n")
        await end(connection)
        connection.data_received(b"nonsense")
        assert [part[:3] for part in wire.sent.split(b"HTTP/1.1 ")[1:]] == [b"200"]
        assert wire.ended == "closed"

    converse(tmp_path, ask)


def test_what_follows_a_wish_for_another_protocol_is_told_to_be_lost(tmp_path: Path) -> None:
    async def ask(connection: Connection, wire: Wire) -> None:
        connection.data_received(REQUEST[:-2] + b"Connection: upgrade\r\nUpgrade: h2c\r\n\r\n" + REQUEST)
        await end(connection)
        assert wire.sent.count(b"HTTP/1.1 200 OK") == wire.sent.count(b"connection: close") == 1
        assert wire.ended == "closed"

    converse(tmp_path, ask)


@pytest.mark.parametrize("last", [b"GET / HTTP/1.0\r\n\r\n", REQUEST.replace(b"Host", b"Connection: close\r\nHost")])
def test_what_follows_the_last_request_is_passed_over(tmp_path: Path, last: bytes) -> None:
    async def ask(connection: Connection, wire: Wire) -> None:
        connection.data_received(REQUEST + last + REQUEST * 100)
        await end(connection)
        assert wire.sent.count(b"HTTP/1.1 ") == 2
        assert wire.ended == "closed"

    converse(tmp_path, ask)


def test_where_there_are_too_many_the_one_silent_longest_goes_first_be_it_that_it_does_not_read(tmp_path: Path) -> None:
    async def crowd(first: Connection, wire: Wire) -> None:
        wires = [wire]
        first.most_connections = 2
        first.data_received(REQUEST)
        await end(first)
        first.check(first.loop.time())  # it has read nothing of its answer yet

        def join() -> None:
            one, its = type(first)(first.config, first.server_state, {}, first.loop), Wire()
            one.most_connections = 2
            one.connection_made(its)
            wires.append(its)

        join()
        assert [one.ended for one in wires] == ["", ""]
        join()
        assert [one.ended for one in wires] == ["aborted", "", ""]
        join()
        assert [one.ended for one in wires] == ["aborted", "aborted", "", ""]

    converse(tmp_path, crowd)
