"""The GitHub action's script does what its inputs say, and what they hold stays text."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a repository with the sample, and a runner in which feedpub is installed."""
    shutil.copy(ROOT / "articles.yaml", tmp_path)
    shutil.copytree(ROOT / "feeds", tmp_path / "feeds")
    program = tmp_path / "runner" / "feedpub" / "bin" / "feedpub"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m feedpub "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return tmp_path


def act(folder: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    given = {name: one["default"] for name, one in ACTION["inputs"].items()} | inputs
    names = {f"FEEDPUB_{name.upper()}": value for name, value in given.items()}
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB", "GITLAB"))}
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", STEPS[-1]["run"]],
        cwd=folder,
        env=clean | names | {"RUNNER_TEMP": str(folder / "runner")},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


def test_no_step_puts_an_input_into_its_script() -> None:
    assert all("${{" not in step["run"] for step in STEPS)


@pytest.mark.parametrize("command", ["check", "render", "render-check"])
def test_a_sound_catalogue_passes(command: str, folder: Path) -> None:
    done = act(folder, command=command)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", ["check", "render", "render-check"])
def test_a_broken_catalogue_fails(command: str, folder: Path) -> None:
    (folder / "articles.yaml").write_text("site: {}\n", encoding="utf-8")
    assert act(folder, command=command).returncode == 1


def test_another_folder_is_rendered_into(folder: Path) -> None:
    assert act(folder, command="render", output="public").returncode == 0
    assert (folder / "public" / "manifest.json").is_file()


@pytest.mark.parametrize("value", ["$(touch hit)", "; touch hit", "--help", "`touch hit`"])
def test_what_an_input_holds_is_never_run(value: str, folder: Path) -> None:
    assert act(folder, command=value).returncode == 2
    assert act(folder, command="check", catalogue=value).returncode == 2
    assert not (folder / "hit").exists()
