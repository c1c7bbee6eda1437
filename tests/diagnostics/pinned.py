"""Catalogues with one thing wrong, and everything that `check` says of them, as a terminal shows it."""

from __future__ import annotations

from contextlib import chdir
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import feedpub
from feedpub.diagnostics.reports import format_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NOW = datetime(2026, 3, 1, tzinfo=UTC)

SITE = 'site: {title: T, url: "https://e.org/", tag_authority: "e.org,2026"}\n'
SECTIONS = "sections: {a: {title: A}}\n"
HEAD = SITE + SECTIONS
RETIRED = "retired: {b: {title: B, at: 2026-01-01T00:00:00Z, notice: N}}\n"

_FIELDS = {"id": "x", "title": "T", "url": "x", "published": "2026-01-01T00:00:00Z", "sections": "[a]"}


def site(field: str) -> str:
    """Return a catalogue whose site has one more field, on line 2 from column 3."""
    return f'site:\n  {field}\n  title: T\n  url: https://e.org/\n  tag_authority: "e.org,2026"\n{SECTIONS}'


def teaser(*lines: str, without: str = "", head: str = HEAD) -> str:
    """Return a catalogue with a sound teaser but for some lines, which begin at column 5: behind HEAD, on line 4."""
    return head + _entry("teasers", lines, _FIELDS | {"summary": "S"}, without)


def article(*lines: str, without: str = "", head: str = HEAD) -> str:
    """Return a catalogue with a sound article but for some lines, which begin at column 5: behind HEAD, on line 4."""
    return head + _entry("articles", lines, _FIELDS | {"body": "B"}, without)


def fields(*lines: str) -> str:
    """Return the beginning of an entry, whose lines begin on line 3 at column 5: enough where YAML goes wrong."""
    return "teasers:\n  - id: x\n" + "".join(f"    {line}\n" for line in lines)


def tell(folder: Path, catalogue: str | bytes, *, files: Mapping[str, str] | None = None) -> str:
    """Return the diagnostics of a catalogue that stands in a folder, beside other files."""
    for name, text in (files or {}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    data = catalogue if isinstance(catalogue, bytes) else catalogue.encode()
    (folder / "catalogue.yaml").write_bytes(data)
    with chdir(folder):
        return format_text(feedpub.check("catalogue.yaml", now=NOW))


def _entry(key: str, lines: tuple[str, ...], known: dict[str, str], without: str) -> str:
    rest = [f"{name}: {value}" for name, value in known.items() if name not in without.split()]
    first, *others = [*lines, *rest]
    return f"{key}:\n  - {first}\n" + "".join(f"    {line}\n" for line in others)
