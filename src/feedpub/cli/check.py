"""``feedpub check``: everything that is wrong with a catalogue."""

from __future__ import annotations

import sys

import click

from feedpub.cli.executing import executor_options, open_executor
from feedpub.cli.options import (
    catalogue_argument,
    count_workers,
    debug_option,
    format_option,
    lint_options,
    now_option,
    output_option,
    problems_option,
    read_now,
    read_switches,
    workers_option,
)
from feedpub.cli.problems import print_problems
from feedpub.cli.progress import Progress
from feedpub.cli.remembering import cache_options, open_store
from feedpub.errors import EXIT_OK, EXIT_PROBLEMS


@click.command("check")
@catalogue_argument
@output_option
@now_option
@problems_option
@format_option
@workers_option
@executor_options
@cache_options
@lint_options
@debug_option
def command(
    *,
    catalogue: str,
    output: str,
    now: str | None,
    most: int | None,
    report: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    strict: bool,
    workers: int | None,
    executor: str | None,
    files: str | None,
    cache: str | None,
    no_cache: bool,
) -> int:
    """Find everything that is wrong with CATALOGUE (articles.yaml); nothing is written."""
    from feedpub.pipeline import check  # noqa: PLC0415 - loaded when the command runs

    switches, moment = read_switches(select, ignore, strict=strict), read_now(now)
    with open_executor(executor, files, workers=workers) as team, Progress(sys.stderr) as progress:
        problems = check(
            catalogue,
            output=output,
            now=moment,
            switches=switches,
            workers=count_workers(workers),
            executor=team,
            store=open_store(cache, no_cache=no_cache),
            on_read=progress.show,
        )
    print_problems(problems, report=report, most=most, ending="")
    if any(one.severity == "error" for one in problems):
        return EXIT_PROBLEMS
    if not problems:
        click.echo(f"{catalogue}: no problems", err=True)
    return EXIT_OK
