"""Connections are taken as they come, and no more of them once that is over."""

from __future__ import annotations

import asyncio
import errno
import socket
from contextlib import ExitStack
from typing import TYPE_CHECKING

from feedpub.serving import accepting
from feedpub.serving.accepting import Acceptor

if TYPE_CHECKING:
    import pytest


class Greeter(asyncio.Protocol):
    """Greets, and closes."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        transport.write(b"good day")
        transport.close()


class Full(socket.socket):
    """A socket that listens where the system lets no file be opened, for a while."""

    refusals = 1

    def accept(self) -> tuple[socket.socket, object]:
        if self.refusals:
            self.refusals -= 1
            raise OSError(errno.EMFILE, "too many open files")
        return super().accept()


def listen(one: socket.socket) -> socket.socket:
    one.bind(("127.0.0.1", 0))
    one.listen(200)
    return one


async def greet(address: tuple[str, int]) -> bytes:
    reader, writer = await asyncio.open_connection(*address)
    data = await reader.read()
    writer.close()
    return data


def test_all_that_wait_are_taken_soon() -> None:
    async def take() -> None:
        with ExitStack() as stack:
            listener = listen(stack.enter_context(socket.socket()))
            clients = [stack.enter_context(socket.create_connection(listener.getsockname())) for _ in range(150)]
            made: list[Greeter] = []

            def make() -> Greeter:
                made.append(Greeter())
                return made[-1]

            acceptor = Acceptor(listener, make)
            for _ in range(30):  # turns of the loop, of which a few are enough
                await asyncio.sleep(0)
            assert len(made) == 150
            await asyncio.sleep(0)
            assert {await asyncio.to_thread(one.recv, 100) for one in clients} == {b"good day"}
            acceptor.close()

    asyncio.run(take())


def test_where_no_file_may_be_opened_it_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accepting, "PAUSE", 0.01)

    async def take() -> None:
        listener = listen(Full())
        address = listener.getsockname()
        acceptor = Acceptor(listener, Greeter)
        assert await greet(address) == b"good day"
        acceptor.close()
        try:
            await greet(address)
        except ConnectionRefusedError:
            return
        raise AssertionError("a connection was taken")

    asyncio.run(take())


def test_the_end_may_come_while_no_file_may_be_opened() -> None:
    async def take() -> None:
        listener = listen(Full())
        with socket.create_connection(listener.getsockname()):
            acceptor = Acceptor(listener, Greeter)
            await asyncio.sleep(0.05)
            acceptor.close()
            await asyncio.sleep(0.05)

    asyncio.run(take())


def test_one_that_has_gone_is_no_fault() -> None:
    def make() -> asyncio.Protocol:
        raise ConnectionResetError

    async def take() -> None:
        listener = listen(socket.socket())
        acceptor = Acceptor(listener, make)
        with socket.create_connection(listener.getsockname()) as one:
            assert await asyncio.to_thread(one.recv, 100) == b""
        acceptor.close()

    asyncio.run(take())
