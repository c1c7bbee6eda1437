"""Catalogues written in a line or two, for tests that need a whole one."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from feedpub.loading import load_catalogue
from feedpub.select import select_topics

if TYPE_CHECKING:
    from pathlib import Path

    from feedpub.loading import Catalogue
    from feedpub.select import Selection, Topic

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SITE = {"title": "News", "url": "https://e.org/", "tag_authority": "e.org,2024"}


def teaser(name: str, published: str = "2026-02-01T00:00:00Z", **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - any YAML
    """Return a teaser in section a that is whole."""
    return {"id": name, "title": name, "url": name, "published": published, "sections": ["a"], "summary": "S"} | fields


def article(name: str, published: str = "2026-02-01T00:00:00Z", **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - any YAML
    """Return an article in section a that is whole."""
    whole = {"id": name, "title": name, "url": name, "published": published, "sections": ["a"], "body": "B"}
    return whole | fields


def catalogue(*teasers: dict[str, Any], **keys: Any) -> dict[str, Any]:  # noqa: ANN401 - any YAML
    """Return a catalogue with sections a and b and with the teasers that are given."""
    sections = {"a": {"title": "A"}, "b": {"title": "B"}}
    return {"site": SITE, "sections": sections, "teasers": list(teasers)} | keys


def write_catalogue(folder: Path, value: dict[str, Any]) -> Path:
    """Write a catalogue as JSON, which is YAML, and return its path."""
    path = folder / "articles.yaml"
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def load(folder: Path, value: dict[str, Any], *, now: datetime = NOW) -> Catalogue:
    """Load a catalogue that has to be sound; whoever calls closes its index."""
    loaded = load_catalogue(write_catalogue(folder, value), now=now)
    assert loaded.diagnostics == ()
    return loaded


def select(folder: Path, value: dict[str, Any], *, now: datetime = NOW) -> Selection:
    """Return what a sound catalogue shows."""
    loaded = load(folder, value, now=now)
    assert loaded.site is not None
    with loaded.index:
        return build(select_topics(loaded, site=loaded.site, now=now))


def build(selection: Selection) -> Selection:
    """Read what all topics of a selection show, so that the index may be closed."""
    assert all(topic.feed for topic in selection.topics)
    return selection


def topic(selection: Selection, key: str) -> Topic:
    """Return one topic of a selection."""
    (found,) = [one for one in selection.topics if one.key == key]
    return found


def names(selection: Selection, key: str) -> list[str]:
    """Return the ids that a topic shows, in order, without the tag that begins them."""
    return [entry.id.removeprefix("tag:e.org,2024:") for entry in topic(selection, key).feed.entries]
