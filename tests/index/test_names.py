"""Names that two records share are found, however many there are and however they come."""

from __future__ import annotations

import random
import sqlite3
from array import array
from collections import defaultdict

import pytest

from feedpub.index import names
from feedpub.index.names import Names

MOST = (1 << 63) - 1


@pytest.mark.parametrize("seed", range(40))
def test_records_that_share_a_name_are_found_in_packs_and_alone(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "_BATCH", 8)
    monkeypatch.setattr(names, "_MANY", 50)
    chance = random.Random(seed)  # noqa: S311 - cases, no secrets
    known = [0, MOST, *(chance.randint(0, MOST) for _ in range(chance.choice((20, 2_000))))]
    found = Names(sqlite3.connect("", isolation_level=None))
    owners: dict[int, set[int]] = defaultdict(set)
    seq, apart = 0, set[int]()
    while seq < chance.choice((30, 300)):
        some = [chance.sample(known, k=chance.randint(0, 3)) for _ in range(chance.randint(1, 30))]
        if chance.random() < 0.7:
            own = [one for each in some for one in each]
            are_apart = chance.random() < 0.8 and len(set(own)) == len(own) and apart.isdisjoint(own)
            apart |= set(own) if are_apart else set()
            pairs = array("q", [n for i, each in enumerate(some) for one in each for n in (one, i)])
            found.add_pairs(pairs.tobytes(), base=seq, are_apart=are_apart)
        else:
            for number, each in enumerate(some, start=1):
                found.add(each, seq=seq + number)
        for number, each in enumerate(some, start=1):
            for one in each:
                owners[one].add(seq + number)
        seq += len(some)
    assert found.find_repeats() == sorted({seq for some in owners.values() if len(some) > 1 for seq in some})
    assert [found.holds(one) for one in known] == [one in owners for one in known]
    assert found.find_repeats() == found.find_repeats()
