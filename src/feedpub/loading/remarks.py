"""What somebody has to say of entries: entries as they were read, and remarks with the words that they are about."""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import BytesIO
from itertools import groupby
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
    waiting = [(span, list(some)) for span, some in groupby(remarks, key=_find_span)][::-1]
    open_: list[tuple[tuple[int, ...], list[Remark], list[str]]] = []
    try:
        with open_regular(Path(name)) if text is None else BytesIO(text) as raw:
            for number, line in enumerate(read_lines(raw), start=1):
                while waiting and waiting[-1][0][0] <= number:
                    open_.append((*waiting.pop(), []))
                for _, _, lines in open_:
                    lines.append(line)
                done = [one for one in open_ if one[0][2] <= number]
                if done:
                    open_ = [one for one in open_ if one[0][2] > number]
                    for _, some, lines in done:
                        yield from _narrow_all(some, lines)
                if not waiting and not open_:
                    return
    except (OSError, PublishError):  # it was there when it was read
        pass
    for _, some, lines in open_:
        yield from _narrow_all(some, lines)
    yield from (remark.diagnostic for _, some in waiting for remark in some)


def _find_span(remark: Remark) -> tuple[int, ...]:
    one = remark.diagnostic
    return one.line, one.column, one.end_line, one.end_column


def _narrow_all(remarks: Sequence[Remark], lines: Sequence[str]) -> Iterator[Diagnostic]:
    """Yield the diagnostics of one value's remarks; its text is searched for no more than `MOST` of them."""
    text = "\n".join(lines)
    yield from (_narrow(remark, text) for remark in remarks[:MOST])
    yield from (remark.diagnostic for remark in remarks[MOST:])


def _narrow(remark: Remark, text: str) -> Diagnostic:
    """Return a remark's diagnostic at its words, in the text of the lines that its value stands on."""
    one = remark.diagnostic
    for words in remark.written:
        first = words.partition("\n")[0].rstrip()
        place = text.find(first, one.column - 1) if first else -1
        if place >= 0:
            number, column = one.line + text.count("\n", 0, place), place - text.rfind("\n", 0, place)
            return replace(one, line=number, column=column, end_line=number, end_column=column + len(first))
    return one
