"""An application run on uvicorn, until a signal ends it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import resource
import signal
from typing import TYPE_CHECKING, Any, Final, cast

import uvicorn

from feedpub.serving.accepting import Acceptor
from feedpub.serving.connections import Connection

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Coroutine, Iterator, Sequence

    from feedpub.serving.application import Application
    from feedpub.serving.logged import Logged

    Work = Callable[[], Coroutine[Any, Any, None]]

GRACE: Final = 3
"""Seconds that answers have to end when the server does."""

_OTHER_FILES: Final = 64
_MOST_FILES: Final = 1 << 16
_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)


def run_server(
    application: Application | Logged,
    listener: socket.socket,
    *,
    beside: Sequence[Work] = (),
    on_start: Callable[[], None] = lambda: None,
    say: Callable[[str], None],
) -> signal.Signals | None:
    """Serve on a socket that listens until SIGINT or SIGTERM, and return which it was.

    What is to be done ``beside`` runs in the same loop and is cancelled at the end; an exception of it ends the server
    and is raised. ``on_start`` is called when signals are awaited, ``say`` gets a sentence for each fault.
    """
    _watch_log(say)
    files = _allow_files()
    Connection.most_connections = max(files - _OTHER_FILES, files // 4)
    config = uvicorn.Config(
        application,
        http=Connection,
        ws="none",
        lifespan="off",
        interface="asgi3",
        log_config=None,
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=60,
        timeout_graceful_shutdown=GRACE,
    )
    with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
        return runner.run(_run(_Server(config, listener), beside, on_start, say))


class _Server(uvicorn.Server):
    """A server that takes connections by an acceptor, and knows of no socket itself."""

    def __init__(self, config: uvicorn.Config, listener: socket.socket) -> None:
        """Begin to serve on a socket when `serve` is called, with no socket of its own."""
        super().__init__(config)
        self._listener = listener
        self._acceptor: Acceptor

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Take connections."""
        await super().startup(sockets)
        self._acceptor = Acceptor(self._listener, self._make_protocol)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take no more connections, and end those that there are."""
        self._acceptor.close()
        await super().shutdown(sockets)

    def _make_protocol(self) -> Connection:
        loop = asyncio.get_running_loop()
        return Connection(config=self.config, server_state=self.server_state, app_state={}, _loop=loop)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to `_run`: uvicorn would end by them again after it has ended."""
        yield


async def _run(
    server: _Server,
    beside: Sequence[Work],
    on_start: Callable[[], None],
    say: Callable[[str], None],
) -> signal.Signals | None:
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: say(f"unexpected: {context['message']}"))
    caught: list[signal.Signals] = []

    def stop(number: signal.Signals) -> None:
        server.force_exit = bool(caught)
        server.should_exit = True
        caught.append(number)

    for number in _SIGNALS:
        loop.add_signal_handler(number, stop, number)
    on_start()
    serving = asyncio.create_task(server.serve(sockets=[]))
    helpers = [asyncio.create_task(work()) for work in beside]
    helpers.append(asyncio.create_task(_check_connections(server)))
    await asyncio.wait([serving, *helpers], return_when=asyncio.FIRST_COMPLETED)
    server.should_exit = True
    await serving
    for helper in helpers:
        helper.cancel()
    for result in await asyncio.gather(*helpers, return_exceptions=True):
        if isinstance(result, Exception):
            raise result
    return caught[0] if caught else None


async def _check_connections(server: _Server) -> None:
    loop = asyncio.get_running_loop()
    while True:
        await asyncio.sleep(1)
        for connection in list(cast("set[Connection]", server.server_state.connections)):
            connection.check(loop.time())


def _allow_files() -> int:
    """Raise how many files and connections may be open as far as the system lets us, and return how many they are."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, _MOST_FILES)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return min(wanted, _MOST_FILES)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        return wanted
    return soft  # pragma: no cover - macOS allows no more than its kernel does, even where the hard limit is infinite


def _watch_log(say: Callable[[str], None]) -> None:
    class Faults(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            error = record.exc_info and record.exc_info[1]
            if isinstance(error, Exception):  # and no CancelledError, of an answer that nobody reads at the end
                say(f"unexpected {type(error).__name__}: {error}; this is a bug")

    logger = logging.getLogger("uvicorn.error")
    logger.handlers[:] = [Faults()]
    logger.propagate = False
