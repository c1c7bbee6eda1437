"""Connections that are bounded in time, size and number, so that no client can keep the others from being served."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

if TYPE_CHECKING:
    import asyncio

PATIENCE: Final = 30.0
"""Seconds that a connection may take to send a request, from its first byte or the last answer on, and for which one
may read nothing of an answer."""
MOST_BYTES: Final = 64 << 10
"""Bytes before a request's head must have ended."""

_TOO_LARGE: Final = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"  # RFC 6585
)


class Connection(HttpToolsProtocol):
    """A connection of uvicorn's that knows since when it has been waiting, and for what."""

    most_connections = 1000
    """How many there may be; beyond, the one that has been silent longest is closed."""

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - uvicorn's business
        """Begin without a request."""
        super().__init__(*arguments, **options)
        self.waiting_since: float | None = None
        self._received = 0
        self._left = 0
        self._left_since = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn's own
        """Wait for a request; make room for it first."""
        super().connection_made(transport)
        self.waiting_since = self.loop.time()
        if len(self.connections) > self.most_connections:
            self._make_room()

    def data_received(self, data: bytes) -> None:
        """Read on in a request; refuse one whose head does not end."""
        self._received += len(data)
        super().data_received(data)
        if self.waiting_since is not None and self._received > MOST_BYTES and not self.transport.is_closing():
            self.transport.write(_TOO_LARGE)
            self.transport.close()

    def eof_received(self) -> bool:  # type: ignore[override] # as asyncio has it, where uvicorn always closes
        """Answer a client that has asked and says no more, then close (RFC 9112, section 9.6)."""
        if self.waiting_since is not None:
            return False
        self.cycle.keep_alive = False
        return True

    def on_headers_complete(self) -> None:
        """Answer a request; its time is ours from now on."""
        self.waiting_since = None
        self._received = 0
        super().on_headers_complete()

    def on_response_complete(self) -> None:
        """Wait for the next request, if it has not come already."""
        super().on_response_complete()
        if self.cycle.response_complete:
            self.waiting_since = self.loop.time()
            self._received = 0

    def check(self, now: float) -> None:
        """Close a connection that has kept us waiting for too long; ``now`` is the loop's time."""
        left = self.transport.get_write_buffer_size()
        if left != self._left:
            self._left, self._left_since = left, now
        elif left and now - self._left_since > PATIENCE:
            self.transport.abort()
        elif not left and self.waiting_since is not None and now - self.waiting_since > PATIENCE:
            self.transport.close()

    def _make_room(self) -> None:
        waiting = [
            (one.waiting_since, number, one)
            for number, one in enumerate(self.connections)
            if isinstance(one, Connection) and one.waiting_since is not None and one is not self
        ]
        victim = min(waiting)[2] if waiting else self
        victim.transport.abort()
