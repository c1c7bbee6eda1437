"""The commands of docs/hosting.md and docs/pages.md do what they say; those that no test can run say why."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from feedpub.hosting import SERVERS

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")
ABOUT_PAGES = (ROOT / "docs" / "pages.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
BLOCKS = BLOCK.findall(PAGE)
COMMANDS = [text for language, text in BLOCKS + BLOCK.findall(ABOUT_PAGES) if language == "console"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "articles.yaml", tmp_path)
    program = tmp_path / "bin" / "feedpub"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m feedpub "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return tmp_path


@pytest.mark.parametrize("number", range(len(COMMANDS)))
def test_each_command_succeeds(folder: Path, number: int) -> None:
    lines = COMMANDS[number].splitlines()
    assert all(line.startswith("$ feedpub ") for line in lines)
    where = os.environ | {"PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    for line in lines:
        subprocess.run(["bash", "-c", line[2:]], cwd=folder, env=where, check=True, capture_output=True, timeout=60)
        if ">" in line:
            assert (folder / line.rpartition("> ")[2]).read_text(encoding="utf-8").startswith(("# https://", "<link "))


def test_what_is_not_run_says_why() -> None:
    assert {language for language, _ in BLOCKS} == {"console", "sh"}
    for language, text in BLOCKS:
        if language == "sh":
            assert text.startswith("# not run by our tests: it needs ")


@pytest.mark.parametrize("server", sorted(SERVERS))
def test_every_server_is_there(server: str) -> None:
    assert f"feedpub hostconfig {server} " in PAGE
