"""The documentation says what the code does."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

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
