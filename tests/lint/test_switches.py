"""Which warnings are told, and which are errors, by the site and by the command line."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from feedpub import UsageError
from feedpub.diagnostics import RULES, diagnose
from feedpub.lint import Switches
from feedpub.record import Span
from lint.publications import HEAD, article, write

if TYPE_CHECKING:
    from pathlib import Path

OLD = ("--now", "2026-06-01T00:00:00Z")
TWO = article(title="Q&amp;A", image="{url: a.jpg}")


def run(folder: Path, *arguments: str) -> tuple[int, list[str]]:
    command = [sys.executable, "-m", "feedpub", *arguments, *OLD, "--output-format", "concise"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    told = [line.split()[1] for line in done.stdout.splitlines() if "articles.yaml:" in line]
    return done.returncode, told or [line for line in done.stderr.splitlines() if line.startswith("feedpub: ")]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        ((), 0, ["warning[title-markup]", "warning[image-without-alt]"]),
        (("--ignore", "title-markup"), 0, ["warning[image-without-alt]"]),
        (("--ignore", "title-markup,image-without-alt"), 0, []),
        (("--ignore", "title-markup", "--ignore", "image-without-alt"), 0, []),
        (("--select", "title-markup"), 0, ["warning[title-markup]"]),
        (("--select", "title-markup", "--strict"), 1, ["error[title-markup]"]),
        (("--strict",), 1, ["error[title-markup]", "error[image-without-alt]"]),
        (("--ignore", "title-markups"), 2, ["feedpub: there is no rule 'title-markups'; did you mean title-markup?"]),
        (("--select", "syntax"), 2, ["feedpub: the rule syntax is an error: only warnings can be selected or ignored"]),
    ],
)
@pytest.mark.parametrize("command", ["check", "render"])
def test_the_command_line_switches_warnings(
    command: str, arguments: tuple[str, ...], code: int, told: list[str], tmp_path: Path
) -> None:
    write(tmp_path, TWO)
    assert run(tmp_path, command, *arguments) == (code, told)
    assert (tmp_path / "feeds").exists() == (command == "render" and code == 0)


def test_the_site_switches_warnings_and_a_selection_overrules_what_it_ignores(tmp_path: Path) -> None:
    lint = "title: Example News, lint: {ignore: [title-markup], error: [image-without-alt]}"
    write(tmp_path, TWO, head=HEAD.replace("title: Example News", lint))
    assert run(tmp_path, "check") == (1, ["error[image-without-alt]"])
    assert run(tmp_path, "check", "--select", "title-markup") == (0, ["warning[title-markup]"])
    assert run(tmp_path, "render", "--ignore", "image-without-alt") == (0, [])


def test_an_error_of_the_catalogue_cannot_be_switched_off() -> None:
    span = Span(1, 1, 1, 2)
    found = [diagnose(code, "x", file="f", span=span) for code in RULES]
    kept = Switches(select=("title-markup",)).apply(found, site=None)
    assert {one.rule for one in kept} == {
        "title-markup",
        *(rule.code for rule in RULES.values() if rule.severity == "error"),
    }


def test_a_rule_that_there_is_not_is_refused() -> None:
    with pytest.raises(UsageError, match="there is no rule 'nonsense'"):
        Switches(ignore=("nonsense",))
