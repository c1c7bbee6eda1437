"""What holds for all messages: each rule has one that is pinned, and one mistake is one problem."""

from __future__ import annotations

import os
import re
from contextlib import chdir
from pathlib import Path

import pytest

import feedpub
from diagnostics.corpus import CASES
from diagnostics.pinned import HEAD, NOW, SECTIONS, SITE, article, teaser, tell
from feedpub.diagnostics import RULES
from feedpub.diagnostics.reports import format_text
from feedpub.loading import problems
from source.slips.test_explaining import SLIPS

LINT_CASES = Path(__file__).parent.parent / "lint" / "cases"
TOLD = {name: case.told for name, case in CASES.items()}
CODE = re.compile(r"^[^ ]+: (?:error|warning)\[([a-z0-9-]+)\]: ", re.MULTILINE)

OF_A_FOLDER = """\
catalogue.yaml:1:1: error[not-a-regular-file]: catalogue.yaml is not a regular file
"""
OF_A_VANISHED_TOPIC = """\
catalogue.yaml:2:1: error[vanished-topic]: topic "a" was published and is gone
   2 | sections: {b: {title: B}}
     | ^^^^^^^^
help: add formerly: [a] to the section that replaces it, or name it under retired
"""

OF_A_FLOOD = """\
catalogue.yaml:5:5: error[too-many-problems]: there are more than 10 problems: the rest was not read
   5 |   - {}
     |     ^^
help: mend some of them first
"""


OF_A_PUBLICATION = {"changed-without-update", "empty-include", "large-entry", "large-feed", "updated-without-change"}
"""Rules whose messages are pinned beside the lint cases, in modules of their own."""


def test_every_rule_has_a_pinned_message() -> None:
    told = [*TOLD.values(), *(told for _, told in SLIPS.values()), OF_A_FOLDER, OF_A_VANISHED_TOPIC, OF_A_FLOOD]
    told += [path.read_text(encoding="utf-8") for path in LINT_CASES.glob("*.expected")]
    assert {code for text in told for code in CODE.findall(text)} | OF_A_PUBLICATION == set(RULES)


@pytest.mark.parametrize("name", TOLD)
def test_one_mistake_is_one_problem_of_the_rule_that_it_is_named_for(name: str) -> None:
    assert CODE.findall(TOLD[name]) == [RULES[name.partition(",")[0]].code]


@pytest.mark.parametrize("name", TOLD)
def test_every_problem_has_a_mend(name: str) -> None:
    assert "\nhelp: " in TOLD[name]


@pytest.mark.parametrize("name", TOLD)
def test_a_message_names_no_class_and_ends_without_a_full_stop(name: str) -> None:
    for line in TOLD[name].splitlines():
        if line.startswith(("catalogue.yaml:", "help: ")):
            assert not line.endswith((".", " "))
            assert not re.search(r"\b(?:invalid|[a-z]+Error|None|NoneType|str|dict)\b", line.replace('"!!str"', ""))


def test_a_folder_for_a_catalogue_is_told_whole(tmp_path: Path) -> None:
    (tmp_path / "catalogue.yaml").mkdir()
    with chdir(tmp_path):
        assert format_text(feedpub.check("catalogue.yaml", now=NOW)) == OF_A_FOLDER


def test_a_pipe_for_a_catalogue_is_told_whole_and_hangs_nothing(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "catalogue.yaml")
    with chdir(tmp_path):
        assert format_text(feedpub.check("catalogue.yaml", now=NOW)) == OF_A_FOLDER


def test_a_vanished_topic_is_told_whole(tmp_path: Path) -> None:
    with chdir(tmp_path):
        (tmp_path / "catalogue.yaml").write_text(f"{HEAD}teasers: []\n", encoding="utf-8")
        feedpub.render("catalogue.yaml", now=NOW)
    assert tell(tmp_path, f"{SITE}{SECTIONS.replace('a:', 'b:').replace('A', 'B')}") == OF_A_VANISHED_TOPIC


def test_a_flood_of_problems_ends_the_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(problems, "MAX_PROBLEMS", 10)
    told = tell(tmp_path, f"{HEAD}teasers:\n" + "  - {}\n" * 100)
    assert told.endswith(OF_A_FLOOD)
    assert told.count("error[") == 11


def test_a_problem_in_an_anchor_is_told_once(tmp_path: Path) -> None:
    entries = "".join(
        teaser(f"id: x{number}", f"url: x{number}", "sections: *s", without="id url sections", head="").replace(
            "teasers:\n", ""
        )
        for number in range(3)
    )
    told = tell(tmp_path, f"{HEAD}x-s: &s [b]\nteasers:\n{entries}")
    assert [line for line in told.splitlines() if "error[" in line] == [
        'catalogue.yaml:3:10: error[unknown-section]: teaser "x0": section "b" does not exist'
    ]


def test_line_separators_in_a_body_move_no_line_and_no_column(tmp_path: Path) -> None:
    told = tell(tmp_path, f"{HEAD}articles:\n  - id: x\n    body: |\n      a\u2028b\u2029c\n    titel: T\n")
    assert 'catalogue.yaml:7:5: error[unknown-field]: article "x": unknown field "titel"\n   7 |     titel: T\n' in told


def test_all_problems_of_all_entries_are_told_in_the_order_of_the_file(tmp_path: Path) -> None:
    first = teaser("draft: yes", "content: ful")
    second = article("id: Y", "url: y", "mood: dark", without="id url title", head="")
    told = tell(tmp_path, f"{first}{second}paper: []\n")
    assert CODE.findall(told) == ["boolean", "choice", "missing-field", "id", "unknown-field", "unknown-field"]


def test_what_a_mistake_in_the_site_hides_is_no_problem_of_its_entries(tmp_path: Path) -> None:
    site = 'site:\n  title: a: b\n  url: https://e.org/\n  permalink: "{id}/"\n  timezone: Europe/London\n'
    entry = "teasers:\n  - {id: x, title: T, published: 2026-01-01, sections: [a], summary: S}\n"
    told = tell(tmp_path, f"{site}{SECTIONS}{entry}")
    assert CODE.findall(told) == ["syntax"]


def test_a_field_that_lost_its_indentation_is_one_problem(tmp_path: Path) -> None:
    entry = teaser("published: 2026-01-01T00:00:00Z", without="published").replace(
        "  - published", "  - id: x\npublished"
    )
    told = tell(tmp_path, entry.replace("    id: x\n", ""))
    assert CODE.findall(told) == ["unknown-field"]
    assert told.endswith("help: indent it as far as the fields of its entry\n")


def test_a_teaser_with_a_body_needs_no_summary_as_well(tmp_path: Path) -> None:
    assert CODE.findall(tell(tmp_path, teaser("body: B", without="summary"))) == ["teaser-with-body"]


def test_an_entry_without_an_id_is_told_that_its_url_is_taken_all_the_same(tmp_path: Path) -> None:
    second = teaser("rights: R", without="id", head="").replace("teasers:\n", "")
    told = tell(tmp_path, f"{teaser('rights: R', without='id')}{second}")
    assert sorted(CODE.findall(told)) == ["duplicate-url", "missing-field", "missing-field"]
