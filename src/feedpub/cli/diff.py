"""``feedpub diff``: what subscribers will notice."""

from __future__ import annotations

import json
import sys
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

import click

from feedpub.cli.options import Choice, NamedPath, count_workers, debug_option, now_option, read_now
from feedpub.cli.problems import print_problems
from feedpub.cli.progress import Progress
from feedpub.cli.remembering import cache_options, open_store
from feedpub.errors import EXIT_OK, EXIT_PROBLEMS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedpub.manifest import Change, TopicChange
    from feedpub.pipeline import Comparison

FORMATS = ("text", "json", "markdown", "jsonl")


@click.command("diff")
@click.argument("old", default="feeds", type=NamedPath(readable=False))
@click.argument("new", default="articles.yaml", type=NamedPath(readable=False))
@now_option
@click.option("--exit-code", is_flag=True, help="Exit 1 if something harms subscribers.")
@click.option("--output-format", "form", default="text", show_default=True, type=Choice(FORMATS))
@cache_options
@debug_option
def command(
    *, old: str, new: str, now: str | None, exit_code: bool, form: str, cache: str | None, no_cache: bool
) -> int:
    """Show what subscribers of OLD (feeds) will notice when NEW (articles.yaml) is published.

    OLD and NEW are published folders or their manifests; NEW may be a catalogue.
    """
    from feedpub.diagnostics import CatalogueError  # noqa: PLC0415 - loaded when the command runs
    from feedpub.manifest import HARMFUL  # noqa: PLC0415
    from feedpub.pipeline import compare  # noqa: PLC0415

    try:
        with Progress(sys.stderr) as progress:
            found = compare(
                old,
                new,
                now=read_now(now),
                workers=count_workers(None),
                store=open_store(cache, no_cache=no_cache),
                on_read=progress.show,
            )
    except CatalogueError as error:
        print_problems(error.diagnostics, report="text", most=None, ending="; nothing can be compared")
        return error.exit_code
    writers = {"text": _write_text, "json": _write_json, "markdown": _write_markdown, "jsonl": _write_events}
    for line in writers[form](found):
        click.echo(line)
    is_harmful = any(one.kind in HARMFUL for one in found.changes) or any(one.kind == "gone" for one in found.topics)
    return EXIT_PROBLEMS if exit_code and is_harmful else EXIT_OK


def _write_text(found: Comparison) -> Iterator[str]:
    from feedpub.cli.publication import describe_change  # noqa: PLC0415 - as above

    for topic in found.topics:
        yield _describe_topic(topic)
    for key, changes in groupby(found.changes, key=attrgetter("topic")):
        yield key
        yield from map(describe_change, changes)
    if not found.topics and not found.changes:
        yield "nothing that subscribers would notice"


def _describe_topic(topic: TopicChange) -> str:
    told = {"new": "is new", "moved": f"goes on as {topic.to}", "gone": "is gone"}
    return f"topic {topic.key} {told[topic.kind]}"


def _write_markdown(found: Comparison) -> Iterator[str]:
    from feedpub.diagnostics.reports.github import escape_cell  # noqa: PLC0415 - as above

    yield "### What subscribers will notice\n"
    for topic in found.topics:
        yield f"- {_describe_topic(topic)}"
    if found.changes:
        yield "\n| topic | what | title | id |\n|---|---|---|---|"
    for one in found.changes:
        what = one.kind + (f" ({', '.join(one.fields)})" if one.fields else "")
        yield f"| {one.topic} | {what} | {escape_cell(one.title)} | {escape_cell(one.id)} |"
    if not found.topics and not found.changes:
        yield "Nothing."


def _write_json(found: Comparison) -> Iterator[str]:
    topics = [{"topic": one.key, "event": one.kind, "to": one.to} for one in found.topics]
    changes = [{"topic": one.topic, **_event(one)} for one in found.changes]
    yield json.dumps({"topics": topics, "changes": changes}, ensure_ascii=False, indent=2)


def _write_events(found: Comparison) -> Iterator[str]:
    """Yield one event for each id, with what happens to it in each topic.

    The event is what happens in `all`, which holds every topic's entries; of one that `all` does not tell, the first.
    """
    by_id: dict[str, list[Change]] = {}
    for one in found.changes:
        by_id.setdefault(one.id, []).append(one)
    for changes in by_id.values():
        told = next((one for one in changes if one.topic == "all"), changes[0])
        yield json.dumps(_event(told) | {"topics": {one.topic: one.kind for one in changes}}, ensure_ascii=False)


def _event(change: Change) -> dict[str, object]:
    entry = change.entry
    return {
        "event": change.kind,
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "published": entry.published.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "updated": entry.updated.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "fields": list(change.fields),
        "old_id": change.old_id,
    }
