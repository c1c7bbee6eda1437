"""One catalogue file, read an entry at a time."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NoReturn

from feedpub.diagnostics import quote
from feedpub.record import Record, Span
from feedpub.source.composer import Composer, StopReading
from feedpub.source.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    MarkedYAMLError,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    YAMLError,
    open_events,
)
from feedpub.source.legality import SAVE_AS_UTF_8, find_encoding, read_lines, report_flaws
from feedpub.source.messages import explain_refusal
from feedpub.source.notes import Notes
from feedpub.source.places import EventPlaces, span_of
from feedpub.source.resuming import MAX_RESUMED, close, find_point
from feedpub.source.stream import CheckedStream, open_regular

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path
    from typing import BinaryIO

    from feedpub.diagnostics import Diagnostic
    from feedpub.record import Value
    from feedpub.source.resuming import Point


class CatalogueFile:
    """A YAML file whose root is a mapping; `read` yields what it holds.

    ``name`` is what diagnostics call the file. Once `read` has ended, ``diagnostics`` holds what was wrong
    with its text and its YAML, ``keys`` the places of the root keys that were read, ``start`` that of the first
    of them, and ``complete`` says whether the file was read to its end: of an incomplete one nothing may be
    called missing.
    """

    def __init__(self, path: Path, *, name: str, roots: Collection[str] = (), fields: Collection[str] = ()) -> None:
        """Name a file; nothing is opened yet.

        ``roots`` are the root keys at which reading may go on after a mistake, ``fields`` keys that belong to what
        stands before them when they are found among the root keys.
        """
        self.path = path
        self.name = name
        self.fields = frozenset(fields).difference(roots)
        self._roots = roots
        self.keys: dict[str, Span] = {}
        self.complete = False
        self._is_flawed = False
        self._notes = Notes(name, line_at=self.line)

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """What was wrong with the file's text and YAML."""
        return self._notes.diagnostics

    @property
    def start(self) -> Span:
        """The place of the first root key, else of the file's beginning."""
        return min(self.keys.values(), default=Span(1, 1, 1, 1))

    def read(self, *, listed: Collection[str], only: Collection[str] | None = None) -> Iterator[Record]:
        """Yield the root keys' values as records; of the keys in ``listed`` each item of their list.

        With ``only``, the values of other keys are passed over, and nothing is checked that reading them would.
        Keys that begin with ``x-`` are read for their anchors and not yielded.
        Raises OSError, and NotRegularError for what is no regular file.
        """
        with open_regular(self.path) as raw:
            if (encoding := find_encoding(raw)) is not None:
                self._notes.add("not-utf-8", f"the file is {encoding}, not UTF-8", span=self.start, help=SAVE_AS_UTF_8)
                return
            yield from self._read(raw, listed, only)
            if self._is_flawed:
                raw.seek(0)
                self.diagnostics.extend(report_flaws(raw, file=self.name))

    def line(self, number: int) -> str:
        """Return a line of the file, counted from 1, without its end; beyond the file's end, an empty one."""
        with open_regular(self.path) as raw:
            return next(islice(read_lines(raw), number - 1, None), "")

    def _read(self, raw: BinaryIO, listed: Collection[str], only: Collection[str] | None) -> Iterator[Record]:
        stream = CheckedStream(raw)
        following = open_events(stream)
        composer = Composer(following, stream=stream, reporter=self._notes)
        root = _Root(self, composer, self._notes, listed, only)
        point: Point | None = None
        for _ in range(MAX_RESUMED):
            mistake = None
            is_whole = False
            try:
                yield from root.read(following, point)
                is_whole = True
            except StopReading:
                pass
            except (YAMLError, ValueError) as error:
                mistake = self._report_refusal(error, composer, is_stray=root.is_stray)
            self.complete = is_whole and point is None
            if self.complete:
                self._report_unused(composer)
            yield from root.release(is_cut=not is_whole)
            self._is_flawed = self._is_flawed or stream.flawed
            if mistake is None:
                return
            yield from root.salvage()
            after = max(mistake.line, composer.first_line(), point.line if point else 0)
            point = find_point(raw, after=after, key=root.key, column=root.column, roots=self._roots)
            if point is None:
                return
            raw.seek(point.offset)
            stream = CheckedStream(raw, head=point.head())
            following = open_events(stream)
            composer.resume(following, stream=stream)

    def _report_unused(self, composer: Composer) -> None:
        """Tell of plain text that begins with an ampersand, which makes an anchor of its first word."""
        for name, event in composer.unused.items():
            message = f'"&{name}" is an anchor that no alias repeats, and no part of the text'
            self._notes.report("unused-anchor", message, event, "put the value in quotes if it is text")

    def _report_refusal(self, error: Exception, composer: Composer, *, is_stray: bool) -> Span:
        """Note what stopped libyaml, and return the place of the mistake.

        Behind a stray key, which has been told, the lines that are indented as they should be stop it too.
        """
        last = composer.last_scalar()
        if not isinstance(error, MarkedYAMLError):  # some scalars raise errors that have no mark
            span = span_of(last) if last else self.start
            self._notes.add("syntax", f"this is not YAML: {quote(str(error))}", span=span)
            return span
        found = explain_refusal(error, last=last, line_at=self.line)
        if is_stray and "mapping values" in (error.problem or ""):
            return found.span
        rule = "too-deep" if "nesting depth" in (error.problem or "") else "syntax"
        self._notes.add(rule, found.message, span=found.span, help=found.help)
        return found.span


