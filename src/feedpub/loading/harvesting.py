"""What a piece of a file holds, read alone: in this process or in another, now or in an earlier run."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from feedpub.catalogue import Context
from feedpub.catalogue.times import read_zone
from feedpub.loading.stretches import Stretches
from feedpub.source import LONGEST, open_regular

if TYPE_CHECKING:
    from pathlib import Path

    from feedpub.catalogue import Retracted, Section
    from feedpub.diagnostics import Diagnostic
    from feedpub.index.packs import Pack
    from feedpub.index.stamps import Signature
    from feedpub.loading.entries import Judge
    from feedpub.loading.head import Head
    from feedpub.loading.stretches import Before
    from feedpub.markup import BodyFormat
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

    ``diagnostics`` are those in the file itself with lines counted from the piece's first, and of body files; only one
    that was read with what comes ``before`` it has errors. ``seen`` are the body files that were read.
    """

    ending: Ending
    pack: Pack
    digest: int
    retracted: list[Retracted]
    diagnostics: list[Diagnostic]
    seen: dict[str, Signature]


class _AwayError(Exception):
    """A file is somewhere else."""


def harvest(
    path: Path, piece: Piece, *, name: str, frame: Frame, data: bytes | None = None, before: Before | None = None
) -> Harvest | None:
    """Return what a piece of a file holds, None where it can't be read alone or something in it is wrong.

    ``name`` is what diagnostics call the file, ``data`` the bytes of the piece where they are known. With what comes
    ``before``, an entry may be wrong. Raises OSError where it cannot be read.
    """
    if piece.length > LONGEST:  # what has no end within this is read as a stream
        return None
    if data is None:
        data = read_bytes(path, piece.offset, piece.length)
    try:
        return _read(data, path, piece, name, frame, before)
    except _AwayError:
        return None


def read_bytes(path: Path, offset: int, length: int) -> bytes:
    """Return a stretch of a file. Raises OSError where it cannot be read."""
    with open_regular(path) as raw:
        raw.seek(offset)
        return raw.read(length)


def _read(data: bytes, path: Path, piece: Piece, name: str, frame: Frame, before: Before | None) -> Harvest | None:
    seen = _Seen(is_away=frame.is_away)
    found = Stretches(data, path, name=name, frame=frame, see=seen.see, before=before)
    if not found.read_mixed(piece.key, piece.column):
        if found.is_flawed:
            return None
        found = Stretches(data, path, name=name, frame=frame, see=seen.see, before=before)
        if not found.read(0, len(data), key=piece.key, column=piece.column):
            return None
    return Harvest(
        ending=found.ending,
        pack=found.collector.pack(),
        digest=found.digest,
        retracted=found.retracted,
        diagnostics=found.diagnostics,
        seen=seen.seen,
    )


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
