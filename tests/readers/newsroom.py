"""A newsroom whose feeds readers poll over HTTP, and what they make of them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from feedpub import render
from written import SITE, article, teaser, write_catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from hosting.webservers import WebServer

NOW = datetime(2026, 3, 1, tzinfo=UTC)
TITLE = "AT&T, a < b & <3: 日本語 “quoted”"
BODY = "A *body* with a [link](more) & an ampersand.\n\nSecond paragraph, 日本語."
KINDS = ("rss", "atom", "json")

TALKS = article("talks", "2026-02-10T09:00:00Z", title=TITLE, url="politics/talks", sections=["news"], body=BODY)
CHIPS = teaser(
    "chips", "2026-02-11T10:30:00Z", title="Chips", url="tech/chips", sections=["news"], summary="Stay > go."
)
VOTES = article("votes", "2026-02-12T11:00:00Z", title="Votes", url="asia/votes", sections=["news"], body="Counted.")


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as a reader has it: ``body`` is whatever it shows of the text, as HTML or as text."""

    title: str
    link: str
    published: datetime | None
    body: str


class News(NamedTuple):
    """The titles, sorted, of what a reader takes for new, and of what it says has changed."""

    new: list[str]
    changed: list[str]


NOTHING = News([], [])


class Reader(Protocol):
    """Somebody's reader, subscribed to one feed."""

    def poll(self) -> News:
        """Ask for the feed, and return what has come."""
        ...

    def show(self) -> list[Shown]:
        """Return every entry that it holds now, by title."""
        ...


class Newsroom:
    """A catalogue, what is published of it, and the server that has it."""

    def __init__(self, folder: Path, server: WebServer) -> None:
        self.server = server
        self._folder = folder
        self._publications = 0

    def locate(self, kind: str, topic: str = "news") -> str:
        return f"{self.server.address}/feeds/{topic}.{kind}"

    def publish(self, *entries: dict[str, Any], now: datetime = NOW, **keys: Any) -> None:  # noqa: ANN401 - any YAML
        """Publish entries; each publication's files are ten seconds newer than those of the one before."""
        publish_into(self._folder, entries, now=now, **keys)
        self._publications += 1
        self._date_files()

    def _date_files(self) -> None:
        """Give what was just written a time of its own: a server tells files by seconds."""
        moment = (NOW + timedelta(seconds=10 * self._publications)).timestamp()
        for path in (self._folder / "feeds").iterdir():
            if path.stat().st_mtime > (NOW + timedelta(days=1)).timestamp():
                os.utime(path, (moment, moment))


def publish_into(folder: Path, entries: Iterable[dict[str, Any]], *, now: datetime = NOW, **keys: Any) -> Path:  # noqa: ANN401 - any YAML
    """Publish entries of section news below a folder, and return the catalogue's path."""
    value = {
        "site": SITE | {"precompress": ["gzip", "br"]},
        "sections": {"news": {"title": "News"}},
        "articles": [one for one in entries if "body" in one],
        "teasers": [one for one in entries if "body" not in one],
    }
    path = write_catalogue(folder, value | keys)
    render(path, output=folder / "feeds", now=now)
    return path
