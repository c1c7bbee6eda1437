"""What is wrong with one file, noted while it is read."""

from __future__ import annotations

from dataclasses import replace
from os import SEEK_END
from typing import TYPE_CHECKING

from feedpub.diagnostics import diagnose, quote
from feedpub.record import Span
from feedpub.source.legality import find_escapes, name_character, read_lines
from feedpub.source.places import span_of
from feedpub.source.stream import FORBIDDEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

    from feedpub.diagnostics import Diagnostic
    from feedpub.source.events import Event, ScalarEvent
    from feedpub.source.suspects import Suspect

MAX_QUOTED = 80
"""Code points of a value that a help repeats."""


class Notes:
    """The diagnostics of a file; ``lines_from`` gives its lines from one on, counted from 1."""

    def __init__(self, file: str, *, lines_from: Callable[[int], Iterator[str]]) -> None:
        """Begin with nothing wrong."""
        self.diagnostics: list[Diagnostic] = []
        self._file = file
        self._lines_from = lines_from

    def add(self, rule: str, message: str, *, span: Span, help: str | None = None) -> None:  # noqa: A002 - the word of the reports
        """Note a problem at a place."""
        self.diagnostics.append(diagnose(rule, message, file=self._file, span=span, help=help))

    def report(self, rule: str, message: str, event: Event, help: str | None = None) -> None:  # noqa: A002 - the word of the reports
        """Note a problem at an event."""
        self.add(rule, message, span=span_of(event), help=help)

    def report_escape(self, event: ScalarEvent, text: str) -> None:
        """Note each forbidden character that a scalar's escapes put into its text, at its first escape."""
        span = span_of(event)
        characters = dict.fromkeys(FORBIDDEN.findall(text))
        places = find_escapes(characters.keys(), span, lines=self._lines_from(span.line))
        for character in characters:
            self.add(
                "forbidden-character",
                f"{name_character(character)} cannot be published: XML and its readers do not carry it",
                span=places[character],
                help="delete the escape",
            )

    def report_cut(self, event: ScalarEvent, suspect: Suspect) -> None:
        """Note that a plain scalar ends where YAML sees a comment and a person may have written text."""
        line, start = suspect.line + 1, suspect.start + 1
        whole = f"{event.value} {suspect.text}"
        is_quotable = len(whole) < MAX_QUOTED and not set(whole) & set('"\\\n')
        self.add(
            "cut-by-comment",
            f"the value ends before {quote(suspect.text)}, which YAML takes for a comment",
            span=Span(line, start, line, start + len(suspect.text)),
            help=f'write "{whole}"' if is_quotable else "put the whole value in quotes, if that belongs to it",
        )

    def keep_within(self, raw: BinaryIO) -> None:
        """Move what stands on the line behind the last one to the end of that.

        To libyaml, a file whose last line has no end goes on for one more.
        """
        if all(one.column > 1 and one.end_column > 1 for one in self.diagnostics):
            return
        raw.seek(0, SEEK_END)
        raw.seek(max(raw.tell() - 1, 0))
        if raw.read(1) in (b"\n", b"\r"):
            return
        raw.seek(0)
        count, last = 0, ""
        for count, last in enumerate(read_lines(raw), start=1):  # noqa: B007 - the last of them
            pass
        end = len(last) + 1
        for position, one in enumerate(self.diagnostics):
            moved = one
            if one.end_line > count:
                moved = replace(moved, end_line=count, end_column=end)
            if one.line > count:
                moved = replace(moved, line=count, column=end)
            self.diagnostics[position] = moved
