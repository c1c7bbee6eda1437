"""Pieces that are read on other machines, where the files may be somewhere else and not the same.

Nothing but bytes of the piece's digest is read, and no other file: who asked reads what depends on one.
"""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias
from urllib.parse import quote

from feedpub.loading.harvesting import Harvest, harvest, read_bytes
from feedpub.source import digest_piece

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


class FileSystem(Protocol):
    """What is used of a file system of fsspec."""

    def cat_file(self, path: str, *, start: int, end: int) -> bytes: ...  # noqa: D102 - fsspec's


def locate(path: Path, folder: Path, files: str | None) -> str:
    """Return where workers find a file of a catalogue: its absolute path, or its way from the folder at a URL."""
    if files is None:
        return os.path.abspath(path)  # noqa: PTH100 - links stay
    place = path.relative_to(folder).as_posix()
    return quote(place) if files.startswith(("http://", "https://")) else place


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
    if digest_piece(data) != piece.digest:
        return f"{name} is another file there"
    return harvest(Path(name), piece, name=name, frame=frame, data=data)


def _read_bytes(place: str, piece: Piece, files: str | None) -> bytes:
    if files is None:
        return read_bytes(Path(place), piece.offset, piece.length)
    system, root = _open_system(files)
    return system.cat_file(f"{root}/{place}", start=piece.offset, end=piece.offset + piece.length)


@cache
def _open_system(files: str) -> tuple[FileSystem, str]:
    """Return the file system that a URL names, and the folder in it; files are joined to that, not to the URL.

    So no name of a file is taken for a part of a URL, but by HTTP, which knows files by nothing else.
    """
    from fsspec.core import url_to_fs  # noqa: PLC0415 - an extra

    system, root = url_to_fs(files)
    return system, root.rstrip("/")
