"""Catalogues of hostile texts, published as they are, and what parsers of others read in the documents."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import feedpub
from feedpub.pipeline import discover

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SITE = {"title": "News", "url": "https://news.example.org/", "tag_authority": "news.example.org,2026", "limit": 1000}
TIMES = {"published": "2026-02-12T09:00:00Z"}

_ATOM = "{http://www.w3.org/2005/Atom}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_ROOTS = ("sections", "articles", "teasers", "retracted", "retired")


@dataclass
class Catalogue:
    """A catalogue as it is written: each entry, section and so on stands on a line of its own, under its name."""

    site: Mapping[str, Any] = field(default_factory=lambda: SITE)
    parts: dict[str, dict[str, Any]] = field(default_factory=lambda: {root: {} for root in _ROOTS})

    def add(self, root: str, name: str, value: Mapping[str, Any]) -> None:
        """Add an entry, a section, a retraction or a retired topic."""
        self.parts[root][name] = value

    def write(self, path: Path) -> dict[int, tuple[str, str]]:
        """Write it, in JSON, which is YAML; return what stands on which line."""
        lines, places = [f"site: {json.dumps(self.site)}"], {}
        for root, values in self.parts.items():
            lines += [f"{root}:"] if values else []
            for name, value in values.items():
                text = json.dumps(value, ensure_ascii=False)
                lines.append(f"  {name}: {text}" if root in ("sections", "retired") else f"  - {text}")
                places[len(lines)] = (root, name)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
        return places


@dataclass(frozen=True)
class Published:
    """What came of a catalogue: the documents by their paths, the snippet, and the names of what was refused."""

    files: dict[str, bytes]
    snippet: str
    refused: frozenset[str]

    def list_texts(self, suffix: str) -> list[tuple[str, str]]:
        """Return the documents whose names end so, as text."""
        return [(path, data.decode()) for path, data in sorted(self.files.items()) if path.endswith(suffix)]


def find_refused(catalogue: Catalogue, folder: Path) -> frozenset[tuple[str, str]]:
    """Return the root keys and names of what a check refuses; what is refused elsewhere fails the test."""
    path = folder / "articles.yaml"
    places = catalogue.write(path)
    found = [one for one in feedpub.check(path, now=NOW, output=folder / "feeds") if one.severity == "error"]
    return frozenset(places[one.line] for one in found)


def publish(catalogue: Catalogue, folder: Path) -> Published:
    """Publish a catalogue without what is refused in it."""
    refused = find_refused(catalogue, folder)
    for root, name in refused:
        del catalogue.parts[root][name]
    path = folder / "articles.yaml"
    catalogue.write(path)
    feedpub.render(path, now=NOW, output=folder / "feeds")
    files = {one.name: one.read_bytes() for one in (folder / "feeds").iterdir()}
    return Published(files, discover(path, now=NOW), frozenset(name for _, name in refused))


def has_errors(catalogue: Catalogue, folder: Path) -> bool:
    """Tell whether a check finds an error in a catalogue."""
    path = folder / "articles.yaml"
    catalogue.write(path)
    return any(one.severity == "error" for one in feedpub.check(path, now=NOW, output=folder / "feeds"))


@dataclass(frozen=True)
class Read:
    """An entry as a document gives it: title, summary and words around them as text, the content as HTML."""

    title: str
    link: str
    summary: str | None
    content: str | None
    authors: tuple[str, ...]
    tags: tuple[str, ...]


def read_rss(data: bytes) -> list[Read]:
    """Return the entries of an RSS document; a description is HTML, and stays it here."""
    creator = "{http://purl.org/dc/elements/1.1/}creator"
    return [
        Read(
            title=item.findtext("title", ""),
            link=item.findtext("link", ""),
            summary=item.findtext("description"),
            content=item.findtext(_CONTENT),
            authors=tuple(one.text or "" for one in item.iterfind(creator)),
            tags=tuple(one.text or "" for one in item.iterfind("category")),
        )
        for item in ET.fromstring(data).iterfind("channel/item")  # noqa: S314 - feedpub wrote it
    ]


def read_atom(data: bytes) -> list[Read]:
    """Return the entries of an Atom document."""
    entries = []
    for entry in ET.fromstring(data).iterfind(f"{_ATOM}entry"):  # noqa: S314 - feedpub wrote it
        types = {one.tag: one.get("type", "text") for one in entry if one.tag.endswith(("title", "summary", "content"))}
        assert set(types.values()) <= {"text", "html"}
        assert types.get(f"{_ATOM}summary", "text") == types[f"{_ATOM}title"] == "text"
        link = entry.find(f"{_ATOM}link[@rel='alternate']")
        entries.append(
            Read(
                title=entry.findtext(f"{_ATOM}title", ""),
                link="" if link is None else link.get("href", ""),
                summary=entry.findtext(f"{_ATOM}summary"),
                content=entry.findtext(f"{_ATOM}content"),
                authors=tuple(one.text or "" for one in entry.iterfind(f"{_ATOM}author/{_ATOM}name")),
                tags=tuple(one.get("label") or one.get("term") or "" for one in entry.iterfind(f"{_ATOM}category")),
            )
        )
    return entries


def read_json(data: bytes) -> list[Read]:
    """Return the entries of a JSON Feed."""
    return [
        Read(
            title=item["title"],
            link=item["url"],
            summary=item.get("summary"),
            content=item.get("content_html"),
            authors=tuple(one["name"] for one in item.get("authors", ())),
            tags=tuple(item["tags"]),
        )
        for item in json.loads(data)["items"]
    ]


def list_strings(data: bytes) -> Sequence[str]:
    """Return every text and every attribute of an XML document, every string of a JSON document."""
    if data.startswith(b"<"):
        root = ET.fromstring(data)  # noqa: S314 - feedpub wrote it
        return [text for one in root.iter() for text in (one.text or "", one.tail or "", *one.attrib.values())]
    return list(_walk(json.loads(data)))


def _walk(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for key, one in value.items() for text in (key, *_walk(one))]
    if isinstance(value, list):
        return [text for one in value for text in _walk(one)]
    return [value] if isinstance(value, str) else []
