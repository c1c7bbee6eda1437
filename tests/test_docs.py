"""The documentation says what the code does."""

from __future__ import annotations

import re
import runpy
from datetime import UTC, datetime
from pathlib import Path

import pytest

import feedpub
from feedpub.cli.main import COMMANDS
from feedpub.diagnostics import RULES

ROOT = Path(__file__).parents[1]
PAGES: dict[str, str] = runpy.run_path(str(ROOT / "docs" / "generate.py"))["make_pages"]()


@pytest.mark.parametrize("page", sorted(PAGES))
def test_a_generated_page_is_what_the_code_makes(page: str) -> None:
    assert (ROOT / "docs" / page).read_text(encoding="utf-8") == PAGES[page]


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"`feedpub {command}`" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_two_commands_are_in_the_readme() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "\npip install . && feedpub render\n" in text
    assert "\npip install nox && nox\n" in text


@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_rule_is_documented(rule: str) -> None:
    assert f"| `{rule}` |" in PAGES["rules.md"]


def test_the_pictures_of_the_pages_are_there_and_their_catalogue_is_sound(tmp_path: Path) -> None:
    home = ROOT / "docs" / "pictures"
    shown = re.findall(r"\(pictures/([a-z-]+\.png)\)", (ROOT / "docs" / "pages.md").read_text(encoding="utf-8"))
    assert sorted(shown) == sorted(path.name for path in home.glob("*.png"))
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert feedpub.check(home / "articles.yaml", output=tmp_path, now=now) == []


def test_the_templates_by_example_make_pages(tmp_path: Path) -> None:
    examples = re.findall(r"```jinja\n(.*?)```", (ROOT / "docs" / "pages.md").read_text(encoding="utf-8"), re.DOTALL)
    sample = (ROOT / "articles.yaml").read_text(encoding="utf-8").replace("site:\n", "site:\n  templates: own\n", 1)
    (tmp_path / "articles.yaml").write_text(sample, encoding="utf-8")
    (tmp_path / "own").mkdir()
    for name, text in zip(("topic.html", "words.html"), examples, strict=True):
        (tmp_path / "own" / name).write_text(text, encoding="utf-8")
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    feedpub.render(tmp_path / "articles.yaml", output=tmp_path / "feeds", now=now)
    page = (tmp_path / "feeds" / "politics.html").read_text(encoding="utf-8")
    assert "Abonnieren</h2>" in page
    assert '<a href="https://news.example.org/imprint">Imprint</a>' in page


def test_every_template_is_documented() -> None:
    told = (ROOT / "docs" / "pages.md").read_text(encoding="utf-8")
    templates = Path(feedpub.__file__).parent / "pages" / "templates"
    assert {path.name for path in templates.iterdir() if f"`{path.name}`" not in told} == set()
