"""The root mapping of one file, read from events: the values of its keys, or the items of those that list."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from feedpub.diagnostics import quote
from feedpub.record import Record, Span
from feedpub.source.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)
from feedpub.source.places import EventPlaces, span_of
from feedpub.source.reporting import StopReading
from feedpub.source.resuming import close

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from feedpub.record import Value
    from feedpub.source.composer import Composer
    from feedpub.source.notes import Notes
    from feedpub.source.resuming import Point


MAX_KEYS = 10_000
"""Root keys of one file: their places are kept until its end."""


def _is_nothing(event: Event) -> bool:
    """Tell whether an event is a value of which not a character is written."""
    return isinstance(event, ScalarEvent) and (event.value, event.style, event.anchor) == ("", "", None)


class Root:
    """The reading of one file's root mapping.

    ``key`` and ``column`` say which list is being read and where its dashes stand, None between lists; ``is_stray``
    that the key that was read last belongs to what stands before it; ``is_open`` that more items could follow the last
    one, were there more text.
    """

    def __init__(
        self,
        name: str,
        *,
        keys: dict[str, Span],
        fields: Collection[str],
        listed: Collection[str],
        only: Collection[str] | None,
        composer: Composer,
        notes: Notes,
    ) -> None:
        """Read the file of a name into ``keys``, the places of its root keys; the rest is as `CatalogueFile` has it."""
        self.key: str | None = None
        self.column: int | None = None
        self.is_stray = False
        self.is_open = False
        self._name = name
        self._keys = keys
        self._fields = fields
        self._listed = listed
        self._only = only
        self._composer = composer
        self._notes = notes
        self._next: Callable[[], Event]
        self._numbers: dict[str, int] = {}
        self._last: Record | None = None
        self._open: str | None = None

    def release(self, *, is_cut: bool = False) -> Iterator[Record]:
        """Yield the last record, which is kept back until it is clear that reading goes on behind it."""
        if self._last is not None:
            self._last.is_cut = is_cut
            yield self._last
            self._last = None

    def salvage(self) -> Iterator[Record]:
        """Yield what was read of the item, or of the value of a root key, in which reading broke off."""
        if self._open is None:
            return
        key, number = self._open, self._number(self._open) if self.key else 0
        composer = self._composer
        if items := close(composer.items):
            value = composer.recompose(items)
            places = EventPlaces(items)
            yield Record(self._name, key, number, composer.first_line(), 0, value, places, is_cut=True)

    def read(self, following: Callable[[], Event], point: Point) -> Iterator[Record]:
        """Yield the records from the file's start, or from the point on at which reading goes on."""
        self._next = following
        self._open = None
        self._next()  # the stream's start
        if type(self._next()) is not DocumentStartEvent:
            self._refuse_empty()
        event = self._next()
        if type(event) is ScalarEvent and not event.value and event.style == "":
            self._refuse_empty()
        if type(event) is not MappingStartEvent:
            message = "the file must be keys with values, such as site: and articles:"
            self._stop("root-not-mapping", message, event, "feedpub init writes a catalogue to begin with")
        if event.tag is not None:
            self._composer.refuse_tag(event)
        is_made_up = point.key is not None
        is_plain = event.start_mark.column == 0 and not event.flow_style and event.anchor is None and event.tag is None
        while type(key := self._next()) is not MappingEndEvent:
            yield from self.release(is_cut=self._is_stray(key))
            yield from self._read_key(key, is_made_up=is_made_up)
            is_made_up = False
        while type(event := self._next()) is DocumentEndEvent:
            self.is_open = self.is_open and is_plain and not event.explicit
        if type(event) is not StreamEndEvent:
            self._stop(
                "second-document",
                "a catalogue is one YAML document",
                event,
                "remove the --- line, or indent it if it belongs to a text",
            )

    def _read_key(self, event: Event, *, is_made_up: bool) -> Iterator[Record]:
        composer = self._composer
        composer.start_record()
        self.key = self.column = None
        self.is_open = False
        self.is_stray = self._is_stray(event)
        if type(event) is not ScalarEvent:
            composer.skip_pair(event, 1)
            return
        key = composer.compose_key(event)
        is_first = is_made_up or self._note_key(key, event)
        self.key = key if key in self._listed else None
        value_event = self._next()
        if key.startswith("x-") or (self._only is not None and key not in self._only):
            composer.is_waiting = True  # an anchor that waits below x- is no slip
            try:
                self._pass_over(value_event)
            finally:
                composer.is_waiting = False
        elif key in self._listed and type(value_event) is SequenceStartEvent and value_event.anchor is None:
            yield from self._read_items(key, value_event)
        else:
            self.key = None
            self._open = key if is_first and key not in self._listed else None
            value = composer.compose(value_event, depth=1)
            self._open = None
            if value is None and key in self._listed and _is_nothing(value_event):
                self.key, self.is_open = key, True  # its items may be about to come
            if is_first:
                yield from self._whole(key, value)

    def _is_stray(self, event: Event) -> bool:
        """Tell whether a root key belongs to what stands before it, and lost its indentation."""
        return isinstance(event, ScalarEvent) and event.value in self._fields

    def _note_key(self, key: str, event: ScalarEvent) -> bool:
        if key not in self._keys:
            if len(self._keys) >= MAX_KEYS:
                message = f"the file has more than {MAX_KEYS:,} root keys"
                self._stop("too-large", message, event, "leave some of them out")
            self._keys[key] = span_of(event)
            return True
        self._notes.report("duplicate-key", f"the key {quote(key)} is given twice", event, "remove one of the two")
        return False

    def _read_items(self, key: str, event: SequenceStartEvent) -> Iterator[Record]:
        composer = self._composer
        if event.tag is not None:
            composer.refuse_tag(event)
        self.column = event.start_mark.column
        self.is_open = not event.flow_style
        while type(item := self._next()) is not SequenceEndEvent:
            if (last := self._last) is not None:
                self._last = None
                yield last
            composer.start_record()
            self._open = key
            value = composer.compose(item, depth=2)
            self._open = None
            self._last = self._record(key, value, self._number(key), EventPlaces(composer.items))

    def _whole(self, key: str, value: Value) -> Iterator[Record]:
        """Take a value that was read whole; a list that is read by its items elsewhere is taken by them too."""
        places = EventPlaces(self._composer.items)
        if key in self._listed and isinstance(value, list):
            for position, item in enumerate(value):
                yield from self.release()
                self._last = self._record(key, item, self._number(key), places.below(position))
        else:
            self._last = self._record(key, value, 0, places)

    def _record(self, key: str, value: Value, number: int, places: EventPlaces) -> Record:
        composer = self._composer
        composer.report_cuts()
        return Record(self._name, key, number, composer.first_line(), composer.size(), value, places)

    def _number(self, key: str) -> int:
        self._numbers[key] = self._numbers.get(key, 0) + 1
        return self._numbers[key]

    def _pass_over(self, event: Event) -> None:
        """Read on to the end of a value without keeping it; what has an anchor is kept for its aliases."""
        depth = 0
        while True:
            if type(event) is not AliasEvent and getattr(event, "anchor", None) is not None:
                self._composer.compose(event, depth=depth + 1)
                self._composer.start_record()
            elif type(event) in (MappingStartEvent, SequenceStartEvent):
                depth += 1
            elif type(event) in (MappingEndEvent, SequenceEndEvent):
                depth -= 1
            if depth == 0:
                return
            event = self._next()
            self._composer.passed += 1

    def _refuse_empty(self) -> NoReturn:
        span = Span(1, 1, 1, 1)
        self._notes.add(
            "empty-file", "the file is empty", span=span, help="feedpub init writes a catalogue to begin with"
        )
        raise StopReading

    def _stop(self, rule: str, message: str, event: Event, help: str | None = None) -> NoReturn:  # noqa: A002 - the word of the reports
        self._notes.report(rule, message, event, help)
        raise StopReading
