"""A browser and a server for the pages in tests, and where npm has put what judges them.

FEEDPUB_NPM is the folder into which npm has installed axe-core and vnu-jar (nox does).
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from feedpub.serving.headers import write_policy

if TYPE_CHECKING:
    from collections.abc import Iterator

MODULES = Path(os.environ.get("FEEDPUB_NPM", "missing"), "node_modules")
AXE = MODULES / "axe-core" / "axe.min.js"
VNU = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # nothing but the tests' own server
)
MEDIA_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".rss": "application/rss+xml; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".json": "application/feed+json; charset=utf-8",
    ".opml": "text/x-opml; charset=utf-8",
}


class Handler(SimpleHTTPRequestHandler):
    """Serves files with their media types, and pages with the policy of `feedpub serve`; says nothing."""

    extensions_map = MEDIA_TYPES

    def end_headers(self) -> None:
        page = Path(self.translate_path(self.path))
        if page.suffix == ".html" and page.is_file():
            self.send_header("Content-Security-Policy", write_policy(page.read_bytes()).decode("ascii"))
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the base
        pass


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve a folder on loopback while the context lasts; the address ends with a slash."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder))) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/"
        finally:
            server.shutdown()
            thread.join()
