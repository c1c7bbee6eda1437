"""A broken catalogue leaves a published folder as it was, byte for byte, whatever rule it breaks."""

from __future__ import annotations

import os
import re
from contextlib import chdir
from typing import TYPE_CHECKING, TypeAlias

import pytest

import feedpub
from diagnostics import (
    test_field_messages,
    test_shape_messages,
    test_text_messages,
    test_time_messages,
    test_url_messages,
    test_value_messages,
    test_whole_messages,
    test_yaml_messages,
)
from diagnostics.pinned import HEAD, NOW, teaser
from feedpub.diagnostics import RULES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

Case: TypeAlias = "tuple[str | bytes, Mapping[str, str]]"

MODULES = (
    test_field_messages,
    test_shape_messages,
    test_text_messages,
    test_time_messages,
    test_url_messages,
    test_value_messages,
    test_whole_messages,
    test_yaml_messages,
)


def collect() -> dict[str, Case]:
    """Return a catalogue that breaks it for each rule, with the files beside it."""
    found: dict[str, Case] = {
        "syntax": (f'{HEAD}x-a: "open\n', {}),
        "vanished-topic": (HEAD.replace("sections: {a:", "sections: {c:"), {}),
    }
    for module in MODULES:
        cases: Mapping[str, Sequence[object]] = module.CASES
        for text, told, *files in cases.values():
            rule = re.search(r"error\[([a-z0-9-]+)\]", str(told))
            if rule:
                found.setdefault(rule[1], (text, files[0] if files else {}))  # type: ignore[arg-type] # each module has tuples of its own
    return found


CASES = collect()


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}


@pytest.mark.parametrize("rule", sorted(rule.code for rule in RULES.values() if rule.severity == "error"))
def test_a_catalogue_that_breaks_a_rule_changes_nothing(rule: str, tmp_path: Path) -> None:
    text, files = CASES.get(rule, ("", {}))
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
