"""What several commands take, and what they read of the environment: *now*, and whether to colour."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from feedpub.errors import UsageError

REPORTS = ("text", "concise", "github", "gitlab", "sarif", "json", "junit")
"""The reports of `diagnostics`, which the help may not load."""

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TextIO

    from feedpub.diagnostics import Diagnostic
    from feedpub.lint import Switches

F = TypeVar("F", bound="Callable[..., Any]")

catalogue_argument = click.argument("catalogue", default="articles.yaml", type=click.Path())
output_option = click.option(
    "-o",
    "--output",
    default="feeds",
    show_default=True,
    metavar="DIR",
    type=click.Path(),
    help="The folder of the feeds.",
)
now_option = click.option(
    "--now",
    metavar="TIME",
    help="The time to publish for, such as 2026-02-12T09:00:00Z; else SOURCE_DATE_EPOCH, else the clock.",
)


problems_option = click.option(
    "--max-problems",
    "most",
    default=200,
    show_default=True,
    metavar="N",
    type=click.IntRange(min=0),
    help="How many problems are printed; 0 prints all. All are found and counted.",
)


format_option = click.option(
    "--output-format",
    "report",
    metavar="FORMAT",
    type=click.Choice(REPORTS),
    help=f"How problems are printed: {', '.join(REPORTS)} (on GitHub github, else text).",
)


def lint_options(function: F) -> F:
    """Let a command take --select, --ignore and --strict, which `read_switches` reads."""
    several = "RULES may be several, with commas; feedpub explain lists them."
    for option in (
        click.option("--strict", is_flag=True, help="Count every warning as an error."),
        click.option("--ignore", multiple=True, metavar="RULES", help=f"Leave these warnings out. {several}"),
        click.option("--select", multiple=True, metavar="RULES", help="Tell these warnings only."),
    ):
        function = option(function)
    return function


def read_switches(select: Sequence[str], ignore: Sequence[str], *, strict: bool) -> Switches:
    """Return which warnings are told; raise UsageError for a rule that is no warning."""
    from feedpub.lint import Switches  # noqa: PLC0415 - loaded when a command runs

    return Switches(select=_split(select), ignore=_split(ignore), strict=strict)


def _split(lists: Sequence[str]) -> tuple[str, ...]:
    return tuple(one.strip() for text in lists for one in text.split(",") if one.strip())


def debug_option(function: F) -> F:
    """Let a command take --debug after its name as well; `main` looks for it wherever it stands."""
    return click.option("--debug", is_flag=True, expose_value=False, help="Show the traceback of an error.")(function)


def read_now(text: str | None) -> datetime:
    """Return the time to publish for, in UTC: what the option says, else SOURCE_DATE_EPOCH, else the clock.

    Raises UsageError for a text that is no time with an offset, and for a SOURCE_DATE_EPOCH that is no number.
    """
    if text is not None:
        return _parse_now(text)
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        moment = datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        raise UsageError(f"SOURCE_DATE_EPOCH is {epoch!r}, not a number of seconds since 1970") from None
    return moment


def wants_colour(stream: TextIO) -> bool:
    """Tell whether to colour what goes to a stream: FORCE_COLOR and NO_COLOR say so, else whether it is a terminal."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return bool(stream.isatty()) and os.environ.get("TERM") != "dumb"


def print_problems(diagnostics: Sequence[Diagnostic], *, report: str | None, most: int, ending: str) -> None:
    """Print diagnostics on stdout as a report, and how many there are on stderr.

    ``most`` bounds what is printed line by line (0: all); a report that is one document is always whole.
    """
    from feedpub.diagnostics.reports import DOCUMENTS, summarise_problems, write_report  # noqa: PLC0415 - only what has problems needs it

    name = choose_report(report)
    if name == "github":
        _write_summary(diagnostics)
    if not diagnostics and name not in DOCUMENTS:
        return
    found = [replace(one, file=_shorten(one.file)) for one in diagnostics] if name != "text" else diagnostics
    shown = found[:most] if most and name not in DOCUMENTS else found
    colour = name == "text" and wants_colour(sys.stdout)
    click.echo(write_report(name, shown, colour=colour), color=colour, nl=name == "text")
    sys.stdout.flush()
    if diagnostics:
        rest = len(found) - len(shown)
        more = f" ({rest:,} not shown: --max-problems 0 shows all)" if rest else ""
        click.echo(f"{summarise_problems(diagnostics)}{more}{ending}.", err=True)


def choose_report(report: str | None) -> str:
    """Return the report that is asked for, else what suits the place: `github` where GitHub runs, else `text`."""
    return report or ("github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text")


def is_document(report: str | None) -> bool:
    """Tell whether stdout belongs to a report that is one document: then all other words go to stderr."""
    from feedpub.diagnostics.reports import DOCUMENTS  # noqa: PLC0415 - loaded when a command runs

    return choose_report(report) in DOCUMENTS


def _shorten(file: str) -> str:
    """Return a file's name from the root of the repository, as reports want it; outside of one as it is."""
    home = os.environ.get("GITHUB_WORKSPACE") or os.environ.get("CI_PROJECT_DIR") or Path.cwd()
    path = os.path.relpath(file, home)
    return file if path.startswith("..") else path.replace(os.sep, "/")


def _write_summary(diagnostics: Sequence[Diagnostic]) -> None:
    """Add what was found to the page of a run on GitHub."""
    from feedpub.diagnostics.reports.github import write_summary  # noqa: PLC0415 - only GitHub needs it

    if path := os.environ.get("GITHUB_STEP_SUMMARY"):
        shown = [replace(one, file=_shorten(one.file)) for one in diagnostics]
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(write_summary(shown, title="feedpub"))


def _parse_now(text: str) -> datetime:
    from feedpub.catalogue.invalid import Invalid  # noqa: PLC0415 - loaded when a command reads a time
    from feedpub.catalogue.times import read_time  # noqa: PLC0415

    try:
        return read_time(text, zone=None)
    except Invalid as invalid:
        is_date = invalid.rule == "time-without-offset"
        problem = "needs a time of day and an offset" if is_date else invalid.message
        raise UsageError(f"--now {problem}; write a time such as 2026-02-12T09:00:00Z") from None
