"""Times as HTTP writes and reads them (RFC 9110, section 5.6.7), and as logs of web servers do."""

from __future__ import annotations

import re
from calendar import timegm
from datetime import date
from email.utils import formatdate
from time import gmtime

LONGEST = 40
"""Characters of the longest date, a Wednesday in RFC 850's form, and a few more."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH = f"(?P<month>{'|'.join(_MONTHS)})"
_DAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_LONG_DAY = "(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_TIME = "(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_DAY}, (?P<day>[0-9]{{2}}) {_MONTH} (?P<year>[0-9]{{4}}) {_TIME} GMT",
        rf"{_LONG_DAY}, (?P<day>[0-9]{{2}})-{_MONTH}-(?P<year>[0-9]{{2}}) {_TIME} GMT",
        rf"{_DAY} {_MONTH} (?P<day>[0-9]{{2}}| [0-9]) {_TIME} (?P<year>[0-9]{{4}})",
    )
)
_SHORT_YEAR = 2
_LEAP_SECOND = 60


def write_date(seconds: int) -> str:
    """Return a time (seconds since 1970) as an IMF-fixdate, whatever the locale."""
    return formatdate(seconds, usegmt=True)


def write_log_time(seconds: int) -> str:
    """Return a time (seconds since 1970) as logs of web servers have it, in UTC, whatever the locale."""
    moment = gmtime(seconds)
    clock = f"{moment.tm_hour:02}:{moment.tm_min:02}:{moment.tm_sec:02}"
    return f"{moment.tm_mday:02}/{_MONTHS[moment.tm_mon - 1]}/{moment.tm_year:04}:{clock} +0000"


def read_date(text: str, *, now: int) -> int | None:
    """Return the time (seconds since 1970) that an HTTP-date says in any of its three forms, None for another text.

    A year of two digits that seems to be more than 50 years after ``now`` (seconds since 1970) is the last such one.
    A leap second counts as the one after it.
    """
    if len(text) > LONGEST:
        return None
    for form in _FORMS:
        if found := form.fullmatch(text):
            year = _widen(int(found["year"]), now) if len(found["year"]) == _SHORT_YEAR else int(found["year"])
            return _count_seconds(year, found)
    return None


def _count_seconds(year: int, found: re.Match[str]) -> int | None:
    day, month = int(found["day"]), _MONTHS.index(found["month"]) + 1
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"])
    if hour > 23 or minute > 59 or second > _LEAP_SECOND:  # noqa: PLR2004 - a clock's
        return None
    try:
        date(year, month, day)
    except ValueError:
        return None
    return timegm((year, month, day, hour, minute, second))


def _widen(year: int, now: int) -> int:
    this = gmtime(now).tm_year
    near = this - this % 100 + year
    return near - 100 if near > this + 50 else near
