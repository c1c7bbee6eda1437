"""Where the values of a record stand, worked out from its events when somebody asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from feedpub.record import Span
from feedpub.source.anchors import Alias
from feedpub.source.events import MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedpub.record import Path
    from feedpub.source.anchors import Item
    from feedpub.source.events import Event


@dataclass(slots=True)
class _Node:
    """A value's place, where it is used (elsewhere for an alias), and what stands below it, with the keys' places."""

    span: Span
    use: Span
    below: dict[str | int, _Node]
    keys: dict[str | int, Span]


class EventPlaces:
    """The places of one record; ``prefix`` leads to it where its events begin further up."""

    def __init__(self, items: Sequence[Item], *, prefix: Path = ()) -> None:
        """Keep the record's events until a place is wanted."""
        self._items = items
        self._prefix = prefix
        self._root: _Node | None = None

    def below(self, step: str | int) -> EventPlaces:
        """Return the places of what stands one step further down."""
        return EventPlaces(self._items, prefix=(*self._prefix, step))

    def value(self, path: Path) -> Span:
        """Return the place of a value; of an aliased one, the place of what the alias stands for."""
        return self._find_scalar(path) or self._find(path).span

    def use(self, path: Path) -> Span:
        """Return the place where a value is used: of an aliased one, the place of the outermost alias."""
        if (span := self._find_scalar(path)) is not None:
            return span
        node = self._tree()
        for step in self._prefix + path:
            if node.use != node.span or step not in node.below:
                break
            node = node.below[step]
        return node.use

    def key(self, path: Path) -> Span:
        """Return the place of the key under which a value stands; in a list, the value's own."""
        if not path:
            return self.value(path)
        parent = self._find(path[:-1])
        return parent.keys.get(path[-1]) or self.value(path)

    def first_key(self, path: Path) -> Span:
        """Return the place of the first key of the mapping at a path (of an empty one, its own place)."""
        node = self._find(path)
        return min(node.keys.values(), default=node.span)

    def _find_scalar(self, path: Path) -> Span | None:
        """Return the place of a scalar that a key of the record has, without a look at the rest; None for all else."""
        if self._root is not None or self._prefix or len(path) != 1 or type(self._items[0]) is not MappingStartEvent:
            return None
        depth, key = 0, None
        for item in self._items[1:-1]:
            kind = type(item)
            if depth == 0 and key is None:
                if not isinstance(item, ScalarEvent) or item.value == "<<":
                    return None
                key = item.value
                continue
            if key == path[0]:
                return span_of(item) if isinstance(item, ScalarEvent) else None
            if kind in (MappingStartEvent, SequenceStartEvent):
                depth += 1
            elif kind in (MappingEndEvent, SequenceEndEvent):
                depth -= 1
            if depth == 0:
                key = None
        return None

    def _tree(self) -> _Node:
        if self._root is None:
            root, _ = _build(self._items, 0)
            self._root = _at_dash(root)
        return self._root

    def _find(self, path: Path) -> _Node:
        node = self._tree()
        for step in self._prefix + path:
            if step not in node.below:
                return node
            node = node.below[step]
        return node


def span_of(event: Event) -> Span:
    """Return the place of an event."""
    start, end = event.start_mark, event.end_mark
    return Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def _build(items: Sequence[Item], position: int) -> tuple[_Node, int]:
    """Return the node that begins at a position, and the position after it."""
    item = items[position]
    if isinstance(item, Alias):
        use = span_of(item.event)
        if item.anchor is None:
            return _Node(use, use, {}, {}), position + 1
        target, _ = _build(item.anchor.items, 0)
        return _Node(target.span, use, target.below, target.keys), position + 1
    if type(item) is MappingStartEvent:
        return _build_mapping(items, position)
    if type(item) is SequenceStartEvent:
        return _build_sequence(items, position)
    span = span_of(item)
    return _Node(span, span, {}, {}), position + 1


def _build_sequence(items: Sequence[Item], position: int) -> tuple[_Node, int]:
    start = position
    position += 1
    below: dict[str | int, _Node] = {}
    while type(items[position]) is not SequenceEndEvent:
        node, position = _build(items, position)
        below[len(below)] = _at_dash(node)
    return _node(items[start], items[position], below, {}), position + 1


def _at_dash(node: _Node) -> _Node:
    """Return the node of an item; one that holds nothing stands at its dash, which libyaml has just passed."""
    span = node.span
    if (span.line, span.column) != (span.end_line, span.end_column) or span.column == 1:
        return node
    dash = Span(span.line, span.column - 1, span.line, span.column)
    return _Node(dash, dash, {}, {})


def _build_mapping(items: Sequence[Item], position: int) -> tuple[_Node, int]:
    start = position
    position += 1
    below: dict[str | int, _Node] = {}
    keys: dict[str | int, Span] = {}
    merged: _Node | None = None
    while type(items[position]) is not MappingEndEvent:
        key = cast("ScalarEvent", items[position])  # a pair with another key has been told, and passed over
        node, position = _build(items, position + 1)
        if key.value == "<<" and key.style == "":
            merged = merged or node
        elif key.value not in below:
            below[key.value], keys[key.value] = node, span_of(key)
    result = _node(items[start], items[position], below, keys)
    if merged is not None:
        _merge(result, merged)
    return result, position + 1


def _merge(node: _Node, merged: _Node) -> None:
    """Add the places of what ``<<`` brings; a place that stands here, then an earlier source, wins."""
    sources = [merged] if merged.keys or not merged.below else list(merged.below.values())
    for source in sources:
        for name, key in source.keys.items():  # a list within the list has none, and is told
            if name not in node.below:
                node.below[name], node.keys[name] = source.below[name], key


def _node(first: Item, last: Item, below: dict[str | int, _Node], keys: dict[str | int, Span]) -> _Node:
    """Return a collection's node: a block one ends with the last of what is below it, not before the next token."""
    start, end = cast("Event", first), cast("Event", last)
    span = span_of(start)
    is_flow = end.start_mark.line != end.end_mark.line or end.start_mark.column != end.end_mark.column
    until = (end.end_mark.line + 1, end.end_mark.column + 1)
    if not is_flow:
        ends = [(one.use.end_line, one.use.end_column) for one in below.values()]
        until = max(ends, default=(span.end_line, span.end_column))
    whole = Span(span.line, span.column, *until)
    return _Node(whole, whole, below, keys)
