"""The server as clients find it, well-behaved and not, over real connections."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import hashlib
import logging
import resource
import signal
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from feedpub.serving.application import Application
from serving.asking import PAGE, RSS, publish
from serving.running import DEADLINE, Server, read_all, running, wait_until
from tools import need_server

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator

    from feedpub.serving.answers import Message
    from feedpub.serving.application import Receive, Send

TAG = f'"{hashlib.sha256(RSS).hexdigest()}"'
REQUEST = b"GET /tides.rss HTTP/1.1\r\nHost: a\r\n\r\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("news")
    (folder / "feeds").mkdir()
    publish(folder / "feeds", {"tides.rss": RSS, "index.html": PAGE})
    return folder


@pytest.fixture(scope="module")
def lasting_server(folder: Path) -> Iterator[Server]:
    with running(folder) as server:
        yield server
        assert server.end() == (0, "", "")


@pytest.fixture
def server(lasting_server: Server) -> Iterator[Server]:
    """Hand out a server that serves, and still does at the end."""
    yield lasting_server
    assert is_serving(lasting_server)


def is_serving(server: Server) -> bool:
    return server.get().status == 200


def test_one_connection_asks_again_and_again(server: Server) -> None:
    connection = server.connect_http()
    for method, headers, status, body in (
        ("GET", {}, 200, RSS),
        ("GET", {"If-None-Match": TAG}, 304, b""),
        ("HEAD", {}, 200, b""),
        ("GET", {"Accept-Encoding": "gzip"}, 200, gzip.compress(RSS, 9, mtime=0)),
        ("GET", {"If-Modified-Since": "Sun, 06 Nov 1994 08:49:37 GMT"}, 304, b""),
        ("OPTIONS", {}, 204, b""),
        ("GET", {}, 200, RSS),
    ):
        connection.request(method, "/tides.rss", headers=headers)
        reply = connection.getresponse()
        assert (reply.status, reply.read()) == (status, body)
        assert reply.headers["Date"]
        assert "Server" not in reply.headers
    connection.close()


def test_requests_may_come_before_their_answers(server: Server) -> None:
    data = server.send(REQUEST * 3 + REQUEST.replace(b"Host", b"Connection: close\r\nHost"))
    assert data.count(b"HTTP/1.1 200 OK") == 4
    assert data.count(RSS) == 4


def test_a_client_of_http_1_0_is_served(server: Server) -> None:
    assert server.send(b"GET /tides.rss HTTP/1.0\r\n\r\n").endswith(RSS)


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"nonsense\r\n\r\n", b"400"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"400"),  # TLS
        (b"GET /tides.rss HTTP/1.1\r\n\r\n", b"400"),  # without a host
        (b"GET /tides.rss HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", b"400"),
        (b"GET /tides.rss HTTP/1.1\r\nHost: a\r\nX : b\r\n\r\n", b"400"),
        (b"GET /tid\x00es.rss HTTP/1.1\r\nHost: a\r\n\r\n", b"400"),
        (b"GET /../../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n", b"404"),
        (b"GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n", b"404"),
        (b"GET http://a/tides.rss HTTP/1.1\r\nHost: a\r\n\r\n", b"200"),  # RFC 9112, section 3.2.2
        (b"GET http://a HTTP/1.1\r\nHost: a\r\n\r\n", b"200"),  # RFC 9110, section 4.2.3
        (b"GET http://a?b=c HTTP/1.1\r\nHost: a\r\n\r\n", b"200"),
        (b"GET /tides.rss?a=%00 HTTP/1.1\r\nHost: a\r\n\r\n", b"200"),
        (b"GET /tides.rss HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n", b"200"),
        (b"POST /tides.rss HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc", b"405"),
        (b"POST /tides.rss HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", b"4"),
        (b"GET /tides.rss HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 300_000, b"431"),
        (b"GET /" + b"a" * 300_000, b"431"),
        (b"GET /tides.rss HTTP/1.1\r\n" + b"X: a\r\n" * 60_000, b"431"),
    ],
)
def test_a_bad_request_is_told_so(server: Server, data: bytes, status: bytes) -> None:
    assert server.send(data).startswith(b"HTTP/1.1 " + status)


def test_slow_and_silent_clients_keep_nobody_waiting(server: Server) -> None:
    with contextlib.ExitStack() as stack:
        silent, half, deaf = (stack.enter_context(server.connect()) for _ in range(3))
        half.sendall(b"GET /tides.rss HT")
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        for _ in range(100):
            deaf.sendall(REQUEST)
        assert is_serving(server)
        half.sendall(b"TP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        assert read_all(half).endswith(RSS)
        assert is_serving(server)
        silent.sendall(REQUEST.replace(b"Host", b"Connection: close\r\nHost"))
        assert read_all(silent).endswith(RSS)


def test_a_thousand_silent_clients_keep_nobody_waiting(server: Server) -> None:
    allow_files(1_200)
    with contextlib.ExitStack() as stack:
        for _ in range(1_000):
            stack.enter_context(server.connect())
        assert is_serving(server)


def test_where_few_files_may_be_open_the_longest_silent_client_goes(folder: Path) -> None:
    with running(folder, before="ulimit -n 128") as server, contextlib.ExitStack() as stack:
        clients = [stack.enter_context(server.connect()) for _ in range(300)]
        assert is_serving(server)
        assert read_all(clients[0]) == b""
        clients[-1].sendall(REQUEST.replace(b"Host", b"Connection: close\r\nHost"))
        assert read_all(clients[-1]).endswith(RSS)
        assert server.end() == (0, "", "")


def test_as_many_files_are_opened_as_may_be_allowed(folder: Path) -> None:
    allow_files(600)
    with running(folder, before="ulimit -S -n 128") as server, contextlib.ExitStack() as stack:
        clients = [stack.enter_context(server.connect()) for _ in range(300)]
        assert is_serving(server)
        clients[0].sendall(REQUEST.replace(b"Host", b"Connection: close\r\nHost"))
        assert read_all(clients[0]).endswith(RSS)
        assert server.end() == (0, "", "")


def serve_here(application: Application, ask: Callable[[str, int], Coroutine[Any, Any, None]]) -> list[str]:
    """Serve in this process for as long as a client asks, and return what was said."""
    need_server()
    from feedpub.serving.server import run_server  # noqa: PLC0415 - where the server is there

    said: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = listener.getsockname()
        assert run_server(application, listener, beside=[lambda: ask(*address)], say=said.append) is None
    return said


def test_a_fault_of_the_application_is_told_and_costs_one_answer() -> None:
    class Faulty(Application):
        async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:  # noqa: ARG002 - as in ASGI
            raise ValueError("half a tide")

    replies: list[bytes] = []

    async def ask(host: str, port: int) -> None:
        for _ in range(2):
            reader, writer = await asyncio.open_connection(host, port)
            writer.write(REQUEST.replace(b"Host", b"Connection: close\r\nHost"))
            replies.append(await reader.read())
            writer.close()
        logging.getLogger("uvicorn.error").error("no fault of ours")

    said = serve_here(Faulty(), ask)
    assert [reply[:12] for reply in replies] == [b"HTTP/1.1 500"] * 2
    assert said == ["unexpected ValueError: half a tide; this is a bug"] * 2


def test_what_goes_wrong_beside_the_server_ends_it() -> None:
    async def fail(_host: str, _port: int) -> None:
        raise OSError("the folder is gone")

    with pytest.raises(OSError, match="the folder is gone"):
        serve_here(Application(), fail)


def test_one_that_says_nothing_for_too_long_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    need_server()
    monkeypatch.setattr("feedpub.serving.connections.PATIENCE", 0)

    async def wait(host: str, port: int) -> None:
        reader, writer = await asyncio.open_connection(host, port)
        assert await asyncio.wait_for(reader.read(), timeout=DEADLINE) == b""
        writer.close()

    assert serve_here(Application(), wait) == []


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_a_signal_ends_it_without_a_word(folder: Path, number: signal.Signals, code: int) -> None:
    with running(folder) as server, server.connect() as silent, server.connect() as half:
        half.sendall(b"GET /tides.rss HT")
        assert is_serving(server)
        assert server.end(number) == (code, "", "")
        assert read_all(silent) == b""


def test_a_signal_ends_answers_that_nobody_reads_without_a_word(folder: Path) -> None:
    with running(folder) as server, contextlib.ExitStack() as stack:
        deaf = [stack.enter_context(server.connect()) for _ in range(3)]
        for one in deaf:
            one.settimeout(0.5)
            with contextlib.suppress(TimeoutError):
                one.sendall(REQUEST * 20_000)  # until nothing more is taken
        assert is_serving(server)
        assert server.end() == (0, "", "")


def test_clients_that_go_while_answers_wait_are_no_fault(server: Server) -> None:
    for _ in range(3):
        with server.connect() as deaf:
            deaf.settimeout(0.5)
            with contextlib.suppress(TimeoutError):
                deaf.sendall(REQUEST * 20_000)
    assert is_serving(server)  # and has said nothing at its end


def test_where_very_few_files_may_be_open_some_are_served(folder: Path) -> None:
    with running(folder, before="ulimit -n 48") as server:
        assert is_serving(server)
        assert server.end() == (0, "", "")


def test_many_requests_leave_no_file_open(server: Server) -> None:
    def count() -> int:
        return len(list(Path(f"/proc/{server.process.pid}/fd").iterdir()))

    for _ in range(50):
        server.get(Accept_Encoding="gzip")
    wait_until(lambda: count() < 50)


def allow_files(number: int) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < number:
        if hard != resource.RLIM_INFINITY and hard < number:
            pytest.skip(f"the system lets a process open {hard} files")
        resource.setrlimit(resource.RLIMIT_NOFILE, (number, hard))
