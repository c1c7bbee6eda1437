"""``feedpub status`` shows each topic in figures, and draws when something was published."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from feedpub.cli.status import DAYS, command, draw_sparkline

NOW = "2026-03-15T12:00:00Z"
HEAD = """\
site: {title: T, url: "https://e.org/", tag_authority: "e.org,2026"}
sections: {busy: {title: B}, quiet: {title: Q}, empty: {title: E}}
retired: {old: {title: O, at: 2026-03-01T00:00:00Z, notice: N}}
teasers:
"""


@pytest.fixture
def catalogue(tmp_path: Path) -> str:
    times = [("busy", "2026-03-15T11:00:00Z"), ("busy", "2026-03-15T01:00:00Z"), ("busy", "2026-03-13T12:00:00Z")]
    times.append(("quiet", "2026-02-20T12:00:00Z"))
    entries = "".join(
        f"  - {{id: x{number}, title: T{number}, url: x{number}, published: {time}, sections: [{key}], summary: S}}\n"
        for number, (key, time) in enumerate(times)
    )
    path = tmp_path / "articles.yaml"
    path.write_text(HEAD + entries, encoding="utf-8")
    return str(path)


def run(catalogue: str, *arguments: str) -> str:
    output = f"{catalogue}.feeds"
    done = CliRunner().invoke(command, [catalogue, "-o", output, "--now", NOW, *arguments], standalone_mode=False)
    assert done.return_value == 0, done.output
    return done.stdout


def test_json_holds_the_figures(catalogue: str) -> None:
    found = {one["topic"]: one for one in json.loads(run(catalogue, "--output-format", "json"))}
    assert list(found) == ["busy", "quiet", "empty", "all", "old"]
    assert found["busy"]["days"] == [0] * (DAYS - 3) + [1, 0, 2]
    assert (found["busy"]["newest"], found["busy"]["oldest"]) == ("2026-03-15T11:00:00Z", "2026-03-13T12:00:00Z")
    assert {key: one["entries"] for key, one in found.items()} == {
        "busy": 3,
        "quiet": 1,
        "empty": 0,
        "all": 4,
        "old": 1,
    }
    notes = {"busy": "", "quiet": "quiet for 23 days", "empty": "nothing yet", "all": "", "old": "retired"}
    assert {key: one["note"] for key, one in found.items()} == notes
    assert all(one["size"] > 100 for one in found.values())


def test_text_is_a_table_whose_columns_stand_below_each_other(catalogue: str) -> None:
    heading, *rows = run(catalogue).splitlines()
    assert [row.split()[0] for row in rows] == ["busy", "quiet", "empty", "all", "old"]
    column = heading.index("14 days")
    assert rows[0][column:] == "···········▄·█"


def test_markdown_is_a_table(catalogue: str) -> None:
    lines = run(catalogue, "--output-format", "markdown").splitlines()
    assert {line.count("|") for line in lines} == {8}
    assert len(lines) == 7


def test_a_broken_catalogue_is_told(tmp_path: Path) -> None:
    (tmp_path / "articles.yaml").write_text("site: {}\n", encoding="utf-8")
    done = CliRunner().invoke(command, [str(tmp_path / "articles.yaml"), "--now", NOW], standalone_mode=False)
    assert done.return_value == 1
    assert "error[missing-field]" in done.stdout


@pytest.mark.parametrize(
    ("counts", "drawn"),
    [([], ""), ([0, 0], "··"), ([1], "█"), ([1, 2, 4, 8], "▁▂▄█"), ([0, 100, 1], "·█▁")],
)
def test_the_highest_bar_is_the_largest_count(counts: list[int], drawn: str) -> None:
    assert draw_sparkline(counts) == drawn


def test_a_note_says_when_how_many_come_next(catalogue: str) -> None:
    later = [("quiet", 9), ("quiet", 9), ("busy", 10), ("empty", 9)]
    entries = (
        f"  - {{id: y{number}, title: Y{number}, url: y{number}, published: 2026-04-01T{hour:02}:00:00Z, "
        f"sections: [{key}], summary: S}}\n"
        for number, (key, hour) in enumerate(later)
    )
    with Path(catalogue).open("a", encoding="utf-8") as file:
        file.writelines(entries)
    notes = {one["topic"]: one["note"] for one in json.loads(run(catalogue, "--output-format", "json"))}
    assert notes == {
        "busy": "next: 1 on 1 April 10:00 UTC",
        "quiet": "quiet for 23 days, next: 2 on 1 April 09:00 UTC",
        "empty": "nothing yet, next: 1 on 1 April 09:00 UTC",
        "all": "next: 3 on 1 April 09:00 UTC",
        "old": "retired",
    }
