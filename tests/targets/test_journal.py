from __future__ import annotations

import hashlib
import json

import pytest

from feedpub.publish import MANIFEST_PATH, Change, measure
from feedpub.targets.journal import open_journal, read_journal, write_journal
from publish.test_paths import HOSTILE

OLD, NEW = measure(b"old"), measure(b"new")
CHANGES = [
    Change("politics.rss", OLD, NEW),
    Change(MANIFEST_PATH, None, NEW),
    Change("archive/tech/2026-02.atom", None, NEW),
    Change("archive/asia/2026-02.atom", OLD, None),
]


def seal(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode() + b"\n" + body


def record(**overrides: object) -> bytes:
    whole = {"version": 1, "folders": ["archive"], "changes": [["archive/x", None, list(NEW)]]}
    return seal(json.dumps({**whole, **overrides}).encode())


def test_a_journal_reads_back_as_it_was_written() -> None:
    journal = open_journal(CHANGES, folders=["archive/tech", "archive"])
    assert read_journal(write_journal(journal)) == journal


def test_the_manifests_step_is_the_last() -> None:
    journal = open_journal(CHANGES, folders=[])
    assert journal.manifest is not None
    assert journal.manifest.change.path == MANIFEST_PATH
    assert [step.change.path for step in journal.all_steps] == [
        "politics.rss",
        "archive/tech/2026-02.atom",
        "archive/asia/2026-02.atom",
        MANIFEST_PATH,
    ]


def test_each_file_is_staged_beside_its_place() -> None:
    journal = open_journal(CHANGES, folders=[])
    assert [step.staged for step in journal.all_steps] == [
        ".feedpub-stage-1",
        "archive/tech/.feedpub-stage-2",
        "archive/asia/.feedpub-stage-3",
        ".feedpub-stage-4",
    ]


def test_folders_are_listed_innermost_first_to_be_synced() -> None:
    journal = open_journal(CHANGES, folders=[])
    assert journal.touched_folders == ["archive/tech", "archive/asia", "archive", ""]


def test_a_whole_record_is_read() -> None:
    journal = read_journal(record())
    assert journal is not None
    assert journal.folders == ("archive",)
    assert journal.steps[0].change == Change("archive/x", None, NEW)


@pytest.mark.parametrize("length", range(0, len(record()), 7))
def test_a_record_that_was_cut_off_is_none(length: int) -> None:
    assert read_journal(record()[:length]) is None


@pytest.mark.parametrize("path", [path for path in HOSTILE if path != "\ud800"], ids=repr)
def test_a_record_with_a_hostile_path_is_none(path: str) -> None:
    assert read_journal(record(changes=[[path, None, list(NEW)]])) is None
    assert read_journal(record(folders=[path])) is None


@pytest.mark.parametrize(
    "changes",
    [
        None,
        [[]],
        [["x"]],
        [[1, None, None]],
        [["x", "old", None]],
        [["x", None, [NEW.sha256]]],
        [["x", None, ["0" * 63, 1]]],
        [["x", None, [NEW.sha256, "1"]]],
    ],
    ids=repr,
)
def test_a_record_of_another_shape_is_none(changes: object) -> None:
    assert read_journal(record(changes=changes)) is None


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{}", b"[" * 100_000, b"\xff", b'{"version": 2}'])
def test_a_sealed_record_that_is_none_of_ours_is_none(body: bytes) -> None:
    assert read_journal(seal(body)) is None
