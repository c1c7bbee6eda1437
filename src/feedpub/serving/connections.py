"""Connections that are bounded in time, size and number, so that no client can keep the others from being served."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from feedpub.serving.answers import NO_REQUEST

if TYPE_CHECKING:
    import asyncio

    from feedpub.serving.answers import Message
    from feedpub.serving.application import Receive, Send

PATIENCE: Final = 30.0
"""Seconds that a connection may take to send a request, from its first byte or the last answer on, and for which one
may read nothing of an answer."""
MOST_BYTES: Final = 64 << 10
"""Bytes of a request's head."""

_STEP: Final = 1 << 10
"""Bytes that are parsed at once: of as many requests as they hold, everything is in memory until they are answered."""
_LINGER: Final = 2.0
"""Seconds for which input is read and dropped behind a last answer: unread, it would reset the connection, and what is
on its way there would be lost (RFC 9112, section 9.6)."""
_TOO_LARGE: Final = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"  # RFC 6585
)
_HOST_ALONE: Final = re.compile(rb"\A[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*(?=[?#]|\Z)")
"""An absolute form whose path is empty: the same as "/" (RFC 9110, section 4.2.3)."""
_BAD_REQUEST: Final = (
    b"HTTP/1.1 400 Bad Request\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: %d\r\n"
    b"connection: close\r\n\r\n%b"
)


async def _refuse(_scope: Message, _receive: Receive, send: Send) -> None:
    """Answer a request that turned out to be none (ASGI 3)."""
    for message in NO_REQUEST:
        await send(message)


class Connection(HttpToolsProtocol):
    """A connection of uvicorn's that knows since when it has been waiting, and for what."""

    most_connections = 1000
    """How many there may be; beyond, the one that has been silent longest is closed."""

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - uvicorn's business
        """Begin without a request."""
        super().__init__(*arguments, **options)
        self.waiting_since: float | None = None
        self._answering: RequestResponseCycle | None = None
        self._unparsed = b""
        self._received = 0
        self._left = 0
        self._left_since = 0.0
        self._refused_at: float | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn's own
        """Wait for a request; make room for it first."""
        super().connection_made(transport)
        self.waiting_since = self.loop.time()
        if len(self.connections) > self.most_connections:
            self._make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        """Send nothing more: uvicorn ends the last request's answer, not the one that is being sent."""
        if self._answering is not None:
            self._answering.disconnected = True
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on in a request; what comes behind it waits until it has been answered, and a refused one is dropped."""
        if self._refused_at is None:
            self._unparsed += data
            self._parse()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no request; where earlier ones have no answer yet, in its turn or not at all."""
        if self.waiting_since is not None:
            if getattr(self.cycle, "more_body", False):  # of a request that has had its answer, if there was one
                self.transport.close()
                return
            self._refuse(_BAD_REQUEST % (len(msg), msg.encode()))
            return
        if self.cycle.more_body:  # of the last request, the head alone was well
            if self.pipeline:
                self.pipeline[0] = (self.cycle, _refuse)  # type: ignore[assignment] # as every application of ours
            else:  # it came in one step with its head, and its answer has not begun
                self.cycle.disconnected = True  # what it would have got is sent to nobody
                self._refuse(_BAD_REQUEST % (len(msg), msg.encode()))
                return
        self._end_with_answer()

    def eof_received(self) -> bool:  # type: ignore[override] # as asyncio has it, where uvicorn always closes
        """Answer a client that has asked and says no more, then close (RFC 9112, section 9.6)."""
        if self.waiting_since is not None or self._refused_at is not None:
            return False
        self.cycle.keep_alive = False
        return True

    def on_headers_complete(self) -> None:
        """Answer a request; its time is ours from now on."""
        self.url = _HOST_ALONE.sub(rb"\g<0>/", self.url)  # uvicorn wants a path
        super().on_headers_complete()
        if not self.pipeline:
            self._answering = self.cycle
        self.waiting_since = None
        self._received = 0

    def on_response_complete(self) -> None:
        """Wait for the next request, if it has not come already."""
        self._answering = self.pipeline[-1][0] if self.pipeline else None
        super().on_response_complete()
        if self.cycle.response_complete:
            self.waiting_since = self.loop.time()
            self._received = 0
            self._parse()
        elif not self.transport.is_closing():
            self.flow.pause_reading()  # uvicorn reads on while requests of the last step wait

    def check(self, now: float) -> None:
        """Close a connection that has kept us waiting for too long; ``now`` is the loop's time."""
        left = self.transport.get_write_buffer_size()
        if self._refused_at is not None and now - self._refused_at > _LINGER:
            self.transport.abort()
        elif left != self._left:
            self._left, self._left_since = left, now
        elif left and now - self._left_since > PATIENCE:
            self.transport.abort()
        elif not left and self.waiting_since is not None and now - self.waiting_since > PATIENCE:
            self.transport.close()

    def _parse(self) -> None:
        while self._unparsed and self.waiting_since is not None and not self.transport.is_closing():
            if self._received == MOST_BYTES:
                self._refuse(_TOO_LARGE)
                return
            step = min(_STEP, MOST_BYTES - self._received)
            data, self._unparsed = self._unparsed[:step], self._unparsed[step:]
            self._received += len(data)
            super().data_received(data)
            if self.waiting_since is None and self.parser.should_upgrade():
                self._end_with_answer()  # uvicorn has passed over what followed in this step
        if self._unparsed and not self.transport.is_closing():
            self.flow.pause_reading()

    def _refuse(self, answer: bytes) -> None:
        """Send a last answer, and drop what else comes until the client has heard of it."""
        self._unparsed = b""
        self._refused_at = self.loop.time()
        self.transport.write(answer)
        self.transport.write_eof()
        self.flow.resume_reading()

    def _end_with_answer(self) -> None:
        """Close the connection when every request has been answered, and read nothing more of it."""
        self._unparsed = b""
        self.cycle.keep_alive = False
        self.flow.pause_reading()

    def _make_room(self) -> None:
        silent = [
            (since, number, one)
            for number, one in enumerate(self.connections)
            if isinstance(one, Connection) and (since := one.silent_since) is not None and one is not self
        ]
        victim = min(silent)[2] if silent else self
        victim.transport.abort()
        self.connections.discard(victim)  # uvicorn's own comes later, and the next one wants another victim

    @property
    def silent_since(self) -> float | None:
        """The time since when it has neither asked nor read, None where the last word was its own."""
        return self._left_since if self._left else self.waiting_since
