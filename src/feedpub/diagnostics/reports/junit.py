"""Diagnostics as a JUnit report: each problem is a test that failed; without problems, one passes."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from feedpub.diagnostics.quoting import reveal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedpub.diagnostics.diagnostic import Diagnostic

# The report says nothing of the clock and the machine, which the format wants to be named.
_WHEN, _WHERE = "1970-01-01T00:00:00", "localhost"


def write(diagnostics: Sequence[Diagnostic]) -> str:
    """Return an XML document with one suite."""
    errors = sum(one.severity == "error" for one in diagnostics)
    cases = "".join(map(_case, diagnostics)) or '    <testcase name="catalogue" classname="feedpub" time="0"/>\n'
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n'
        f'  <testsuite id="0" package="feedpub" name="feedpub" timestamp="{_WHEN}" hostname="{_WHERE}"'
        f' tests="{max(len(diagnostics), 1)}" failures="{errors}" errors="0" time="0">\n    <properties/>\n'
        f"{cases}    <system-out/>\n    <system-err/>\n  </testsuite>\n</testsuites>\n"
    )


def _case(one: Diagnostic) -> str:
    place = reveal(f"{one.file}:{one.line}:{one.column}")
    begin = f'    <testcase name={_attribute(place)} classname={_attribute(one.rule)} time="0"'
    told = reveal(one.message) + (f"\nhelp: {reveal(one.help)}" if one.help else "")
    if one.severity == "warning":  # what is allowed is no failure
        return f"{begin}/>\n"
    failure = f"<failure type={_attribute(one.rule)} message={_attribute(reveal(one.message))}>"
    return f"{begin}>\n      {failure}{escape(f'{place}: {told}')}</failure>\n    </testcase>\n"


def _attribute(text: str) -> str:
    return quoteattr(" ".join(text.split()))
