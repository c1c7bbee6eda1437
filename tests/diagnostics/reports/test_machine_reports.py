"""Reports for machines are what their schemas and readers want, whatever a catalogue holds."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from lxml import etree

from feedpub.diagnostics import Diagnostic, diagnose
from feedpub.diagnostics.reports import DOCUMENTS, REPORTS, write_report
from feedpub.diagnostics.reports.github import write_summary
from feedpub.record import Span

SCHEMAS = Path(__file__).parents[4] / "shared" / "schemas"

NASTY = 'teaser "a<b>&c": title is "50 %, or: \u202e\u2028 more\x1b[0m"'


def problem(
    message: str = "title is missing",
    *,
    rule: str = "missing-field",
    file: str = "a b/ä.yaml",
    line: int = 3,
    end: tuple[int, int] | None = None,
    help: str | None = None,  # noqa: A002 - the word of the reports
) -> Diagnostic:
    return diagnose(rule, message, file=file, span=Span(line, 5, *(end or (line, 8))), help=help)


LISTS = {
    "none": [],
    "one": [problem()],
    "nasty": [problem(NASTY, help="write %20\nor -- ]]>"), problem(NASTY, rule="unused-anchor", end=(9, 1))],
    "no UTF-8": [problem(file=os.fsdecode(b"caf\xe9.yaml")), problem(file=os.fsdecode(b"/caf\xe9.yaml"))],
    "same": [problem(), problem(line=7), problem(file="/tmp/x.yaml")],  # noqa: S108 - a name
}


def read_schema(name: str) -> str:
    path = SCHEMAS / name
    if not path.is_file():
        pytest.skip(f"{name} is not beside the project, in shared/schemas")
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", LISTS)
def test_sarif_is_valid_by_its_schema(name: str) -> None:
    schema = json.loads(read_schema("sarif-2.1.0.schema.json"))
    log = json.loads(write_report("sarif", LISTS[name]))
    jsonschema.validators.validator_for(schema)(schema).validate(log)
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert [rules[one["ruleIndex"]] for one in run["results"]] == [one.rule for one in LISTS[name]]


def test_sarif_names_files_as_uris() -> None:
    log = json.loads(write_report("sarif", LISTS["same"]))
    places = [one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in log["runs"][0]["results"]]
    assert places == ["a%20b/%C3%A4.yaml", "a%20b/%C3%A4.yaml", "file:///tmp/x.yaml"]


@pytest.mark.parametrize("name", LISTS)
def test_junit_is_valid_by_its_schema(name: str) -> None:
    schema = etree.XMLSchema(etree.fromstring(read_schema("junit.xsd").encode()))
    document = etree.fromstring(write_report("junit", LISTS[name]).encode())
    schema.assertValid(document)
    failures = [str(one.get("type")) for one in document.iter("failure")]
    assert failures == [one.rule for one in LISTS[name] if one.severity == "error"]


@pytest.mark.parametrize("name", LISTS)
def test_json_has_the_fields_of_the_design(name: str) -> None:
    found = json.loads(write_report("json", LISTS[name]))
    assert [list(one) for one in found] == [list(one.as_dict()) for one in LISTS[name]]
    assert [one["line"] for one in found] == [one.line for one in LISTS[name]]


@pytest.mark.parametrize("name", LISTS)
def test_gitlab_s_fingerprints_are_unique(name: str) -> None:
    found = json.loads(write_report("gitlab", LISTS[name]))
    assert len({one["fingerprint"] for one in found}) == len(found) == len(LISTS[name])
    assert all(one["severity"] in ("major", "minor") for one in found)


def test_gitlab_s_fingerprints_survive_an_edit_above() -> None:
    before = [problem('id "x" is taken (a.yaml:4)'), problem(line=9)]
    after = [problem('id "x" is taken (a.yaml:40)', line=30), problem(line=99)]
    prints = [[one["fingerprint"] for one in json.loads(write_report("gitlab", found))] for found in (before, after)]
    assert prints[0] == prints[1]


@pytest.mark.parametrize("name", LISTS)
def test_github_s_commands_are_one_line_each_and_read_back(name: str) -> None:
    lines = write_report("github", LISTS[name]).splitlines()
    assert len(lines) == len(LISTS[name])
    for line, one in zip(lines, LISTS[name], strict=True):
        found = re.fullmatch(r"::(error|warning) ([^:]*)::(.*)", line)
        assert found is not None
        properties = dict(pair.split("=", 1) for pair in found[2].split(","))
        assert unescape(properties["file"]) == one.file
        assert (properties["line"], properties["col"]) == (str(one.line), str(one.column))
        assert unescape(found[3]).startswith(one.message[:20])


def unescape(text: str) -> str:
    for escaped, character in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(escaped, character)
    return text


@pytest.mark.parametrize("name", LISTS)
def test_concise_is_a_line_each(name: str) -> None:
    lines = write_report("concise", LISTS[name]).splitlines()
    files = [one.file.replace("\udce9", "\\xe9") for one in LISTS[name]]  # a byte that is no UTF-8
    places = [f"{file}:{one.line}:{one.column}" for file, one in zip(files, LISTS[name], strict=True)]
    assert [line.split(": ")[0] for line in lines] == places


@pytest.mark.parametrize("report", REPORTS)
def test_no_report_holds_what_a_terminal_obeys(report: str) -> None:
    assert not set("\x1b\u202e\u2028") & set(write_report(report, LISTS["nasty"]))


@pytest.mark.parametrize("report", REPORTS)
def test_without_problems_only_documents_say_something(report: str) -> None:
    assert bool(write_report(report, [])) is (report in DOCUMENTS)


def test_the_summary_is_a_table_in_which_nothing_is_markup() -> None:
    text = write_summary([problem(NASTY, help="a | b")] * 60, title="feedpub")
    rows = [line for line in text.splitlines() if line.startswith("| a b/")]
    assert len(rows) == 50
    assert rows[0].count("|") == 6
    assert "<b>" not in text
    assert text.endswith("\nand 10 more\n")


def test_the_summary_of_nothing_says_so() -> None:
    assert write_summary([], title="feedpub") == "### feedpub\n\nNo problems.\n"


def test_a_long_line_is_not_repeated_by_sarif() -> None:
    lines = ["a" * 1_000, "a" * 1_001]
    problems = [replace(problem(line=number), excerpt=line) for number, line in enumerate(lines, start=1)]
    results = json.loads(write_report("sarif", problems))["runs"][0]["results"]
    regions = [one["locations"][0]["physicalLocation"]["region"] for one in results]
    assert ["snippet" in one for one in regions] == [True, False]
