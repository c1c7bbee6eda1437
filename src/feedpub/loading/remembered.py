"""Harvests that are kept for the next run: each as bytes, under what it was made of."""

from __future__ import annotations

import json
import os
import time
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from feedpub.catalogue import Retracted
from feedpub.diagnostics import Diagnostic
from feedpub.index.packs import Pack
from feedpub.loading.harvesting import Harvest
from feedpub.source import Ending, Piece

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from feedpub.index.pieces import PieceStore
    from feedpub.index.stamps import Signature
    from feedpub.loading.harvesting import Frame

_LENGTH = 4  # bytes that say how long the head of a harvest is


class Remembered:
    """The harvests of earlier runs that were read by the same frame."""

    def __init__(self, store: PieceStore, frame: Frame) -> None:
        """Look for harvests in a store."""
        self._store = store
        judge = frame.judge
        about = {
            "base": frame.base,
            "zone": frame.zone,
            "permalink": frame.permalink,
            "authority": frame.authority,
            "sections": sorted(frame.section_keys or ()),
            "body_format": frame.body_format,
            "folder": str(frame.folder),
            "judge": f"{judge.__module__}.{judge.__qualname__}" if judge else None,
        }
        self._frame = json.dumps(about, sort_keys=True).encode()

    def find(self, pieces: Sequence[tuple[str, Piece]]) -> list[Harvest | None]:
        """Return what pieces held when they were last read, None for those that were not; each with its file's name."""
        keys = [self._key(name, piece) for name, piece in pieces]
        found = self._store.find(keys)
        return [read_harvest(found[key]) if key in found else None for key in keys]

    def keep(self, name: str, piece: Piece, found: Harvest) -> None:
        """Remember what a piece holds; what depends on other files as well is not."""
        if not found.seen:
            self._store.keep(self._key(name, piece), write_harvest(found))

    def _key(self, name: str, piece: Piece) -> bytes:
        where = json.dumps([name, piece.key, piece.column, piece.digest]).encode()
        return self._store.make_key(self._frame, where)


class RememberedCuts:
    """How files were cut in earlier runs."""

    def __init__(self, store: PieceStore, signatures: Mapping[Path, Signature]) -> None:
        """Look for files with these signatures, which were taken before now."""
        self._store = store
        self._moment = time.time_ns()
        self._signatures = signatures
        self._keys = {path: store.make_key(os.fsencode(os.path.abspath(path))) for path in signatures}  # noqa: PTH100 - links stay
        self._found, self._before = store.find_files({self._keys[path]: one for path, one in signatures.items()})

    def find(self, path: Path) -> list[Piece] | None:
        """Return the pieces of a file that is as it was, None for another one."""
        pieces = self._found.get(self._keys[path])
        return None if pieces is None else [Piece(*one) for one in pieces]

    def recall(self, path: Path) -> tuple[list[Piece], int]:
        """Return the pieces of a file as it was when it was last cut, and its size then; none where nobody knows."""
        pieces = [Piece(*one) for one in self._before.get(self._keys[path], ())]
        return pieces, sum(piece.length for piece in pieces)

    def keep(self, path: Path, pieces: Iterable[Piece]) -> None:
        """Remember the pieces of a file."""
        rows = [list(piece) for piece in pieces]
        self._store.keep_file(self._keys[path], rows, signature=self._signatures[path], moment=self._moment)


def write_harvest(found: Harvest) -> bytes:
    """Return a harvest as bytes: the length of its head, the head as JSON, and the two parts of its pack."""
    one = found.pack
    head: dict[str, Any] = {
        "ending": found.ending,
        "runs": one.runs,
        "newest": one.newest,
        "first_expiry": one.first_expiry,
        "rows": len(one.rows),
        "digest": f"{found.digest:x}",
        "retracted": [_write_retracted(each) for each in found.retracted],
        "diagnostics": [asdict(each) for each in found.diagnostics],
    }
    text = json.dumps(head).encode()  # escaped: a name of a file may hold what is no UTF-8
    return len(text).to_bytes(_LENGTH, "big") + text + one.rows + one.pairs


def read_harvest(data: bytes) -> Harvest:
    """Return the harvest that `write_harvest` has written."""
    start = _LENGTH + int.from_bytes(data[:_LENGTH], "big")
    head = json.loads(data[_LENGTH:start])
    key, column, keys, anchors = head["ending"]
    middle = start + head["rows"]
    return Harvest(
        ending=Ending(key=key, column=column, keys=tuple(keys), anchors=tuple(anchors)),
        pack=Pack(
            rows=data[start:middle],
            pairs=data[middle:],
            runs=tuple((name, count) for name, count in head["runs"]),
            newest=head["newest"],
            first_expiry=head["first_expiry"],
        ),
        digest=int(head["digest"], 16),
        retracted=[_read_retracted(each) for each in head["retracted"]],
        diagnostics=[Diagnostic(**each) for each in head["diagnostics"]],
        seen={},
    )


def _write_retracted(one: Retracted) -> dict[str, Any]:
    return asdict(one) | {"at": int(one.at.timestamp())}


def _read_retracted(data: dict[str, Any]) -> Retracted:
    return Retracted(**(data | {"at": datetime.fromtimestamp(data["at"], UTC)}))
