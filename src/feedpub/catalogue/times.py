"""What a time may be, and which instant it means. RFC 3339 with an offset, or a local time in the site's zone."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from feedpub.catalogue.invalid import Invalid
from feedpub.catalogue.texts import read_text
from feedpub.diagnostics import quote

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

FIRST_YEAR, LAST_YEAR = 1900, 9998

_TIME = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}:\d{2})(?:(:\d{2})(?:\.\d+)?)?(?:([Zz])|([+-])(\d{2}):(\d{2}))?)?\Z",
    re.ASCII,
)
_LOOSE_TIME = re.compile(
    r"(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})"
    r"(?:[Tt ,]+(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)? *(Z|z|UTC|GMT|[+-]\d{1,2}:?(?:\d{2})?)?)?\Z",
    re.ASCII,
)
_MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec"
_NAMED_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_NAMED_DATE = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[. -]+(?P<month>{_NAMED_MONTH}|(?<=\.)\d{{1,2}}(?=\.))"
    rf"|(?P<first>{_NAMED_MONTH}) (?P<second>\d{{1,2}})(?:st|nd|rd|th)?)[,. -]+(?P<year>\d{{4}})\Z",
    re.ASCII | re.IGNORECASE,
)
_EXAMPLE = "write a time such as 2026-02-12T09:00:00Z"
_NOT_ZONES = frozenset({"localtime", "posixrules", "Factory"})


def read_time(value: object, *, zone: tzinfo | None) -> datetime:
    """Return the instant that a text names, in UTC and whole seconds.

    ``zone`` supplies the offset where none is written. Raises Invalid for anything else than RFC 3339 (or a
    date alone), and for a local time that does not exist or exists twice.
    """
    text = read_text(value)
    match = _TIME.match(text)
    if match is None:
        raise Invalid("time", f"is {quote(text)}, not a time", _suggest(text))
    day, clock, second, utc, sign, hours, minutes = match.groups()
    year = int(day[:4])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Invalid(
            "time-out-of-range", f"is in the year {year}, not between {FIRST_YEAR} and {LAST_YEAR}", "check the year"
        )
    if clock and clock > "23:59":  # from Python 3.14 on, 24:00 would be read as the next day's midnight
        raise _no_such_time(text, day, clock)
    try:
        local = datetime.fromisoformat(f"{day}T{clock or '00:00'}{second or ':00'}{'Z' if utc else ''}")
    except ValueError:
        raise _no_such_time(text, day, clock) from None
    if utc:
        return local
    if sign:
        if int(hours) > 23 or int(minutes) > 59:  # noqa: PLR2004 - the bounds of RFC 3339, section 5.6
            raise Invalid("time", f"is {quote(text)}, whose offset is on no clock", "offsets go from -23:59 to +23:59")
        offset = timedelta(hours=int(hours), minutes=int(minutes))
        return (local - offset if sign == "+" else local + offset).replace(tzinfo=UTC)
    if zone is None:
        raise _no_offset(text, is_date=clock is None)
    return _first_instant(local, zone, text) if clock is None else _resolve(local, zone, text)


def read_zone(value: object) -> tzinfo:
    """Return a zone of the IANA database, from the ``tzdata`` package, whatever the machine has."""
    text = read_text(value)
    if text not in _zone_names():
        raise Invalid("timezone", f"is {quote(text)}, no zone of the IANA database", _suggest_zone(text))
    return _load_zone(text)


def parse_authority_date(text: str) -> datetime:
    """Return the first instant, in UTC, of the ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` in a tag (RFC 4151).

    Raises ValueError for anything else.
    """
    if not re.match(r"\d{4}(?:-\d{2}(?:-\d{2})?)?\Z", text, re.ASCII):
        raise ValueError(text)
    year, month, day = (int(part) for part in (*text.split("-"), "1", "1")[:3])
    return datetime(year, month, day, tzinfo=UTC)


@cache
def _zone_names() -> frozenset[str]:
    return frozenset((_zones() / "zones").read_text(encoding="utf-8").split()) - _NOT_ZONES


@cache
def _load_zone(name: str) -> ZoneInfo:
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - only a catalogue with a zone needs it

    with (_zones() / "zoneinfo" / name).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


def _zones() -> Path:
    """Return the folder of the tzdata package, without importlib.resources, whose import takes longer than the zone."""
    import tzdata  # type: ignore[import-untyped]  # noqa: PLC0415 - untyped: only asked where it lies; as above

    return Path(tzdata.__path__[0])


def _resolve(local: datetime, zone: tzinfo, text: str) -> datetime:
    early, late = _offsets(local, zone)
    if early == late:
        return (local - early).replace(tzinfo=UTC)
    both = [f"{_written(local)}{_offset_text(offset)}" for offset in (early, late)]
    if early > late:
        raise Invalid(
            "time-exists-twice",
            f"is {quote(text)}, which the clocks of {zone} show twice",
            f"write {both[0]} for the first or {both[1]} for the second",
        )
    raise Invalid(
        "time-does-not-exist",
        f"is {quote(text)}, which the clocks of {zone} skip",
        f"write {both[1]} or {both[0]}",
    )


def _first_instant(midnight: datetime, zone: tzinfo, text: str) -> datetime:
    """Return a day's first instant: midnight, the first of two midnights, or the end of a gap over midnight."""
    early, late = _offsets(midnight, zone)
    if early >= late:
        return (midnight - early).replace(tzinfo=UTC)
    before, after = midnight - late, midnight - early  # the clocks change after the one, at the latest at the other
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        is_changed = zone.utcoffset(middle.replace(tzinfo=UTC).astimezone(zone)) != early
        before, after = (before, middle) if is_changed else (middle, after)
    instant = after.replace(tzinfo=UTC)
    if instant.astimezone(zone).date() != midnight.date():
        message = f"is {quote(text)}, a day that the calendar of {zone} skips"
        raise Invalid("time-does-not-exist", message, "write the day before or after it, or a time with its offset")
    return instant


def _offsets(local: datetime, zone: tzinfo) -> tuple[timedelta, timedelta]:
    """Return the offsets that hold at a local time before and after a change of the clocks (PEP 495)."""
    early, late = (zone.utcoffset(local.replace(fold=fold)) for fold in (0, 1))
    return early or timedelta(), late or timedelta()


def _no_such_time(text: str, day: str, clock: str | None) -> Invalid:
    """Return the verdict on a time that is written well and does not exist, with what there is in its place."""
    from calendar import monthrange  # noqa: PLC0415 - only a wrong time needs it

    year, month, number = int(day[:4]), int(day[5:7]), int(day[8:10])
    if not 1 <= month <= 12:  # noqa: PLR2004 - the months
        mend = "months go from 01 to 12; the day comes last"
    elif not 1 <= number <= (days := monthrange(year, month)[1]):
        mend = f"{day[:7]} has {days} days"
    elif clock and clock > "23:59":
        mend = "hours go from 00 to 23, minutes to 59"
    else:
        mend = "seconds go from 00 to 59"
    return Invalid("time", f"is {quote(text)}, which is in no calendar or on no clock", mend)


def _no_offset(text: str, *, is_date: bool) -> Invalid:
    if is_date:
        return Invalid(
            "time-without-offset",
            "is a date alone, which needs site.timezone",
            f"write {text}T00:00:00Z, or set site.timezone",
        )
    written = text.replace(" ", "T").replace("t", "T")
    return Invalid("time-without-offset", "has no time zone", f"write {written}Z, or set site.timezone")


def _suggest(text: str) -> str:
    """Return the mend for a text that is no time: what it probably meant, else an example."""
    if named := _NAMED_DATE.match(text):
        day, month, year = named["day"] or named["second"], named["month"] or named["first"], named["year"]
        text = f"{year}-{month if month.isdecimal() else _MONTHS.index(month.lower()[:3]) // 3 + 1:02}-{int(day):02}"
    if loose := _LOOSE_TIME.match(text):
        year, month, day, hour, minute, second, offset = loose.groups()
        try:
            meant = datetime(*map(int, (year, month, day, hour or 0, minute or 0, second or 0)))  # type: ignore[arg-type] # noqa: DTZ001 - six numbers; the offset follows
        except ValueError:
            return _EXAMPLE
        if not FIRST_YEAR <= meant.year <= LAST_YEAR:
            return _EXAMPLE
        written = _write_offset(offset)
        unsure = "" if hour and offset else f" with the right {'offset' if hour else 'time of day'}"
        return f"write {_written(meant)}{written}{unsure}"
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 - only a wrong time needs it

    try:
        meant = parsedate_to_datetime(text)
    except ValueError:
        return _EXAMPLE
    if not FIRST_YEAR <= meant.year <= LAST_YEAR:
        return _EXAMPLE
    return f"write {_written(meant)}{_offset_text(meant.utcoffset() or timedelta())}"


def _write_offset(text: str | None) -> str:
    """Return an offset as RFC 3339 writes it: ``+0100``, ``+1`` and ``+01:00`` are all the last."""
    if text is None or text[0] not in "+-":
        return "Z"
    digits = text[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "00")  # noqa: PLR2004 - hours alone
    return f"{text[0]}{int(hours):02}:{minutes}"


def _suggest_zone(text: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistyped zone needs it

    lowered = {name.lower(): name for name in _zone_names() if "/" in name}  # an abbreviation is like many others
    close = get_close_matches(text.lower().replace(" ", "_"), lowered, n=1)
    return f"did you mean {lowered[close[0]]}?" if close else "write a name such as Europe/London"


def _written(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat(timespec="seconds")


def _offset_text(offset: timedelta) -> str:
    seconds = int(offset.total_seconds())
    sign = "-" if seconds < 0 else "+"
    hours, minutes = divmod(abs(seconds) // 60, 60)
    return f"{sign}{hours:02}:{minutes:02}" if seconds else "Z"
