"""What pieces of files held when they were last read, by their bytes and by all else that it depends on."""

from __future__ import annotations

import json
import time
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, TypeAlias

from feedpub.index.cache import Cache
from feedpub.index.stamps import Hashed, is_settled

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

    from feedpub.index.stamps import Signature

NAME = "pieces.sqlite3"
KEPT = 30
"""Days after which what nobody has asked for goes."""

KEY = 20
"""Bytes of a key."""

_DAY = 86_400
_TABLES = ("pieces", "files")
_MANY = 500  # pieces that are asked for, or written, at once
_SCHEMA = """
CREATE TABLE IF NOT EXISTS pieces (key BLOB PRIMARY KEY, value BLOB NOT NULL, seal BLOB NOT NULL, day INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS files (key BLOB PRIMARY KEY, value BLOB NOT NULL, seal BLOB NOT NULL, day INTEGER NOT NULL);
"""


KnownCuts: TypeAlias = "dict[bytes, list[list[Any]]]"
"""Of files, by their keys, the pieces that they were cut into."""


class PieceStore:
    """The pieces and files that are remembered in a folder; ``version`` is what all of them depend on: the code.

    ``hashed`` is what this run has hashed before it reads.
    """

    def __init__(self, folder: str, *, version: str, hashed: Hashed | None = None) -> None:
        """Name a folder; it is made when there is something to keep."""
        self.hashed = hashed or Hashed()
        self._cache = Cache(folder, name=NAME, schema=_SCHEMA)
        self._version = version
        self._day = int(time.time()) // _DAY
        self._new: dict[str, dict[bytes, bytes]] = {table: {} for table in _TABLES}
        self._old: dict[str, set[bytes]] = {table: set() for table in _TABLES}

    @property
    def trouble(self) -> str:
        """Why something could not be kept or read, in a sentence; empty where all is well."""
        return self._cache.trouble

    def make_key(self, *parts: bytes) -> bytes:
        """Return the key of what depends on some bytes, and on the code."""
        digest = blake2b(self._version.encode(), digest_size=KEY)
        for part in parts:
            digest.update(len(part).to_bytes(8, "big") + part)
        return digest.digest()

    def find(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Return what is kept of pieces under keys; what was damaged is not."""
        return self._find("pieces", keys)

    def keep(self, key: bytes, value: bytes) -> None:
        """Remember a piece under a key; it is written by and by, and by `flush`."""
        self._new["pieces"][key] = value
        if len(self._new["pieces"]) >= _MANY:
            self.flush()

    def find_files(self, signatures: Mapping[bytes, Signature]) -> tuple[KnownCuts, KnownCuts]:
        """Return how files were cut, by their keys: of those that are what they were, and of those that are not.

        What a file is, its signature says, where it can be trusted.
        """
        found: KnownCuts = {}
        before: KnownCuts = {}
        for key, value in self._find("files", signatures).items():
            known = json.loads(value)
            is_same = tuple(known["signature"]) == signatures[key]
            is_same = is_same and is_settled(signatures[key], moment=known["moment"])
            (found if is_same else before)[key] = known["pieces"]
        return found, before

    def keep_file(self, key: bytes, pieces: Iterable[list[Any]], *, signature: Signature, moment: int) -> None:
        """Remember how a file was cut, with its signature from before, at a moment before it was read.

        The moment is in nanoseconds since 1970.
        """
        known = {"signature": signature, "moment": moment, "pieces": list(pieces)}
        self._new["files"][key] = json.dumps(known).encode()

    def flush(self) -> None:
        """Write what is to be remembered, and forget what nobody has asked for in a long time."""
        if any(self._new.values()) or any(self._old.values()):
            self._cache.write(self._write)
            for table in _TABLES:
                self._new[table].clear()
                self._old[table].clear()

    def _find(self, table: str, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        wanted = list(keys)
        found: dict[bytes, bytes] = {}
        for start in range(0, len(wanted), _MANY):
            some = wanted[start : start + _MANY]
            marks = ", ".join("?" * len(some))
            query = f"SELECT key, value, seal, day FROM {table} WHERE key IN ({marks})"  # noqa: S608 - one of two tables
            for key, value, seal, day in self._cache.read(query, some):
                if isinstance(key, bytes) and isinstance(value, bytes) and _seal(key, value) == seal:
                    found[key] = value
                    if day != self._day:
                        self._old[table].add(key)
        return found

    def _write(self, database: sqlite3.Connection) -> None:
        for table in _TABLES:
            rows = [(key, value, _seal(key, value), self._day) for key, value in self._new[table].items()]
            query = f"INSERT OR REPLACE INTO {table} (key, value, seal, day) VALUES (?, ?, ?, ?)"  # noqa: S608 - one of two
            database.executemany(query, rows)
            used = [(self._day, key) for key in self._old[table]]
            database.executemany(f"UPDATE {table} SET day = ? WHERE key = ?", used)  # noqa: S608 - as above
            database.execute(f"DELETE FROM {table} WHERE day < ?", (self._day - KEPT,))  # noqa: S608 - as above


def _seal(key: bytes, value: bytes) -> bytes:
    """Return what a row must end in to be believed: damaged bytes do not."""
    return blake2b(value, key=key, digest_size=8).digest()
