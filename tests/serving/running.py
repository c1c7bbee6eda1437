"""``feedpub serve`` as a process, and what one asks it over real connections."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

from tools import need_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

DEADLINE = 30.0
"""Seconds after which a test gives up waiting for what must come."""
_LINE = re.compile(r"(.+) is served at http://127\.0\.0\.1:(\d+)/ \((.+)\)\n")


class Server(NamedTuple):
    """A process that serves, the port it listens on, what it said of the folder, and the file of its stderr."""

    process: subprocess.Popen[str]
    port: int
    said: str
    errors: Path

    def get(self, path: str = "/tides.rss", **headers: str) -> http.client.HTTPResponse:
        """Ask on a connection of its own; the body is read."""
        connection = self.connect_http()
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        reply = connection.getresponse()
        reply.content = reply.read()  # type: ignore[attr-defined] # kept for the test
        connection.close()
        return reply

    def connect_http(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=DEADLINE)

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=DEADLINE)

    def send(self, data: bytes) -> bytes:
        """Send bytes on a connection of their own and return all that comes until it is closed."""
        with self.connect() as connection, contextlib.suppress(OSError):
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            return read_all(connection)
        return b""

    def end(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, str, str]:
        """End the process by a signal; return its exit code, and what it printed beside its first line."""
        self.process.send_signal(number)
        out, _ = self.process.communicate(timeout=DEADLINE)
        return self.process.returncode, out, self.told()

    def told(self) -> str:
        """Return what the process has said on stderr."""
        return self.errors.read_text(encoding="utf-8")


def read_all(connection: socket.socket) -> bytes:
    data = b""
    with contextlib.suppress(ConnectionError):
        while chunk := connection.recv(65536):
            data += chunk
    return data


@contextlib.contextmanager
def running(folder: Path, *arguments: str, before: str = "", **environment: str) -> Iterator[Server]:
    """Serve a folder; ``before`` is what a shell does first. At the end, the process is ended, if it still runs."""
    need_server()
    serve = [sys.executable, "-m", "feedpub", "serve", "--port=0", *arguments]
    command = ["sh", "-c", f'{before}; exec "$@"', "sh", *serve] if before else serve
    errors = folder.with_name(f"{folder.name}.stderr")  # and not in the folder, which may be watched
    with errors.open("w", encoding="utf-8") as stderr:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=os.environ | environment,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
            encoding="utf-8",
        )
    assert process.stdout is not None
    try:
        found = _LINE.fullmatch(process.stdout.readline())
        assert found, errors.read_text(encoding="utf-8")
        yield Server(process, int(found[2]), found[3], errors)
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so, and fail where it never is."""
    deadline = time.monotonic() + DEADLINE
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)
