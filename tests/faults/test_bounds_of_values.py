"""A value at its bound is published, one beyond it is refused, and nothing else is said of it."""

from __future__ import annotations

from contextlib import chdir
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

import feedpub
from faults.floods import HEAD, write_article

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NOW = datetime(2026, 6, 1, tzinfo=UTC)
BASE = len("https://e.org/")


def body(size: int) -> str:
    """Return a body of so many bytes, its last line's end not among them."""
    line = f"    {'x' * 1_023}\n"
    return "|-\n" + line * (size // 1_024) + f"    {'y' * (size % 1_024)}"


CASES: dict[str, tuple[Callable[[int], dict[str, str]], int, str]] = {
    "title": (lambda size: {"title": "t" * size}, 500, "too-long"),
    "title beyond the plane": (lambda size: {"title": "\U0001f600" * size}, 500, "too-long"),
    "url": (lambda size: {"url": "u" * (size - BASE)}, 2_000, "too-long"),
    "absolute url": (lambda size: {"url": "https://f.org/" + "u" * (size - BASE)}, 2_000, "too-long"),
    "id": (lambda size: {"id": "i" * size}, 128, "id-too-long"),
    "guid": (lambda size: {"guid": "g" * size}, 1_000, "too-long"),
    "tag": (lambda size: {"tags": f"[{'t' * size}]"}, 500, "too-long"),
    "tags": (lambda size: {"tags": f"[{', '.join(f't{number}' for number in range(size))}]"}, 1_000, "too-long"),
    "author": (lambda size: {"authors": f"[{{name: {'a' * size}}}]"}, 500, "too-long"),
    "author alone": (lambda size: {"authors": f"[{'a' * size}]"}, 500, "too-long"),
    "authors": (lambda size: {"authors": f"[{', '.join(f'a{number}' for number in range(size))}]"}, 1_000, "too-long"),
    "body": (lambda size: {"body": body(size)}, 512 << 10, "body-too-long"),
    "entry": (lambda size: {"body": body(500_000), "summary": body(size - 500_000 - 32)}, 1 << 20, "entry-too-long"),
    "nesting": (
        lambda size: {"body": "<div>" * (size - 1) + "<p>x" + "</div>" * (size - 1), "body_format": "html"},
        100,
        "body-nests-too-deep",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_value_is_sound_at_its_bound_and_refused_beyond(name: str, tmp_path: Path) -> None:
    write, bound, rule = CASES[name]
    assert find_errors(HEAD + "articles:\n" + write_article(0, **write(bound)), tmp_path) == []
    assert find_errors(HEAD + "articles:\n" + write_article(0, **write(bound + 1)), tmp_path) == [rule]


@pytest.mark.parametrize(("size", "rules"), [(64, []), (65, ["key-too-long"])])
def test_a_section_is_sound_at_its_bound_and_refused_beyond(size: int, rules: list[str], tmp_path: Path) -> None:
    head = HEAD.replace("{a: ", f"{{{'k' * size}: {{title: K}}, a: ")
    assert find_errors(head + "articles:\n" + write_article(0), tmp_path) == rules


@pytest.mark.parametrize(("size", "rules"), [(512 << 10, []), ((512 << 10) + 1, ["body-too-long"])])
def test_a_body_file_is_sound_at_its_bound_and_refused_beyond(size: int, rules: list[str], tmp_path: Path) -> None:
    (tmp_path / "body.md").write_bytes(b"words\n" * (size // 6) + b"x" * (size % 6))
    assert find_errors(HEAD + "articles:\n" + write_article(0, body_file="body.md"), tmp_path) == rules


def find_errors(text: str, folder: Path) -> list[str]:
    (folder / "articles.yaml").write_text(text, encoding="utf-8")
    with chdir(folder):
        return [one.rule for one in feedpub.check(now=NOW) if one.severity == "error"]
