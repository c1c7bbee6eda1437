"""Each catalogue beside this module gets the warnings that stand beside it, whole."""

from __future__ import annotations

from contextlib import chdir
from datetime import UTC, datetime
from pathlib import Path

import pytest

import feedpub
from diagnostics.test_examples import CODE
from feedpub.diagnostics.reports import format_text

HOME = Path(__file__).parent / "cases"
CASES = sorted(path.stem for path in HOME.glob("*.yaml"))
NOW = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.mark.parametrize("case", CASES)
def test_a_catalogue_gets_the_warnings_that_stand_beside_it(
    case: str, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    expected = HOME / f"{case}.expected"
    (tmp_path / "articles.yaml").write_bytes((HOME / f"{case}.yaml").read_bytes())
    with chdir(tmp_path):
        told = format_text(feedpub.check(now=NOW))
    if pytestconfig.getoption("--rewrite-golden"):
        expected.write_text(told, encoding="utf-8")
    assert told == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES)
def test_a_case_is_named_for_the_rule_that_it_breaks(case: str) -> None:
    told = (HOME / f"{case}.expected").read_text(encoding="utf-8")
    rule = case.partition(" - ")[0]
    if rule == "no warning":
        assert told == ""
    elif not rule.startswith("switched"):
        assert rule in CODE.findall(told)
