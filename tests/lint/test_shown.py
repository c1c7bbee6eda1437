"""What is told of entries that documents show, where the catalogue changes meanwhile."""

from __future__ import annotations

from contextlib import chdir
from typing import TYPE_CHECKING

import feedpub
from lint.publications import NOW, article, check, write

if TYPE_CHECKING:
    from pathlib import Path


def test_nothing_is_told_of_an_entry_that_goes_while_it_is_judged(tmp_path: Path) -> None:
    write(tmp_path, article(), article(id="b", url="b"))
    assert "warning[same-title]" in check(tmp_path)

    def edit(stage: str) -> None:
        if stage == "lint":
            write(tmp_path, article())

    with chdir(tmp_path):
        assert feedpub.preview(now=NOW, on_stage=edit).diagnostics == ()
