"""A SQLite file in the user's cache folder: where it is missing, damaged, locked or read-only, it is as if empty."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_DAMAGE = (sqlite3.Error, UnicodeDecodeError)
"""What a damaged file raises: SQLite's messages quote names out of it, which need be no UTF-8 any more."""
PATIENCE = 0.2
"""Seconds that a run waits for another one that writes."""
_SUFFIXES = ("", "-journal", "-wal", "-shm")


class Cache:
    """One file of a folder, and the SQL that makes its tables.

    ``trouble`` says in a sentence why something could not be kept or read, empty where all is well.
    """

    def __init__(self, folder: str, *, name: str, schema: str) -> None:
        """Name a file; it is made when there is something to keep."""
        self._folder = folder
        self._path = os.path.join(folder, name)  # noqa: PTH118 - pathlib would be loaded for this alone
        self._schema = schema
        self.trouble = ""

    def read(self, query: str, values: Sequence[object]) -> list[tuple[object, ...]]:
        """Return the rows that a query finds, none where there is no cache that can be read."""
        if not os.path.exists(self._path):  # noqa: PTH110 - as above
            return []
        try:
            with closing(self._open()) as database:
                return database.execute(query, values).fetchall()
        except (*_DAMAGE, OSError) as error:
            self.trouble = f"the cache {self._path} cannot be read: {error}"
            return []

    def write(self, change: Callable[[sqlite3.Connection], object]) -> None:
        """Change what is kept, all of it or nothing; a file that is no database, or has other tables, is replaced."""
        trouble = ""
        for _ in range(2):
            try:
                os.makedirs(self._folder, mode=0o700, exist_ok=True)  # noqa: PTH103 - as above
                with closing(self._open()) as database, database:
                    database.executescript(self._schema)
                    change(database)
            except _DAMAGE as error:
                trouble = f"the cache {self._path} cannot be written: {error}"
                if isinstance(error, sqlite3.OperationalError) and not _has_other_tables(error):
                    break
                with suppress(OSError):  # it is none, or damaged: the next try begins a new one
                    os.unlink(self._path)  # noqa: PTH108 - as above
            except OSError as error:
                trouble = f"the cache {self._folder} cannot be written: {error.strerror}"
                break
            else:
                return
        self.trouble = trouble

    def _open(self) -> sqlite3.Connection:
        """Open the file. What is none in its place goes first: SQLite would write to where a link leads."""
        for suffix in _SUFFIXES:
            path = f"{self._path}{suffix}"
            with suppress(FileNotFoundError):
                if not stat.S_ISREG(os.lstat(path).st_mode):
                    os.unlink(path)  # noqa: PTH108 - as above
        database = sqlite3.connect(self._path, timeout=PATIENCE)
        database.execute("PRAGMA synchronous=OFF")  # what a crash loses is found out again
        return database


def _has_other_tables(error: sqlite3.OperationalError) -> bool:
    """Tell tables that another version has made from what is locked, read-only or full: somebody else's affair."""
    return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR
