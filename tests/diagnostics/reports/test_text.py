from __future__ import annotations

from dataclasses import replace

import pytest

from feedpub.diagnostics import Diagnostic
from feedpub.diagnostics.reports import format_text, summarise_problems
from feedpub.diagnostics.reports.text import WIDTH


def problem(excerpt: str | None, start: int = 5, end: int | None = None, **overrides: object) -> Diagnostic:
    """Return a problem of a line's columns, from 1."""
    whole = Diagnostic("a.yaml", 9, start, 9, end or start + 1, "id", "error", "it is wrong", None, excerpt)
    return replace(whole, **overrides)  # type: ignore[arg-type] # each field has a type of its own


def show(one: Diagnostic) -> list[str]:
    """Return the lines of a report below the first."""
    return format_text([one]).splitlines()[1:]


def test_a_report_says_where_what_and_how_to_mend_it() -> None:
    assert format_text([problem("    title: T", 5, 10, help="mend it")]) == (
        "a.yaml:9:5: error[id]: it is wrong\n   9 |     title: T\n     |     ^^^^^\nhelp: mend it\n"
    )


def test_reports_are_parted_by_blank_lines() -> None:
    one = "a.yaml:9:5: error[id]: it is wrong\n"
    assert format_text([problem(None)] * 3) == f"{one}\n{one}\n{one}"


def test_of_nothing_there_is_no_report() -> None:
    assert format_text([]) == ""


@pytest.mark.parametrize("excerpt", [None, "", "   ", "\udcff\udcfes\0i\0t\0e\0" * 20])
def test_a_line_that_shows_nothing_is_left_out(excerpt: str | None) -> None:
    assert show(problem(excerpt)) == []


@pytest.mark.parametrize(
    ("excerpt", "start", "end", "caret"),
    [
        ("title: T", 1, 6, "^^^^^"),
        ("title:", 7, 7, "      ^"),
        ("한국어: x", 6, 7, "        ^"),
        ("한국어: x", 1, 4, "^^^^^^"),
        ("e\u0301: x", 5, 6, "   ^"),
        ("\ta: b", 2, 3, "    ^"),
        ("a\u202eb: c", 4, 5, "        ^"),
        ("a: \x08", 4, 5, "   ^^^^^^"),
    ],
)
def test_the_caret_stands_under_what_a_terminal_shows(excerpt: str, start: int, end: int, caret: str) -> None:
    assert show(problem(excerpt, start, end))[1] == f"     | {caret}"


def test_of_a_place_over_several_lines_the_first_is_marked_to_its_end() -> None:
    assert show(problem("body: |  ", 7, end_line=12, end_column=1)) == ["   9 | body: |  ", "     |       ^"]


@pytest.mark.parametrize(
    ("start", "shown"),
    [
        (1, f"X{'-' * (WIDTH - 1)}…"),
        (10, f"{'-' * 9}X{'-' * (WIDTH - 10)}…"),
        (200, f"…{'-' * 25}X{'-' * 74}…"),
        (400, f"…{'-' * (WIDTH - 1)}X"),
    ],
)
def test_of_a_long_line_the_part_around_the_place_is_shown(start: int, shown: str) -> None:
    line = "-" * (start - 1) + "X" + "-" * (400 - start)
    excerpt, caret = show(problem(line, start))
    assert excerpt == f"   9 | {shown}"
    assert caret == f"     | {' ' * shown.index('X')}^"


def test_a_mark_does_not_leave_a_long_line() -> None:
    assert len(show(problem("x" * 400, 1, 401))[1]) == len("     | ") + WIDTH


def test_a_line_number_beyond_four_digits_keeps_its_line_aligned() -> None:
    assert show(problem("a: b", 1, 2, line=12_345, end_line=12_345)) == ["12345 | a: b", "      | ^"]


def test_nothing_that_a_terminal_might_obey_is_shown() -> None:
    hostile = problem("\x1b[2Ja: b", 5, file="\x1b.yaml", message="\u202e", help="\x07")
    assert not set(format_text([hostile])) & set("\x1b\u202e\x07")


def test_colour_marks_the_place_the_severity_the_caret_and_the_help() -> None:
    assert format_text([problem("a: b", 1, 2, help="mend it")], colour=True) == (
        "\x1b[1ma.yaml:9:1:\x1b[0m \x1b[1;31merror[id]:\x1b[0m it is wrong\n"
        "   9 | a: b\n     | \x1b[1;31m^\x1b[0m\n\x1b[1;36mhelp:\x1b[0m mend it\n"
    )


@pytest.mark.parametrize(
    ("problems", "said"),
    [
        ([], "no problems"),
        ([problem(None)], "1 error in a.yaml"),
        ([problem(None)] * 2, "2 errors in a.yaml"),
        ([problem(None, severity="warning")], "1 warning in a.yaml"),
        ([problem(None, severity="warning"), problem(None)], "1 error and 1 warning in a.yaml"),
        ([problem(None), problem(None, file="b.yaml")], "2 errors in 2 files"),
    ],
)
def test_problems_are_summed_up_by_severity_and_file(problems: list[Diagnostic], said: str) -> None:
    assert summarise_problems(problems) == said
