"""Hold ``feedpub serve`` against one worker of nginx: ``python benchmarks/serve.py [TURNS] [SECONDS]``.

A feed of 70 kB, whole (200) and not modified (304), over loopback, 16 connections, in turns. Run it where
feedpub[serve] is installed, with wrk and nginx on the path. Prints the requests a second of each turn, and the median
ratios.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZE = 70_000
CONNECTIONS = 16
NGINX = """\
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000000;
  open_file_cache max=100;
  types {{ application/rss+xml rss; }}
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{ listen 127.0.0.1:{port}; root {folder}/feeds; }}
}}
"""


def main(turns: int = 5, seconds: int = 4) -> None:
    """Measure both in turns and print the ratios."""
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        folder.chmod(0o755)  # nginx's worker may be another user
        publish(folder / "feeds")
        ours = stack.enter_context(run_feedpub(folder))
        theirs = stack.enter_context(run_nginx(folder))
        for status, is_asked in ((200, False), (304, True)):
            pairs = [tuple(measure(port, seconds, is_asked=is_asked) for port in (ours, theirs)) for _ in range(turns)]
            for one, other in pairs:
                print(f"{status}: feedpub {one:,.0f} a second, nginx {other:,.0f}")
            ratio = statistics.median(one / other for one, other in pairs)
            print(f"{status}: {ratio:.2f} of nginx, the median of {turns}")


def publish(folder: Path) -> None:
    """Write a feed of 70 kB and its manifest."""
    folder.mkdir()
    item = b"<item><title>The tide came twice</title><description>%d</description></item>\n"
    data = b"".join(item % number for number in range(SIZE // 60))[:SIZE]
    (folder / "tides.rss").write_bytes(data)
    document = {
        "path": "tides.rss",
        "media_type": "application/rss+xml",
        "sha256": sha256(data).hexdigest(),
        "size": len(data),
    }
    site = {"feeds_url": "https://news.example.org/feeds/", "hubs": ["https://hub.example.org/"], "ttl": 15}
    manifest = {"catalogue": "", "documents": [document], "site": site, "topics": {}}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


@contextlib.contextmanager
def run_feedpub(folder: Path) -> Iterator[int]:
    """Serve the folder and yield the port."""
    command = [sys.executable, "-m", "feedpub", "serve", str(folder / "feeds"), "--port=0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        found = re.search(r":(\d+)/", process.stdout.readline())
        try:
            if not found:
                raise SystemExit("feedpub does not serve")
            yield int(found[1])
        finally:
            process.terminate()


@contextlib.contextmanager
def run_nginx(folder: Path) -> Iterator[int]:
    """Serve the folder by one worker of nginx and yield the port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port), encoding="utf-8")
    with subprocess.Popen(["nginx", "-e", f"{folder}/nginx.log", "-c", f"{folder}/nginx.conf"]) as process:
        try:
            for _ in range(100):
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                    break
                time.sleep(0.05)
            yield port
        finally:
            process.terminate()


def measure(port: int, seconds: int, *, is_asked: bool) -> float:
    """Return the requests a second; with ``is_asked``, for what the client has already. An error ends the benchmark."""
    tag = ask(port, status=200)
    header = [f"--header=If-None-Match: {tag}"] if is_asked else []
    if is_asked:
        ask(port, tag, status=304)
    wrk = ["wrk", "--threads=1", f"--connections={CONNECTIONS}", f"--duration={seconds}", *header]
    done = subprocess.run(
        [*wrk, f"http://127.0.0.1:{port}/tides.rss"], capture_output=True, text=True, encoding="utf-8", check=True
    )
    found = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    if not found or "errors" in done.stdout or "Non-2xx" in done.stdout:
        raise SystemExit(done.stdout)
    return float(found[1])


def ask(port: int, tag: str = "", *, status: int) -> str:
    """Ask once, hold the status against what it should be, and return the tag."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/tides.rss", headers={"If-None-Match": tag} if tag else {})
    reply = connection.getresponse()
    if reply.status != status or len(reply.read()) != (SIZE if status == 200 else 0):
        raise SystemExit(f"port {port} answers {reply.status}")
    return reply.headers["ETag"] or ""


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
