"""What hurts subscribers in the entries that documents show: their bodies, and the same title twice."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from feedpub.catalogue import look_up, name_entry
from feedpub.diagnostics import diagnose, quote
from feedpub.lint.bodies import find_in_body
from feedpub.lint.trouble import place_trouble

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from feedpub.catalogue import Site
    from feedpub.diagnostics import Diagnostic
    from feedpub.lint.trouble import Trouble
    from feedpub.loading import Catalogue
    from feedpub.loading.remarks import Remark
    from feedpub.record import Record
    from feedpub.select import Selection, Topic


def find_in_bodies(
    topic: Topic, *, selection: Selection, site: Site, seen: set[int]
) -> Iterator[tuple[int, list[Trouble]]]:
    """Yield what is to be said of the bodies that a topic shows, each with its entry's number in the index.

    What was ``seen`` in another topic is not looked at again.
    """
    for entry in topic.feed.entries:
        seq = selection.shown.get(entry.id)
        if seq is None or seq in seen:  # the former is the last words of a topic that has ended
            continue
        seen.add(seq)
        value = selection.read_text(seq)
        fields = value if isinstance(value, dict) else {}
        body, body_format = fields.get("body"), fields.get("body_format") or site.body_format
        values = {"title": entry.title, "url": entry.url, "summary": fields.get("summary")}
        if troubles := list(find_in_body(values, body=body, body_format=body_format)):  # type: ignore[arg-type] # a sound entry's fields have their types
            yield seq, troubles


def judge_bodies(found: Mapping[int, list[Trouble]], *, loaded: Catalogue) -> Iterator[Remark]:
    """Yield what was found in bodies, each with its place: for that, files are read again."""
    if found:
        for seq, again in loaded.read_again(found).items():
            yield from (place_trouble(trouble, again) for trouble in found[seq])


def is_quiet(topic: Topic, found: Collection[int], *, selection: Selection) -> bool:
    """Tell whether a topic shows no entry in which something was found, nor the same title twice."""
    entries = topic.feed.entries
    titles = {entry.title.casefold() for entry in entries}
    return len(titles) == len(entries) and not any(selection.shown.get(entry.id) in found for entry in entries)


def judge_titles(topics: Iterable[Topic], *, selection: Selection, loaded: Catalogue) -> Iterator[Diagnostic]:
    """Yield a warning for each entry whose title another one has that was read before it, where a topic shows both.

    Case and white space make no difference.
    """
    pairs: dict[int, tuple[int, str]] = {}
    for topic in topics:
        first: dict[str, int] = {}
        shown = ((selection.shown.get(entry.id), entry.title) for entry in topic.feed.entries)
        for seq, title in sorted((seq, title) for seq, title in shown if seq is not None):
            other = first.setdefault(title.casefold(), seq)
            if other != seq:
                pairs.setdefault(seq, (other, topic.key))
    if not pairs:
        return
    records = loaded.read_again({*pairs, *(other for other, _ in pairs.values())})
    copies = _list_copies(loaded.diagnostics)
    for seq, (other, topic_key) in sorted(pairs.items()):
        if seq not in records or other not in records:
            continue
        record, before = records[seq].record, records[other].record
        if _is_copy(record, copies):
            continue
        where = f"{before.file}:{before.places.use(('title',)).line}"
        message = (
            f"{name_entry(record)}: title {quote(_title_of(record))} is also that of {name_entry(before)} ({where}) "
            f"in topic {quote(topic_key)}"
        )
        mend = "say in each title what sets it apart"
        yield diagnose("same-title", message, file=record.file, span=record.places.use(("title",)), help=mend)


def _title_of(record: Record) -> str:
    return str(look_up(record.value, ("title",)))


def _list_copies(diagnostics: Iterable[Diagnostic]) -> dict[str, list[int]]:
    """Return by files the lines, in order, on which entries have been refused as others have their ids or urls."""
    lines: dict[str, list[int]] = {}
    for one in diagnostics:
        if one.rule.startswith("duplicate-"):
            lines.setdefault(one.file, []).append(one.line)
    return {file: sorted(some) for file, some in lines.items()}


def _is_copy(record: Record, copies: Mapping[str, list[int]]) -> bool:
    """Tell whether an entry has been refused because another has its id or url: that says enough."""
    span, lines = record.places.value(()), copies.get(record.file, [])
    first = bisect_left(lines, span.line)
    return first < len(lines) and lines[first] <= span.end_line
