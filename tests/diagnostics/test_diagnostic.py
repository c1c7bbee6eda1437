from __future__ import annotations

import pickle

import pytest

from feedpub.diagnostics import RULES, CatalogueError, Diagnostic, diagnose
from feedpub.errors import EXIT_PROBLEMS, FeedpubError
from feedpub.record import Span

SPAN = Span(2, 3, 2, 8)


def test_a_diagnostic_has_the_place_it_is_given_and_its_rules_severity() -> None:
    found = diagnose("missing-field", "title is missing", file="a.yaml", span=SPAN, help="add title: …")
    assert found == Diagnostic("a.yaml", 2, 3, 2, 8, "missing-field", "error", "title is missing", "add title: …", None)


def test_a_message_that_is_a_flood_is_cut() -> None:
    assert diagnose("id", "x" * 2_000, file="a.yaml", span=SPAN).message == "x" * 2_000
    assert diagnose("id", "x" * 2_001, file="a.yaml", span=SPAN).message == "x" * 1_999 + "…"


def test_a_rule_that_is_not_documented_cannot_be_broken() -> None:
    with pytest.raises(KeyError):
        diagnose("no-such-rule", "it is wrong", file="a.yaml", span=SPAN)


def test_as_data_a_diagnostic_has_all_but_its_excerpt() -> None:
    assert diagnose("id", "wrong", file="a.yaml", span=SPAN).as_dict() == {
        "file": "a.yaml",
        "line": 2,
        "column": 3,
        "end_line": 2,
        "end_column": 8,
        "rule": "id",
        "severity": "error",
        "message": "wrong",
        "help": None,
    }


def test_diagnostics_sort_by_file_and_place() -> None:
    places = [("a", 2, 1), ("b", 1, 1), ("a", 10, 1), ("a", 2, 9)]
    found = [
        diagnose("id", "wrong", file=file, span=Span(line, column, line, column + 1)) for file, line, column in places
    ]
    assert [(one.file, one.line, one.column) for one in sorted(found)] == sorted(places)


@pytest.mark.parametrize(("count", "said"), [(1, "1 error;"), (2, "2 errors;")])
def test_a_catalogues_error_holds_every_problem_and_says_how_many(count: int, said: str) -> None:
    error = CatalogueError([diagnose("id", "wrong", file="a.yaml", span=SPAN)] * count)
    assert isinstance(error, FeedpubError)
    assert error.exit_code == EXIT_PROBLEMS
    assert len(error.diagnostics) == count
    assert str(error) == f"the catalogue has {said} nothing was published"


def test_a_catalogues_error_comes_whole_from_another_process() -> None:
    error = CatalogueError([diagnose("id", "wrong", file="a.yaml", span=SPAN)] * 2)
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert (type(again), again.diagnostics, str(again)) == (CatalogueError, error.diagnostics, str(error))


@pytest.mark.parametrize("code", RULES)
def test_a_rule_has_a_readable_code_and_says_in_a_sentence_what_it_protects(code: str) -> None:
    rule = RULES[code]
    assert rule.code == code
    assert code.replace("-", "").isalnum()
    assert code == code.lower()
    assert rule.purpose[0].isupper()
    assert rule.purpose.endswith(".")
