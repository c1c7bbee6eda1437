"""The same catalogue and the same moment give the same bytes, wherever and however feedpub is run."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import yaml

import feedpub
from golden.cases import CASES, GOLDEN, NOW

if TYPE_CHECKING:
    from pathlib import Path

ENVIRONMENTS = {
    "plain": {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0", "PYTHONUTF8": "1"},
    "no UTF-8": {
        "TZ": "Asia/Tokyo",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "7",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
    },
    "Turkish": {"TZ": "Pacific/Apia", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "4242"},
    "odd zone": {"TZ": "XXX-13:45", "LANG": "de_DE.ISO-8859-1", "PYTHONHASHSEED": "random", "PYTHONOPTIMIZE": "2"},
}


def read_folder(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def render(catalogue: str, output: str, *, folder: Path, environment: dict[str, str]) -> None:
    """Render in a process of its own, which inherits nothing that these tests vary."""
    varied = {name for one in ENVIRONMENTS.values() for name in one}
    inherited = {name: value for name, value in os.environ.items() if name not in varied and not name.startswith("LC_")}
    command = [sys.executable, "-m", "feedpub", "render", catalogue, "-o", output, f"--now={NOW.isoformat()}", "--diff"]
    subprocess.run(command, cwd=folder, env=inherited | environment, capture_output=True, check=True, timeout=60)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("environment", ENVIRONMENTS.values(), ids=ENVIRONMENTS)
def test_zone_locale_hash_seed_and_folder_change_no_byte(
    case: str, environment: dict[str, str], tmp_path: Path
) -> None:
    render(str(GOLDEN / case / "articles.yaml"), "out", folder=tmp_path, environment=environment)
    assert read_folder(tmp_path / "out") == read_folder(GOLDEN / case / "expected")


@pytest.mark.parametrize(
    ("folder", "catalogue"),
    [(".", "articles.yaml"), (".", "./articles.yaml"), ("more", "../articles.yaml"), ("..", "full/articles.yaml")],
)
def test_a_relative_path_to_the_catalogue_changes_no_byte(folder: str, catalogue: str, tmp_path: Path) -> None:
    output = tmp_path / "out"
    render(catalogue, str(output), folder=GOLDEN / "full" / folder, environment=ENVIRONMENTS["plain"])
    assert read_folder(output) == read_folder(GOLDEN / "full" / "expected")


def test_the_name_and_the_place_of_the_catalogue_change_no_byte(tmp_path: Path) -> None:
    copy = tmp_path / "ein Ort mit ä"
    shutil.copytree(GOLDEN / "full", copy)
    (copy / "articles.yaml").rename(copy / "κατάλογος.yml")
    feedpub.render(copy / "κατάλογος.yml", output=tmp_path / "out", now=NOW)
    assert read_folder(tmp_path / "out") == read_folder(GOLDEN / "full" / "expected")


@pytest.mark.parametrize("names", [("z", "a"), ("a", "z"), ("ä", "Z")])
@pytest.mark.parametrize(
    "patterns", ['["more/*.yaml"]', '["more/*.yaml", "mor?/*.yaml"]', "[more/{1}.yaml, more/{0}.yaml]"]
)
def test_neither_names_nor_order_of_included_files_change_a_byte(
    names: tuple[str, str], patterns: str, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(GOLDEN / "full", copy)
    for old, new in zip(("harbour", "letters"), names, strict=True):
        (copy / "more" / f"{old}.yaml").rename(copy / "more" / f"{new}.yaml")
    root = (copy / "articles.yaml").read_text(encoding="utf-8")
    wanted = f"include: {patterns.format(*names)}"
    assert 'include: ["more/*.yaml"]' in root
    (copy / "articles.yaml").write_text(root.replace('include: ["more/*.yaml"]', wanted), encoding="utf-8")
    feedpub.render(copy / "articles.yaml", output=tmp_path / "out", now=NOW)
    assert read_folder(tmp_path / "out") == read_folder(GOLDEN / "full" / "expected")


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_entries_and_keys_changes_no_byte(case: str, seed: int, tmp_path: Path) -> None:
    shuffler = random.Random(seed)  # noqa: S311 - no secret
    copy = tmp_path / "copy"
    shutil.copytree(GOLDEN / case, copy)
    root = yaml.load((copy / "articles.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - text only
    for key in ("articles", "teasers", "retracted"):
        entries = [entry.pop("<<", {}) | entry for entry in root.get(key) or ()]
        shuffler.shuffle(entries)
        root[key] = [{name: entry[name] for name in shuffler.sample(list(entry), len(entry))} for entry in entries]
    shuffled = {key: root[key] for key in shuffler.sample(list(root), len(root)) if root[key]}
    text = yaml.dump(shuffled, sort_keys=False, allow_unicode=bool(seed % 2), default_style='"' if seed else None)
    (copy / "articles.yaml").write_text(text, encoding="utf-8")
    feedpub.render(copy / "articles.yaml", output=tmp_path / "out", now=NOW)
    assert read_folder(tmp_path / "out") == read_folder(GOLDEN / case / "expected")
