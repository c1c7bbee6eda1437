"""Events of libyaml → text with places: no node tree, no resolver, every scalar as the text that it is.

What YAML allows beyond plain data is bounded here: tags and second documents are refused, aliases may only
follow their anchors, and what they expand to is counted (a bomb ends where it goes over).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from feedpub.diagnostics import quote
from feedpub.record import REST, UNREAD, Unread
from feedpub.source.anchors import Alias, Anchor, count_text, event_of, measure_depth, suggest_anchor
from feedpub.source.events import AliasEvent, Event, MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent
from feedpub.source.reporting import Silence, StopReading
from feedpub.source.resuming import read_events
from feedpub.source.stream import FORBIDDEN, restore

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedpub.record import Value
    from feedpub.source.anchors import Item
    from feedpub.source.reporting import Reporter
    from feedpub.source.stream import CheckedStream

MAX_DEPTH = 32
_NOTHING = ("", "null", "~")  # what a plain scalar says that gives nothing
_FLATTEN = "write it with fewer brackets, or put it in quotes if it is text"
_MERGE = 'write "<<: *name", with &name at a mapping further up'
EXPANDED_NODES, EXPANDED_TEXT = 100_000, 16 << 20
"""What aliases may expand to in one file, in nodes and code points, beside `GROWTH` times what was written."""
GROWTH = 20
MAX_NODES = 250_000
"""Events of one record, an item of a list or the value of a root key: each takes up to a kilobyte until it is read."""
MAX_KEPT = 150_000
"""Events that the anchors of one file may hold, for they are kept until its end."""


class Composer:
    """Builds values from a parser's events and keeps the events of the value being built.

    ``items`` are the events since `start_record`; ``size`` counts the code points that aliases added to it;
    ``unused`` are the anchors of plain scalars that no alias has repeated; what is read while ``is_waiting`` is only
    there to be repeated, and not among them. ``passed`` counts the events that were passed over.
    The ``reporter`` is told of what is wrong.
    """

    def __init__(self, next_event: Callable[[], Event], *, stream: CheckedStream, reporter: Reporter) -> None:
        """Read from a function that returns the next event; the stream says what it swapped on the way."""
        self._stream = stream
        self._next = next_event
        self._is_resumed = False
        self._report = reporter.report
        self._report_escape = reporter.report_escape
        self._report_cut = reporter.report_cut
        self._anchors: dict[str, Anchor | None] = {}
        self._nodes = 0
        self._expanded_nodes = 0
        self._expanded_text = 0
        self.items: list[Item] = []
        self.expanded = 0
        self.unused: dict[str, Event] = {}
        self.is_waiting = False
        self._kept = 0
        self.passed = 0
        self._wanted: set[str] = set()

    def resume(self, next_event: Callable[[], Event], *, stream: CheckedStream) -> None:
        """Read on from another place; an anchor that is not known may stand in what was left out."""
        self.start_record()
        self._stream = stream
        self._next = next_event
        self._is_resumed = True

    def recompose(self, items: list[Item]) -> Value:
        """Return the value of events that were read before; nothing is reported or counted again."""
        again = Composer(read_events(items).__next__, stream=self._stream, reporter=Silence())
        again._anchors = dict(self._anchors)
        again.resume(again._next, stream=self._stream)
        return again.compose(again._next(), depth=2)

    @property
    def anchors(self) -> tuple[str, ...]:
        """The names of all anchors so far."""
        return tuple(self._anchors)

    def count(self) -> int:
        """Return how many events have been read, or nearly so: it grows with them."""
        return self._nodes + len(self.items) + self.passed

    def start_record(self) -> None:
        """Forget the events of the last record."""
        self._nodes += len(self.items)
        self.items = []
        self.expanded = 0

    def first_line(self) -> int:
        """Return the line on which the record begins, from 1; 0 before its first event."""
        if not self.items:
            return 0
        line: int = event_of(self.items[0]).start_mark.line
        return line + 1

    def size(self) -> int:
        """Return the code points that the record takes in the file, with what its aliases add."""
        start, end = event_of(self.items[0]).start_mark.index, event_of(self.items[-1]).end_mark.index
        return int(end - start) + self.expanded

    def report_cuts(self) -> None:
        """Report the plain values of the record that YAML ends where a person's text may have gone on."""
        until = event_of(self.items[-1]).end_mark.line
        for event, suspect in self._stream.suspects.take(self.items, until=until):
            self._report_cut(event, suspect)

    def last_scalar(self) -> ScalarEvent | None:
        """Return the last scalar that was read for the record."""
        return next((item for item in reversed(self.items) if isinstance(item, ScalarEvent)), None)

    def compose(self, event: Event, *, depth: int) -> Value:
        """Return the value that begins with an event; it lies in ``depth`` collections.

        Raises StopReading where reading cannot go on.
        """
        self.items.append(event)
        kind = type(event)
        if kind is ScalarEvent and event.anchor is None:
            return self._scalar(cast("ScalarEvent", event))
        if kind is AliasEvent:
            return self._alias(cast("AliasEvent", event), depth)
        return self._anchored(event, depth) if event.anchor is not None else self._collection(event, depth)

    def _collection(self, event: Event, depth: int) -> Value:
        if depth >= MAX_DEPTH:
            self._report("too-deep", f"more than {MAX_DEPTH} lists and mappings within each other", event, _FLATTEN)
            raise StopReading
        if event.tag is not None:
            self.refuse_tag(event)
        return self._mapping(depth + 1) if type(event) is MappingStartEvent else self._sequence(depth + 1)

    def _scalar(self, event: ScalarEvent) -> Value:
        text: str = event.value
        if event.tag is not None:
            self.refuse_tag(event)
            return UNREAD
        style = event.style
        if style == "" and text in _NOTHING:
            return None
        text = restore(text) if self._stream.swapped else text
        if style == '"' and not text.isprintable() and FORBIDDEN.search(text):
            self._report_escape(event, text)
            return FORBIDDEN.sub("\ufffd", text)
        return text

    def _sequence(self, depth: int) -> list[Value]:
        values: list[Value] = []
        while True:
            event = self._next()
            if type(event) is SequenceEndEvent:
                self.items.append(event)
                return values
            if len(self.items) > MAX_NODES:
                self._refuse_size()
            values.append(self.compose(event, depth=depth))

    def _mapping(self, depth: int) -> dict[str, Value]:
        values: dict[str, Value] = {}
        merged: list[Value] = []
        repeated: list[ScalarEvent] = []
        following = self._next
        append = self.items.append
        while True:
            event = following()
            if type(event) is not ScalarEvent:
                if type(event) is MappingEndEvent:
                    append(event)
                    if repeated:
                        self._report_repeated(repeated, first=next(iter(values)))
                    return self._merge(values, merged) if merged else values
                self.skip_pair(event, depth)
                continue
            append(event)
            if len(self.items) > MAX_NODES:
                self._refuse_size()
            key = self.compose_key(event)
            value_event = following()
            if key == "<<" and event.style == "":
                merged.append(self._merge_source(value_event, depth, seen=bool(merged), key=event))
            elif key in values:
                repeated.append(event)
                self.compose(value_event, depth=depth)
            elif type(value_event) is ScalarEvent and value_event.anchor is None:
                append(value_event)
                values[key] = self._scalar(value_event)
            else:
                values[key] = self.compose(value_event, depth=depth)

    def _report_repeated(self, repeated: list[ScalarEvent], *, first: str) -> None:
        """Report the keys of a mapping that are given twice; where all begin again, a dash is what is missing."""
        if repeated[0].value == first and len({event.value for event in repeated}) > 1:
            message = f"the key {quote(first)} is given twice, and so are those behind it"
            mend = 'begin the line with "- " if another item begins here'
            self._report("duplicate-key", message, repeated[0], mend)
            return
        for event in repeated:
            message = f"the key {quote(event.value)} is given twice"
            self._report("duplicate-key", message, event, "remove one of the two")

    def compose_key(self, event: ScalarEvent) -> str:
        """Return the text of a key."""
        if event.anchor is not None:
            self._keep(event, Anchor(event.value, [event], 1, len(event.value), 0))
        if event.tag is not None:
            self.refuse_tag(event)
        text = restore(event.value) if self._stream.swapped else event.value
        if event.style == '"' and FORBIDDEN.search(text):
            self._report_escape(event, text)
        return text

    def skip_pair(self, event: Event, depth: int) -> None:
        """Pass over a pair whose key is no text."""
        self._report(
            "key-not-text",
            "a key must be plain text, not a list, a mapping or an alias",
            event,
            "write a word before the colon",
        )
        kept, self.items = self.items, []
        self.compose(event, depth=depth)
        self.compose(self._next(), depth=depth)
        self.items = kept

    def _merge_source(self, event: Event, depth: int, *, seen: bool, key: Event) -> Value:
        value = self.compose(event, depth=depth)
        if seen:
            self._report("duplicate-key", 'the key "<<" is given twice', key, "give it one list of aliases")
            return None
        sources = value if isinstance(value, list) else [value]
        if not all(isinstance(source, dict | Unread) for source in sources):
            self._report("merge-not-mapping", '"<<" takes a mapping or a list of mappings', event, _MERGE)
            return UNREAD
        return value

    def _merge(self, values: dict[str, Value], merged: list[Value]) -> dict[str, Value]:
        """Add what ``<<`` brings: a key given here wins, then the earlier of the sources (YAML merge type)."""
        result: dict[str, Value] = {}
        for source in merged[0] if isinstance(merged[0], list) else merged[:1]:
            if isinstance(source, dict):
                self._spend(len(source), 0, self.items[-1])
                if not result:
                    result = dict(source)
                    continue
                for name, value in source.items():
                    result.setdefault(name, value)
            else:
                result[REST] = UNREAD
        return result | values

    def _anchored(self, event: Event, depth: int) -> Value:
        name = event.anchor or ""
        start = len(self.items) - 1
        nodes, text = self._expanded_nodes, self._expanded_text
        self._anchors[name] = None  # not finished: an alias to it would never end
        if (
            type(event) is ScalarEvent
            and event.style == ""
            and event.value not in _NOTHING
            and name not in self._wanted
            and not self.is_waiting
        ):
            self.unused[name] = event
        value = self._scalar(event) if type(event) is ScalarEvent else self._collection(event, depth)
        items = self.items[start:]
        anchor = Anchor(
            value,
            items,
            nodes=len(items) + self._expanded_nodes - nodes,
            text=count_text(items) + self._expanded_text - text,
            depth=measure_depth(items),
        )
        self._keep(event, anchor)
        return value

    def _keep(self, event: Event, anchor: Anchor) -> None:
        self._anchors[event.anchor or ""] = anchor
        self._kept += len(anchor.items)
        if self._kept > MAX_KEPT:
            message = f"the anchors of this file hold more than {MAX_KEPT:,} values"
            self._report("too-large", message, event, "use fewer anchors")
            raise StopReading

    def _refuse_size(self) -> None:
        """End reading where a record holds more than memory should."""
        message = f"more than {MAX_NODES // 2:,} values belong to what begins here"
        self._report("too-large", message, event_of(self.items[0]), "split it, or leave some of them out")
        raise StopReading

    def _alias(self, event: AliasEvent, depth: int) -> Value:
        name = event.anchor
        anchor = self._anchors.get(name)
        self.items[-1] = Alias(event, anchor)
        self._wanted.add(name)
        self.unused.pop(name, None)
        if anchor is None and self._is_resumed:
            return UNREAD
        if anchor is None:
            if name in self._anchors:
                message = f"the alias {quote('*' + name)} stands inside its own anchor"
                self._report("alias-to-itself", message, event, "remove the alias")
            else:
                self._report(
                    "unknown-alias",
                    f"no anchor {quote('&' + name)} comes before this alias",
                    event,
                    suggest_anchor(name, self._anchors),
                )
            return UNREAD
        if depth + anchor.depth > MAX_DEPTH:
            self._report("too-deep", f"more than {MAX_DEPTH} lists and mappings within each other", event, _FLATTEN)
            raise StopReading
        self._spend(anchor.nodes, anchor.text, event)
        return anchor.value

    def _spend(self, nodes: int, text: int, item: Item) -> None:
        event = event_of(item)
        self._expanded_nodes += nodes
        self._expanded_text += text
        self.expanded += text
        written = event.end_mark.index
        if (
            self._expanded_nodes > EXPANDED_NODES + GROWTH * (self._nodes + len(self.items))
            or self._expanded_text > EXPANDED_TEXT + GROWTH * written
        ):
            self._report(
                "expands-too-far", "the aliases of this file repeat far more than it holds", event, "use fewer aliases"
            )
            raise StopReading

    def refuse_tag(self, event: Event) -> None:
        """Report a tag: every one is refused, ``!!str`` too."""
        name = (event.tag or "").replace("tag:yaml.org,2002:", "!!")
        self._report(
            "tag",
            f"a catalogue has no YAML tags such as {quote(name)}",
            event,
            "remove the tag, or put the value in quotes if it is text",
        )
