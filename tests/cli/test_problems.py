"""How much is printed of many problems."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
site: {title: T, url: "https://e.org/", tag_authority: "e.org,2026"}
sections: {a: {title: A}}
teasers:
"""


def check(folder: Path, count: int, *arguments: str, width: int = 1) -> tuple[str, str]:
    """Return what is printed of a catalogue with so many problems, the line of each so wide."""
    line = (
        f"  - {{id: x, wrong{'日' * width}: 1, title: T, url: u, published: 2026-01-01, sections: [a], summary: S}}\n"
    )
    (folder / "articles.yaml").write_text(HEAD + line * (count // 2), encoding="utf-8")
    command = [sys.executable, "-m", "feedpub", "check", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout, done.stderr


def test_text_stays_under_64_kib_and_200_problems_by_default(tmp_path: Path) -> None:
    few, rest = check(tmp_path, 1_000)
    assert 30_000 < len(few.encode()) < 64 << 10
    assert few.count(": error[") <= 200
    told, wide = check(tmp_path, 1_000, width=60)
    assert len(told.encode()) < 64 << 10
    assert told.count(": error[") < few.count(": error[")
    assert "not shown: --max-problems 0 shows all" in rest
    assert "not shown: --max-problems 0 shows all" in wide


@pytest.mark.parametrize(("most", "printed"), [("3", 3), ("1000", 1_000)])
def test_who_says_how_many_gets_them(most: str, printed: int, tmp_path: Path) -> None:
    told, _ = check(tmp_path, 2_000, "--max-problems", most, width=60)
    assert told.count(": error[") == printed
