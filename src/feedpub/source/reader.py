"""One catalogue file, read an entry at a time."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from feedpub.diagnostics import quote
from feedpub.record import Span
from feedpub.source.composer import Composer
from feedpub.source.events import MarkedYAMLError, YAMLError, open_events
from feedpub.source.legality import SAVE_AS_UTF_8, find_encoding, report_flaws
from feedpub.source.lines import Lines
from feedpub.source.messages import explain_refusal
from feedpub.source.notes import Notes
from feedpub.source.pieces import ANY_COLUMN, Ending
from feedpub.source.places import span_of
from feedpub.source.reporting import StopReading
from feedpub.source.resuming import BEGINNING, MAX_PASSED, MAX_RESUMED, find_point
from feedpub.source.root import Root
from feedpub.source.stream import LONGEST, CheckedStream, open_regular

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path
    from typing import BinaryIO

    from feedpub.diagnostics import Diagnostic
    from feedpub.record import Record


class CatalogueFile:
    """A YAML file whose root is a mapping; `read` yields what it holds.

    ``name`` is what diagnostics call the file. Once `read` has ended, ``diagnostics`` holds what was wrong
    with its text and its YAML, ``keys`` the places of the root keys that were read, ``start`` that of the first
    of them, and ``complete`` says whether the file was read to its end: of an incomplete one nothing may be
    called missing. ``ending`` is how a complete one ended.
    """

    def __init__(
        self,
        path: Path,
        *,
        name: str,
        roots: Collection[str] = (),
        fields: Collection[str] = (),
        data: bytes | None = None,
    ) -> None:
        """Name a file; nothing is opened yet. With ``data``, that is read in its place.

        ``roots`` are the root keys at which reading may go on after a mistake, ``fields`` keys that belong to what
        stands before them when they are found among the root keys.
        """
        self.path = path
        self.name = name
        self._data = data
        self.fields = frozenset(fields).difference(roots)
        self._roots = roots
        self.keys: dict[str, Span] = {}
        self.complete = False
        self.ending: Ending | None = None
        self._is_flawed = False
        self._point = BEGINNING
        self._lines = Lines(self._open)
        self._notes = Notes(name, lines=self._lines)

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
        with self._open() as raw:
            if (encoding := find_encoding(raw)) is not None:
                self._notes.add("not-utf-8", f"the file is {encoding}, not UTF-8", span=self.start, help=SAVE_AS_UTF_8)
                return
            yield from self._read(raw, listed, only)
            self._notes.keep_within(raw)
            if self._is_flawed:
                raw.seek(0)
                self.diagnostics.extend(report_flaws(raw, file=self.name))

    def line(self, number: int) -> str:
        """Return a line of the file, counted from 1, without its end; beyond the file's end, an empty one."""
        return self._lines.get(number)

    def _open(self) -> BinaryIO:
        return open_regular(self.path) if self._data is None else BytesIO(self._data)

    def _read(self, raw: BinaryIO, listed: Collection[str], only: Collection[str] | None) -> Iterator[Record]:
        stream = CheckedStream(raw)
        following = open_events(stream)
        composer = Composer(following, stream=stream, reporter=self._notes)
        stream.count = composer.count
        root = Root(
            self.name,
            keys=self.keys,
            fields=self.fields,
            listed=listed,
            only=only,
            composer=composer,
            notes=self._notes,
        )
        passed = 0
        for _ in range(MAX_RESUMED):
            mistake = None
            is_whole = False
            try:
                yield from root.read(following, self._point)
                is_whole = True
            except StopReading:
                pass
            except (YAMLError, ValueError) as error:
                mistake = None if stream.is_cut else self._report_refusal(error, composer, is_stray=root.is_stray)
            if stream.is_cut:
                is_whole = False
                self._report_cut(composer)
            self.complete = is_whole and self._point is BEGINNING
            if self.complete:
                self.ending = Ending(
                    key=root.key if root.is_open else None,
                    column=root.column if root.column is not None else ANY_COLUMN,
                    keys=tuple(self.keys),
                    anchors=composer.anchors,
                )
                self._report_unused(composer)
            yield from root.release(is_cut=not is_whole)
            self._is_flawed = self._is_flawed or stream.flawed
            if mistake is None:
                return
            yield from root.salvage()
            after = max(mistake.line, composer.first_line(), self._point.line)
            point = find_point(raw, self._lines, after=after, key=root.key, column=root.column, roots=self._roots)
            passed += 0 if point is None else point.line
            if point is None or passed > MAX_PASSED:
                return
            self._point = point
            raw.seek(point.offset)
            stream = CheckedStream(raw, head=point.head())
            stream.count = composer.count
            following = open_events(stream)
            composer.resume(following, stream=stream)

    def _report_cut(self, composer: Composer) -> None:
        """Tell that the file was not read to its end, because there was no end of what stands there."""
        last = composer.last_scalar()
        span = span_of(last) if last else self.start
        message = f"more than {LONGEST >> 20} MiB from here on are one value, or comments and empty lines"
        self._notes.add("too-large", message, span=Span(span.line, span.column, span.line, span.column + 1))

    def _report_unused(self, composer: Composer) -> None:
        """Tell of plain text that begins with an ampersand, which makes an anchor of its first word."""
        for name, event in composer.unused.items():
            message = f"{quote('&' + name)} is an anchor that no alias repeats, and no part of the text"
            mend = "put the value in quotes if it is text"
            self._notes.add("unused-anchor", message, span=span_of(event), help=mend)

    def _report_refusal(self, error: Exception, composer: Composer, *, is_stray: bool) -> Span:
        """Note what stopped libyaml, and return the place of the mistake.

        Behind a stray key, which has been told, the lines that are indented as they should be stop it too.
        """
        last = composer.last_scalar()
        if not isinstance(error, MarkedYAMLError):  # a tag whose escapes are no UTF-8
            span = span_of(last) if last else self.start
            self._notes.add("syntax", f"this is not YAML: {quote(str(error))}", span=span)
            return span
        found = explain_refusal(error, last=last, line_at=self.line)
        if is_stray and "mapping values" in (error.problem or ""):
            return found.span
        rule = "too-deep" if "nesting depth" in (error.problem or "") else "syntax"
        self._notes.add(rule, found.message, span=found.span, help=found.help)
        return found.span
