"""``feedpub render``: publish a catalogue's feeds into a folder."""

from __future__ import annotations

import sys
import time
from functools import partial
from typing import TYPE_CHECKING

import click

from feedpub.cli.completing import complete_sections
from feedpub.cli.executing import executor_options, open_executor
from feedpub.cli.options import (
    Choice,
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
from feedpub.cli.problems import is_document, print_problems
from feedpub.cli.progress import Progress
from feedpub.cli.remembering import cache_options, make_key, open_memory, open_store, recall, remember
from feedpub.cli.told import tell
from feedpub.errors import EXIT_OK, EXIT_PROBLEMS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedpub.cli.told import Told
    from feedpub.index.memory import Memory
    from feedpub.index.pieces import PieceStore


FORMATS = ("rss", "atom", "json", "html")
"""The formats of `formats` and the name of all pages, which the help may not load."""


@click.command("render")
@catalogue_argument
@output_option
@now_option
@click.option("--check", "is_check", is_flag=True, help="Write nothing; exit 1 if anything would change.")
@click.option("--allow-due", is_flag=True, help="With --check, exit 0 where only time has passed.")
@click.option("--dry-run", is_flag=True, help="Write nothing; say what would be done.")
@click.option("--diff", is_flag=True, help="Show the changes entry by entry.")
@click.option("--adopt", is_flag=True, help="Take over files of others that stand where the feeds go.")
@click.option("-q", "--quiet", is_flag=True, help="Print problems only.")
@click.option("-v", "--verbose", is_flag=True, help="Print every file as well, and where the time went.")
@click.option(
    "--section",
    "sections",
    multiple=True,
    metavar="KEY",
    shell_complete=complete_sections,
    help="Publish the feeds of this section or topic only; several times for several.",
)
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="FORMAT",
    type=Choice(FORMATS),
    help="Publish this format only: rss, atom, json, or html for the pages; several times for several.",
)
@problems_option
@format_option
@workers_option
@executor_options
@lint_options
@cache_options
@debug_option
def command(
    *,
    catalogue: str,
    output: str,
    now: str | None,
    is_check: bool,
    allow_due: bool,
    dry_run: bool,
    diff: bool,
    adopt: bool,
    quiet: bool,
    verbose: bool,
    sections: tuple[str, ...],
    formats: tuple[str, ...],
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
    """Publish the feeds of CATALOGUE (articles.yaml): all of them, or on any error none."""
    if allow_due and not is_check:
        raise click.UsageError("--allow-due goes with --check.")
    others = open_executor(executor, files, workers=workers)
    started = time.monotonic()
    moment = read_now(now)
    memory = None if sections or formats else open_memory(cache, no_cache=no_cache)
    key = make_key("render", catalogue, output, adopt, select, ignore, strict)
    told = recall(memory, key, now=moment)
    is_rehearsal = is_check or dry_run
    if told is None:
        from feedpub.diagnostics import CatalogueError  # noqa: PLC0415 - loaded when there is something to do
        from feedpub.pipeline import preview, render  # noqa: PLC0415

        times = Times()
        switches, store = (
            read_switches(select, ignore, strict=strict),
            open_store(cache, no_cache=no_cache, memory=memory),
        )
        try:
            with others as team, Progress(sys.stderr) as progress:
                publish = preview if is_rehearsal else partial(render, on_wait=_say)
                found = publish(
                    catalogue,
                    output=output,
                    now=moment,
                    adopt=adopt,
                    switches=switches,
                    workers=count_workers(workers),
                    executor=team,
                    store=store,
                    topics=sections,
                    formats=formats,
                    on_stage=times.begin,
                    on_read=progress.show,
                )
        except CatalogueError as error:
            print_problems(error.diagnostics, report=report, most=most, ending="; nothing was published")
            return error.exit_code
        told = tell(found)
        if verbose:
            _say(times.tell())
            _say_trouble(store)
        if not is_rehearsal or found.status == "current":
            remember(memory, key, found, told, output=output, now=moment)
    print_problems(told.diagnostics, report=report, most=most, ending="")
    if not quiet:
        seconds = time.monotonic() - started
        for line in _describe(told, seconds, diff=diff, verbose=verbose, would=is_rehearsal):
            click.echo(line, err=is_document(report))
    if verbose:
        _say_trouble(memory)
    return _judge(told, allow_due=allow_due, quiet=quiet) if is_check else EXIT_OK


def _describe(found: Told, seconds: float, *, diff: bool, verbose: bool, would: bool) -> Iterator[str]:
    """Yield what a publication did, or would do; what is out of the ordinary goes to stderr at once."""
    from feedpub.cli.publication import describe_files, describe_topics, describe_waiting  # noqa: PLC0415 - as above

    if found.recovered:
        _say("finished a publication that was interrupted")
    yield from describe_topics(found, diff=diff)
    for path in found.left:
        _say(f"{path} is no longer made, but somebody has changed it: it stays")
    yield from describe_waiting(found, most=1_000 if verbose else 20)
    if verbose:
        for word, paths in (("written", found.written), ("unchanged", found.unchanged), ("removed", found.removed)):
            yield from (f"{word}: {path}" for path in paths)
    yield describe_files(found, seconds=seconds, would=would)


def _judge(found: Told, *, allow_due: bool, quiet: bool) -> int:
    says = {
        "current": "current: rendering would change nothing",
        "due": "due: only time has passed since the last render",
        "stale": "stale: the output is not what this catalogue makes",
    }
    if not quiet:
        is_manifest = found.status == "stale" and not (found.written or found.removed or found.left)
        _say("stale: only manifest.json would change" if is_manifest else says[found.status])
    is_good = found.status == "current" or (allow_due and found.status == "due")
    return EXIT_OK if is_good else EXIT_PROBLEMS


def _say_trouble(cache: Memory | PieceStore | None) -> None:
    if cache is not None and cache.trouble:
        _say(cache.trouble)


class Times:
    """How long each stage of a run takes."""

    def __init__(self) -> None:
        """Begin before the first stage."""
        self._begun: list[tuple[str, float]] = []

    def begin(self, stage: str) -> None:
        """Hear that a stage begins, and so the one before it ends."""
        self._begun.append((stage, time.monotonic()))

    def tell(self) -> str:
        """Return where the time went until now, in a line."""
        ends = [moment for _, moment in self._begun[1:]] + [time.monotonic()]
        stages = zip(self._begun, ends, strict=True)
        return "time: " + ", ".join(f"{stage} {end - start:.2f} s" for (stage, start), end in stages)


def _say(sentence: str) -> None:
    click.echo(sentence, err=True)
