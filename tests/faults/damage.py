"""What may become of a cache: bytes, pages and rows of its files, and what else may stand in their places."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING, TypeAlias

from feedpub.index import memory, pieces

if TYPE_CHECKING:
    import random
    from collections.abc import Callable
    from pathlib import Path

NAMES = (memory.NAME, pieces.NAME)
PAGE = 4096
TABLES = {memory.NAME: ("runs",), pieces.NAME: ("pieces", "files")}
SEALS = {"runs": "digest", "pieces": "seal", "files": "seal"}

Damage: TypeAlias = "Callable[[Path, random.Random], object]"
"""What damages the file at a path."""


def _flip(path: Path, chance: random.Random, *, most: int, first: int = 0, last: int | None = None) -> None:
    data = bytearray(path.read_bytes())
    for _ in range(chance.randrange(1, most + 1)):
        data[chance.randrange(first, min(last or len(data), len(data)))] ^= 1 << chance.randrange(8)
    path.write_bytes(bytes(data))


def _flip_one(path: Path, chance: random.Random) -> None:
    _flip(path, chance, most=1)


def _flip_some(path: Path, chance: random.Random) -> None:
    _flip(path, chance, most=40)


def _flip_header(path: Path, chance: random.Random) -> None:
    _flip(path, chance, most=3, last=100)


def _flip_schema(path: Path, chance: random.Random) -> None:
    _flip(path, chance, most=3, first=100, last=PAGE)


def _overwrite(path: Path, chance: random.Random) -> None:
    data = bytearray(path.read_bytes())
    start = chance.randrange(len(data))
    length = chance.choice([1, 8, 100, 5_000])
    data[start : start + length] = chance.choice([b"\0", b"\xff", b"a", chance.randbytes(1)]) * length
    path.write_bytes(bytes(data))


def _mix_pages(path: Path, chance: random.Random) -> None:
    """Put a page in the place of another, as after writes that were lost or went astray."""
    data = bytearray(path.read_bytes())
    one, other = (PAGE * chance.randrange(len(data) // PAGE) for _ in range(2))
    data[one : one + PAGE], data[other : other + PAGE] = data[other : other + PAGE], (
        data[one : one + PAGE] if chance.random() < 0.5 else data[other : other + PAGE]
    )  # fmt: skip
    path.write_bytes(bytes(data))


def _cut(path: Path, chance: random.Random) -> None:
    size = path.stat().st_size
    os.truncate(path, chance.choice([0, 1, 99, chance.randrange(size), PAGE * chance.randrange(size // PAGE)]))


def _extend(path: Path, chance: random.Random) -> None:
    path.write_bytes(path.read_bytes() + chance.randbytes(chance.choice([1, PAGE, 3 * PAGE + 1])))


def _replace(path: Path, chance: random.Random) -> None:
    path.write_bytes(chance.choice([b"", b"no database\n" * 500, chance.randbytes(10_000), path.read_bytes()[::-1]]))


def _edit_rows(path: Path, chance: random.Random, change: str, *, with_seals: bool = True) -> None:
    """Change a table by SQL, of which {table} and {seal} are filled in."""
    table = chance.choice(TABLES[path.name])
    with closing(sqlite3.connect(path)) as database, database:
        for statement in change.format(table=table, seal=SEALS[table] if with_seals else "value").split(";"):
            with suppress(sqlite3.IntegrityError):
                database.execute(statement)


def _swap_rows(path: Path, chance: random.Random) -> None:
    """Give every row the value, the seal, or both, of another one."""
    table = chance.choice(TABLES[path.name])
    columns = chance.choice([("value",), (SEALS[table],), ("value", SEALS[table])])
    with closing(sqlite3.connect(path)) as database, database:
        rows = database.execute(f"SELECT rowid, {', '.join(columns)} FROM {table}").fetchall()  # noqa: S608 - our words
        for one, other in zip(rows, rows[1:] + rows[:1], strict=True):
            names = ", ".join(f"{name} = ?" for name in columns)
            database.execute(f"UPDATE {table} SET {names} WHERE rowid = ?", (*other[1:], one[0]))  # noqa: S608 - as above


def _swap_keys(path: Path, chance: random.Random) -> None:
    table = chance.choice(TABLES[path.name])
    with closing(sqlite3.connect(path)) as database, database:
        rows = database.execute(f"SELECT rowid, key FROM {table}").fetchall()  # noqa: S608 - as above
        database.execute(f"UPDATE {table} SET key = key || 'x'")  # noqa: S608 - as above
        for one, other in zip(rows, rows[1:] + rows[:1], strict=True):
            database.execute(f"UPDATE {table} SET key = ? WHERE rowid = ?", (other[1], one[0]))  # noqa: S608 - as above


def _edit_values(path: Path, chance: random.Random) -> None:
    """Change what rows say and leave the seals: digits, types, sizes, emptiness."""
    value = chance.choice(
        [
            "replace(value, '1', '2')",
            "replace(value, '2026', '2025')",
            "replace(value, 'e0', 'f0')",
            "replace(value, 'true', 'false')",
            "CAST(value AS TEXT)",
            "CAST(value AS BLOB)",
            "17",
            "1.5",
            "''",
            "zeroblob(3000000)",
            "value || value",
            "substr(value, 2)",
        ]
    )
    _edit_rows(path, chance, f"UPDATE {{table}} SET value = {value}")  # noqa: S608 - our words, here and below


def _edit_seals(path: Path, chance: random.Random) -> None:
    seal = chance.choice(["17", "''", "x'00'", "value", "key", "CAST({seal} AS TEXT)", "CAST({seal} AS BLOB)"])
    _edit_rows(path, chance, f"UPDATE {{table}} SET {{seal}} = {seal}")  # noqa: S608 - as above


def _lose_rows(path: Path, chance: random.Random) -> None:
    _edit_rows(path, chance, "DELETE FROM {table} WHERE rowid % 2 = " + chance.choice("01"))  # noqa: S608 - as above


def _date_rows(path: Path, chance: random.Random) -> None:
    name, value = "at" if path.name == memory.NAME else "day", chance.choice(["0", "-1", "1 << 62", "20000", "''"])
    _edit_rows(path, chance, f"UPDATE {{table}} SET {name} = {value}")  # noqa: S608 - as above


def _change_schema(path: Path, chance: random.Random) -> None:
    """Let the file be of another version, with tables that are not ours."""
    change = chance.choice(
        [
            "DROP TABLE {table}",
            "DROP TABLE {table};CREATE TABLE {table} (key, value)",
            "DROP TABLE {table};CREATE TABLE {table} (key, value, digest, seal, at, day, more)",
            "DROP TABLE {table};CREATE TABLE {table} (a NOT NULL, b NOT NULL)",
            "ALTER TABLE {table} ADD COLUMN more",
            "ALTER TABLE {table} RENAME TO other;CREATE VIEW {table} AS SELECT * FROM other",
            "ALTER TABLE {table} RENAME COLUMN value TO other",
            "CREATE TRIGGER again AFTER INSERT ON {table} BEGIN DELETE FROM {table}; END",
            "PRAGMA user_version = 99",
            "PRAGMA journal_mode = WAL",
            "PRAGMA encoding = 'UTF-16'",
            "PRAGMA auto_vacuum = FULL",
        ]
    )
    _edit_rows(path, chance, change)


def _add_journal(path: Path, chance: random.Random) -> None:
    """Leave beside the file what looks like an unfinished transaction."""
    beside = path.with_name(path.name + chance.choice(["-journal", "-wal", "-shm"]))
    header = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + (1).to_bytes(4, "big") + bytes(8) + (3).to_bytes(4, "big")
    header += (512).to_bytes(4, "big") + PAGE.to_bytes(4, "big")
    page = (1).to_bytes(4, "big") + chance.randbytes(PAGE)
    beside.write_bytes(chance.choice([b"", chance.randbytes(3_000), header.ljust(512, b"\0") + page + bytes(4)]))


def _put_in_place(path: Path, chance: random.Random) -> None:
    """Put something that is no file in the place of the file, or of the journal beside it."""
    path = path.with_name(path.name + chance.choice(["", "", "", "-journal", "-wal"]))
    path.unlink(missing_ok=True)
    what = chance.randrange(9)
    if what == 0:
        path.mkdir()
    elif what == 1:
        os.mkfifo(path)
    elif what == 2:
        with socket.socket(socket.AF_UNIX) as one, suppress(OSError):
            one.bind(str(path))
    else:
        targets = ("nowhere", path.name, "/dev/null", "/dev/zero", "../home/articles.yaml", "../empty.md")
        path.symlink_to(targets[what - 3])


def _lose(path: Path, _: random.Random) -> None:
    path.unlink()


def _lose_folder(path: Path, chance: random.Random) -> None:
    shutil.rmtree(path.parent)
    if chance.random() < 0.5:
        path.parent.write_text("a file")


DAMAGES: tuple[Damage, ...] = (
    _flip_one,
    _flip_some,
    _flip_header,
    _flip_schema,
    _overwrite,
    _mix_pages,
    _cut,
    _extend,
    _replace,
    _swap_rows,
    _swap_keys,
    _edit_values,
    _edit_seals,
    _lose_rows,
    _date_rows,
    _change_schema,
    _add_journal,
    _put_in_place,
    _lose,
    _lose_folder,
)


def damage(folder: Path, chance: random.Random) -> str:
    """Damage the files of a cache's folder; return by which means."""
    means = chance.choice(DAMAGES)
    names = [chance.choice(NAMES)] if chance.random() < 0.5 else [*NAMES]
    for name in names:
        path = folder / name
        if path.is_file():
            with suppress(sqlite3.Error):  # another one was damaged by the same means, or with its folder
                means(path, chance)
    return getattr(means, "__name__", "").strip("_").replace("_", " ")
