"""Each golden catalogue gives the bytes that were reviewed."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

import feedpub
from golden.cases import CASES, GOLDEN, NOW, list_documents

if TYPE_CHECKING:
    from pathlib import Path


def read_folder(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("case", CASES)
def test_a_golden_catalogue_gives_the_reviewed_bytes(case: str, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    expected = GOLDEN / case / "expected"
    feedpub.render(GOLDEN / case / "articles.yaml", output=tmp_path, now=NOW)
    if pytestconfig.getoption("--rewrite-golden"):
        shutil.rmtree(expected, ignore_errors=True)
        shutil.copytree(tmp_path, expected)
    assert read_folder(tmp_path) == read_folder(expected)


@pytest.mark.parametrize("case", CASES)
def test_a_golden_catalogue_has_no_diagnostics(case: str, tmp_path: Path) -> None:
    assert feedpub.check(GOLDEN / case / "articles.yaml", output=tmp_path, now=NOW) == []


@pytest.mark.parametrize("case", CASES)
def test_the_reviewed_bytes_are_current(case: str, tmp_path: Path) -> None:
    output = shutil.copytree(GOLDEN / case / "expected", tmp_path / "feeds")
    found = feedpub.render(GOLDEN / case / "articles.yaml", output=output, now=NOW)
    assert (found.status, found.written, found.changes) == ("current", (), ())


def test_every_format_is_judged_in_every_case() -> None:
    for suffix in (".rss", ".atom", ".json"):
        judged = {name.partition("/")[0] for name in list_documents(suffix)}
        assert judged == {*CASES, "sample"}
