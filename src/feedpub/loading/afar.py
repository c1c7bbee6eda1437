"""Pieces that are read on other machines, where the files may be somewhere else and not the same.

Nothing but bytes of the piece's digest is read, and no other file: who asked reads what depends on one.
"""

from __future__ import annotations

import os
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from feedpub.loading.harvesting import Harvest, harvest, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feedpub.loading.harvesting import Frame
    from feedpub.source import Piece

Answer: TypeAlias = Harvest | str | None
"""What a piece holds, None where that cannot be told there, or why its bytes could not be had, as a sentence."""


class Errand(NamedTuple):
    """A piece to be read there: where its file is, what diagnostics call the file, and the piece."""

    place: str
    name: str
    piece: Piece


def locate(path: Path, folder: Path, files: str | None) -> str:
    """Return where workers find a file of a catalogue: its absolute path, or its way from the catalogue's folder."""
    return os.path.abspath(path) if files is None else path.relative_to(folder).as_posix()  # noqa: PTH100 - links stay


def harvest_errands(errands: Iterable[Errand], frame: Frame, files: str | None) -> list[Answer]:
    """Return what pieces hold; ``files`` is the URL of the catalogue's folder, None where places are paths."""
    away = replace(frame, is_away=True)
    return [_harvest_errand(errand, away, files) for errand in errands]


def _harvest_errand(errand: Errand, frame: Frame, files: str | None) -> Answer:
    place, name, piece = errand
    try:
        data = _read_bytes(place, piece, files)
    except Exception as error:  # noqa: BLE001 - every file system of fsspec has its own
        return f"{name} cannot be read there: {str(error).strip() or type(error).__name__}"
    if blake2b(data, digest_size=20).hexdigest() != piece.digest:
        return f"{name} is another file there"
    return harvest(Path(name), piece, name=name, frame=frame, data=data)


def _read_bytes(place: str, piece: Piece, files: str | None) -> bytes:
    if files is None:
        return read_bytes(Path(place), piece.offset, piece.length)
    raise NotImplementedError(files)
