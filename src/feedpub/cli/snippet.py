"""``feedpub snippet``: the tags by which readers find the feeds of a site."""

from __future__ import annotations

import sys

import click

from feedpub.cli.completing import complete_sections
from feedpub.cli.options import Choice, catalogue_argument, count_workers, debug_option, now_option, read_now
from feedpub.cli.problems import print_problems
from feedpub.cli.progress import Progress
from feedpub.cli.remembering import cache_options, open_store
from feedpub.errors import EXIT_OK

FORMATS = ("rss", "atom", "json")
"""The formats of `formats`, which the help may not load."""


@click.command("snippet")
@catalogue_argument
@click.option(
    "--section",
    "sections",
    multiple=True,
    metavar="KEY",
    shell_complete=complete_sections,
    help="Print the tags of this section or topic only; several times for several.",
)
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="FORMAT",
    type=Choice(FORMATS),
    help="Print the tags of this format only: rss, atom or json; several times for several.",
)
@now_option
@cache_options
@debug_option
def command(
    *,
    catalogue: str,
    sections: tuple[str, ...],
    formats: tuple[str, ...],
    now: str | None,
    cache: str | None,
    no_cache: bool,
) -> int:
    """Print the tags by which readers find the feeds of CATALOGUE (articles.yaml).

    They belong into the head of the site's own pages: all of them into that of the home page, those of one section
    into that of its page.
    """
    from feedpub.diagnostics import CatalogueError  # noqa: PLC0415 - loaded when the command runs
    from feedpub.pipeline import discover  # noqa: PLC0415

    try:
        with Progress(sys.stderr) as progress:
            tags = discover(
                catalogue,
                now=read_now(now),
                topics=sections,
                formats=formats,
                workers=count_workers(None),
                store=open_store(cache, no_cache=no_cache),
                on_read=progress.show,
            )
    except CatalogueError as error:
        # stdout may be on its way into a page
        print_problems(error.diagnostics, report="text", most=None, ending="; there is nothing to print", err=True)
        return error.exit_code
    click.echo(tags, nl=False)
    return EXIT_OK
