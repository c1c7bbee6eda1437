"""Times that are none, or in the wrong order, each told whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from diagnostics.pinned import HEAD, site, teaser, tell

if TYPE_CHECKING:
    from pathlib import Path

CASES = {
    "expires-before-published": (
        teaser("expires: 2026-01-01T00:00:00Z"),
        """\
catalogue.yaml:4:14: error[expires-before-published]: teaser "x": expires is not after published
   4 |   - expires: 2026-01-01T00:00:00Z
     |              ^^^^^^^^^^^^^^^^^^^^
help: give a later time, or remove expires
""",
    ),
    "updated-before-published": (
        teaser("updated: 2025-12-31T00:00:00Z"),
        """\
catalogue.yaml:4:14: error[updated-before-published]: teaser "x": updated is earlier than published
   4 |   - updated: 2025-12-31T00:00:00Z
     |              ^^^^^^^^^^^^^^^^^^^^
help: give the later of the two times
""",
    ),
    "time, digits alone": (
        teaser("published: 20260901", without="published"),
        """\
catalogue.yaml:4:16: error[time]: teaser "x": published is "20260901", not a time
   4 |   - published: 20260901
     |                ^^^^^^^^
help: write 2026-09-01T00:00:00Z with the right time of day
""",
    ),
    "time, of e-mail": (
        teaser("published: Thu, 12 Feb 2026 09:00:00 +0100", without="published"),
        """\
catalogue.yaml:4:16: error[time]: teaser "x": published is "Thu, 12 Feb 2026 09:00:00 +0100", not a time
   4 |   - published: Thu, 12 Feb 2026 09:00:00 +0100
     |                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
help: write 2026-02-12T09:00:00+01:00
""",
    ),
    "time, with single digits": (
        teaser("published: 2026-2-1 9:05:00 +0100", without="published"),
        """\
catalogue.yaml:4:16: error[time]: teaser "x": published is "2026-2-1 9:05:00 +0100", not a time
   4 |   - published: 2026-2-1 9:05:00 +0100
     |                ^^^^^^^^^^^^^^^^^^^^^^
help: write 2026-02-01T09:05:00+01:00
""",
    ),
    "time, without an offset and with single digits": (
        teaser("published: 2026-2-1 9:05", without="published"),
        """\
catalogue.yaml:4:16: error[time]: teaser "x": published is "2026-2-1 9:05", not a time
   4 |   - published: 2026-2-1 9:05
     |                ^^^^^^^^^^^^^
help: write 2026-02-01T09:05:00Z with the right offset
""",
    ),
    "time, in words": (
        teaser("published: yesterday", without="published"),
        """\
catalogue.yaml:4:16: error[time]: teaser "x": published is "yesterday", not a time
   4 |   - published: yesterday
     |                ^^^^^^^^^
help: write a time such as 2026-02-12T09:00:00Z
""",
    ),
    "time, of no calendar": (
        teaser("published: 2026-02-30T09:00:00Z", without="published"),
        """\
catalogue.yaml:4:16: error[time]: teaser "x": published is "2026-02-30T09:00:00Z", which is in no calendar or on no \
clock
   4 |   - published: 2026-02-30T09:00:00Z
     |                ^^^^^^^^^^^^^^^^^^^^
help: 2026-02 has 28 days
""",
    ),
    "time, of no clock": (
        teaser("published: 2026-02-12T24:00:00Z", without="published"),
        """\
catalogue.yaml:4:16: error[time]: teaser "x": published is "2026-02-12T24:00:00Z", which is in no calendar or on no \
clock
   4 |   - published: 2026-02-12T24:00:00Z
     |                ^^^^^^^^^^^^^^^^^^^^
help: hours go from 00 to 23, minutes to 59
""",
    ),
    "time, with an offset of no clock": (
        teaser("published: 2026-02-12T09:00:00+24:00", without="published"),
        """\
catalogue.yaml:4:16: error[time]: teaser "x": published is "2026-02-12T09:00:00+24:00", whose offset is on no clock
   4 |   - published: 2026-02-12T09:00:00+24:00
     |                ^^^^^^^^^^^^^^^^^^^^^^^^^
help: offsets go from -23:59 to +23:59
""",
    ),
    "time, of a retraction": (
        f"{HEAD}retracted:\n  - {{id: y, at: 12 Feb 2026}}\n",
        """\
catalogue.yaml:4:17: error[time]: retraction "y": at is "12 Feb 2026", not a time
   4 |   - {id: y, at: 12 Feb 2026}
     |                 ^^^^^^^^^^^
help: write 2026-02-12T00:00:00Z with the right time of day
""",
    ),
    "time-does-not-exist": (
        site("timezone: Europe/London") + teaser("published: 2026-03-29T01:30:00", without="published", head=""),
        """\
catalogue.yaml:8:16: error[time-does-not-exist]: teaser "x": published is "2026-03-29T01:30:00", which the clocks \
of Europe/London skip
   8 |   - published: 2026-03-29T01:30:00
     |                ^^^^^^^^^^^^^^^^^^^
help: write 2026-03-29T01:30:00+01:00 or 2026-03-29T01:30:00Z
""",
    ),
    "time-does-not-exist, a whole day": (
        site("timezone: Pacific/Apia") + teaser("published: 2011-12-30", without="published", head=""),
        """\
catalogue.yaml:8:16: error[time-does-not-exist]: teaser "x": published is "2011-12-30", a day that the calendar of \
Pacific/Apia skips
   8 |   - published: 2011-12-30
     |                ^^^^^^^^^^
help: write the day before or after it, or a time with its offset
""",
    ),
    "time-exists-twice": (
        site("timezone: Europe/London") + teaser("published: 2025-10-26T01:30:00", without="published", head=""),
        """\
catalogue.yaml:8:16: error[time-exists-twice]: teaser "x": published is "2025-10-26T01:30:00", which the clocks of \
Europe/London show twice
   8 |   - published: 2025-10-26T01:30:00
     |                ^^^^^^^^^^^^^^^^^^^
help: write 2025-10-26T01:30:00+01:00 for the first or 2025-10-26T01:30:00Z for the second
""",
    ),
    "time-out-of-range, too early": (
        teaser("published: 1899-12-31T00:00:00Z", without="published"),
        """\
catalogue.yaml:4:16: error[time-out-of-range]: teaser "x": published is in the year 1899, not between 1900 and 9998
   4 |   - published: 1899-12-31T00:00:00Z
     |                ^^^^^^^^^^^^^^^^^^^^
help: check the year
""",
    ),
    "time-out-of-range, too late": (
        teaser("expires: 9999-01-01T00:00:00Z"),
        """\
catalogue.yaml:4:14: error[time-out-of-range]: teaser "x": expires is in the year 9999, not between 1900 and 9998
   4 |   - expires: 9999-01-01T00:00:00Z
     |              ^^^^^^^^^^^^^^^^^^^^
help: check the year
""",
    ),
    "time-without-offset": (
        teaser("published: 2026-02-12T03:04:05", without="published"),
        """\
catalogue.yaml:4:16: error[time-without-offset]: teaser "x": published has no time zone
   4 |   - published: 2026-02-12T03:04:05
     |                ^^^^^^^^^^^^^^^^^^^
help: write 2026-02-12T03:04:05Z, or set site.timezone
""",
    ),
    "time-without-offset, with a space": (
        teaser("published: 2026-02-12 03:04", without="published"),
        """\
catalogue.yaml:4:16: error[time-without-offset]: teaser "x": published has no time zone
   4 |   - published: 2026-02-12 03:04
     |                ^^^^^^^^^^^^^^^^
help: write 2026-02-12T03:04Z, or set site.timezone
""",
    ),
    "time-without-offset, a date": (
        teaser("published: 2026-02-12", without="published"),
        """\
catalogue.yaml:4:16: error[time-without-offset]: teaser "x": published is a date alone, which needs site.timezone
   4 |   - published: 2026-02-12
     |                ^^^^^^^^^^
help: write 2026-02-12T00:00:00Z, or set site.timezone
""",
    ),
}


@pytest.mark.parametrize(("catalogue", "told"), CASES.values(), ids=CASES)
def test_a_wrong_time_is_told_whole(catalogue: str, told: str, tmp_path: Path) -> None:
    assert tell(tmp_path, catalogue) == told
