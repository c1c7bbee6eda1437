"""A client of ASGI, and published folders for it to ask about."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from feedpub.manifest import Manifest, PublishedDocument, PublishedTopic, write_manifest
from feedpub.serving.application import Application
from feedpub.serving.publication import read_publication

if TYPE_CHECKING:
    from datetime import datetime, timedelta
    from pathlib import Path

    from feedpub.serving.logged import Logged

MODIFIED = 784111777
"""Sun, 06 Nov 1994 08:49:37 GMT, the time of RFC 9110's examples, when every document was modified."""
NOW = MODIFIED + 86400
TIDES = "/tides.rss"
RSS = b'<?xml version="1.0"?><rss/>' + b"<item>tide</item>" * 100
PAGE = b"<!doctype html><style>p{color:red}</style><p>Tides</p>"
TYPES = {
    ".rss": "application/rss+xml",
    ".atom": "application/atom+xml",
    ".json": "application/feed+json",
    ".html": "text/html",
    ".opml": "text/x-opml",
}


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes


def publish(
    folder: Path,
    documents: dict[str, bytes],
    *,
    hubs: tuple[str, ...] = (),
    ttl: int | None = None,
    retired: dict[str, datetime] | None = None,
    formerly: dict[str, tuple[str, ...]] | None = None,
) -> None:
    """Write documents and their manifest, each modified at MODIFIED; topics are those of the documents' names."""
    for path, data in documents.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
        os.utime(folder / path, (MODIFIED, MODIFIED))
    former = {old for keys in (formerly or {}).values() for old in keys}
    keys = {path.removeprefix("archive/").partition(".")[0].partition("/")[0] for path in documents} - former
    manifest = Manifest(
        catalogue="",
        feeds_url="https://news.example.org/feeds/",
        hubs=hubs,
        ttl=ttl,
        documents=tuple(
            PublishedDocument(
                path=path,
                media_type=TYPES[path[path.rindex(".") :]],
                sha256=sha256(data).hexdigest(),
                size=len(data),
            )
            for path, data in documents.items()
        ),
        topics={
            key: PublishedTopic(
                title=key, limit=50, formerly=(formerly or {}).get(key, ()), retired=(retired or {}).get(key)
            )
            for key in keys
        },
    )
    (folder / "manifest.json").write_bytes(write_manifest(manifest))


def serve(folder: Path, *, now: float = NOW, gone_after: timedelta | None = None) -> Application:
    """Return the application that serves a folder, at a time that stands still."""
    application = Application(gone_after=gone_after, clock=lambda: now)
    application.show(read_publication(str(folder)))
    return application


def ask(
    application: Application | Logged,
    target: str = TIDES,
    /,
    *lines: tuple[str, str],
    method: str = "GET",
    **scope: object,
) -> Reply:
    """Send a request with header lines, beside Host, and return the reply; of repeated fields, the last."""
    return asyncio.run(ask_soon(application, target, *lines, method=method, **scope))


async def ask_soon(
    application: Application | Logged,
    target: str = TIDES,
    /,
    *lines: tuple[str, str],
    method: str = "GET",
    **scope: object,
) -> Reply:
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        raise AssertionError("no body is wanted")

    whole = {
        "type": "http",
        "method": method,
        "http_version": "1.1",
        "raw_path": target.encode("latin-1"),
        "headers": [
            (b"host", b"127.0.0.1"),
            *((name.lower().encode(), value.encode("latin-1")) for name, value in lines),
        ],
    }
    await application(whole | scope, receive, send)
    start, body = sent
    headers = [(name.decode("ascii"), value.decode("ascii")) for name, value in start["headers"]]
    return Reply(start["status"], dict(headers), body["body"])
