"""nginx, Caddy and Apache as children, each on a free loopback port, with all their files in one folder."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tools import find_tool, need_tools

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
APACHE_MODULES = Path("/usr/lib/apache2/modules")
PATIENCE = 30.0
_LOGGED = re.compile(r'"(\S+) (\S+) HTTP/[0-9.]+" (\d{3}) ')


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server has answered: status, headers by lower-case name (those of one name joined), body."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class WebServer:
    """A server that runs; ``log`` is its access log in the Common or Combined Log Format, from a byte on."""

    port: int
    log: Path
    log_start: int = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, path: str, method: str = "GET", **fields: str) -> Answer:
        """Send one request; of a field's name, underscores become hyphens."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.putrequest(method, path, skip_accept_encoding=True)
            for name, value in fields.items():
                connection.putheader(name.replace("_", "-"), value)
            connection.endheaders()
            return read_answer(connection.getresponse())
        finally:
            connection.close()

    def list_requests(self, number: int) -> list[tuple[str, str, int]]:
        """Return what was asked, method, path and status: so many requests, each of which is logged when it is done."""
        deadline = time.monotonic() + PATIENCE
        while len(found := self._read_log()) < number and time.monotonic() < deadline:
            time.sleep(0.01)
        return [(method, path, int(status)) for method, path, status in found]

    def _read_log(self) -> list[tuple[str, str, str]]:
        whole = self.log.read_bytes()[self.log_start :].rpartition(b"\n")[0]
        return _LOGGED.findall(whole.decode())


def read_answer(response: HTTPResponse) -> Answer:
    headers: dict[str, str] = {}
    for name, value in response.getheaders():
        key = name.lower()
        headers[key] = f"{headers[key]}, {value}" if key in headers else value
    return Answer(response.status, headers, response.read())


@contextmanager
def run_nginx(folder: Path, configuration: str) -> Iterator[WebServer]:
    """Run Debian's nginx with a configuration included in its only server block."""
    need_tools("nginx")
    (folder / "feedpub.conf").write_text(configuration, encoding="utf-8")
    places = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")

    def command(port: int) -> list[str]:
        lines = [
            f"load_module {BROTLI};" if BROTLI.exists() else "",
            "user root;" if os.geteuid() == 0 else "",
            f"pid {folder}/nginx.pid;",
            "daemon off;",
            "master_process off;",
            "events { }",
            "http {",
            *(f"{place}_temp_path {folder}/{place};" for place in places),
            f"access_log {folder}/access.log;",
            'geo $feedpub_dollar { default "$"; }',
            f"server {{ listen 127.0.0.1:{port}; include {folder}/feedpub.conf; }}",
            "}",
        ]
        (folder / "nginx.conf").write_text("\n".join(lines), encoding="utf-8")
        return [tool("nginx"), "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]

    with _run(folder, command) as server:
        yield server


@contextmanager
def run_caddy(folder: Path, configuration: str) -> Iterator[WebServer]:
    """Run Debian's Caddy with a configuration imported in its only site."""
    need_tools("caddy")
    (folder / "feedpub.caddy").write_text(configuration, encoding="utf-8")

    def command(port: int) -> list[str]:
        lines = [
            "{",
            "admin off",
            "auto_https off",
            "}",
            f"http://127.0.0.1:{port} {{",
            "bind 127.0.0.1",
            f"log {{\noutput file {folder}/access.json\nformat json\n}}",
            f"import {folder}/feedpub.caddy",
            "handle {\nrespond 404\n}",
            "}",
        ]
        path = folder / "Caddyfile"
        path.write_text("\n".join(lines), encoding="utf-8")
        return [tool("caddy"), "run", "--config", str(path), "--adapter", "caddyfile"]

    with _run(folder, command) as server:
        yield server


@contextmanager
def run_apache(folder: Path, configuration: str) -> Iterator[WebServer]:
    """Run Debian's Apache with a configuration included in its only host."""
    need_tools("apache2")
    (folder / "feedpub.conf").write_text(configuration, encoding="utf-8")

    def command(port: int) -> list[str]:
        return [*_leave_root(), tool("apache2"), "-d", str(folder), "-f", str(configure_apache(folder, port)), "-X"]

    with _run(folder, command) as server:
        yield server


def configure_apache(folder: Path, port: int) -> Path:
    """Write Apache's main configuration, which includes ``feedpub.conf``."""
    modules = ("mpm_event", "authz_core", "alias", "dir", "mime", "headers", "rewrite")
    lines = [
        *(f"LoadModule {name}_module {APACHE_MODULES}/mod_{name}.so" for name in modules),
        f"PidFile {folder}/apache.pid",
        f"DefaultRuntimeDir {folder}",
        "ServerName localhost",
        f"Listen 127.0.0.1:{port}",
        f"ErrorLog {folder}/error.log",
        f"CustomLog {folder}/access.log common",
        f"TypesConfig {'/etc/mime.types' if Path('/etc/mime.types').exists() else '/dev/null'}",
        "AddLanguage br .br",  # as Debian has it, for Breton
        f"Include {folder}/feedpub.conf",
    ]
    path = folder / "apache.conf"
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return path


def _leave_root() -> list[str]:
    """Return what makes a command believe that it is not run by root: Apache does not serve as root."""
    if os.geteuid() != 0:
        return []
    leave = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
    if find_tool("unshare") is None or subprocess.run([*leave, "true"], check=False, capture_output=True).returncode:
        pytest.skip("Apache does not serve as root, and there are no user namespaces")
    return leave


RUNNERS = {"nginx": run_nginx, "caddy": run_caddy, "apache": run_apache}


def tool(name: str) -> str:
    found = find_tool(name)
    assert found is not None
    return found


@contextmanager
def _run(folder: Path, make_command: Callable[[int], list[str]]) -> Iterator[WebServer]:
    """Start a server on a port that is free; where somebody else was faster, on another one."""
    own = {name: str(folder) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    for _ in range(3):
        port = find_port()
        with (folder / "output.log").open("wb") as output:
            process = subprocess.Popen(
                make_command(port), env=os.environ | own, cwd=folder, stdout=output, stderr=subprocess.STDOUT
            )
        try:
            if _wait(process, port):
                yield WebServer(port, folder / "access.log")
                return
        finally:
            process.terminate()
            try:
                process.wait(timeout=PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
    logs = (folder / name for name in ("output.log", "error.log"))
    pytest.fail("\n".join(log.read_text(encoding="utf-8") for log in logs if log.exists()))


def find_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def _wait(process: subprocess.Popen[bytes], port: int) -> bool:
    """Tell whether a server has begun to listen; it has not where it has ended."""
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return process.poll() is None
    return False
