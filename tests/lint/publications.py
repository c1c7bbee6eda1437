"""Catalogues that were published, and what is told when they are edited."""

from __future__ import annotations

from contextlib import chdir
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import feedpub
from feedpub.diagnostics.reports import format_text

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 6, 1, tzinfo=UTC)
HEAD = """\
site: {title: Example News, url: "https://news.example.org/", tag_authority: "news.example.org,2026"}
sections: {tech: {title: Technology}, asia: {title: Asia}}
"""


def article(**fields: str) -> str:
    known = {"id": "a", "title": "A", "url": "a", "published": "2026-02-01T09:00:00Z", "sections": "[tech]"}
    lines = [f"{name}: {value}" for name, value in (known | {"body": "What it says."} | fields).items()]
    return "  - " + "\n    ".join(lines) + "\n"


def write(folder: Path, *articles: str, head: str = HEAD) -> None:
    (folder / "articles.yaml").write_text(f"{head}articles:\n{''.join(articles)}", encoding="utf-8")


def publish(folder: Path) -> None:
    with chdir(folder):
        feedpub.render(now=NOW)


def check(folder: Path) -> str:
    """Return what `check` tells, and make sure that a preview tells the same."""
    with chdir(folder):
        told = format_text(feedpub.check(now=NOW))
        assert format_text(feedpub.preview(now=NOW).diagnostics) == told
    return told
