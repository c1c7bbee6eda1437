"""What is told of included files that hold nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint.publications import HEAD, article, check, write

if TYPE_CHECKING:
    from pathlib import Path

INCLUDE = HEAD + "include: ['more/*.yaml']\n"


def test_an_included_file_without_an_entry_is_told_at_its_first_key(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "1.yaml").write_text("# nothing any more\narticles: []\n")
    (tmp_path / "more" / "2.yaml").write_text(f"articles:\n{article(id='b', url='b', title='B')}")
    (tmp_path / "more" / "3.yaml").write_text("retracted: [{id: c, at: 2026-02-01T09:00:00Z}]\n")
    write(tmp_path, article(), head=INCLUDE)
    assert check(tmp_path) == (
        "more/1.yaml:2:1: warning[empty-include]: more/1.yaml holds no entry\n"
        "   2 | articles: []\n"
        "     | ^^^^^^^^\n"
        "help: add one, or remove it\n"
    )
