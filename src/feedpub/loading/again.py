"""Records that are read a second time, for their places: those of entries about which there is something to say."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from feedpub.catalogue import LISTED
from feedpub.catalogue.mapping import shape_of
from feedpub.index import Place
from feedpub.source import CatalogueFile

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from feedpub.index import Index
    from feedpub.loading.pieced import Pieces
    from feedpub.record import Record

HEAD = ("site", "sections", "retired")
ROOT_KEYS = (*HEAD, *LISTED, "include")

_FIELDS = frozenset(name for model in LISTED.values() for name in shape_of(model).names)


def open_file(path: Path, *, name: str, data: bytes | None = None) -> CatalogueFile:
    """Return a file of a catalogue, not read yet, or ``data`` in its place; ``name`` is what diagnostics call it."""
    return CatalogueFile(path, name=name, roots=ROOT_KEYS, fields=_FIELDS, data=data)


def read_records(places: Collection[Place], *, paths: Mapping[str, Path]) -> dict[Place, Record]:
    """Return what stands at places, by the names of files; what is there no more is left out.

    Raises OSError where a file cannot be read any more.
    """
    return {Place(one.file, one.key, one.number): one for one in find_records(places, paths=paths)}


def find_records(places: Collection[Place], *, paths: Mapping[str, Path]) -> Iterator[Record]:
    """Yield what `read_records` returns, one by one: file by file as they are first named, each from top to bottom."""
    wanted = set(places)
    for name in dict.fromkeys(place.file for place in places):
        for record in open_file(paths[name], name=name).read(listed=LISTED, only=LISTED):
            if Place(record.file, record.key, record.number) in wanted:
                yield record


def find_numbered(
    seqs: Iterable[int], *, index: Index, pieces: Pieces | None, paths: Mapping[str, Path]
) -> Iterator[Record]:
    """Yield records by their numbers in the index, which are in order; what stands in pieces is read out of these.

    Raises what `find_records` and `Pieces.read_records` do.
    """
    for pack, some in groupby(seqs, key=index.find_pack):
        if pack is None or pieces is None:
            yield from find_records([index.place_of(seq) for seq in some], paths=paths)
        else:
            yield from pieces.read_records(*pack, list(some))
