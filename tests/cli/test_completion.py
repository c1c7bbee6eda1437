"""What a shell completes feedpub's words to, and what is said of words that are not quite right."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from feedpub.cli.main import COMMANDS
from feedpub.diagnostics import RULES, WARNINGS

if TYPE_CHECKING:
    from pathlib import Path

CATALOGUE = """\
site: {title: T, url: "https://e.org/", tag_authority: "e.org,2026"}
sections: {politics: {title: P}, tech: {title: T}, talks: {title: T}}
"""


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "feedpub", *arguments]
    return subprocess.run(
        command, cwd=folder, env=os.environ | environment, capture_output=True, text=True, check=False
    )


def complete(folder: Path, *words: str) -> list[str]:
    """Return what the last word is completed to, as bash asks for it."""
    line = " ".join(["feedpub", *words])
    done = run(folder, _FEEDPUB_COMPLETE="bash_complete", COMP_WORDS=line, COMP_CWORD=str(len(words)))
    assert done.stderr == ""
    return [line.partition(",")[2] for line in done.stdout.splitlines() if line]


def test_commands_and_options_are_completed(tmp_path: Path) -> None:
    assert complete(tmp_path, "''") == list(COMMANDS)
    assert complete(tmp_path, "re") == [name for name in COMMANDS if name.startswith("re")]
    assert complete(tmp_path, "check", "--output-format", "s") == ["sarif"]


def test_rules_are_completed_and_lists_of_warnings_go_on(tmp_path: Path) -> None:
    assert complete(tmp_path, "explain", "duplicate-") == sorted(
        code for code in RULES if code.startswith("duplicate-")
    )
    assert complete(tmp_path, "check", "--ignore", "same-title,title") == ["same-title,title-markup"]
    assert len(complete(tmp_path, "render", "--select", "''")) == len(WARNINGS)


@pytest.mark.parametrize("words", [("snippet",), ("render", "other.yaml"), ("new", "Title", "other.yaml")])
def test_sections_are_completed_from_the_catalogue_that_is_meant(words: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "articles.yaml").write_text(CATALOGUE)
    (tmp_path / "other.yaml").write_text(CATALOGUE.replace("tech", "tests"))
    assert complete(tmp_path, *words, "--section", "t") == ["tests" if "other.yaml" in words else "tech", "talks"]


@pytest.mark.parametrize("text", [None, "site: {title: T}\n", "sections: [tech, talks]\n", "sections: {tech: {\n"])
def test_a_catalogue_without_sections_that_can_be_read_completes_nothing(text: str | None, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / "articles.yaml").write_text(text)
    assert complete(tmp_path, "snippet", "--section", "t") == []


def test_nothing_is_said_of_a_mistyped_command_while_a_word_is_completed(tmp_path: Path) -> None:
    assert complete(tmp_path, "rendr", "--o") == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_a_script_that_asks_feedpub(shell: str, tmp_path: Path) -> None:
    done = run(tmp_path, "completion", shell)
    assert done.returncode == 0
    assert f"_FEEDPUB_COMPLETE={shell}_complete" in done.stdout


def test_bash_completes_with_what_is_printed(tmp_path: Path) -> None:
    program = tmp_path / "feedpub"
    program.write_text(f'#!/bin/bash\nexec {sys.executable} -m feedpub "$@"\n')
    program.chmod(0o755)
    script = """
        eval "$(./feedpub completion bash)"
        COMP_WORDS=(feedpub explain cut); COMP_CWORD=2
        _feedpub_completion ./feedpub
        echo "${COMPREPLY[@]}"
    """
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["cut-by-comment"], done.stderr


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("rendr",), "Did you mean render?"),
        (("check", "--strickt"), "Did you mean '--strict'?"),
        (("check", "--output-format", "sarf"), "Did you mean sarif?"),
        (("status", "--output-format", "jsno"), "Did you mean json?"),
        (("completion", "bsh"), "Did you mean bash?"),
        (("explain", "duplicate-ids"), "Did you mean duplicate-id?"),
    ],
)
def test_a_mistyped_word_is_suggested(arguments: tuple[str, ...], hint: str, tmp_path: Path) -> None:
    done = run(tmp_path, *arguments)
    assert done.returncode == 2
    assert hint in done.stderr
