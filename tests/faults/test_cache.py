"""Nothing that becomes of a cache, and no sequence of edits, makes a warm run do or say what a cold one does not."""

from __future__ import annotations

import os
from contextlib import chdir
from typing import TYPE_CHECKING, Any

import pytest

from faults.damage import DAMAGES, NAMES
from faults.edits import change
from faults.recalling import Recalls
from faults.running import NOW, make_environment, run_feedpub
from faults.warming import CACHE, STEP, Damages, Sequences, cut_small
from feedpub.index import memory, pieces, stamps
from feedpub.index.memory import Memory
from feedpub.loading import remembered
from feedpub.targets.files import Files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from faults.conftest import Scale
    from feedpub.loading.harvesting import Harvest
    from feedpub.source import Piece

PART = "cache"


class Warmth:
    """How often a cache was of use."""

    def __init__(self) -> None:
        self.runs = 0
        self.pieces = 0


@pytest.fixture
def warmth(monkeypatch: pytest.MonkeyPatch) -> Warmth:
    counted = Warmth()
    recall, read = Memory.recall, remembered.read_harvest

    def count_runs(self: Memory, key: str, *, now: int) -> dict[str, Any] | None:
        found = recall(self, key, now=now)
        counted.runs += found is not None
        return found

    def count_pieces(data: bytes) -> Harvest:
        counted.pieces += 1
        return read(data)

    monkeypatch.setattr(Memory, "recall", count_runs)
    monkeypatch.setattr(remembered, "read_harvest", count_pieces)
    return counted


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Go to a folder where nothing waits for the disk."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setattr(Files, "sync", lambda _self, _descriptor: None)
    monkeypatch.setattr(stamps, "FRESH", STEP)
    with chdir(folder):
        yield folder


@pytest.fixture(scope="module")
def figures(tell: Callable[[str, str], None]) -> Callable[[str], None]:
    """Return what adds to the part's line of figures."""
    found: list[str] = []

    def add(line: str) -> None:
        found.append(line)
        tell(PART, "; ".join(sorted(found)))

    return add


def test_after_any_edits_a_warm_run_is_a_cold_one(
    home: Path, warmth: Warmth, scale: Scale, figures: Callable[[str], None]
) -> None:
    number = scale(short=30, long=10_000)
    tried = Sequences(home, seed=scale(short=1, long=2))
    tried.try_some(number)
    assert tried.wrong == []
    assert warmth.runs
    assert warmth.pieces
    figures(
        f"{number:,} sequences of edits ({tried.sound:,} of which end in a sound catalogue), {tried.steps:,} warm runs"
        f" (whole runs recalled {warmth.runs:,} times, pieces {warmth.pieces:,} times): all as cold ones"
    )


def test_whatever_becomes_of_a_cache_a_run_is_as_without_one(
    home: Path, warmth: Warmth, scale: Scale, figures: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    number = scale(short=60, long=10_000)
    cut_small(monkeypatch)
    tried = Damages(home, seed=scale(short=1, long=2), states=scale(short=3, long=5))
    for _ in range(number):
        tried.try_one()
    assert tried.wrong == []
    assert warmth.runs
    assert warmth.pieces
    assert len(tried.means) > len(DAMAGES) * 3 / 4
    figures(
        f"{number:,} damages of {len(tried.means)} kinds (whole runs recalled {warmth.runs:,} times all the same,"
        f" pieces {warmth.pieces:,} times): no byte and no word wrong"
    )


def test_whatever_a_damaged_cache_recalls_was_kept_in_it(
    home: Path, scale: Scale, figures: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    number = scale(short=300, long=10_000)
    cut_small(monkeypatch)
    tried = make_recalls(home, seed=scale(short=1, long=2))
    for _ in range(number):
        tried.try_one()
    assert tried.wrong == []
    assert tried.recalled
    assert tried.healed
    figures(
        f"{number:,} damages row by row, {tried.recalled:,} rows recalled as they were kept, none otherwise,"
        f" {tried.healed:,} caches of use again"
    )


def make_recalls(home: Path, *, seed: int) -> Recalls:
    """Return caches that know a few states of two catalogues."""
    made = Damages(home, seed=seed, states=2)
    kept = [home.parent / name for name in ("kept", "other", "newer")]
    return Recalls(CACHE, kept=kept, restore=made.restore, chance=made.chance)


def test_damage_is_found_row_by_row_where_nothing_is_sealed(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cut_small(monkeypatch)
    monkeypatch.setattr(memory, "_seal", lambda _key, _text: "")
    monkeypatch.setattr(pieces, "_seal", lambda _key, _value: b"")
    tried = make_recalls(home, seed=1)
    for _ in range(100):
        tried.try_one()
    assert tried.wrong


def test_damage_is_found_where_nothing_is_sealed(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cut_small(monkeypatch)
    monkeypatch.setattr(memory, "_seal", lambda _key, _text: "")
    monkeypatch.setattr(pieces, "_seal", lambda _key, _value: b"")
    tried = Damages(home, seed=1, states=2)
    for _ in range(100):
        tried.try_one()
        if tried.wrong:
            return
    pytest.fail("nothing was found")


@pytest.mark.parametrize("planted", ["times alone", "no bytes"])
def test_edits_are_found_that_a_cache_does_not_see(home: Path, monkeypatch: pytest.MonkeyPatch, planted: str) -> None:
    sign, key = stamps.sign, remembered.Remembered._key

    def sign_by_time(path: str, *, follow: bool = True) -> stamps.Signature | None:
        found = sign(path, follow=follow)
        return found and (*found[:3], found[2], 0, 0)

    def forget_bytes(self: remembered.Remembered, name: str, piece: Piece) -> bytes:
        return key(self, name, piece._replace(digest=""))

    if planted == "times alone":
        for module in (stamps, memory):
            monkeypatch.setattr(module, "sign", sign_by_time)
        monkeypatch.setattr("feedpub.loading.loader.sign", sign_by_time)
    else:
        monkeypatch.setattr(remembered.Remembered, "_key", forget_bytes)
    tried = Sequences(home, seed=1, only=change)
    tried.try_some(16)
    assert tried.wrong


@pytest.mark.parametrize("beside", ["", "-journal", "-wal"])
def test_a_pipe_in_the_place_of_a_cache_stops_no_run(tmp_path: Path, beside: str) -> None:
    home, cache = tmp_path / "home", tmp_path / "cache" / "feedpub"
    home.mkdir()
    environment = make_environment(cache.parent)
    assert run_feedpub("init", folder=home, environment=environment).returncode == 0
    first = run_feedpub("render", "--now", NOW, folder=home, environment=environment)
    for name in NAMES:
        (cache / name).unlink(missing_ok=not beside or name != NAMES[0])
        os.mkfifo(cache / f"{name}{beside}")
    second = run_feedpub("render", "--now", NOW, "-v", folder=home, environment=environment)
    assert (first.returncode, second.returncode) == (0, 0)
    assert "\n0 written" in second.stdout
