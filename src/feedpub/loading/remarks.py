"""What somebody has to say of entries: entries as they were read, and remarks with the words that they are about."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from io import BytesIO
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from feedpub.errors import PublishError
from feedpub.source import open_regular, read_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from feedpub.diagnostics import Diagnostic
    from feedpub.markup import BodyFormat
    from feedpub.record import Record


MOST: Final = 1_000
"""How many remarks of one value stand at their words: who has more to mend in it begins with these."""

_NO_TEXTS: Final[dict[str, bytes]] = {}


@dataclass(slots=True, kw_only=True)
class ReadEntry:
    """An article or teaser as it was read.

    ``values`` are those of its fields that could be read, ``body`` is its text, wherever that stands: in ``body_file``,
    or in the record; None as well for one that may not be published.
    """

    record: Record
    values: dict[str, Any]
    body: str | None
    body_file: str | None
    body_format: BodyFormat


@dataclass(frozen=True, slots=True)
class Remark:
    """A diagnostic that is about words within its span, the likeliest spelling first; about all of it without any."""

    diagnostic: Diagnostic
    written: tuple[str, ...] = ()


def pinpoint(remarks: Iterable[Remark], *, texts: Mapping[str, bytes] = _NO_TEXTS) -> Iterator[Diagnostic]:
    """Yield the diagnostics of remarks, at the words that they are about where those stand in the file as they are.

    Words that are folded or escaped there are not found: then the diagnostic stays at the whole value. ``texts`` are
    read in place of the files that they name.
    """
    by_file: dict[str, list[Remark]] = {}
    for remark in remarks:
        if remark.written:
            by_file.setdefault(remark.diagnostic.file, []).append(remark)
        else:
            yield remark.diagnostic
    for name, found in by_file.items():
        yield from _pinpoint(name, texts.get(name), sorted(found, key=lambda one: one.diagnostic))


def _pinpoint(name: str, text: bytes | None, remarks: Sequence[Remark]) -> Iterator[Diagnostic]:
    """Look for the words of one file's remarks, which are sorted, while its lines go by once."""
    waiting = list(reversed(remarks))
    open_: dict[tuple[int, int], _Stretch] = {}
    try:
        with open_regular(Path(name)) if text is None else BytesIO(text) as raw:
            for number, line in enumerate(read_lines(raw), start=1):
                while waiting and (first := waiting[-1].diagnostic).line <= number:
                    open_.setdefault((first.line, first.end_line), _Stretch()).remarks.append(waiting.pop())
                for one in open_.values():
                    one.lines.append(line)
                for span in [span for span in open_ if span[1] <= number]:
                    yield from _narrow(open_.pop(span))
                if not waiting and not open_:
                    return
    except (OSError, PublishError):  # it was there when it was read
        pass
    for one in open_.values():
        yield from _narrow(one)
    yield from (remark.diagnostic for remark in waiting)


@dataclass(slots=True)
class _Stretch:
    """The lines of a value, and all remarks that are about words in it."""

    remarks: list[Remark] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


def _narrow(stretch: _Stretch) -> Iterator[Diagnostic]:
    text = "\n".join(stretch.lines)
    starts = list(accumulate((len(line) + 1 for line in stretch.lines), initial=0))
    for remark in stretch.remarks[:MOST]:
        one = remark.diagnostic
        firsts = filter(None, (words.partition("\n")[0].rstrip() for words in remark.written))
        found = ((text.find(first, one.column - 1), len(first)) for first in firsts)
        start, length = next((place for place in found if place[0] >= 0), (-1, 0))
        if start < 0:
            yield one
            continue
        offset = bisect_right(starts, start) - 1
        number, column = one.line + offset, start - starts[offset] + 1
        yield replace(one, line=number, column=column, end_line=number, end_column=column + length)
    yield from (remark.diagnostic for remark in stretch.remarks[MOST:])
