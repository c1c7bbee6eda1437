"""Pieces of files are remembered by and by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedpub.index.pieces import PieceStore

if TYPE_CHECKING:
    from pathlib import Path


def test_what_many_pieces_held_is_written_before_the_run_ends(tmp_path: Path) -> None:
    store = PieceStore(str(tmp_path), version="1")
    keys = [store.make_key(b"%d" % number) for number in range(501)]
    for key in keys:
        store.keep(key, b"held")
    assert PieceStore(str(tmp_path), version="1").find(keys) == dict.fromkeys(keys[:500], b"held")
    store.flush()
    assert PieceStore(str(tmp_path), version="1").find(keys) == dict.fromkeys(keys, b"held")
