"""What a run found is recalled where nothing has changed, and never where something might have."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from contextlib import closing
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from feedpub.index.cache import Cache
from feedpub.index.memory import NAME, Memory
from feedpub.index.stamps import FRESH, digest_path, join_digests, sign
from feedpub.source.pieces import digest_piece

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FOUND = {"topics": ["news"]}


class Runs:
    """A memory beside two files, one that was read and one that was written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.read, self.written, self.journal = folder / "read", folder / "written", folder / "journal"
        self.read.write_text("read")
        self.written.write_text("written")
        self.digest = sha256(b"written").hexdigest()
        time.sleep(2 * FRESH / 1e9)  # as if the run began some time after they were written
        self.memory = Memory(str(folder / "cache"), version="1")

    def keep(self, *, until: int | None = None, pieces: tuple[bytes, ...] = ()) -> None:
        signature = sign(str(self.read))
        assert signature is not None
        self.memory.keep(
            "key",
            FOUND,
            now=100,
            until=until,
            read={str(self.read): signature},
            written={str(self.written): self.digest},
            absent=[str(self.journal)],
            pieces={str(self.read): join_digests((len(one), digest_piece(one)) for one in pieces)} if pieces else {},
        )

    def recall(self, *, now: int = 100, key: str = "key", version: str = "1") -> object:
        return Memory(str(self.folder / "cache"), version=version).recall(key, now=now)

    @property
    def database(self) -> Path:
        return self.folder / "cache" / NAME


@pytest.fixture
def runs(tmp_path: Path) -> Runs:
    return Runs(tmp_path)


def test_a_file_whose_name_is_no_utf_8_is_remembered_like_any_other(runs: Runs) -> None:
    runs.read = runs.read.rename(runs.folder / os.fsdecode(b"read\xff"))
    time.sleep(2 * FRESH / 1e9)
    runs.memory = Memory(str(runs.folder / "cache"), version="1")
    runs.keep()
    assert runs.recall() == FOUND
    runs.read.write_text("changed")
    assert runs.recall() is None


def test_a_file_in_pieces_is_known_by_theirs(runs: Runs) -> None:
    runs.read.write_text("read in pieces")
    os.utime(runs.read, ns=(1, 1))
    time.sleep(2 * FRESH / 1e9)
    runs.recall()
    runs.memory.recall("key", now=100)  # which begins the run
    runs.keep(pieces=(b"read ", b"in ", b"pieces"))
    assert runs.recall() == FOUND
    os.utime(runs.read, ns=(2, 2))
    assert runs.recall() == FOUND
    for other in ("read in pieceS", "read on pieces", "Read in pieces", "read in piece", "read in pieces "):
        runs.read.write_text(other)
        assert runs.recall() is None, other
    runs.read.write_text("read in pieces")
    assert runs.recall() == FOUND


def test_what_was_hashed_of_a_file_is_known_up_to_the_first_change(runs: Runs) -> None:
    runs.read.write_text("read in pieces")
    os.utime(runs.read, ns=(1, 1))
    time.sleep(2 * FRESH / 1e9)
    runs.memory.recall("key", now=100)
    runs.keep(pieces=(b"read ", b"in ", b"pieces"))
    runs.read.write_text("read on pieces")
    time.sleep(2 * FRESH / 1e9)
    signature = sign(str(runs.read))
    assert signature is not None
    runs.memory.recall("key", now=100)
    found = runs.memory.hashed.find_pieces(str(runs.read), signature)
    assert found == {(0, 5): digest_piece(b"read "), (5, 3): digest_piece(b"on ")}
    runs.memory.hashed.moment = signature[2]  # a file that may have changed since within a step of the clock
    assert runs.memory.hashed.find_pieces(str(runs.read), signature) == {}


def test_what_was_kept_is_recalled(runs: Runs) -> None:
    assert runs.recall() is None
    runs.keep()
    assert runs.recall() == FOUND
    assert runs.recall() == FOUND


@pytest.mark.parametrize(("now", "known"), [(99, False), (100, True), (199, True), (200, False)])
def test_it_holds_from_its_time_until_another(runs: Runs, now: int, known: bool) -> None:  # noqa: FBT001 - pytest passes it by name
    runs.keep(until=200)
    assert (runs.recall(now=now) == FOUND) is known


def test_another_run_and_another_version_are_others(runs: Runs) -> None:
    runs.keep()
    assert runs.recall(key="other") is None
    assert runs.recall(version="2") is None
    value = {"version": "0", "stamps": [["as", "it", "was"]]}  # in the shape of another version
    runs.memory._write("key", value)
    runs.keep()
    assert runs.recall() == FOUND


@pytest.mark.parametrize(
    "change",
    [
        lambda runs: runs.read.write_text("daer"),
        lambda runs: runs.written.write_text("nettirw"),
        lambda runs: runs.read.unlink(),
        lambda runs: runs.written.unlink(),
        lambda runs: runs.written.symlink_to(runs.written.rename(runs.folder / "same bytes elsewhere")),
        lambda runs: runs.journal.write_text(""),
        lambda runs: runs.journal.symlink_to("nowhere"),
    ],
)
def test_what_has_changed_is_not_recalled(runs: Runs, change: Callable[[Runs], object]) -> None:
    runs.keep()
    change(runs)
    assert runs.recall() is None


