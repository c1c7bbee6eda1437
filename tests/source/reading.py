"""Files to be read: what they hold, where, and what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedpub.source import CatalogueFile

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from feedpub.record import Record, Span, Value

LISTED = ("articles", "teasers")


def read(folder: Path, text: str | bytes, *, only: Collection[str] | None = None) -> tuple[list[Record], CatalogueFile]:
    """Return the records of a file with this text, of the keys in LISTED one an item, and the file."""
    path = folder / "catalogue.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    file = CatalogueFile(path, name="catalogue.yaml")
    return list(file.read(listed=LISTED, only=only)), file


def read_one(folder: Path, text: str) -> Record:
    """Return the last record of a file in which nothing is wrong."""
    records, file = read(folder, text)
    assert file.diagnostics == []
    return records[-1]


def read_values(folder: Path, text: str | bytes) -> dict[str, Value]:
    """Return the value of each root key of a file in which nothing is wrong."""
    records, file = read(folder, text)
    assert file.diagnostics == []
    assert file.complete
    return {record.key: record.value for record in records}


def tell_flaws(folder: Path, text: str | bytes) -> list[str]:
    """Return the place and the rule of everything that is wrong with a file's text and YAML."""
    _, file = read(folder, text)
    return [f"{one.line}:{one.column} {one.rule}" for one in file.diagnostics]


def show(span: Span) -> str:
    """Return a place as text: ``1:2-1:4``."""
    return f"{span.line}:{span.column}-{span.end_line}:{span.end_column}"
