"""A time is one instant: with an offset by RFC 3339, without one by the clocks of the site's zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone, tzinfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from feedpub.catalogue.invalid import Invalid
from feedpub.catalogue.times import parse_authority_date, read_time, read_zone

ZONES = ("Europe/London", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia", "Africa/Cairo")
moments = st.datetimes(datetime(1901, 1, 1), datetime(2100, 1, 1)).map(lambda one: one.replace(microsecond=0))  # noqa: DTZ001 - local times


def read(text: str, zone: str | None = None) -> str:
    found = read_time(text, zone=read_zone(zone) if zone else None)
    return found.strftime("%Y-%m-%dT%H:%M:%SZ")


def refuse(text: object, zone: str | None = None) -> str:
    with pytest.raises(Invalid) as error:
        read_time(text, zone=read_zone(zone) if zone else None)
    return error.value.rule


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-02-12T09:00:00Z", "2026-02-12T09:00:00Z"),
        ("2026-02-12 09:00:00Z", "2026-02-12T09:00:00Z"),
        ("2026-02-12t09:00z", "2026-02-12T09:00:00Z"),
        ("2026-02-12T09:00:00.999999999Z", "2026-02-12T09:00:00Z"),
        ("2026-02-12T09:00:00+01:00", "2026-02-12T08:00:00Z"),
        ("2026-02-12T09:00:00-00:00", "2026-02-12T09:00:00Z"),
        ("2026-02-12T00:15:00+05:45", "2026-02-11T18:30:00Z"),
        ("2026-12-31T23:30:00-23:59", "2027-01-01T23:29:00Z"),
        (" 2026-02-12T09:00:00Z\n", "2026-02-12T09:00:00Z"),
    ],
)
def test_what_has_an_offset_needs_no_zone(text: str, expected: str) -> None:
    assert read(text) == read(text, "Asia/Kolkata") == expected


@pytest.mark.parametrize(
    "text",
    [
        "2026", "20260901", "1770886800", "2026-2-12", "2026-02-12T9:00Z", "2026-02-12T09Z", "2026-02-12T09:00:00+0100",
        "2026-02-12T09:00:00+01", "2026-02-12T09:00:00 Z", "12.02.2026", "2026-02-12T09:00:00,5Z", "2026-W07-4",
        "2026-02-12T24:00:00Z", "2026-06-30T23:59:60Z", "2026-02-30", "2026-13-01", "2026-02-12T09:00:00+24:00",
        "2026-02-12T09:60:00Z", "٢٠٢٦-02-12T09:00:00Z", "now", "2026-02-12T09:00:00.Z", "12:30:45",
    ],
)  # fmt: skip
def test_what_is_no_time_is_refused(text: str) -> None:
    assert refuse(text, "Europe/London") == "time"


@pytest.mark.parametrize("text", ["Thu, 12 Feb 1066 09:00:00 +0000", "12 Feb 1066", "1066-2-12", "9999/12/31"])
def test_a_year_that_would_be_refused_is_not_proposed(text: str) -> None:
    with pytest.raises(Invalid) as error:
        read_time(text, zone=None)
    assert error.value.help == "write a time such as 2026-02-12T09:00:00Z"


@pytest.mark.parametrize(
    "text", ["12 Feb 2026", "12. February 2026", "12.02.2026", "February 12, 2026", "Feb 12th 2026"]
)
def test_a_day_that_is_named_otherwise_is_proposed_as_it_should_be_written(text: str) -> None:
    with pytest.raises(Invalid) as error:
        read_time(text, zone=None)
    assert error.value.help == "write 2026-02-12T00:00:00Z with the right time of day"


@pytest.mark.parametrize("text", ["1899-12-31T23:59:59Z", "9999-01-01T00:00:00Z", "0000-01-01", "0001-01-01T00:00:00Z"])
def test_years_that_formats_cannot_carry_are_refused(text: str) -> None:
    assert refuse(text, "Europe/London") == "time-out-of-range"


@pytest.mark.parametrize("text", ["2026-02-12", "2026-02-12T09:00:00", "2026-02-12 09:00"])
def test_without_an_offset_and_a_zone_a_time_is_refused(text: str) -> None:
    assert refuse(text) == "time-without-offset"


@pytest.mark.parametrize(
    ("text", "zone", "expected"),
    [
        ("2026-01-15T09:00:00", "Europe/London", "2026-01-15T09:00:00Z"),
        ("2026-07-15T09:00:00", "Europe/London", "2026-07-15T08:00:00Z"),
        ("2026-03-29T00:59:59", "Europe/London", "2026-03-29T00:59:59Z"),
        ("2026-03-29T02:00:00", "Europe/London", "2026-03-29T01:00:00Z"),
        ("2026-10-25T00:59:59", "Europe/London", "2026-10-24T23:59:59Z"),
        ("2026-10-25T02:00:00", "Europe/London", "2026-10-25T02:00:00Z"),
        ("2026-04-05T01:29:59", "Australia/Lord_Howe", "2026-04-04T14:29:59Z"),
        ("2026-04-05T02:00:00", "Australia/Lord_Howe", "2026-04-04T15:30:00Z"),
        ("2026-02-12", "Europe/London", "2026-02-12T00:00:00Z"),
        ("2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00:00Z"),  # the clocks went from 00:00 to 01:00
        ("2018-02-18", "America/Sao_Paulo", "2018-02-18T03:00:00Z"),  # midnight was shown once, 23:00 twice
        ("2024-04-26", "Africa/Cairo", "2024-04-25T22:00:00Z"),
    ],
)
def test_a_local_time_is_read_by_the_clocks_of_its_zone(text: str, zone: str, expected: str) -> None:
    assert read(text, zone) == expected


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("2026-03-29T01:00:00", "Europe/London"),
        ("2026-03-29T01:59:59", "Europe/London"),
        ("2018-11-04T00:30:00", "America/Sao_Paulo"),
        ("2026-10-04T02:15:00", "Australia/Lord_Howe"),
        ("2011-12-30T12:00:00", "Pacific/Apia"),
    ],
)
def test_a_local_time_that_the_clocks_skip_is_refused(text: str, zone: str) -> None:
    assert refuse(text, zone) == "time-does-not-exist"


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("2026-10-25T01:00:00", "Europe/London"),
        ("2026-10-25T01:59:59", "Europe/London"),
        ("2018-02-17T23:30:00", "America/Sao_Paulo"),
        ("2026-04-05T01:45:00", "Australia/Lord_Howe"),
    ],
)
def test_a_local_time_that_the_clocks_show_twice_is_refused(text: str, zone: str) -> None:
    assert refuse(text, zone) == "time-exists-twice"


def test_a_day_that_a_calendar_skips_is_refused() -> None:
    assert refuse("2011-12-30", "Pacific/Apia") == "time-does-not-exist"


def test_the_mend_of_a_time_that_exists_twice_names_both_instants() -> None:
    with pytest.raises(Invalid) as error:
        read_time("2026-10-25T01:30:00", zone=read_zone("Europe/London"))
    assert error.value.help is not None
    first, second = (word for word in error.value.help.split() if word.startswith("2026"))
    assert read(first) == "2026-10-25T00:30:00Z"
    assert read(second) == "2026-10-25T01:30:00Z"


@given(moments, st.integers(-23 * 60 - 59, 23 * 60 + 59))
def test_an_instant_is_the_same_in_every_offset(local: datetime, minutes: int) -> None:
    moment = local.replace(tzinfo=UTC)
    there = moment.astimezone(timezone(timedelta(minutes=minutes)))
    assert read_time(there.isoformat(), zone=None) == moment


def try_to_read(text: str, zone: tzinfo) -> datetime | str:
    """Return the instant, or the rule that is broken."""
    try:
        return read_time(text, zone=zone)
    except Invalid as invalid:
        return invalid.rule


@given(moments, st.sampled_from(ZONES))
def test_a_local_time_is_read_back_from_its_instant(local: datetime, name: str) -> None:
    zone = read_zone(name)
    found = try_to_read(local.isoformat(), zone)
    earlier, later = (zone.utcoffset(local.replace(fold=fold)) for fold in (0, 1))
    if isinstance(found, datetime):
        assert found.astimezone(zone).replace(tzinfo=None) == local
        assert earlier == later
    else:
        assert found in ("time-exists-twice", "time-does-not-exist")
        assert earlier != later


@given(moments, st.sampled_from(ZONES))
def test_a_date_is_the_first_instant_of_its_day(local: datetime, name: str) -> None:
    zone = read_zone(name)
    assume(local.year > 1930)  # before, offsets had seconds
    first = try_to_read(local.date().isoformat(), zone)
    if isinstance(first, datetime):
        assert first.astimezone(zone).date() == local.date()
        assert (first - timedelta(seconds=1)).astimezone(zone).date() < local.date()
    else:
        assert first == "time-does-not-exist"


@pytest.mark.parametrize(
    "name", ["localtime", "posixrules", "right/UTC", "Factory", "europe/london", "../UTC", "", "MEZ"]
)
def test_only_names_of_the_iana_database_are_zones(name: str) -> None:
    with pytest.raises(Invalid):
        read_zone(name)


@pytest.mark.parametrize(
    ("text", "expected"), [("2026", "2026-01-01"), ("2026-05", "2026-05-01"), ("2026-05-07", "2026-05-07")]
)
def test_a_tag_s_date_is_its_first_instant(text: str, expected: str) -> None:
    assert parse_authority_date(text) == datetime.fromisoformat(f"{expected}T00:00:00+00:00")


@pytest.mark.parametrize("text", ["", "26", "2026-5", "2026-13", "2026-02-30", "2026-05-07T00:00", "٢٠٢٦"])
def test_what_is_no_date_of_a_tag_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"2026|month|day|^26$|^$|٢"):
        parse_authority_date(text)
