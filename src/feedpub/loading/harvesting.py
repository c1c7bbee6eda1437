"""What a piece of a file holds, read alone: in this process or in another, now or in an earlier run."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from feedpub.catalogue import LISTED, Context
from feedpub.catalogue.times import read_zone
from feedpub.index.packs import PackedEntry, pack
from feedpub.loading.again import open_file
from feedpub.loading.entries import Entries
from feedpub.loading.remarks import pinpoint
from feedpub.source import open_regular

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from feedpub.catalogue import Retracted, Section
    from feedpub.diagnostics import Diagnostic
    from feedpub.index import Place, Row
    from feedpub.index.packs import Pack
    from feedpub.index.stamps import Signature
    from feedpub.loading.entries import Judge
    from feedpub.loading.head import Head
    from feedpub.markup import BodyFormat
    from feedpub.record import Value
    from feedpub.source import Ending, Piece


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What reading entries needs of the rest of the catalogue, without its places: plain data for every process.

    ``zone`` is the name of the site's zone, ``folder`` the catalogue's; ``is_away`` says that it is somewhere else, so
    that a piece with a body_file has no harvest.
    """

    base: str | None
    zone: str | None
    permalink: str | None
    authority: str
    section_keys: frozenset[str] | None
    body_format: BodyFormat
    folder: Path
    judge: Judge | None
    sections: dict[str, Section] = field(default_factory=dict)
    is_away: bool = False

    @property
    def context(self) -> Context:
        """What reading a value needs of the site."""
        return _make_context(self.base, self.zone, self.permalink)


def make_frame(head: Head, *, folder: Path, judge: Judge | None) -> Frame:
    """Return what reading entries needs of a head."""
    context = head.context
    return Frame(
        base=context.base,
        zone=str(context.zone) if context.zone is not None else None,
        permalink=context.permalink,
        authority=head.authority,
        section_keys=head.section_keys,
        body_format=head.body_format,
        folder=folder,
        judge=judge,
    )


@dataclass(slots=True, kw_only=True)
class Harvest:
    """All that a piece holds: its records, what they mean, and what is to be said of them.

    ``diagnostics`` are warnings, those in the file itself with lines counted from the piece's first; a piece with an
    error has no harvest. ``seen`` are the body files that were read.
    """

    ending: Ending
    pack: Pack
    digest: int
    retracted: list[Retracted]
    diagnostics: list[Diagnostic]
    seen: dict[str, Signature]


class _AwayError(Exception):
    """A file is somewhere else."""


def harvest(path: Path, piece: Piece, *, name: str, frame: Frame, data: bytes | None = None) -> Harvest | None:
    """Return what a piece of a file holds, None where it can't be read alone or something in it is wrong.

    ``name`` is what diagnostics call the file, ``data`` the bytes of the piece where they are known. Raises OSError
    where it cannot be read.
    """
    if data is None:
        data = read_bytes(path, piece.offset, piece.length)
    try:
        return _read(data, path, piece, name, frame)
    except _AwayError:
        return None


def read_bytes(path: Path, offset: int, length: int) -> bytes:
    """Return a stretch of a file. Raises OSError where it cannot be read."""
    with open_regular(path) as raw:
        raw.seek(offset)
        return raw.read(length)


def make_text(key: str | None, data: bytes) -> bytes:
    """Return a text that holds items alone: below the root key that their list stands under."""
    return data if key is None else key.encode() + b":\n" + data


def _read(data: bytes, path: Path, piece: Piece, name: str, frame: Frame) -> Harvest | None:
    text = make_text(piece.key, data)
    file = open_file(path, name=name, data=text)
    collector, seen = _Collector(), _Seen(is_away=frame.is_away)
    entries = Entries(frame, collector, folder=frame.folder, judge=frame.judge, see=seen.see)
    for record in file.read(listed=LISTED):
        if record.key not in LISTED:
            return None
        collector.begin(record.key, record.line)
        if entries.take(record, beside=path.parent):
            return None
    warnings = [*file.diagnostics, *pinpoint(entries.remarks, texts={name: text})]
    if file.ending is None or any(one.severity == "error" for one in warnings):
        return None
    above = 0 if piece.key is None else 1  # the line that stands in for all that comes before
    return Harvest(
        ending=file.ending,
        pack=collector.pack(data, piece, file.ending),
        digest=entries.digest,
        retracted=entries.retracted,
        diagnostics=[shift(one, -above) if one.file == name else one for one in warnings],
        seen=seen.seen,
    )


def shift(one: Diagnostic, lines: int) -> Diagnostic:
    """Return a diagnostic so many lines further down."""
    return replace(one, line=one.line + lines, end_line=one.end_line + lines)


@cache
def _make_context(base: str | None, zone: str | None, permalink: str | None) -> Context:
    return Context(base=base, zone=read_zone(zone) if zone is not None else None, permalink=permalink)


class _Seen:
    def __init__(self, *, is_away: bool) -> None:
        self.seen: dict[str, Signature] = {}
        self._is_away = is_away

    def see(self, path: Path) -> None:
        if self._is_away:
            raise _AwayError(path)
        from feedpub.index.stamps import sign  # noqa: PLC0415 - only a body_file needs it

        if (signature := sign(str(path))) is not None:
            self.seen.setdefault(str(path), signature)


class _Collector:
    """What stands in for the index: it only lists."""

    def __init__(self) -> None:
        self._keys: list[str] = []
        self._lines: list[int] = []
        self._hashes: list[tuple[int, int]] = []
        self._entries: list[PackedEntry] = []
        self._key, self._line = "", 0

    def begin(self, key: str, line: int) -> None:
        """Hear of the record that is read next."""
        self._key, self._line = key, line

    def add_record(self, place: Place, *, hashes: Iterable[int]) -> int:  # noqa: ARG002 - the index's signature
        ordinal = len(self._keys)
        self._keys.append(self._key)
        self._lines.append(self._line)
        self._hashes += [(one, ordinal) for one in hashes]
        return ordinal + 1

    def add_entry(self, row: Row, *, key: str, value: Value, sections: Sequence[str]) -> None:  # noqa: ARG002 - as above
        self._entries.append(PackedEntry(row.seq - 1, key, row, tuple(sections), 0, 0))

    def pack(self, data: bytes, piece: Piece, ending: Ending) -> Pack:
        """Return all of it, each entry with its place: from its dash to the next one's, where that is known."""
        listed = piece.key or ending.key
        lines = _find_items(data, piece, column=piece.column if piece.key else ending.column)
        records = zip(self._keys, self._lines, strict=True)
        starts = [lines.get(line) if key == listed else None for key, line in records]
        ends = [*starts[1:], len(data)]
        for one in self._entries:
            start, end = starts[one.ordinal], ends[one.ordinal]
            if start is not None and end is not None:
                one.start, one.length = start, end - start
        return pack(self._keys, self._hashes, self._entries)


def _find_items(data: bytes, piece: Piece, *, column: int) -> dict[int, int]:
    """Return the first byte of each item of the list that a piece begins or ends in, by the line that it is read on."""
    mark = b"\n" + b" " * column + b"- "
    line, lines, position = (1, {}, 0) if piece.key is None else (2, {2: 0}, 0)
    while (found := data.find(mark, position)) >= 0:
        line += data.count(b"\n", position, found + 1)
        position = found + 1
        lines[line] = position
    return lines