def test_what_was_touched_is_read_and_remembered_anew(runs: Runs) -> None:
    runs.keep()
    os.utime(runs.read, ns=(1, 1))
    assert runs.recall() == FOUND
    with sqlite3.connect(runs.database) as database:
        (text,) = database.execute("SELECT value FROM runs").fetchone()
    assert json.loads(text)["stamps"][0][1][2] == 1


def test_what_was_touched_is_hashed_once(runs: Runs) -> None:
    runs.keep()
    os.utime(runs.read)
    time.sleep(2 * FRESH / 1e9)
    for hashed in ([str(runs.read)], []):
        memory = Memory(str(runs.folder / "cache"), version="1")
        assert memory.recall("key", now=100) == FOUND
        assert [path for path, _ in memory.hashed.digests] == hashed


def test_what_changed_while_the_run_read_is_not_kept(runs: Runs) -> None:
    before = sign(str(runs.read))
    assert before is not None
    runs.read.write_text("longer than before")
    runs.memory.keep("key", FOUND, now=1, until=None, read={str(runs.read): before}, written={}, absent=[], pieces={})
    assert runs.recall() is None


def test_what_went_while_the_run_read_is_not_kept(runs: Runs) -> None:
    before = sign(str(runs.read))
    assert before is not None
    runs.read.rename(runs.folder / "elsewhere")
    runs.memory.keep("key", FOUND, now=1, until=None, read={str(runs.read): before}, written={}, absent=[], pieces={})
    (runs.folder / "elsewhere").rename(runs.read)
    assert runs.recall() is None


def test_what_was_written_just_before_it_was_read_is_not_kept(runs: Runs) -> None:
    runs.read.write_text("daer")
    runs.keep()
    assert runs.recall() is None


def test_an_edit_behind_the_digest_is_not_taken_for_what_was_digested(
    runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs.keep()
    os.utime(runs.read)

    def digest_and_edit(path: str) -> str:
        found = digest_path(path)
        if path == str(runs.read):
            runs.read.write_text("daer")
            time.sleep(2 * FRESH / 1e9)  # so long takes all else that is looked at
        return found

    with monkeypatch.context() as patch:
        patch.setattr("feedpub.index.stamps.digest_path", digest_and_edit)
        assert runs.recall() == FOUND  # which began before the edit
    assert runs.recall() is None


def test_what_was_altered_before_it_could_be_kept_is_not_kept(runs: Runs) -> None:
    runs.written.write_text("altered")
    runs.keep()
    assert runs.recall() is None


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE runs ADD COLUMN more",
        "ALTER TABLE runs RENAME COLUMN value TO text",
        "ALTER TABLE runs RENAME TO others; CREATE VIEW runs AS SELECT * FROM others",
    ],
)
def test_a_cache_with_tables_of_another_version_makes_way(runs: Runs, change: str) -> None:
    runs.keep()
    with closing(sqlite3.connect(runs.database)) as database:
        database.executescript(change)
    runs.keep()
    assert runs.recall() == FOUND


def test_a_cache_that_is_damaged_again_and_again_is_told(tmp_path: Path) -> None:
    cache = Cache(str(tmp_path), name="cache.sqlite3", schema="")
    tries: list[bool] = []

    def fail(database: sqlite3.Connection) -> None:
        tries.append(database.in_transaction)
        raise sqlite3.DatabaseError("database disk image is malformed")

    cache.write(fail)
    assert len(tries) == 2
    told = f"the cache {tmp_path / 'cache.sqlite3'} cannot be written: database disk image is malformed"
    assert cache.trouble == told


def test_a_link_in_the_place_of_a_cache_is_not_followed(runs: Runs, tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    for beside in ("", "-journal"):
        path = runs.database.with_name(f"{NAME}{beside}")
        path.parent.mkdir(exist_ok=True)
        path.unlink(missing_ok=True)
        path.symlink_to(tmp_path / "empty")
        runs.keep()
        assert runs.recall() == FOUND
        assert (tmp_path / "empty").read_bytes() == b""


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"no database at all" * 100),
        lambda path: path.write_bytes(path.read_bytes()[:5000]),
        lambda path: path.write_bytes(path.read_bytes().replace(b"topics", b"topisc")),
        lambda path: path.write_bytes(path.read_bytes()[::-1]),
        lambda path: path.write_bytes(path.read_bytes().replace(b"TABLE", b"T\xc1BLE")),  # errors quote it
        lambda path: path.unlink(),
        lambda path: (path.unlink(), path.symlink_to("nowhere")),
        lambda path: (path.unlink(), path.mkdir()),
    ],
)
def test_a_damaged_cache_is_none_and_the_next_run_begins_a_new_one(
    runs: Runs, damage: Callable[[Path], object]
) -> None:
    runs.keep()
    damage(runs.database)
    assert runs.recall() is None
    runs.keep()
    if not runs.database.is_dir():
        assert runs.recall() == FOUND


def test_a_locked_cache_is_left_alone(runs: Runs) -> None:
    runs.keep()
    other = sqlite3.connect(runs.database, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert runs.recall() is None
    runs.keep()
    assert "locked" in runs.memory.trouble
    other.close()
    assert runs.recall() == FOUND


def test_a_cache_that_cannot_be_made_is_no_trouble_but_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    runs = Runs(tmp_path)
    runs.keep()
    assert "cannot be written" in runs.memory.trouble
