"""What several commands take, and what they read of the environment: *now*, and whether to colour."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

from feedpub.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TextIO

    from feedpub.diagnostics import Diagnostic

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


def print_problems(diagnostics: Sequence[Diagnostic], *, most: int, ending: str) -> None:
    """Print ``most`` diagnostics on stdout (0: all), and how many there are on stderr."""
    from feedpub.diagnostics.reports import format_text, summarise_problems  # noqa: PLC0415 - only what has problems needs it

    if diagnostics:
        colour = wants_colour(sys.stdout)
        shown = diagnostics[:most] if most else diagnostics
        click.echo(format_text(shown, colour=colour), color=colour)
        sys.stdout.flush()
        rest = len(diagnostics) - len(shown)
        more = f" ({rest:,} not shown: --max-problems 0 shows all)" if rest else ""
        click.echo(f"{summarise_problems(diagnostics)}{more}{ending}.", err=True)


def _parse_now(text: str) -> datetime:
    from feedpub.catalogue.invalid import Invalid  # noqa: PLC0415 - loaded when a command reads a time
    from feedpub.catalogue.times import read_time  # noqa: PLC0415

    try:
        return read_time(text, zone=None)
    except Invalid as invalid:
        is_date = invalid.rule == "time-without-offset"
        problem = "needs a time of day and an offset" if is_date else invalid.message
        raise UsageError(f"--now {problem}; write a time such as 2026-02-12T09:00:00Z") from None
