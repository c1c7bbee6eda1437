"""A newsroom whose feeds readers poll over HTTP, and what they make of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from feedpub import render
from written import SITE, article, teaser, write_catalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
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


@dataclass(frozen=True, slots=True)
class Host:
    """A server that runs, the path at which it has the feeds, and what is done after each publication."""

    server: WebServer
    prefix: str
    settle: Callable[[], None]


class Newsroom:
    """A catalogue, what is published of it, and the server that has it."""

    def __init__(self, folder: Path, host: Host) -> None:
        self.server = host.server
        self._host = host
        self._folder = folder

    def place(self, kind: str, topic: str = "news") -> str:
        return f"{self._host.prefix}{topic}.{kind}"

    def locate(self, kind: str, topic: str = "news") -> str:
        return f"{self.server.address}{self.place(kind, topic)}"

    def publish(self, *entries: dict[str, Any], now: datetime = NOW, **keys: Any) -> None:  # noqa: ANN401 - any YAML
        """Publish entries, and let the server have them."""
        publish_into(self._folder, entries, now=now, **keys)
        self._host.settle()


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
