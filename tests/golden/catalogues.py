"""What a golden catalogue says of its entries, read without feedpub: by PyYAML, as text."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

import yaml

from golden.cases import GOLDEN, NOW, ROOT

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Meant:
    """What an entry of a catalogue says, as far as it can be known without converting its body."""

    id: str
    atom_id: str
    url: str
    title: str
    published: datetime
    updated: datetime
    expires: datetime | None
    summary: str | None
    has_body: bool
    is_full: dict[str, bool]
    sections: list[str]
    authors: list[str]
    tags: list[str]
    enclosures: list[tuple[str, str, str]] = field(default_factory=list)


def read_meaning(case: str) -> dict[str, Meant]:
    """Return what the entries of a case mean that are no drafts, by their catalogue's id."""
    path = (ROOT if case == "sample" else GOLDEN / case) / "articles.yaml"
    root = _load(path)
    parts = [root, *(_load(one) for pattern in root.get("include") or () for one in sorted(path.parent.glob(pattern)))]
    entries = [
        entry.pop("<<", {}) | entry
        for part in parts
        for kind in ("articles", "teasers")
        for entry in part.get(kind) or ()
    ]
    return {entry["id"]: _read_entry(entry, root) for entry in entries if entry.get("draft") != "true"}


def _load(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - text only
    return found


def _read_entry(entry: dict[str, Any], root: dict[str, Any]) -> Meant:
    site = root["site"]
    tag = f"tag:{site['tag_authority']}:{entry['id']}"
    guid = entry.get("guid", tag)
    published = _read_time(entry["published"], site)
    updated = _read_time(entry.get("updated", entry["published"]), site)
    content = {
        key: (section.get("content") or site.get("content", "full")) for key, section in root["sections"].items()
    }
    content["all"] = site.get("content", "full")
    base = site["url"].rstrip("/") + "/"
    permalink = f"{entry['sections'][0]}/{published:%Y/%m/%d}/{entry['id']}/"
    return Meant(
        id=guid,
        atom_id=guid if guid.startswith(("https:", "tag:")) else tag,
        url=urljoin(base, entry.get("url", permalink)),
        title=" ".join(entry["title"].split()),
        published=published,
        updated=updated if updated <= NOW else published,
        expires=_read_time(entry["expires"], site) if "expires" in entry else None,
        summary=" ".join(entry["summary"].split()) if "summary" in entry else None,
        has_body="body" in entry or "body_file" in entry,
        is_full={key: entry.get("content", value) == "full" for key, value in content.items()},
        sections=entry["sections"],
        authors=[" ".join((one if isinstance(one, str) else one["name"]).split()) for one in entry.get("authors", ())],
        tags=[root["sections"][key]["title"] for key in entry["sections"]] + entry.get("tags", []),
        enclosures=[(urljoin(base, one["url"]), one["length"], one["type"]) for one in entry.get("enclosures", ())],
    )


def _read_time(text: str, site: dict[str, Any]) -> datetime:
    moment = datetime.fromisoformat(text.upper()).replace(microsecond=0)
    return (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(site["timezone"]))).astimezone(UTC)
