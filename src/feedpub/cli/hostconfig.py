"""``feedpub hostconfig``: what a web server or host has to be told."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import click

from feedpub.cli.options import Choice, catalogue_argument, count_workers, debug_option, now_option, read_now
from feedpub.cli.problems import print_problems
from feedpub.cli.remembering import cache_options, open_store
from feedpub.errors import EXIT_OK

if TYPE_CHECKING:
    from collections.abc import Iterator

SERVERS = ("nginx", "caddy", "netlify", "cloudflare", "apache")
"""The servers of `hosting`, which the help may not load."""


@click.command("hostconfig")
@click.argument("server", type=Choice(SERVERS))
@catalogue_argument
@click.option(
    "--root",
    default="/srv/www/feeds",
    show_default=True,
    metavar="PATH",
    help="The folder of the feeds on the server (nginx, Caddy, Apache).",
)
@click.option(
    "--redirect-formerly", is_flag=True, help="Answer 301 at former addresses of sections, instead of the feed."
)
@click.option(
    "--gone-after",
    metavar="DAYS",
    type=click.IntRange(0, 999_999),
    help="Answer 410 for topics that ended so many days ago.  [default: never]",
)
@click.option("--brotli", is_flag=True, help="Use .br files with nginx too, which needs the module of ngx_brotli.")
@click.option("--file", "name", metavar="NAME", help="Of several files print this one: _headers or _redirects.")
@now_option
@cache_options
@debug_option
def command(
    *,
    server: str,
    catalogue: str,
    root: str,
    redirect_formerly: bool,
    gone_after: int | None,
    brotli: bool,
    name: str | None,
    now: str | None,
    cache: str | None,
    no_cache: bool,
) -> int:
    """Print the configuration of SERVER for the feeds of CATALOGUE (articles.yaml).

    SERVER is nginx, caddy, netlify, cloudflare or apache. Media types, caching, CORS, links to hubs, compressed
    files, former addresses and topics that ended.
    """
    from feedpub.diagnostics import CatalogueError  # noqa: PLC0415 - loaded when the command runs
    from feedpub.hosting import SERVERS as WRITERS  # noqa: PLC0415 - as above
    from feedpub.hosting import Choices  # noqa: PLC0415 - as above
    from feedpub.pipeline import describe_hosting  # noqa: PLC0415 - as above

    choices = Choices(root=root, redirect_formerly=redirect_formerly, brotli=brotli)
    try:
        hosting = describe_hosting(
            catalogue,
            now=read_now(now),
            gone_after=None if gone_after is None else timedelta(days=gone_after),
            workers=count_workers(None),
            store=open_store(cache, no_cache=no_cache),
        )
    except CatalogueError as error:
        print_problems(error.diagnostics, report="text", most=None, ending="; there is nothing to configure")
        return error.exit_code
    files = WRITERS[server](hosting, choices)
    if name is not None and name not in files:
        raise click.UsageError(f"{server} has no file {name!r}; there is {' and '.join(files)}.")
    for text in [files[name]] if name else _join(files):
        click.echo(text, nl=False)
    return EXIT_OK


def _join(files: dict[str, str]) -> Iterator[str]:
    """Yield the texts of all files, each under its name where there are several."""
    if len(files) == 1:
        yield from files.values()
        return
    for name, text in files.items():
        yield f"# File {name}\n{text}\n"
