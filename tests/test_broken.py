"""A broken catalogue leaves a published folder as it was, byte for byte, whatever rule it breaks."""

from __future__ import annotations

import os
from contextlib import chdir
from typing import TYPE_CHECKING

import pytest

import feedpub
from diagnostics.corpus import CASES, Case
from diagnostics.pinned import HEAD, NOW, teaser
from feedpub.diagnostics import RULES

if TYPE_CHECKING:
    from pathlib import Path

BROKEN = {name.partition(",")[0]: case for name, case in CASES.items()} | {
    "not-a-regular-file": Case("", {}, ""),
    "syntax": Case(f'{HEAD}x-a: "open\n', {}, ""),
    "too-many-problems": Case(f"{HEAD}teasers:\n" + "  - {}\n" * 10_000, {}, ""),
    "vanished-topic": Case(HEAD.replace("sections: {a:", "sections: {c:"), {}, ""),
}
"""A catalogue that breaks it for each rule."""


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}


@pytest.mark.parametrize("rule", sorted(rule.code for rule in RULES.values() if rule.severity == "error"))
def test_a_catalogue_that_breaks_a_rule_changes_nothing(rule: str, tmp_path: Path) -> None:
    text, files, _ = BROKEN[rule]
    (tmp_path / "catalogue.yaml").write_text(teaser(), encoding="utf-8")
    with chdir(tmp_path):
        feedpub.render("catalogue.yaml", now=NOW)
    before = snapshot(tmp_path / "feeds")
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    (tmp_path / "catalogue.yaml").unlink()
    if rule == "not-a-regular-file":
        os.mkfifo(tmp_path / "catalogue.yaml")  # nobody writes into it: whoever opens it to read would wait for ever
    else:
        (tmp_path / "catalogue.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
    with chdir(tmp_path):
        with pytest.raises(feedpub.CatalogueError) as error:
            feedpub.render("catalogue.yaml", now=NOW)
        feedpub.check("catalogue.yaml", now=NOW)
    assert rule in {one.rule for one in error.value.diagnostics}
    assert snapshot(tmp_path / "feeds") == before
