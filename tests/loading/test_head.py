"""The site is known before what is read by it, wherever in the file it stands."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from feedpub.loading import load_catalogue

if TYPE_CHECKING:
    from pathlib import Path

    from feedpub.loading.loaded import Catalogue

NOW = datetime(2026, 8, 1, tzinfo=UTC)
PARTS = {
    "site": 'site: {title: T, url: "https://e.org/", tag_authority: "e.org,2026", timezone: Europe/London}\n',
    "sections": "sections: {a: {title: A, url: harbour/, image: a.png}}\n",
    "retired": "retired: {old: {title: Old, at: 2026-07-01, notice: It is over.}}\n",
    "articles": "articles:\n  - {id: e, title: E, url: e, published: 2026-07-01, sections: [a], body: Text.}\n",
}


def load(text: str, folder: Path) -> Catalogue:
    path = folder / "articles.yaml"
    path.write_text(text, encoding="utf-8")
    catalogue = load_catalogue(path, now=NOW)
    catalogue.index.close()
    return catalogue


@pytest.mark.parametrize("order", [*permutations(PARTS)], ids=" ".join)
def test_addresses_and_times_are_read_by_the_site_wherever_it_stands(order: tuple[str, ...], tmp_path: Path) -> None:
    found = load("".join(PARTS[key] for key in order), tmp_path)
    assert not found.diagnostics
    assert found.sections["a"].url == "https://e.org/harbour/"
    assert found.retired["old"].at == datetime(2026, 6, 30, 23, tzinfo=UTC)
    assert found.digest == load("".join(PARTS.values()), tmp_path).digest


@pytest.mark.parametrize("order", [*permutations(PARTS)], ids=" ".join)
def test_a_time_that_needs_a_zone_is_refused_wherever_the_site_stands(order: tuple[str, ...], tmp_path: Path) -> None:
    text = "".join(PARTS[key] for key in order).replace(", timezone: Europe/London", "")
    rules = sorted(one.rule for one in load(text, tmp_path).diagnostics)
    assert rules == ["time-without-offset", "time-without-offset"]


@pytest.mark.parametrize("site", ["", "site:\n", "site: {title: T}\n"])
@pytest.mark.parametrize("order", [*permutations(["sections", "retired", "articles"])], ids=" ".join)
def test_without_a_site_the_mistakes_of_the_rest_are_told(site: str, order: tuple[str, ...], tmp_path: Path) -> None:
    text = "".join(PARTS[key] for key in order).replace("title: A,", "titel: A,") + site
    found = load(text, tmp_path)
    assert {one.rule for one in found.diagnostics} >= {"unknown-field", "missing-field"}
    assert sum(one.rule == "unknown-field" for one in found.diagnostics) == 1
