"""A small publication for servers: former topics, topics that ended, compressed files, and one of nobody's business."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from feedpub import render
from written import SITE, catalogue, teaser, write_catalogue

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 3, 1, tzinfo=UTC)
HUB = "https://hub.e.org/?a=1&b='x'$y%20z;q=(1),%22%7Bq%7D"
KINDS = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}


def publish(folder: Path, *, sections: dict[str, Any] | None = None, **site: Any) -> Path:  # noqa: ANN401 - any YAML
    """Publish a small catalogue and return the catalogue's path."""
    path = write_catalogue(
        folder,
        catalogue(
            *(teaser(f"t{number}") for number in range(20)),
            site=SITE | {"hubs": [HUB], "ttl": 7, "precompress": ["gzip", "br"]} | site,
            sections={"a": {"title": "A", "formerly": ["former", "older"]}, "b": {"title": "B"}} | (sections or {}),
            retired={
                "ended": {"title": "E", "at": "2026-01-01T00:00:00Z", "notice": "N"},
                "recent": {"title": "R", "at": "2026-02-20T00:00:00Z", "notice": "N"},
            },
        ),
    )
    render(path, output=folder / "feeds", now=NOW)
    for suffix in (".gz", ".br"):  # one document has no variants
        (folder / "feeds" / f"all.json{suffix}").unlink()
    (folder / "feeds" / ".feedpub-journal").write_text("secret", encoding="utf-8")
    return path
