"""What a run found, kept for the next one: nothing needs to be read again where nothing has changed.

Kept are the stamps of everything that the run read and wrote, and what it had to tell. A cache: where it is missing,
damaged, foreign, locked or cannot be written, a run takes longer and does the same.
"""

from __future__ import annotations

import json
import os
import time
from dataclasses import replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from feedpub.index.cache import Cache
from feedpub.index.stamps import Hashed, Stamp, digest_path, is_same, is_settled, sign

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

    from feedpub.index.stamps import Signature

NAME = "runs.sqlite3"
MOST = 200
"""Runs that are kept; the oldest go."""

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS runs (key TEXT PRIMARY KEY, value TEXT NOT NULL, digest TEXT NOT NULL, at INTEGER)"
)


class Memory:
    """The runs that are remembered in a folder; ``version`` is what all of them depend on: the code that ran.

    ``hashed`` is what had to be hashed to compare files with what they were.
    """

    def __init__(self, folder: str, *, version: str) -> None:
        """Name a folder; it is made when there is something to keep."""
        self._cache = Cache(folder, name=NAME, schema=_SCHEMA)
        self._version = version
        self.hashed = Hashed(time.time_ns())

    @property
    def trouble(self) -> str:
        """Why something could not be remembered, in a sentence; empty where all is well."""
        return self._cache.trouble

    def recall(self, key: str, *, now: int) -> dict[str, Any] | None:
        """Return what the last run of a key found, where every file is as it was then and time has changed nothing.

        ``now`` is in seconds since 1970.
        """
        self.hashed.moment = time.time_ns()
        value = self._read(key)
        if value is None:
            return None
        stamps, moment = [_read_stamp(one) for one in value["stamps"]], value["moment"]
        self.hashed.kept = {
            (one.path, one.signature): one.digest for one in stamps if is_settled(one.signature, moment=moment)
        }
        if not _holds_at(now, value):
            return None
        if any(os.path.lexists(path) for path in value["absent"]):
            return None
        by_stat = True
        for stamp in stamps:
            same, told_by_stat = is_same(stamp, moment=moment, hashed=self.hashed)
            if not same:
                return None
            by_stat = by_stat and told_by_stat
        if not by_stat:
            # So that the stat tells next time: that from before the digest, which an edit may have followed.
            looked = dict([*self.hashed.digests, *self.hashed.pieces])
            again = [replace(stamp, signature=looked.get(stamp.path, stamp.signature)) for stamp in stamps]
            self._write(key, value | {"stamps": [_write_stamp(one) for one in again], "moment": self.hashed.moment})
        found: dict[str, Any] = value["found"]
        return found

    def keep(
        self,
        key: str,
        found: Mapping[str, Any],
        *,
        now: int,
        until: int | None,
        read: Mapping[str, Signature],
        written: Mapping[str, str],
        absent: Iterable[str],
        pieces: Mapping[str, str],
    ) -> None:
        """Remember what a run found at ``now``, which holds until another time, both in seconds since 1970.

        ``read`` are the files and folders that it read, each with its signature from before it was read; where one has
        changed since, or had just been written when the run began, nothing is remembered: it may have been written
        again behind the same signature, and the digest that is taken now would not be of what was read. ``written`` are
        the files that it left behind, each with the SHA-256 of its bytes in hexadecimal, ``absent`` what must not be
        there. ``pieces`` are digests of files that were read in pieces, as `join_digests` gives them.
        """
        if not all(is_settled(signature, moment=self.hashed.moment) for signature in read.values()):
            return
        known = self.hashed.kept.copy()
        new = self.hashed.digests | {(path, read[path]): digest for path, digest in pieces.items() if path in read}
        known |= {
            (path, one): digest for (path, one), digest in new.items() if is_settled(one, moment=self.hashed.moment)
        }
        moment = time.time_ns()
        stamps: list[Stamp] = []
        signed = [(path, before, False) for path, before in read.items()]
        for path, before, is_ours in [*signed, *((path, sign(path, follow=False), True) for path in written)]:
            digest = (known.get((path, before)) if before else None) or _digest(path)
            if before is None or digest is None or sign(path, follow=not is_ours) != before:
                return
            if is_ours and digest != f"sha256:{written[path]}":  # somebody has altered it since
                return
            stamps.append(Stamp(path, before, digest, is_ours))
        value = {
            "version": self._version,
            "now": now,
            "until": until,
            "moment": moment,
            "stamps": [_write_stamp(one) for one in stamps],
            "absent": list(absent),
            "found": dict(found),
        }
        self._write(key, value)

    def _read(self, key: str) -> dict[str, Any] | None:
        """Return what is kept of a run; what another version of the code has kept may have any shape, and is not."""
        for text, digest in self._cache.read("SELECT value, digest FROM runs WHERE key = ?", [key]):
            if isinstance(text, str) and _seal(key, text) == digest:
                value: dict[str, Any] = json.loads(text)
                return value if value["version"] == self._version else None
        return None

    def _write(self, key: str, value: Mapping[str, Any]) -> None:
        text = json.dumps(value)  # in ASCII: a file's name may be no UTF-8
        row = (key, text, _seal(key, text), time.time_ns())

        def change(database: sqlite3.Connection) -> None:
            database.execute("INSERT OR REPLACE INTO runs (key, value, digest, at) VALUES (?, ?, ?, ?)", row)
            database.execute(
                "DELETE FROM runs WHERE key NOT IN (SELECT key FROM runs ORDER BY at DESC LIMIT ?)", (MOST,)
            )

        self._cache.write(change)


def _holds_at(now: int, value: Mapping[str, Any]) -> bool:
    return value["now"] <= now and (value["until"] is None or now < value["until"])


def _write_stamp(one: Stamp) -> list[Any]:
    return [one.path, one.signature, one.digest, one.is_ours]  # what `astuple` copies deeply, a thousand times


def _read_stamp(value: list[Any]) -> Stamp:
    path, signature, digest, is_ours = value
    return Stamp(path, tuple(signature), digest, is_ours)


def _digest(path: str) -> str | None:
    try:
        return digest_path(path)
    except OSError:
        return None


def _seal(key: str, text: str) -> str:
    """Return what a row must end in to be believed: damaged bytes do not."""
    return blake2b(f"{key}\0{text}".encode(), digest_size=16).hexdigest()
