"""The catalogues that are measured: sound, in mixed styles, and the same wherever they are made."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

import feedpub

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
NOW = datetime(2026, 6, 1, tzinfo=UTC)


def generate(count: int, path: Path, *options: str) -> bytes:
    subprocess.run([sys.executable, BENCHMARKS / "generate.py", str(count), path, *options], check=True)
    return path.read_bytes()


def read_back(value: Any, key: str = "") -> Any:  # noqa: ANN401 - any YAML
    """Return a value as the generator means it: times in one form, texts without the line break at their end."""
    if isinstance(value, dict):
        return {name: read_back(one, name) for name, one in value.items()}
    if isinstance(value, list):
        return [read_back(one) for one in value]
    if key in {"published", "updated"}:
        return datetime.fromisoformat(str(value)).replace(microsecond=0).isoformat()
    return value.rstrip("\n") if isinstance(value, str) else value


def test_what_is_written_in_any_style_is_what_it_means(tmp_path: Path) -> None:
    written = yaml.safe_load(generate(2_000, tmp_path / "articles.yaml"))
    meant = json.loads(generate(2_000, tmp_path / "articles.json", "--json"))
    found = sorted(written["articles"] + written["teasers"], key=lambda one: int(one["id"].removeprefix("entry-")))
    assert read_back(found) == read_back(meant)


@pytest.mark.parametrize("options", [(), ("--order", "shuffled"), ("--shards", "7"), ("--sections", "20")])
def test_a_generated_catalogue_is_sound(tmp_path: Path, options: tuple[str, ...]) -> None:
    path = tmp_path / "articles.yaml"
    generate(1_000, path, *options)
    found = feedpub.check(path, now=NOW, output=tmp_path / "feeds")
    assert {one.rule for one in found} <= {"crowded-day"}


def test_an_order_moves_entries_and_changes_none(tmp_path: Path) -> None:
    orders = {
        order: generate(400, tmp_path / order, "--order", order)
        for order in ("oldest-first", "newest-first", "shuffled")
    }
    found = {order: [one["id"] for one in yaml.safe_load(data)["articles"]] for order, data in orders.items()}
    assert found["newest-first"] == found["oldest-first"][::-1]
    assert found["shuffled"] not in (found["oldest-first"], found["newest-first"])
    assert len({bytes(sorted(data)) for data in orders.values()}) == 1


def test_entries_have_200_bytes_and_100_kb_and_every_style() -> None:
    sys.path.insert(0, str(BENCHMARKS))
    try:
        module = runpy.run_path(str(BENCHMARKS / "generate.py"))
    finally:
        sys.path.remove(str(BENCHMARKS))
    entries = [module["make_entry"](number, is_article=module["is_article"](number)) for number in range(1_000)]
    sizes = sorted(len(one.encode()) for one in entries)
    assert sizes[0] < 210
    assert sizes[300] < 320
    assert [size > 90_000 for size in sizes[-3:]] == [False, True, True]
    text = "".join(entries)
    for sign in (
        'title: "',
        "title: '",
        "summary: >-\n",
        "body: |\n",
        "body: >\n",
        'body: "',
        "tags: [one",
        "  # ",
        "\n\n",
    ):
        assert sign in text, sign
    firsts = {one.rpartition("\n  - ")[2].removeprefix("  - ").partition(":")[0] for one in entries}
    assert firsts >= {"id", "url", "title", "sections", "published", "body", "tags"}
