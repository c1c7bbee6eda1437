"""Anchors and the aliases that repeat them: what each stands for, and what it counts for after expansion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from feedpub.source.events import (
    AliasEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

if TYPE_CHECKING:
    from feedpub.record import Value

_QUOTE_IT = "put the value in quotes if it is text"
_MAX_COMPARED = 200  # anchors, and characters of a name: more of them nobody has typed by hand


@dataclass(slots=True)
class Anchor:
    """A finished anchor: its value, the events it came from, and what it counts for after expansion."""

    value: Value
    items: list[Item]
    nodes: int
    text: int
    depth: int


@dataclass(slots=True)
class Alias:
    """A use of an anchor among the events."""

    event: AliasEvent
    anchor: Anchor | None


Item: TypeAlias = "Event | Alias"


def event_of(item: Item) -> Event:
    """Return the event of an item, an alias's own where it is one."""
    return item.event if isinstance(item, Alias) else item


def count_text(items: list[Item]) -> int:
    """Return how many code points the scalars among items hold."""
    return sum(len(item.value) for item in items if type(item) is ScalarEvent)


def measure_depth(items: list[Item]) -> int:
    """Return how many collections deep the value is that items make up, its aliases expanded."""
    depth = deepest = 0
    for item in items:
        kind = type(item)
        if kind is MappingStartEvent or kind is SequenceStartEvent:
            depth += 1
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            depth -= 1
        elif isinstance(item, Alias) and item.anchor is not None:
            deepest = max(deepest, depth + item.anchor.depth)
        deepest = max(deepest, depth)
    return deepest


def suggest_anchor(name: str, known: dict[str, Anchor | None]) -> str:
    """Return the help for an alias whose anchor there is not."""
    if len(known) > _MAX_COMPARED or len(name) > _MAX_COMPARED:
        return _QUOTE_IT
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistyped alias needs it

    close = get_close_matches(name, known, n=1)
    return f'did you mean "*{close[0]}"?' if close else _QUOTE_IT
