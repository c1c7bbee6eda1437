"""``feedpub status``: how each topic is doing."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from feedpub.cli.options import (
    Choice,
    catalogue_argument,
    count_workers,
    debug_option,
    now_option,
    output_option,
    read_now,
)
from feedpub.cli.problems import print_problems
from feedpub.cli.progress import Progress
from feedpub.cli.publication import write_time
from feedpub.cli.remembering import cache_options, open_store
from feedpub.errors import EXIT_OK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from feedpub.pipeline import Publication
    from feedpub.select import Topic

DAYS = 14
"""Days of which publications are drawn, the last of which ends *now*; a topic without one is quiet."""
_BARS = "▁▂▃▄▅▆▇█"
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)  # fmt: skip - and not the locale's
_FORMATS = ("text", "json", "markdown")
_HEADINGS = ("topic", "entries", "newest", "oldest", "size", f"{DAYS} days", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Status:
    """A topic in figures: times as text, the size of its largest feed in bytes, publications a day."""

    topic: str
    entries: int
    newest: str | None
    oldest: str | None
    size: int
    days: tuple[int, ...]
    note: str


@click.command("status")
@catalogue_argument
@output_option
@now_option
@click.option("--output-format", "form", default="text", show_default=True, type=Choice(_FORMATS))
@cache_options
@debug_option
def command(*, catalogue: str, output: str, now: str | None, form: str, cache: str | None, no_cache: bool) -> int:
    """Show each topic of CATALOGUE (articles.yaml): entries, times, size, how often something is published."""
    from feedpub.diagnostics import CatalogueError  # noqa: PLC0415 - loaded when the command runs
    from feedpub.pipeline import preview  # noqa: PLC0415

    moment = read_now(now)
    try:
        with Progress(sys.stderr) as progress:
            found = preview(
                catalogue,
                output=output,
                now=moment,
                workers=count_workers(None),
                store=open_store(cache, no_cache=no_cache),
                on_read=progress.show,
            )
    except CatalogueError as error:
        print_problems(error.diagnostics, report="text", most=None, ending="; there is nothing to tell")
        return error.exit_code
    sizes = _list_sizes(found)
    topics = [_measure(topic, sizes.get(topic.key, 0), moment) for topic in found.topics]
    writers = {"text": _write_text, "json": _write_json, "markdown": _write_markdown}
    for line in writers[form](topics):
        click.echo(line)
    return EXIT_OK


def draw_sparkline(counts: Sequence[int]) -> str:
    """Return a bar for each count, the highest for the largest; a dot for none."""
    most = max(counts, default=0)
    return "".join(_BARS[(count * len(_BARS) - 1) // most] if count else "·" for count in counts)


def _list_sizes(found: Publication) -> dict[str, int]:
    """Return the bytes of each topic's largest feed."""
    sizes: dict[str, int] = {}
    for path, size in found.sizes.items():
        key, _, suffix = path.rpartition(".")
        if suffix != "html":
            sizes[key] = max(size, sizes.get(key, 0))
    return sizes


def _measure(topic: Topic, size: int, now: datetime) -> _Status:
    times = topic.times
    ages = [(now - time) // timedelta(days=1) for time in times]
    return _Status(
        topic=topic.key,
        entries=len(times),
        newest=write_time(max(times)) if times else None,
        oldest=write_time(min(times)) if times else None,
        size=size,
        days=tuple(ages.count(age) for age in reversed(range(DAYS))),
        note=_note(topic, min(ages, default=None)),
    )


def _note(topic: Topic, age: int | None) -> str:
    if topic.retired_at is not None:
        return "retired"
    notes = ["nothing yet"] if age is None else [f"quiet for {age} days"] if age >= DAYS else []
    if topic.next is not None:
        moment, count = topic.next
        notes.append(f"next: {count} on {moment.day} {_MONTHS[moment.month - 1]} {moment:%H:%M} UTC")
    return ", ".join(notes)


def _rows(topics: Sequence[_Status]) -> Iterator[tuple[str, ...]]:
    yield _HEADINGS
    for one in topics:
        size = f"{one.size / 1000:.1f} kB"
        yield (
            one.topic,
            str(one.entries),
            one.newest or "–",
            one.oldest or "–",
            size,
            draw_sparkline(one.days),
            one.note,
        )


def _write_text(topics: Sequence[_Status]) -> Iterator[str]:
    rows = list(_rows(topics))
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _write_markdown(topics: Sequence[_Status]) -> Iterator[str]:
    heading, *rows = _rows(topics)
    yield f"| {' | '.join(heading)} |"
    yield "|---" * len(heading) + "|"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _write_json(topics: Sequence[_Status]) -> Iterator[str]:
    yield json.dumps([asdict(one) for one in topics], ensure_ascii=False, indent=2)
