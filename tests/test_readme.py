"""The README's commands do what it says, and print what it shows."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONSOLE = [tuple(block.split("\n", 1)) for block in re.findall(r"```console\n\$ (.*?)```", README, re.DOTALL)]
MISTAKES = (
    ("    published: 2026-02-12T09:00:00Z", "    published: 20260212"),
    ("    published: 2026-02-12T08:20:00Z", "    pubished: 2026-02-12T08:20:00Z"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("articles.yaml", "articles.schema.json"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def run(folder: Path, *command: str) -> str:
    done = subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    return done.stdout


def test_the_tour_prints_what_it_shows(folder: Path) -> None:
    assert len(CONSOLE) == 4
    path = folder / "articles.yaml"
    sound = path.read_text(encoding="utf-8")
    for command, shown in CONSOLE:
        path.write_text(sound, encoding="utf-8")
        if command.endswith("check"):
            text = sound
            for right, wrong in MISTAKES:
                assert text.count(right) == 1
                text = text.replace(right, wrong)
            path.write_text(text, encoding="utf-8")
        name, *arguments = shlex.split(command)
        assert name == "feedpub"
        printed = run(folder, "-m", "feedpub", *arguments)
        assert hide_time(printed) == hide_time(shown)


def test_the_catalogue_by_example_is_sound(folder: Path) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    (folder / "example.yaml").write_text(example, encoding="utf-8")
    assert run(folder, "-m", "feedpub", "check", "example.yaml") == "example.yaml: no problems\n"


def test_the_library_by_example_renders(folder: Path) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert run(folder, "-c", example) == ""
    assert (folder / "feeds" / "manifest.json").is_file()


def test_everything_that_is_written_is_in_the_table(folder: Path) -> None:
    run(folder, "-m", "feedpub", "render")
    topics = re.findall(r"^  (\w+): \{title", (folder / "articles.yaml").read_text(encoding="utf-8"), re.MULTILINE)
    table = re.findall(r"^\| `([^`]+)` \| ", README.partition("## What is written")[2], re.MULTILINE)
    expected = {row.replace("<topic>", topic) for row in table for topic in [*topics, "all"]}
    assert {path.name for path in (folder / "feeds").iterdir()} == expected


def hide_time(text: str) -> str:
    return re.sub(r"\(\d+\.\d\d s\)", "(0.00 s)", text)
