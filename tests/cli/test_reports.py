"""Which report is printed where: what is asked for, else what suits the place."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from feedpub.cli.options import REPORTS
from feedpub.diagnostics import RULES, reports

if TYPE_CHECKING:
    from pathlib import Path

BROKEN = "site: {}\nsections: {a: {title: A}}\n"
SOUND = 'site: {title: T, url: "https://e.org/", tag_authority: "e.org,2026"}\nsections: {a: {title: A}}\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "articles.yaml").write_text(BROKEN, encoding="utf-8")
    return tmp_path / "news"


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB", "GITLAB", "CI"))}
    return subprocess.run(
        [sys.executable, "-m", "feedpub", *arguments],
        cwd=folder,
        env=clean | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


def test_the_command_line_knows_every_report() -> None:
    assert REPORTS == reports.REPORTS


@pytest.mark.parametrize("command", ["check", "render", "due"])
@pytest.mark.parametrize("report", ["json", "gitlab", "sarif"])
def test_a_document_is_all_that_stdout_holds(command: str, report: str, folder: Path) -> None:
    done = run(folder, command, "--output-format", report)
    assert done.returncode == 1
    json.loads(done.stdout)
    assert done.stderr.startswith("3 errors in articles.yaml")


def test_without_problems_a_document_stands_alone_too(folder: Path) -> None:
    (folder / "articles.yaml").write_text(SOUND, encoding="utf-8")
    done = run(folder, "render", "--output-format", "json")
    assert json.loads(done.stdout) == []
    assert "10 written" in done.stderr


def test_a_document_is_never_cut(folder: Path) -> None:
    done = run(folder, "check", "--output-format", "json", "--max-problems", "1")
    assert len(json.loads(done.stdout)) == 3


def test_github_gets_its_commands_with_paths_from_the_repository_and_a_summary(folder: Path) -> None:
    summary = folder.parent / "summary.md"
    places = {"GITHUB_WORKSPACE": str(folder.parent), "GITHUB_STEP_SUMMARY": str(summary)}
    done = run(folder, "check", GITHUB_ACTIONS="true", **places)
    assert done.stdout.startswith("::error file=news/articles.yaml,line=1,")
    assert summary.read_text(encoding="utf-8").startswith("### feedpub\n\n| place |")
    assert run(folder, "check", "--output-format", "text", GITHUB_ACTIONS="true").stdout.startswith("articles.yaml:1:")


def test_github_without_a_summary_gets_its_commands(folder: Path) -> None:
    done = run(folder, "check", GITHUB_ACTIONS="true")
    assert done.returncode == 1
    assert done.stdout.startswith("::error file=articles.yaml,line=1,")


def test_gitlab_gets_text(folder: Path) -> None:
    assert run(folder, "check", GITLAB_CI="true").stdout.startswith("articles.yaml:1:")


def test_another_format_is_no_format(folder: Path) -> None:
    done = run(folder, "check", "--output-format", "xml")
    assert done.returncode == 2
    assert "'xml' is not one of" in done.stderr


def test_explain_says_what_a_rule_is_for_and_what_breaks_it(folder: Path) -> None:
    done = run(folder, "explain", "choice")
    assert done.stdout == (
        "choice (error)\n\nThe field takes one of a few words.\n\n"
        "breaks it:\n\n    content: short\n\nkeeps it:\n\n    content: summary\n"
    )


def test_explain_names_the_source_of_an_advice(folder: Path) -> None:
    assert run(folder, "explain", "large-feed").stdout.splitlines()[-1].startswith("source: ")


def test_explain_lists_every_rule(folder: Path) -> None:
    assert [line.split()[0] for line in run(folder, "explain").stdout.splitlines()] == list(RULES)


def test_a_mistyped_rule_is_suggested(folder: Path) -> None:
    done = run(folder, "explain", "choise")
    assert done.returncode == 2
    assert "There is no rule 'choise'. Did you mean choice?" in done.stderr