class _Root:
    """The reading of one file's root mapping."""

    def __init__(
        self,
        file: CatalogueFile,
        composer: Composer,
        notes: Notes,
        listed: Collection[str],
        only: Collection[str] | None,
    ) -> None:
        self.key: str | None = None
        self.column: int | None = None
        self._file = file
        self._composer = composer
        self._notes = notes
        self._listed = listed
        self._only = only
        self._next: Callable[[], Event]
        self._numbers: dict[str, int] = {}
        self._last: Record | None = None
        self._open: str | None = None
        self.is_stray = False

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
            yield Record(self._file.name, key, number, composer.first_line(), 0, value, places, is_cut=True)

    def read(self, following: Callable[[], Event], point: Point | None) -> Iterator[Record]:
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
        is_made_up = point is not None and point.key is not None
        while type(key := self._next()) is not MappingEndEvent:
            yield from self.release(is_cut=self._is_stray(key))
            yield from self._read_key(key, is_made_up=is_made_up)
            is_made_up = False
        while type(event := self._next()) is DocumentEndEvent:
            pass
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
        self.is_stray = self._is_stray(event)
        if type(event) is not ScalarEvent:
            composer.skip_pair(event, 1)
            return
        key = composer.compose_key(event)
        is_first = is_made_up or self._note_key(key, event)
        self.key = key if key in self._listed else None
        value_event = self._next()
        if key.startswith("x-") or (self._only is not None and key not in self._only):
            unused = dict(composer.unused)  # an anchor that waits below x- is no slip
            self._pass_over(value_event)
            composer.unused = unused
        elif key in self._listed and type(value_event) is SequenceStartEvent and value_event.anchor is None:
            yield from self._read_items(key, value_event)
        else:
            self.key = None
            self._open = key if is_first and key not in self._listed else None
            value = composer.compose(value_event, depth=1)
            self._open = None
            if is_first:
                yield from self._whole(key, value)

    def _is_stray(self, event: Event) -> bool:
        """Tell whether a root key belongs to what stands before it, and lost its indentation."""
        return isinstance(event, ScalarEvent) and event.value in self._file.fields

    def _note_key(self, key: str, event: ScalarEvent) -> bool:
        keys = self._file.keys
        if key not in keys:
            keys[key] = span_of(event)
            return True
        self._notes.report("duplicate-key", f"the key {quote(key)} is given twice", event, "remove one of the two")
        return False

    def _read_items(self, key: str, event: SequenceStartEvent) -> Iterator[Record]:
        composer = self._composer
        if event.tag is not None:
            composer.refuse_tag(event)
        self.column = event.start_mark.column
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
        return Record(self._file.name, key, number, composer.first_line(), composer.size(), value, places)

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

    def _refuse_empty(self) -> NoReturn:
        span = Span(1, 1, 1, 1)
        self._notes.add(
            "empty-file", "the file is empty", span=span, help="feedpub init writes a catalogue to begin with"
        )
        raise StopReading

    def _stop(self, rule: str, message: str, event: Event, help: str | None = None) -> NoReturn:  # noqa: A002 - the word of the reports
        self._notes.report(rule, message, event, help)
        raise StopReading
