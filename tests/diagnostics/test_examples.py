"""Each rule's bad example breaks that rule and no other; its good one breaks none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from diagnostics.pinned import tell
from feedpub.diagnostics import RULES, WARNINGS
from feedpub.diagnostics.advice import SOURCES
from feedpub.diagnostics.examples import EXAMPLES

if TYPE_CHECKING:
    from pathlib import Path

CODE = re.compile(r"^[^ ]+: (?:error|warning)\[([a-z0-9-]+)\]: ", re.MULTILINE)
SITE = {
    "title": "Example News",
    "url": "https://news.example.org/",
    "tag_authority": "news.example.org,2026",
    "timezone": "Europe/London",
}
TEASER = {
    "id": "talks",
    "title": "Talks",
    "url": "tech/talks",
    "published": "2026-01-12T09:00:00Z",
    "sections": "[tech]",
    "summary": "They go on.",
}
ARTICLE = {name: value for name, value in TEASER.items() if name != "summary"}
SHOWN = sorted(code for code, example in EXAMPLES.items() if example.where != "words")


def write(where: str, text: str) -> str:
    """Return a catalogue in which an example stands where it belongs, and takes the place of what it names."""
    named = set(re.findall(r"^(\w+):", text, re.MULTILINE))

    def fill(fields: dict[str, str], indent: str) -> str:
        rest = [f"{name}: {value}" for name, value in fields.items() if name not in named]
        return "".join(f"{indent}{line}\n" for line in [*rest, *text.splitlines()])

    def keep(fields: dict[str, str], indent: str) -> str:
        return "".join(f"{indent}{name}: {value}\n" for name, value in fields.items())

    site = fill(SITE, "  ") if where == "site" else keep(SITE, "  ")
    entry = fill(TEASER, "    ") if where == "entry" else keep(TEASER, "    ")
    teasers = f"teasers:\n  - {entry.lstrip()}"
    if where == "article":
        teasers = f"articles:\n  - {fill(ARTICLE, '    ').lstrip()}"
    root = f"{text}\n" if where == "root" else ""
    return f"site:\n{site}sections: {{tech: {{title: Technology}}}}\n{teasers}{root}"


def test_every_rule_has_an_example_and_every_warning_a_source() -> None:
    assert set(EXAMPLES) == set(RULES)
    assert set(SOURCES) == WARNINGS


@pytest.mark.parametrize("code", SHOWN)
def test_the_bad_example_breaks_its_rule_alone(code: str, tmp_path: Path) -> None:
    example = EXAMPLES[code]
    assert set(CODE.findall(tell(tmp_path, write(example.where, example.bad)))) == {code}


@pytest.mark.parametrize("code", SHOWN)
def test_the_good_example_breaks_none(code: str, tmp_path: Path) -> None:
    example = EXAMPLES[code]
    assert tell(tmp_path, write(example.where, example.good)) == ""
