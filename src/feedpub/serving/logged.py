"""An access log: a line for every request that was answered, in the Combined Log Format of web servers."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Final

from feedpub.serving.dates import write_log_time

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedpub.serving.answers import Message
    from feedpub.serving.application import Application, Receive, Send

_UNSAFE: Final = re.compile(rb"[^ !#-\[\]-~]")


class Logged:
    """An application whose answers are logged as they are sent."""

    def __init__(
        self, application: Application, *, write: Callable[[str], None], clock: Callable[[], float] = time.time
    ) -> None:
        """Log what an application answers; ``write`` gets each line, ``clock`` counts seconds since 1970."""
        self._application = application
        self._write = write
        self._clock = clock

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer a request (ASGI 3), and log it when its body has been handed over."""
        status = 0

        async def pass_on(message: Message) -> None:
            nonlocal status
            await send(message)
            if message["type"] == "http.response.start":
                status = message["status"]
            else:
                self._write(write_line(scope, status=status, size=len(message["body"]), now=int(self._clock())))

        await self._application(scope, receive, pass_on)


def write_line(scope: Message, *, status: int, size: int, now: int) -> str:
    r"""Return the line of a request: who asked, when (``now`` in seconds since 1970), for what, and what was answered.

    ``size`` is that of the body. A quote, a backslash and what is no printable ASCII are written as ``\x`` with two
    hexadecimal digits.
    """
    client = scope.get("client")
    target: bytes = scope["raw_path"]
    if scope.get("query_string"):
        target += b"?" + scope["query_string"]
    request = f"{scope['method']} {_escape(target)} HTTP/{scope['http_version']}"
    referer, agent = (_find(scope, name) for name in (b"referer", b"user-agent"))
    return (
        f'{client[0] if client else "-"} - - [{write_log_time(now)}] "{request}" {status} {size} "{referer}" "{agent}"'
    )


def _find(scope: Message, wanted: bytes) -> str:
    return next((_escape(value) for name, value in scope["headers"] if name == wanted), "-")


def _escape(value: bytes) -> str:
    return _UNSAFE.sub(lambda found: rb"\x%02X" % found[0][0], value).decode("ascii")
