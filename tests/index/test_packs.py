"""Packs give the rows that a table of all entries would give."""

from __future__ import annotations

import json
import random
import tracemalloc
from typing import TYPE_CHECKING

import pytest

from feedpub.index import Index, Place, Row, packs
from feedpub.index.packs import pack

if TYPE_CHECKING:
    from collections.abc import Callable

Made = tuple[str, int, int | None, tuple[str, ...]]


def make_entries(seed: int) -> list[Made]:
    """Return entries with times that often meet, in no order."""
    chance = random.Random(seed)  # noqa: S311 - the same in every run
    return [
        (
            f"e{chance.randrange(1000)}-{number}",
            chance.randrange(40),
            chance.choice([None, None, chance.randrange(80)]),
            tuple(sorted(chance.sample("abc", chance.randrange(1, 3)))),
        )
        for number in range(chance.randrange(60))
    ]


def in_a_table(entries: list[Made]) -> Index:
    index = Index()
    for number, (name, published, expires, sections) in enumerate(entries, start=1):
        seq = index.add_record(Place("f.yaml", "articles", number), hashes=[number % 50])
        index.add_entry(
            Row(seq, name, published, None, expires, f"of {name}"), key="articles", value=name, sections=sections
        )
    return index


def in_packs(entries: list[Made]) -> Index:
    """Return an index of the same entries, the first five in a table, the others in packs of seven."""
    index = in_a_table(entries[:5])
    numbers = {"articles": min(len(entries), 5)}
    for start in range(5, len(entries), 7):
        some = entries[start : start + 7]
        packed = pack(
            ["articles"] * len(some),
            [number for ordinal in range(len(some)) for number in ((start + ordinal + 1) % 50, ordinal)],
            [
                (ordinal, "articles", name, published, None, expires, f"of {name}", sections, ordinal, 1)
                for ordinal, (name, published, expires, sections) in enumerate(some)
            ],
        )
        index.add_pack(packed, file="f.yaml", numbers=numbers)
    return index


QUESTIONS: dict[str, Callable[[Index], object]] = {
    "newest": lambda index: [index.select_newest(None, now=20, limit=limit) for limit in (1, 5, 100)],
    "newest of a section": lambda index: [index.select_newest("b", now=now, limit=4) for now in (0, 10, 39)],
    "of a section that there is not": lambda index: index.select_newest("z", now=39, limit=4),
    "held back": lambda index: index.select_held_back(now=30, limit=3),
    "expired": lambda index: index.select_expired(now=30, limit=3),
    "next expiry": lambda index: [index.find_next_expiry(now=now) for now in (-1, 0, 20, 40, 60, 80)],
    "times": lambda index: index.select_times("a", after=25),
    "next": lambda index: [index.select_next(section, now=now) for section in (None, "c") for now in (0, 20, 40)],
    "repeats": lambda index: index.find_repeats(),
}


@pytest.fixture(params=["in packs", "spread"], autouse=True)
def spread(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Look into packs, or at their entries one by one, as where there are many sections."""
    if request.param == "spread":
        monkeypatch.setattr(packs, "_FEW_SECTIONS", 0)
        monkeypatch.setattr(packs, "_FEW_PACKS", 0)


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("seed", range(20))
def test_packs_answer_as_a_table_does(question: str, seed: int) -> None:
    entries = make_entries(seed)
    ask = QUESTIONS[question]
    with in_a_table(entries) as table, in_packs(entries) as packed:
        assert ask(packed) == ask(table)


def test_a_packed_entry_is_read_by_its_place() -> None:
    entries = make_entries(3)
    with in_packs(entries) as index:
        index.reader = lambda location: ("articles", str(location))
        rows = index.select_newest(None, now=1000, limit=100)
        for row in rows:
            number, ordinal = divmod(row.seq - 6, 7)
            expected = row.id if row.seq <= 5 else str((number, ordinal, ordinal, 1, "articles"))
            assert index.read_text(row.seq) == ("articles", expected)


def test_a_record_that_is_no_entry_stands_in_no_pack() -> None:
    entry = (1, "articles", "e", 5, None, None, "mark", ("a",), 7, 9)
    with Index() as index:
        index.add_pack(pack(["articles", "articles"], [7, 0, 8, 1], [entry]), file="f.yaml", numbers={})
        assert index.locate(1) is None
        assert index.locate(2) == (0, 1, 7, 9, "articles")
        assert index.place_of(1) == Place("f.yaml", "articles", 1)


def test_without_a_reader_a_packed_entry_cannot_be_read() -> None:
    with in_packs(make_entries(3)) as index, pytest.raises(LookupError):
        index.read_text(6)


def test_what_packs_hold_is_in_the_database_and_not_in_memory() -> None:
    row = (0, "articles", "e", 5, None, None, "mark", tuple(f"section-{number}" for number in range(20)), 0, 9)
    one, numbers = pack(["articles"], [7, 0], [row]), {"articles": 0}
    with Index() as index:
        index.add_pack(one, file="f.yaml", numbers=numbers)
        tracemalloc.start()
        before, _ = tracemalloc.get_traced_memory()
        for _ in range(3_000):
            index.add_pack(one, file="f.yaml", numbers=numbers)
        after, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert (after - before) / 3_000 < 32
        assert index.place_of(3_001) == Place("f.yaml", "articles", 3_001)
        assert len(index.select_newest("section-19", now=9, limit=2)) == 2


def test_of_a_pack_the_newest_entries_alone_are_looked_into(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()  # not where all entries are in a table
    read: list[bytes] = []
    loads = json.loads

    def count(line: bytes) -> object:
        read.append(line)
        return loads(line)

    monkeypatch.setattr(json, "loads", count)
    numbers, held, each = {"articles": 0}, 20, 700
    with Index() as index:
        for first in range(held):
            rows = [(one, "articles", f"e{first}-{one}", one, None, None, "", ("a",), one, 1) for one in range(each)]
            index.add_pack(pack(["articles"] * each, [], rows), file="f.yaml", numbers=numbers)
        found = index.select_newest("a", now=each, limit=held)
        assert [row.id for row in found] == sorted(f"e{first}-{each - 1}" for first in range(held))
        assert index.select_held_back(now=each - 3, limit=1)[0] == 2 * held
        places = {index.locate(row.seq) for row in found}
    assert places == {(one, each - 1, each - 1, 1, "articles") for one in range(held)}
    assert len(read) == 2 * held


def test_of_very_many_chosen_entries_the_places_are_found_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packs, "_KNOWN", 3)
    with in_packs(make_entries(3)) as index:
        everything = {row.seq for row in index.select_newest(None, now=1000, limit=100)}
        places = {seq: index.locate(seq) for seq in everything}
        for section in "abc":
            index.select_newest(section, now=1000, limit=2)
        assert {seq: index.locate(seq) for seq in everything} == places
