"""Catalogues as people break them, a case a file: every mistake is told once, at its place, with what mends it."""

from __future__ import annotations

from contextlib import chdir
from datetime import UTC, datetime
from pathlib import Path

import pytest

import feedpub
from feedpub.diagnostics.reports import format_text

HOME = Path(__file__).parent / "cases"
CASES = sorted(path.stem for path in HOME.glob("*.yaml"))
NOW = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.mark.parametrize("case", CASES)
def test_a_broken_catalogue_gets_what_stands_beside_it(case: str, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    (tmp_path / "articles.yaml").write_bytes((HOME / f"{case}.yaml").read_bytes())
    with chdir(tmp_path):
        found = feedpub.check(now=NOW)
    assert [one for one in found if one.help is None] == []
    told, expected = format_text(found), HOME / f"{case}.expected"
    if pytestconfig.getoption("--rewrite-golden"):
        expected.write_text(told, encoding="utf-8", newline="\n")
    assert told == expected.read_text(encoding="utf-8")
