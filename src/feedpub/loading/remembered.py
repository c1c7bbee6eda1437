"""Harvests that are kept for the next run: each as bytes, under what it was made of."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from feedpub.catalogue import Retracted
from feedpub.diagnostics import Diagnostic
from feedpub.index.packs import Pack
from feedpub.index.pieces import KEY
from feedpub.index.stamps import is_settled, join_digests, sign
from feedpub.loading.harvesting import Harvest
from feedpub.source import Ending, Piece

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from feedpub.index.pieces import PieceStore
    from feedpub.index.stamps import Signature
    from feedpub.loading.harvesting import Frame
    from feedpub.loading.pieced import Task

_LENGTH = 4  # bytes that say how long the head of a harvest is


class Remembered:
    """The harvests of earlier runs that were read by the same frame."""

    def __init__(
        self, store: PieceStore, frame: Frame, *, root: Path, seen: Mapping[str, Signature], moment: int
    ) -> None:
        """Look for harvests in a store; ``root`` is the catalogue that the pieces belong to.

        ``seen`` are the signatures of files from before they were cut; the moment, in nanoseconds since 1970, is before
        that too.
        """
        self._store = store
        self._seen = seen
        self._moment = moment
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
        self._root = store.make_key(self._frame, b"apart", os.fsencode(os.path.abspath(root)))  # noqa: PTH100 - as below
        found = store.find([self._root]).get(self._root, b"")
        self._apart = {found[start : start + KEY] for start in range(0, len(found), KEY)}
        self._taken: dict[bytes, None] = {}

    def find(self, tasks: Sequence[Task]) -> list[Harvest | None]:
        """Return what pieces held when they were last read, None for those that were not."""
        keys = [self._key(task.name, task.piece) for task in tasks]
        found = self._store.find(keys)
        return [read_harvest(found[key]) if key in found else None for key in keys]

    def keep(self, task: Task, found: Harvest) -> None:
        """Remember what a piece holds; what depends on other files as well is not.

        Nor is what may have been read of other bytes than those that the piece had when the file was cut.
        """
        path = str(task.path)
        before = self._seen[path]
        if not found.seen and is_settled(before, moment=self._moment) and sign(path) == before:
            self._store.keep(self._key(task.name, task.piece), write_harvest(found))

    def is_apart(self, name: str, piece: Piece) -> bool:
        """Tell of a piece that is taken now, each in turn, whether it shared no name with others of which it is told.

        A second one of the same bytes shares all of them with the first.
        """
        key = self._key(name, piece)
        is_apart = key in self._apart and key not in self._taken
        self._taken[key] = None
        return is_apart

    def keep_apart(self) -> None:
        """Remember that the pieces that were taken share no name, where that is news, and they were read as cut."""
        is_certain = all(is_settled(signature, moment=self._moment) for signature in self._seen.values())
        if is_certain and self._taken.keys() != self._apart:
            self._store.keep(self._root, b"".join(self._taken))

    def _key(self, name: str, piece: Piece) -> bytes:
        where = json.dumps([name, piece.key, piece.column, piece.digest]).encode()
        return self._store.make_key(self._frame, where)


class RememberedCuts:
    """How files were cut in earlier runs; ``digests`` are those of the files that are cut now, by their paths."""

    def __init__(self, store: PieceStore, signatures: Mapping[Path, Signature], *, moment: int) -> None:
        """Look for files with these signatures; nothing was read of them at the moment (as `Remembered` has it)."""
        self.digests: dict[str, str] = {}
        self._store = store
        self._moment = moment
        self._signatures = signatures
        self._keys = {path: store.make_key(os.fsencode(os.path.abspath(path))) for path in signatures}  # noqa: PTH100 - links stay
        self._found, self._before = store.find_files({self._keys[path]: one for path, one in signatures.items()})

    def find(self, path: Path) -> list[Piece] | None:
        """Return the pieces of a file that is as it was, None for another one."""
        known = self._found.get(self._keys[path])
        pieces = self.recall(path)[0] if known is None else [Piece(*one) for one in known]
        digest = _join(pieces)
        if known is None and not self._store.hashed.is_known(str(path), self._signatures[path], digest):
            return None
        self.digests[str(path)] = digest
        return pieces

    def find_hashed(self, path: Path) -> dict[tuple[int, int], str]:
        """Return the digests of stretches of a file that this run knows already, by offset and length."""
        return self._store.hashed.find_pieces(str(path), self._signatures[path])

    def recall(self, path: Path) -> tuple[list[Piece], int]:
        """Return the pieces of a file as it was when it was last cut, and its size then; none where nobody knows."""
        pieces = [Piece(*one) for one in self._before.get(self._keys[path], ())]
        return pieces, sum(piece.length for piece in pieces)

    def keep(self, path: Path, pieces: Sequence[Piece]) -> None:
        """Remember the pieces of a file, with their digests."""
        self.digests[str(path)] = _join(pieces)
        rows = [list(piece) for piece in pieces]
        self._store.keep_file(self._keys[path], rows, signature=self._signatures[path], moment=self._moment)


def _join(pieces: Iterable[Piece]) -> str:
    return join_digests((piece.length, piece.digest) for piece in pieces)


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
    text = json.dumps(head).encode()  # in ASCII: a file's name may be no UTF-8
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
