"""Each golden catalogue gives the bytes that were reviewed."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
import yaml

import feedpub
from golden.cases import CASES, GOLDEN, NOW, ROOT, list_documents

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
    found = feedpub.check(GOLDEN / case / "articles.yaml", output=tmp_path, now=NOW)
    if case == "hostile":
        found = [one for one in found if one.severity == "error"]
    assert found == []


@pytest.mark.parametrize("case", CASES)
def test_the_reviewed_bytes_are_current(case: str, tmp_path: Path) -> None:
    output = shutil.copytree(GOLDEN / case / "expected", tmp_path / "feeds")
    found = feedpub.render(GOLDEN / case / "articles.yaml", output=output, now=NOW)
    assert (found.status, found.written, found.changes) == ("current", (), ())


def test_every_format_is_judged_in_every_case() -> None:
    for suffix in (".rss", ".atom", ".json"):
        judged = {name.partition("/")[0] for name in list_documents(suffix)}
        assert judged == {*CASES, "sample"}


def test_the_full_case_gives_every_field_that_a_catalogue_may_have() -> None:
    """Compare with the committed schema, which another test holds against the code."""
    known = json.loads((ROOT / "articles.schema.json").read_text(encoding="utf-8"))
    fields = {name: set(model["properties"]) for name, model in known["$defs"].items() if "properties" in model}
    root, *parts = [
        yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - text only
        for path in (GOLDEN / "full" / "articles.yaml", *(GOLDEN / "full" / "more").iterdir())
    ]
    lists = {key: [one for part in (root, *parts) for one in part.get(key, [])] for key in ("articles", "teasers")}
    entries = [one.get("<<", {}) | one for entries in lists.values() for one in entries]
    given = {
        "AllTopic": [root["site"]["all"]],
        "Article": lists["articles"],
        "Enclosure": [file for one in entries for file in one.get("enclosures", [])],
        "Lint": [root["site"]["lint"]],
        "Image": [one["image"] for one in entries if "image" in one],
        "Retired": list(root["retired"].values()),
        "Retracted": [one for part in (root, *parts) for one in part.get("retracted", [])],
        "Section": list(root["sections"].values()),
        "Site": [root["site"]],
        "Teaser": entries,
    }
    used = {name: {field for mapping in mappings for field in mapping} for name, mappings in given.items()}
    assert set(known["properties"]) <= set(root)
    fields["Site"].remove("precompress")  # compressors' bytes differ: tests/test_variants.py
    assert {name: fields[name] - used[name] for name in fields} == {name: set() for name in given}
