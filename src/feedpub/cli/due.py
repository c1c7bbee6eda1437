"""``feedpub due``: whether rendering now would change something, and when it next will."""

from __future__ import annotations

import click

from feedpub.cli.options import (
    catalogue_argument,
    count_workers,
    debug_option,
    format_option,
    now_option,
    output_option,
    problems_option,
    read_now,
)
from feedpub.cli.problems import print_problems
from feedpub.cli.publication import write_time
from feedpub.cli.remembering import cache_options, make_key, open_memory, open_store, recall
from feedpub.cli.told import tell
from feedpub.errors import EXIT_OK, EXIT_PROBLEMS


@click.command("due")
@catalogue_argument
@output_option
@now_option
@problems_option
@format_option
@cache_options
@debug_option
def command(
    *,
    catalogue: str,
    output: str,
    now: str | None,
    most: int | None,
    report: str | None,
    cache: str | None,
    no_cache: bool,
) -> int:
    """Tell whether rendering CATALOGUE now would change something: exit 1 if so.

    Prints when the output will next change by itself, or "never"; that is when a job should run again.
    """
    moment = read_now(now)
    memory = open_memory(cache, no_cache=no_cache)
    told = recall(memory, make_key("render", catalogue, output, False, (), (), False), now=moment)  # noqa: FBT003 - as render names its run
    if told is None:
        from feedpub.diagnostics import CatalogueError  # noqa: PLC0415 - loaded when there is something to find out
        from feedpub.pipeline import preview  # noqa: PLC0415

        try:
            store = open_store(cache, no_cache=no_cache)
            told = tell(preview(catalogue, output=output, now=moment, workers=count_workers(None), store=store))
        except CatalogueError as error:
            print_problems(error.diagnostics, report=report, most=most, ending="; it cannot be told what is due")
            return error.exit_code
    click.echo(write_time(told.next_change) if told.next_change else "never")
    says = {
        "current": "the feeds are current",
        "due": "a render is due: time has passed",
        "stale": "a render is due: the feeds are not what this catalogue makes",
    }
    click.echo(says[told.status], err=True)
    return EXIT_OK if told.status == "current" else EXIT_PROBLEMS
