"""What several commands take, and what they read of the environment: *now*, and whether to colour."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

from feedpub.cli.completing import complete_warnings
from feedpub.errors import UsageError

REPORTS = ("text", "concise", "github", "gitlab", "sarif", "json", "junit")
"""The reports of `diagnostics`, which the help may not load."""

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TextIO

    from feedpub.lint import Switches


class Choice(click.Choice[str]):
    """One of a few words; of a mistyped one, the message says which it probably is."""

    def get_invalid_choice_message(self, value: object, ctx: click.Context | None) -> str:
        """Return what is wrong with a word."""
        from difflib import get_close_matches  # noqa: PLC0415 - only a mistyped word needs it

        close = get_close_matches(str(value).lower(), self.choices, n=1)
        return super().get_invalid_choice_message(value, ctx) + (f" Did you mean {close[0]}?" if close else "")


class NamedPath(click.Path):
    """A path that is given: an empty one is what a script's unset variable leaves."""

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        """Return the path; fail where there is none."""
        if not value:
            self.fail("the path is empty.", param, ctx)
        return super().convert(value, param, ctx)


F = TypeVar("F", bound="Callable[..., Any]")

catalogue_argument = click.argument("catalogue", default="articles.yaml", type=NamedPath(readable=False))
output_option = click.option(
    "-o",
    "--output",
    default="feeds",
    show_default=True,
    metavar="DIR",
    type=NamedPath(readable=False),
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
    metavar="N",
    type=click.IntRange(min=0),
    help="How many problems are printed; 0 prints all. All are found and counted.  [default: 200, and 64 KiB]",
)


format_option = click.option(
    "--output-format",
    "report",
    metavar="FORMAT",
    type=Choice(REPORTS),
    help=f"How problems are printed: {', '.join(REPORTS)} (on GitHub github, else text).",
)


def lint_options(function: F) -> F:
    """Let a command take --select, --ignore and --strict, which `read_switches` reads."""
    several = "RULES may be several, with commas; feedpub explain lists them."
    for option in (
        click.option("--strict", is_flag=True, help="Count every warning as an error."),
        click.option(
            "--ignore",
            multiple=True,
            metavar="RULES",
            shell_complete=complete_warnings,
            help=f"Leave these warnings out. {several}",
        ),
        click.option(
            "--select",
            multiple=True,
            metavar="RULES",
            shell_complete=complete_warnings,
            help="Tell these warnings only.",
        ),
    ):
        function = option(function)
    return function


def read_switches(select: Sequence[str], ignore: Sequence[str], *, strict: bool) -> Switches:
    """Return which warnings are told; raise UsageError for a rule that is no warning."""
    from feedpub.lint import Switches  # noqa: PLC0415 - loaded when a command runs

    return Switches(select=_split(select), ignore=_split(ignore), strict=strict)


def _split(lists: Sequence[str]) -> tuple[str, ...]:
    return tuple(one.strip() for text in lists for one in text.split(",") if one.strip())


workers_option = click.option(
    "--workers",
    metavar="N",
    type=click.IntRange(min=1),
    help="How many processes may read large files; else as many as there are cores.",
)


def count_workers(workers: int | None) -> int:
    """Return how many processes may read: as many as were asked for, else one for each core that is ours."""
    if workers is not None:
        return workers
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


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


def _parse_now(text: str) -> datetime:
    from feedpub.catalogue.invalid import Invalid  # noqa: PLC0415 - loaded when a command reads a time
    from feedpub.catalogue.times import read_time  # noqa: PLC0415

    try:
        return read_time(text, zone=None)
    except Invalid as invalid:
        is_date = invalid.rule == "time-without-offset"
        problem = "needs a time of day and an offset" if is_date else invalid.message
        raise UsageError(f"--now {problem}; write a time such as 2026-02-12T09:00:00Z") from None
