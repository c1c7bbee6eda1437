"""Keep a server waiting in every way there is, by many clients at once: ``server_crowd.py PORT IDLE SLOW``.

Prints ``ready`` when all are connected and, when stdin ends, how many of each kind have been closed, and what should
not have come. A process of its own.
"""

from __future__ import annotations

import asyncio
import json
import socket
import struct
import sys
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

REQUEST: Final = b"GET /tides.rss HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
PAUSE: Final = 0.2
"""Seconds between two bytes of a slow client."""
_TCP_REPAIR: Final = 19


class Crowd:
    """Clients that keep a server waiting, and what became of them."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.closed: Counter[str] = Counter()
        self.faults: list[str] = []
        self.arrivals = asyncio.Semaphore(0)

    async def connect(self) -> socket.socket:
        """Connect with so small a buffer that what is not read soon waits in the server."""
        one = socket.socket()
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        one.setblocking(False)  # noqa: FBT003 - socket's
        try:
            await asyncio.get_running_loop().sock_connect(one, ("127.0.0.1", self.port))
        except BaseException:
            one.close()
            raise
        return one

    async def keep(self, name: str, act: Callable[[socket.socket], Awaitable[None]]) -> None:
        """Act on one connection after the other."""
        is_first = True
        while True:
            with suppress(OSError), await self.connect() as one:
                if is_first:
                    is_first = False
                    self.arrivals.release()
                await act(one)
            self.closed[name] += 1
            await asyncio.sleep(PAUSE)

    async def idle(self, one: socket.socket) -> None:
        """Say nothing."""
        await wait_for_end(one)

    async def drip_head(self, one: socket.socket) -> None:
        """Ask, byte by byte, and read the answer."""
        request = REQUEST.replace(b"Host", b"Connection: close\r\nHost")
        for byte in request:
            await send(one, bytes([byte]))
            await asyncio.sleep(PAUSE)
        answer = await read_all(one)
        if not answer.startswith(b"HTTP/1.1 200 OK\r\n"):
            self.faults.append(f"to one who asks slowly: {answer[:80]!r}")

    async def sip_answer(self, one: socket.socket) -> None:
        """Read an answer byte by byte."""
        await send(one, REQUEST)
        head = b""
        while byte := await asyncio.get_running_loop().sock_recv(one, 1):
            head = (head + byte)[:15]
            if not b"HTTP/1.1 200 OK".startswith(head):
                self.faults.append(f"to one who reads slowly: {head!r}")
            await asyncio.sleep(PAUSE)

    async def read_nothing(self, one: socket.socket) -> None:
        """Ask often and read nothing."""
        with suppress(TimeoutError):
            async with asyncio.timeout(1):
                await send(one, REQUEST * 2_000)
        await asyncio.sleep(3600)

    async def begin_for_ever(self, one: socket.socket) -> None:
        """Send a head that does not end."""
        await send(one, REQUEST[:-2])
        while True:
            await send(one, b"X: a\r\n")
            await asyncio.sleep(PAUSE)

    async def send_a_body(self, one: socket.socket) -> None:
        """Send a body that nobody wants, byte by byte."""
        await send(one, REQUEST[:-2].replace(b"GET", b"POST") + b"Content-Length: 1000000\r\n\r\n")
        while True:
            await send(one, b"a")
            await asyncio.sleep(PAUSE)

    async def say_no_more(self, one: socket.socket) -> None:
        """End half way through a head, this side alone."""
        await send(one, REQUEST[:20])
        one.shutdown(socket.SHUT_WR)
        await wait_for_end(one)

    async def vanish(self, one: socket.socket) -> None:
        """Go while an answer is under way: without a word where the system lets one, else with a reset."""
        await send(one, REQUEST * 3)
        await asyncio.sleep(PAUSE)
        one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        with suppress(OSError):
            one.setsockopt(socket.IPPROTO_TCP, _TCP_REPAIR, 1)  # what is closed then sends nothing

    @property
    def slow(self) -> tuple[Callable[[socket.socket], Awaitable[None]], ...]:
        """The ways to be slow."""
        return (
            self.drip_head,
            self.sip_answer,
            self.read_nothing,
            self.begin_for_ever,
            self.send_a_body,
            self.say_no_more,
            self.vanish,
        )


async def wait_for_end(one: socket.socket) -> None:
    """Wait until the other side closes; raise where something comes instead."""
    if await asyncio.get_running_loop().sock_recv(one, 1):
        raise AssertionError("an answer to nothing")


async def send(one: socket.socket, data: bytes) -> None:
    """Send bytes, however long it takes."""
    await asyncio.get_running_loop().sock_sendall(one, data)


async def read_all(one: socket.socket) -> bytes:
    """Read until the other side closes."""
    data = b""
    while chunk := await asyncio.get_running_loop().sock_recv(one, 65536):
        data += chunk
    return data


def say(line: str) -> None:
    """Tell who started this."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


async def run(port: int, idle: int, slow: int) -> None:
    """Keep a server waiting until stdin ends."""
    crowd = Crowd(port)
    ways = [crowd.idle] * idle + [crowd.slow[number % len(crowd.slow)] for number in range(slow)]
    clients = []
    for number, act in enumerate(ways):
        clients.append(asyncio.create_task(crowd.keep(act.__name__, act)))
        if number % 50 == 0:
            await asyncio.sleep(0.01)
    for _ in ways:
        await crowd.arrivals.acquire()
    say("ready")
    await asyncio.to_thread(sys.stdin.read)
    crowd.faults += [repr(client.exception()) for client in clients if client.done()]
    say(json.dumps({"closed": crowd.closed, "faults": crowd.faults}))
    for client in clients:
        client.cancel()


if __name__ == "__main__":
    asyncio.run(run(*map(int, sys.argv[1:])))
