from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from factories import MORNING
from feedpub.formats.readback import DocumentError
from feedpub.formats.times import format_rfc822, format_rfc3339, parse_rfc822, parse_rfc3339

TOKYO = timezone(timedelta(hours=9))


def test_rfc_3339_is_written_in_utc_with_a_z() -> None:
    assert format_rfc3339(MORNING) == "2026-02-12T09:00:00Z"
    assert format_rfc3339(datetime(2026, 2, 12, 18, 0, tzinfo=TOKYO)) == "2026-02-12T09:00:00Z"


def test_rfc_822_is_written_in_utc_with_english_names() -> None:
    assert format_rfc822(MORNING) == "Thu, 12 Feb 2026 09:00:00 +0000"
    assert format_rfc822(datetime(2026, 1, 1, 0, 0, tzinfo=TOKYO)) == "Wed, 31 Dec 2025 15:00:00 +0000"


def test_fractions_of_a_second_are_cut_off() -> None:
    moment = datetime(2026, 2, 12, 9, 0, 0, 999_999, tzinfo=UTC)
    assert format_rfc3339(moment) == "2026-02-12T09:00:00Z"
    assert format_rfc822(moment) == "Thu, 12 Feb 2026 09:00:00 +0000"


@pytest.mark.parametrize("year", [1900, 1969, 2000, 9998])
def test_both_ways_of_writing_are_read_back_in_any_year(year: int) -> None:
    moment = datetime(year, 2, 28, 23, 59, 59, tzinfo=UTC)
    assert parse_rfc3339(format_rfc3339(moment)) == moment
    assert parse_rfc822(format_rfc822(moment)) == moment


@pytest.mark.parametrize("text", ["", "soon", "2026-02-12", "2026-02-12T09:00:00", "2026-02-30T09:00:00Z"])
def test_what_is_no_time_by_rfc_3339_is_refused(text: str) -> None:
    with pytest.raises(DocumentError, match="not a time by RFC 3339"):
        parse_rfc3339(text)


@pytest.mark.parametrize("text", ["", "soon", "Thu, 12 Feb 2026 09:00:00", "Thu, 40 Feb 2026 09:00:00 +0000"])
def test_what_is_no_time_by_rfc_822_is_refused(text: str) -> None:
    with pytest.raises(DocumentError, match="not a time by RFC 822"):
        parse_rfc822(text)
