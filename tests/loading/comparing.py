"""What is read of a piece without the parser, held against what the parser reads of it."""

from __future__ import annotations

import json
import re
from array import array
from pathlib import Path
from typing import Any

from feedpub import lint
from feedpub.catalogue import LISTED
from feedpub.loading.again import open_file
from feedpub.loading.harvesting import Frame
from feedpub.loading.recognising import read_plain_text
from feedpub.loading.stretches import Stretches

FRAME = Frame(
    base="https://e.org/",
    zone="Europe/London",
    permalink=None,
    authority="e.org,2026",
    section_keys=frozenset(["a", "b", "two-words"]),
    body_format="markdown",
    folder=Path("/nowhere"),
    judge=lint.judge_entry,
)


def describe(found: Stretches) -> dict[str, Any]:
    """Return all that is known of a piece but the places of entries."""
    packed = found.collector.pack()
    return {
        "ending": found.ending,
        "digest": found.digest,
        "retracted": found.retracted,
        "diagnostics": sorted(map(str, found.diagnostics)),
        "rows": sorted(row[:8] for row in read_rows(packed.rows)),
        "pairs": sorted(zip(*[iter(array("q", packed.pairs))] * 2, strict=True)),
        "runs": packed.runs,
        "newest": packed.newest,
        "first_expiry": packed.first_expiry,
    }


def read_rows(rows: bytes) -> list[list[Any]]:
    return [row for line in rows.splitlines() for row in json.loads(line)]


def list_places(found: Stretches) -> list[tuple[int, int]]:
    return [tuple(row[8:]) for row in sorted(read_rows(found.collector.pack().rows))]


def compare(data: bytes, key: str, column: int, *, frame: Frame = FRAME) -> bool:
    """Hold what is read without the parser against what the parser reads; tell whether it was read so at all."""
    mixed = Stretches(data, Path("f.yaml"), name="f.yaml", frame=frame, see=lambda _: None)
    if not mixed.read_mixed(key, column):
        return False
    whole = Stretches(data, Path("f.yaml"), name="f.yaml", frame=frame, see=lambda _: None)
    assert whole.read(0, len(data), key=key, column=column), data
    assert describe(mixed) == describe(whole), data
    compare_texts(data, key, column)
    for ours, theirs in zip(list_places(mixed), list_places(whole), strict=True):
        assert theirs == (0, 0) or (ours[0] == theirs[0] and ours[1] <= theirs[1]), data
    return True


def compare_texts(data: bytes, key: str, column: int) -> None:
    """Hold the text of each item that is read alone, without the parser, against what the parser reads."""
    file = open_file(Path("f.yaml"), name="f.yaml", data=f"{key}:\n".encode() + data)
    records = [record for record in file.read(listed=LISTED) if record.number]
    places = [found.start() + 1 for found in re.finditer(rb"\n {%d}- " % column, b"\n" + data)]
    if not places or len(places) != len(records):
        return
    for record, start, end in zip(
        records, [place - 1 for place in places], [*(p - 1 for p in places[1:]), None], strict=True
    ):
        found = read_plain_text(data[start:end])
        assert found in (None, record.value), data[start:end]
