"""``feedpub serve``: the feeds of a folder over HTTP."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import click

from feedpub.cli.main import EXIT_INTERRUPTED
from feedpub.cli.options import NamedPath, debug_option
from feedpub.cli.publication import count
from feedpub.errors import EXIT_OK, EXIT_PROBLEMS, FeedpubError, PublishError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from feedpub.serving.application import Application
    from feedpub.serving.lines import Lines
    from feedpub.serving.publication import ServedPublication
    from feedpub.serving.server import Work

BACKLOG = 2048
"""Connections that may wait to be accepted."""
PATIENCE = 1.0
"""Seconds at the end, for whoever reads the log or what is said."""


@click.command("serve")
@click.argument("folder", metavar="[DIR]", default="feeds", type=NamedPath(readable=False))
@click.option(
    "--watch", "is_watched", is_flag=True, help="Render again when the catalogue changes or an entry falls due."
)
@click.option(
    "--catalogue",
    metavar="FILE",
    default="articles.yaml",
    show_default=True,
    type=NamedPath(readable=False),
    help="With --watch: what is rendered into DIR.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on; 0.0.0.0 is every one.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="The port to listen on; 0 is any."
)
@click.option(
    "--gone-after",
    metavar="DAYS",
    type=click.IntRange(0, 999_999),
    help="Answer 410 for topics that ended so many days ago.  [default: never]",
)
@click.option(
    "--log", "is_logged", is_flag=True, help="Print a line for each request, as web servers do (Combined Log Format)."
)
@debug_option
def command(
    *, folder: str, is_watched: bool, catalogue: str, host: str, port: int, gone_after: int | None, is_logged: bool
) -> int:
    """Serve the feeds in DIR (feeds): what its manifest lists, and nothing else, until Ctrl-C.

    A new publication is noticed by itself. Needs feedpub[serve].
    """
    _ensure_installed()
    from feedpub.serving.application import Application  # noqa: PLC0415 - loaded when the command runs
    from feedpub.serving.logged import Logged  # noqa: PLC0415
    from feedpub.serving.server import run_server  # noqa: PLC0415

    application = Application(gone_after=None if gone_after is None else timedelta(days=gone_after))
    with _listen(host, port) as listener, _printing() as (log, say):
        served = Logged(application, write=log.write) if is_logged else application
        announce = say.write if is_logged else click.echo
        session = _Session(folder, application, address=_describe(listener), announce=announce, say=say.write)
        beside: list[Work] = [session.follow, log.keep_flushing, say.keep_flushing]
        if is_watched:
            ended = run_server(served, listener, beside=[*beside, partial(session.watch, catalogue)], say=say.write)
        else:
            asyncio.run(session.begin())
            ended = run_server(served, listener, beside=beside, on_start=session.announce, say=say.write)
    return EXIT_INTERRUPTED if ended == signal.SIGINT else EXIT_OK


@contextmanager
def _printing() -> Iterator[tuple[Lines, Lines]]:
    """Yield what writes the log and what says sentences; at the end, whoever reads them has a moment more."""
    from feedpub.serving.lines import Lines  # noqa: PLC0415 - loaded when the command runs

    say = Lines(sys.stderr, on_loss=lambda lost: say.write(f"{count(lost, 'line')} could not be written here in time"))
    log = Lines(
        sys.stdout, on_loss=lambda lost: say.write(f"{count(lost, 'line')} of the log could not be written in time")
    )
    try:
        yield log, say
    finally:
        log.close(PATIENCE)
        say.close(PATIENCE)


class _Session:
    """A folder that is served, and what is told of it."""

    def __init__(
        self,
        folder: str,
        application: Application,
        *,
        address: str,
        announce: Callable[[str], None],
        say: Callable[[str], None],
    ) -> None:
        """Begin with nothing shown; ``announce`` gets the sentence that says where the feeds are, ``say`` the rest."""
        from feedpub.serving.following import Follower  # noqa: PLC0415 - loaded when the command runs

        self._folder = folder
        self._application = application
        self._address = address
        self._announce = announce
        self._say = say
        self._documents: int | None = None
        self._is_announced = False
        self._follower = Follower(folder, show=self._show, say=say)
        self.begin = self._follower.begin
        self.follow = self._follower.follow

    def announce(self) -> None:
        """Say where the feeds are, once."""
        if not self._is_announced:
            self._is_announced = True
            held = "nothing yet" if self._documents is None else count(self._documents, "document")
            self._announce(f"{self._folder} is served at {self._address} ({held})")

    async def watch(self, catalogue: str) -> None:
        """Render the catalogue again and again, as `watch_catalogue` does."""
        from feedpub.serving.watching import watch_catalogue  # noqa: PLC0415 - only with --watch

        await watch_catalogue(catalogue, output=self._folder, render=partial(self._render, catalogue))

    async def _render(self, catalogue: str) -> datetime | None:
        from feedpub.cli.rerender import rerender  # noqa: PLC0415 - only with --watch

        code, due = await rerender(catalogue, output=self._folder)
        if code not in (EXIT_OK, EXIT_PROBLEMS) and not self._is_announced:
            raise click.exceptions.Exit(code)  # why, has been told
        await self._follower.look()
        self.announce()
        return due

    def _show(self, publication: ServedPublication) -> None:
        self._application.show(publication)
        self._documents = len(publication.documents)
        if self._is_announced:
            self._say(f"a new publication: {count(self._documents, 'document')}")


def _ensure_installed() -> None:
    try:
        import feedpub.serving.server  # noqa: PLC0415 - loaded when the command runs
        import feedpub.serving.watching  # noqa: F401, PLC0415
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("feedpub"):
            raise
        raise FeedpubError(f"serve needs {error.name}: pip install 'feedpub[serve]'") from None


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        return socket.create_server(address[:2], family=family, backlog=BACKLOG)
    except OSError as error:
        number = error.errno or 0  # of names they are negative
        reason = os.strerror(number) if number > 0 else error.strerror
        raise PublishError(f"cannot listen on {host}:{port}: {reason or error}") from None
    except UnicodeError:
        raise UsageError(f"{host!r} is no name of a host") from None


def _describe(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"
