"""Catalogues of files that are large enough to be read in pieces by others."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
site: {title: T, url: "https://e.org/", tag_authority: "e.org,2026", timezone: Europe/London, limit: 30}
sections: {a: {title: A}, b: {title: B}}
include: ["more/*.yaml"]
articles:
"""


def write_article(number: int, **fields: str) -> str:
    """Return an item of a list of articles; a field that is empty is left out."""
    known = {
        "id": f"e{number}",
        "title": f"Title {number}",
        "url": f"e{number}",
        "published": f"2026-05-{number % 28 + 1:02}T{number % 24:02}:00",
        "sections": "[b]" if number % 3 else "[a, b]",
        "body": "|\n      Text with *marks* and a [link](x).\n\n      More <b>text</b>.",
    } | fields
    return "  - " + "\n    ".join(f"{name}: {value}" for name, value in known.items() if value) + "\n"


def write_shards(folder: Path, *, shards: int, entries: int, size: int = 0) -> Path:
    """Write a catalogue whose entries stand in included files, with bodies of so many bytes more; return its path."""
    (folder / "more").mkdir(parents=True)
    more = "\n\n      " + "Words and words. " * (size // 17)
    for shard in range(shards):
        some = (write_article(1_000 * shard + number) for number in range(entries))
        text = "".join(one.replace("</b>.", f"</b>.{more}" if size else "</b>.") for one in some)
        (folder / "more" / f"{shard:03}.yaml").write_text(f"articles:\n{text}", encoding="utf-8")
    path = folder / "articles.yaml"
    path.write_text(HEAD + write_article(999_999), encoding="utf-8")
    return path
