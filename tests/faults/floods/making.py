"""How floods are written: a shape is a function that yields the text of a catalogue until it is large enough."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Texts: TypeAlias = "Iterator[str | bytes]"

CATALOGUE = "articles.yaml"

HEAD = 'site: {title: T, url: "https://e.org/", tag_authority: "e.org,2026"}\nsections: {a: {title: A}}\n'

TURN = 1 << 16
"""Bytes that are written at once."""


@dataclass(frozen=True, slots=True)
class Flood:
    """A catalogue of any size: ``write`` makes it in a folder, of about so many bytes; ``name`` tells its shape."""

    name: str
    write: Callable[[Path, int], None]


FLOODS: dict[str, Flood] = {}
"""Every flood by its name."""


def shape(function: Callable[[int], Texts]) -> Callable[[int], Texts]:
    """Make a flood of a function that yields the text of the catalogue's one file, given its size in bytes."""

    def write(folder: Path, size: int) -> None:
        with (folder / CATALOGUE).open("wb") as file:
            for text in function(size):
                file.write(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))

    add_flood(function.__name__, write)
    return function


def flood(function: Callable[[Path, int], None]) -> Callable[[Path, int], None]:
    """Make a flood of a function that writes a catalogue of several files into a folder."""
    add_flood(function.__name__, function)
    return function


def add_flood(name: str, write: Callable[[Path, int], None]) -> None:
    """Add a flood; its name tells what it is made of, with underscores."""
    FLOODS[name.replace("_", " ")] = Flood(name.replace("_", " "), write)


def fill(size: int, write: Callable[[int], str]) -> Iterator[str]:
    """Yield texts by their numbers, from 0, until they have so many characters."""
    done = 0
    for number in count():
        if done >= size:
            return
        text = write(number)
        done += len(text)
        yield text


def repeat(text: str, size: int) -> Iterator[str]:
    """Yield a text again and again, in all about so many characters."""
    many = text * max(TURN // len(text), 1)
    for _ in range(size // len(many)):
        yield many
    yield text * (size % len(many) // len(text) + 1)


def write_article(number: int, **fields: str) -> str:
    """Return an item of a list of articles; a field that is empty is left out."""
    known = {
        "id": f"e{number}",
        "title": f"Title {number}",
        "url": f"e{number}",
        "published": f"2026-05-{number % 28 + 1:02}T{number % 24:02}:00:00Z",
        "sections": "[a]",
        "body": "" if "body_file" in fields else "x",
    } | fields
    return "- " + "\n  ".join(f"{name}: {value}" for name, value in known.items() if value) + "\n"


def write_entries(size: int, **fields: str) -> Iterator[str]:
    """Yield a catalogue of articles that differ in their names alone."""
    yield HEAD + "articles:\n"
    yield from fill(size, lambda number: write_article(number, **fields))


def write_one_value(field: str, value: Iterator[str], *, before: str = "", after: str = "") -> Iterator[str]:
    """Yield a catalogue with one article, of which one field holds what is long."""
    yield HEAD + "articles:\n" + write_article(0, **{field: ""}) + f"  {field}: {before}"
    yield from value
    yield after + "\n"
