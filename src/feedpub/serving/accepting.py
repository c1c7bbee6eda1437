"""Connections taken as they come.

uvloop takes one in each turn of its loop, and a turn takes as long as all that those already there have asked for: new
clients, behind others in the queue, would wait for seconds beside a few dozen that ask without a pause.
"""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

MOST: Final = 16
"""Connections that are taken in a turn of the loop; those closed for want of room are there until the next one."""
PAUSE: Final = 0.05
"""Seconds until it is tried again where the system lets no more files be open."""


class Acceptor:
    """Takes the connections of a socket that listens, until it is closed."""

    def __init__(self, listener: socket.socket, make_protocol: Callable[[], asyncio.Protocol]) -> None:
        """Begin to take connections; each gets a protocol of its own."""
        self._loop = asyncio.get_running_loop()
        self._listener = listener
        self._make_protocol = make_protocol
        self._tasks: set[asyncio.Task[None]] = set()
        self._again: asyncio.TimerHandle | None = None
        listener.setblocking(False)  # noqa: FBT003 - socket's
        self._begin()

    def close(self) -> None:
        """Take no more, and refuse those that come."""
        if self._again is not None:
            self._again.cancel()
        self._loop.remove_reader(self._listener)
        self._listener.close()

    def _begin(self) -> None:
        self._loop.add_reader(self._listener, self._take)

    def _take(self) -> None:
        for _ in range(MOST):
            try:
                one, _ = self._listener.accept()
            except (BlockingIOError, ConnectionAbortedError):
                return
            except OSError:
                self._loop.remove_reader(self._listener)
                self._again = self._loop.call_later(PAUSE, self._begin)
                return
            task = self._loop.create_task(self._connect(one))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _connect(self, one: socket.socket) -> None:
        try:
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            await self._loop.connect_accepted_socket(self._make_protocol, one)
        except OSError:  # it has gone already
            with suppress(OSError):
                one.close()
