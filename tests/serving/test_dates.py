"""The three forms of an HTTP-date (RFC 9110, section 5.6.7), and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedpub.serving.dates import read_date, write_date

EXAMPLE = 784111777
NOW = 1_780_000_000  # 2026


@pytest.mark.parametrize(
    "text",
    ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"],
)
def test_each_form_says_the_same_time(text: str) -> None:
    assert read_date(text, now=NOW) == EXAMPLE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "784111777",
        "1994-11-06T08:49:37Z",
        "Sun, 06 Nov 1994 08:49:37",
        "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sun, 06 Nov 1994 08:49:37 +0000",
        "sun, 06 nov 1994 08:49:37 gmt",
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 31 Feb 1994 08:49:37 GMT",
        "Sun, 06 Nov 0000 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:00:00 GMT",
        "Sun, 06 Nov 1994 08:60:37 GMT",
        "Sun, 06 Nov 1994 08:49:61 GMT",
        "Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT",
        "Sun Nov 6 08:49:37 1994",
        "Sun, ٠٦ Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 GMT\n",
        " " * 1_000_000,
    ],
)
def test_anything_else_is_no_date(text: str) -> None:
    assert read_date(text, now=NOW) is None


@pytest.mark.parametrize(("year", "meant"), [("76", 2076), ("77", 1977), ("26", 2026), ("00", 2000)])
def test_a_year_of_two_digits_lies_at_most_50_years_ahead(year: str, meant: int) -> None:
    assert read_date(f"Sunday, 06-Nov-{year} 08:49:37 GMT", now=NOW) == read_date(
        f"Sun, 06 Nov {meant} 08:49:37 GMT", now=NOW
    )


def test_a_leap_second_is_the_one_after_it() -> None:
    leap, after = (read_date(f"Sun, 01 Jan 2017 00:00:{s} GMT", now=NOW) for s in ("60", "00"))
    assert leap is not None
    assert after is not None
    assert leap == after + 60


@given(st.integers(min_value=0, max_value=253402300799))
def test_what_is_written_is_read(seconds: int) -> None:
    assert read_date(write_date(seconds), now=NOW) == seconds


@given(st.text(max_size=60))
def test_no_text_is_too_much(text: str) -> None:
    assert read_date(text, now=NOW) is None or text.isascii()
