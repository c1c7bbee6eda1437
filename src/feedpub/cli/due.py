"""``feedpub due``: whether rendering now would change something, and when it next will."""

from __future__ import annotations

import click

from feedpub.cli.options import (
    catalogue_argument,
    debug_option,
    format_option,
    now_option,
    output_option,
    problems_option,
    read_now,
)
from feedpub.cli.problems import print_problems
from feedpub.cli.publication import write_time
from feedpub.errors import EXIT_OK, EXIT_PROBLEMS


@click.command("due")
@catalogue_argument
@output_option
@now_option
@problems_option
@format_option
@debug_option
def command(catalogue: str, output: str, now: str | None, most: int | None, report: str | None) -> int:
    """Tell whether rendering CATALOGUE now would change something: exit 1 if so.

    Prints when the output will next change by itself, or "never"; that is when a job should run again.
    """
    from feedpub.diagnostics import CatalogueError  # noqa: PLC0415 - loaded when the command runs
    from feedpub.pipeline import preview  # noqa: PLC0415

    try:
        found = preview(catalogue, output=output, now=read_now(now))
    except CatalogueError as error:
        print_problems(error.diagnostics, report=report, most=most, ending="; it cannot be told what is due")
        return error.exit_code
    click.echo(write_time(found.next_change) if found.next_change else "never")
    says = {
        "current": "the feeds are current",
        "due": "a render is due: time has passed",
        "stale": "a render is due: the feeds are not what this catalogue makes",
    }
    click.echo(says[found.status], err=True)
    return EXIT_OK if found.status == "current" else EXIT_PROBLEMS
