"""A publication in words: a line for each topic, what waits, what was written."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from feedpub.diagnostics.quoting import quote, reveal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from feedpub.cli.told import Told, TopicLine, Waiting
    from feedpub.manifest import Change

_SIGNS = {"new": "+", "unread again": "+", "changed": "~", "changed silently": "~"}


def describe_topics(found: Told, *, diff: bool) -> Iterator[str]:
    """Yield a line for each topic: entries, newest, what changed; with ``diff``, one for each changed entry below."""
    width = max(len(topic.key) for topic in found.topics)
    for topic in found.topics:
        changes = [change for change in found.changes if change.topic == topic.key]
        yield f"{topic.key:<{width}}  {_describe_feed(topic)}  {_count_changes(changes, topic, found)}"
        if diff:
            yield from map(describe_change, changes)


def describe_waiting(found: Told, *, most: int) -> Iterator[str]:
    """Yield what is held back, what has expired (``most`` of each), and when the output will next change by itself."""
    yield from _list_waiting("held back until", found.held_back, most)
    yield from _list_waiting("expired", found.expired, most)
    if found.next_change is not None:
        yield f"the output will next change by itself at {write_time(found.next_change)}"


def describe_files(found: Told, *, seconds: float, would: bool) -> str:
    """Return the last line: how many files were written, left as they were and removed, and the time it took."""
    counts = [(len(found.written), "written"), (len(found.unchanged), "unchanged"), (len(found.removed), "removed")]
    told = ", ".join(f"{count} {word}" for count, word in counts)
    return f"{'would be: ' if would else ''}{told} ({seconds:.2f} s)"


def count(number: int, word: str, plural: str | None = None) -> str:
    """Return a number with its word: 1 entry, 2 entries."""
    return f"{number} {word if number == 1 else plural or word + 's'}"


def write_time(moment: datetime) -> str:
    """Return a time as everything that feedpub prints shows it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _describe_feed(topic: TopicLine) -> str:
    newest = f"newest {write_time(topic.newest)}" if topic.newest else "nothing yet".ljust(27)
    return f"{count(topic.entries, 'entry', 'entries'):>11}, {newest}{', retired' if topic.is_retired else ''}"


def _count_changes(changes: list[Change], topic: TopicLine, found: Told) -> str:
    if changes:
        from feedpub.manifest import KINDS  # noqa: PLC0415 - not where nothing has changed

        counts = Counter(change.kind for change in changes)
        return ", ".join(f"{counts[kind]} {kind}" for kind in KINDS if counts[kind])
    paths = {f"{topic.key}.{name}" for name in ("rss", "atom", "json", "html")}
    return "changed" if paths & set(found.written) else "unchanged"


def describe_change(change: Change) -> str:
    """Return a line for what happens to one entry."""
    fields = f" ({', '.join(change.fields)})" if change.fields else ""
    fields += f" (known as {reveal(change.old_id)})" if change.old_id else ""
    return f"  {_SIGNS.get(change.kind, '-')} {change.kind}: {reveal(change.id)} {quote(change.title)}{fields}"


def _list_waiting(word: str, found: Waiting, most: int) -> Iterator[str]:
    named = found.nearest[:most]
    for name, moment in named:
        yield f"{name}: {word} {write_time(moment)}"
    if found.number > len(named):
        yield f"and {found.number - len(named):,} more {word.removesuffix(' until')}"
