"""What a damaged cache recalls, row by row, held against what was kept in it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from faults.damage import NAMES, TABLES, damage
from feedpub.index.memory import Memory
from feedpub.index.pieces import PieceStore

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterable
    from pathlib import Path

_NEW = b"a key that is new...", b"what it stands for"


class Recalls:
    """The rows of some caches, any of which another may hold after it was damaged."""

    def __init__(
        self, cache: Path, *, kept: Iterable[Path], restore: Callable[[], None], chance: random.Random
    ) -> None:
        """Read what the caches hold that are kept; ``restore`` puts one in the place of the cache."""
        self._cache = cache
        self._restore = restore
        self._chance = chance
        self._rows: dict[str, dict[object, list[object]]] = {}
        for folder in kept:
            for name in NAMES:
                self._read(folder / name)
        self.recalled = self.healed = 0
        self.wrong: list[str] = []

    def _read(self, path: Path) -> None:
        with closing(sqlite3.connect(path)) as database:
            for table in TABLES[path.name]:
                for key, value in database.execute(f"SELECT key, value FROM {table}"):  # noqa: S608 - our words
                    self._rows.setdefault(table, {}).setdefault(key, []).append(value)

    def try_one(self) -> None:
        """Damage a cache, ask it for every row, and write to it."""
        self._restore()
        means = damage(self._cache, self._chance)
        try:
            wrong = [*self._ask_pieces(), *self._ask_runs(), *self._write()]
        except Exception as error:  # noqa: BLE001 - none is right
            wrong = [repr(error)]
        self.wrong += [f"{means}: {one}" for one in wrong]

    def _ask_pieces(self) -> list[str]:
        store, wrong = PieceStore(str(self._cache), version="1"), []
        for table in TABLES[NAMES[1]]:
            rows = self._rows[table]
            found = store._find(table, [key for key in rows if isinstance(key, bytes)])
            self.recalled += len(found)
            wrong += [f"{table} recall {value!r}" for key, value in found.items() if value not in rows.get(key, [])]
        return wrong

    def _ask_runs(self) -> list[str]:
        memory, rows = Memory(str(self._cache), version="1"), self._rows["runs"]
        found = {key: memory._read(str(key)) for key in rows}
        self.recalled += sum(value is not None for value in found.values())
        return [
            f"a run recalls {value!r}"
            for key, value in found.items()
            if value is not None and value not in [json.loads(str(text)) for text in rows[key]]
        ]

    def _write(self) -> list[str]:
        store = PieceStore(str(self._cache), version="1")
        store.keep(*_NEW)
        store.flush()
        found = PieceStore(str(self._cache), version="1").find([_NEW[0]])
        self.healed += bool(found)
        return [] if found in ({}, dict([_NEW])) else [f"what was written is {found!r}"]
