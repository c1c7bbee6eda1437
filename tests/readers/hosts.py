"""What readers poll: nginx with our configuration, and ``feedpub serve``, one process for all that is polled there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING

from feedpub.hosting import SERVERS, Choices
from feedpub.pipeline import describe_hosting
from hosting.webservers import BROTLI, WebServer, run_nginx
from readers.newsroom import NOW, Host
from serving.running import DEADLINE, wait_until
from tools import need_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SERVE = """\
from feedpub.serving.following import Follower
Follower.__init__.__kwdefaults__["pause"] = 0.02  # seconds, so that tests need not wait for a publication to be noticed
from feedpub.cli import main
main()
"""


@contextmanager
def host_on_nginx(catalogue: Path, folder: Path) -> Iterator[Host]:
    """Serve the feeds beside a catalogue by nginx, whose own files go into a folder."""
    feeds = catalogue.parent / "feeds"
    choices = Choices(root=str(feeds), brotli=BROTLI.exists())
    configuration = SERVERS["nginx"](describe_hosting(catalogue, now=NOW), choices)["feedpub.conf"]
    publications = count(1)

    def date_files() -> None:
        """Give what was just written a time of its own, as nginx tells files by seconds."""
        moment = (NOW + timedelta(seconds=10 * next(publications))).timestamp()
        for path in feeds.iterdir():
            if path.stat().st_mtime > (NOW + timedelta(days=1)).timestamp():
                os.utime(path, (moment, moment))

    with run_nginx(folder, configuration) as server:
        yield Host(server, "/feeds/", date_files)


class Follower:
    """``feedpub serve`` on a link, which leads to one folder of feeds after the other."""

    def __init__(self, folder: Path, port: int) -> None:
        self._folder = folder
        self._port = port
        self._publications = 0

    def host(self, catalogue: Path) -> Host:
        """Serve the feeds beside a catalogue from now on; what has been logged before is passed over."""
        link(catalogue.parent / "feeds", self._folder)
        self._wait()
        log = self._folder / "access.log"
        return Host(WebServer(self._port, log, log.stat().st_size), "/", self._wait)

    def _wait(self) -> None:
        """Wait until one more publication is served."""
        self._publications += 1
        wait_until(lambda: read_told(self._folder).count("a new publication") == self._publications)


@contextmanager
def run_follower(folder: Path, feeds: Path) -> Iterator[Follower]:
    """Run ``feedpub serve`` on some feeds first, with its files in a folder."""
    need_server()
    link(feeds, folder)
    command = [sys.executable, "-c", _SERVE, "serve", "feeds", "--port=0", "--log"]
    with (folder / "access.log").open("wb") as log, (folder / "told").open("wb") as told:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=told)
    try:
        wait_until(lambda: process.poll() is not None or "\n" in read_told(folder))
        found = re.match(r"feeds is served at http://127\.0\.0\.1:(\d+)/", read_told(folder))
        assert found, read_told(folder)
        yield Follower(folder, int(found[1]))
    finally:
        process.terminate()
        process.wait(timeout=DEADLINE)


def link(feeds: Path, folder: Path) -> None:
    """Let ``feeds`` in a folder lead to some feeds, without a moment in which it leads nowhere."""
    (folder / "next").symlink_to(feeds)
    (folder / "next").replace(folder / "feeds")


def read_told(folder: Path) -> str:
    return (folder / "told").read_text(encoding="utf-8")
