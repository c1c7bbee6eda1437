"""What somebody has to say of entries: entries as they were read, and remarks with the words that they are about."""

from __future__ import annotations

from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from feedpub.errors import PublishError
from feedpub.source import open_regular, read_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from feedpub.diagnostics import Diagnostic
    from feedpub.markup import BodyFormat
    from feedpub.record import Record


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
    open_: list[tuple[Remark, list[str]]] = []
    try:
        with open_regular(Path(name)) if text is None else BytesIO(text) as raw:
            for number, line in enumerate(read_lines(raw), start=1):
                while waiting and waiting[-1].diagnostic.line <= number:
                    open_.append((waiting.pop(), []))
                for _, lines in open_:
                    lines.append(line)
                done = [one for one in open_ if one[0].diagnostic.end_line <= number]
                if done:
                    open_ = [one for one in open_ if one[0].diagnostic.end_line > number]
                    yield from (_narrow(remark, lines) for remark, lines in done)
                if not waiting and not open_:
                    return
    except (OSError, PublishError):  # it was there when it was read
        pass
    yield from (_narrow(remark, lines) for remark, lines in open_)
    yield from (remark.diagnostic for remark in waiting)


def _narrow(remark: Remark, lines: Sequence[str]) -> Diagnostic:
    one = remark.diagnostic
    for words in remark.written:
        first = words.partition("\n")[0].rstrip()
        for offset, line in enumerate(lines):
            start = line.find(first, one.column - 1 if offset == 0 else 0) if first else -1
            if start >= 0:
                number, column = one.line + offset, start + 1
                return replace(one, line=number, column=column, end_line=number, end_column=column + len(first))
    return one
