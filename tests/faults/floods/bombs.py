"""Small catalogues that would be very large, or take very long: what the design calls bombs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from faults.floods.making import CATALOGUE, HEAD, add_flood, write_article

if TYPE_CHECKING:
    from pathlib import Path

_LEVELS = range(1, 10)


def _alias_by_alias() -> str:
    """Return the levels of a title that would be a thousand million words."""
    levels = [f"x-{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]" for level in _LEVELS]
    return "\n".join([HEAD + "x-0: &a0 storm", *levels, "articles:", write_article(0, title="*a9")])


def _alias_of_text() -> str:
    """Return half a kilobyte, a few times over, that a message might repeat."""
    text = "&b0 " + "words " * 80
    levels = [f"x-{level}: &b{level} [{', '.join([f'*b{level - 1}'] * 9)}]" for level in _LEVELS]
    end = ["articles:", write_article(0, title="*b9", tags="*b9")]
    return "\n".join([f"{HEAD}x-0: {text}", *levels, *end])


def _merge_by_merge() -> str:
    """Return mappings, each of which merges ten of the level below with keys of their own."""
    levels = [HEAD + "x-0: &m0 {k: v}"]
    for level in _LEVELS:
        sources = ", ".join(f"{{<<: *m{level - 1}, k{level}-{number}: v}}" for number in range(10))
        levels.append(f"x-{level}: &m{level} {{<<: [{sources}]}}")
    return "\n".join([*levels, "articles:", "- <<: *m9\n"])


def _alias_to_itself() -> str:
    return HEAD + "articles:\n" + write_article(0, tags="&t [*t, *t]")


def _merge_of_itself() -> str:
    return HEAD + "x-m: &m {<<: *m, a: b}\narticles:\n- <<: *m\n"


def _entry(**fields: str) -> str:
    return HEAD + "articles:\n" + write_article(0, **fields)


def _body(text: str, **fields: str) -> str:
    return _entry(body=f"|\n    {text}", **fields)


TEXTS = {
    "aliases of aliases": _alias_by_alias(),
    "aliases of a text": _alias_of_text(),
    "merges of merges": _merge_by_merge(),
    "an alias to itself": _alias_to_itself(),
    "a merge of itself": _merge_of_itself(),
    "25 kB of brackets": HEAD + "articles: " + "[" * 25_000,
    "brackets in a title": _entry(title="[" * 200_000),
    "braces in a title": _entry(title="{a: " * 200_000),
    "dashes without end": HEAD + "articles:\n" + "- " * 200_000,
    "keys of keys": HEAD + "? " * 200_000,
    "100,000 nested blocks": _body("<div>" * 100_000, body_format="html"),
    "80 kB of quotes": _body(">" * 80_000),
    "nested lists": _body("- " * 40_000 + "x"),
    "nested emphasis": _body("*_" * 40_000 + "x"),
    "nested brackets": _body("[" * 100_000),
    "a table of very many columns": _body("|a" * 5_000 + "|\n    " + "|-" * 5_000 + "|\n    " + "|\n    " * 5_000),
    "formatting that is opened again": _body("<b>" * 40 + "x\n\n    " * 5_000),
    "formatting in paragraphs": _body("<p><b><i><u>x" * 5_000, body_format="html"),
    "a definition that is used often": _body(f"[a]: /{'x' * 20_000}\n\n    " + "[a] " * 20_000),
    "a number of a million digits": _entry(image=f"{{url: x, width: {'9' * 1_000_000}}}"),
    "a year of a million digits": _entry(published="9" * 1_000_000),
    "a host of a million letters": _entry(url=f"https://{'é' * 1_000_000}/"),
    "spaces in a line that is none": HEAD + "articles:\n- id: a\n  title: a" + " " * 300_000 + "b: c: d\n",
    "a hundred thousand comments behind a value": _entry(title="x" + " #a" * 100_000),
    "two escapes behind 100,000 lines": _body('"' + "\n    x" * 100_000 + '\\x01\\x02"').replace("|\n    ", ""),
    "a thousand mistakes behind 100,000 lines": f"{HEAD}articles:\n{chr(10) * 100_000}"
    + write_article(0, title="[x") * 1_000,
}
BOMBS: list[str] = []


def _write(folder: Path, size: int, *, text: str) -> None:  # noqa: ARG001 - a bomb has its own
    (folder / CATALOGUE).write_text(text, encoding="utf-8")


def _add_bombs() -> None:
    for name, text in TEXTS.items():
        add_flood(name, partial(_write, text=text))
        BOMBS.append(name)
    BOMBS.extend(("folders in folders", "folders that link to each other", "links in a circle", "globs full of stars"))
    BOMBS.extend(("a pipe as catalogue", "a device as catalogue", "pipes as bodies", "a device as a body"))


_add_bombs()
