"""The index by itself: its queries, its texts, and the names that may be repeated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from feedpub.errors import PublishError, UsageError
from feedpub.index import Index, Place, Row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from feedpub.record import Value

MANY = 1_300
"""More than two batches, and no multiple of one."""


@pytest.fixture
def index() -> Iterator[Index]:
    with Index() as opened:
        yield opened


def add(
    index: Index, name: str, published: int, *sections: str, updated: int | None = None, expires: int | None = None
) -> Row:
    """Add an entry of section a, or of those that are given."""
    seq = index.add_record(Place("f.yaml", "teasers", len(name)), hashes=[])
    row = Row(seq, name, published, updated, expires)
    index.add_entry(row, key="teasers", value={"id": name}, sections=sections or ("a",))
    return row


def test_an_empty_index_answers_every_question(index: Index) -> None:
    assert index.select_newest(None, now=0, limit=9) == index.select_newest("a", now=0, limit=9) == []
    assert index.select_held_back(now=0, limit=9) == index.select_expired(now=0, limit=9) == (0, [])
    assert list(index.find_repeats()) == []


def test_a_query_sees_what_was_added_last(index: Index) -> None:
    first = add(index, "x", 1)
    assert index.select_newest("a", now=5, limit=9) == [first]
    second = add(index, "y", 2, updated=3, expires=9)
    assert index.select_newest("a", now=5, limit=9) == [second, first]


def test_the_newest_are_chosen_by_section_time_and_limit(index: Index) -> None:
    old, new = add(index, "old", 1, "a", "b"), add(index, "new", 3, "b")
    add(index, "later", 6)
    add(index, "gone", 2, expires=5)
    assert index.select_newest("a", now=5, limit=9) == [old]
    assert index.select_newest("b", now=5, limit=9) == [new, old]
    assert index.select_newest("b", now=5, limit=1) == [new]
    assert index.select_newest(None, now=5, limit=9) == [new, old]
    assert index.select_newest("c", now=5, limit=9) == []


def test_times_before_1970_are_older_than_those_after(index: Index) -> None:
    before, after = add(index, "before", -2_208_988_800), add(index, "after", 0)
    assert index.select_newest(None, now=1, limit=9) == [after, before]


def test_an_entry_is_found_once_among_all_however_many_sections_it_has(index: Index) -> None:
    row = add(index, "x", 1, "a", "b", "c")
    assert index.select_newest(None, now=1, limit=9) == [row]


def test_what_waits_is_counted_whole_and_named_from_the_nearest(index: Index) -> None:
    rows = [add(index, f"x{at}", at, expires=at + 1) for at in (9, 7, 8, 1, 3)]
    assert index.select_held_back(now=5, limit=2) == (3, [rows[1], rows[2]])
    assert index.select_expired(now=5, limit=1) == (2, [rows[4]])


def test_a_section_is_a_value_and_no_part_of_a_query(index: Index) -> None:
    add(index, "x", 1)
    assert index.select_newest("a' OR '1'='1", now=5, limit=9) == []


@pytest.mark.parametrize(
    "value",
    [{"id": "x", "sections": ["a", "b"], "image": {"url": "u", "alt": ""}, "body": "𝕏\u2028\ufffd" * 9}, {}, None],
)
def test_a_text_comes_back_as_it_was_read(index: Index, value: Value) -> None:
    seq = index.add_record(Place("f.yaml", "articles", 1), hashes=[])
    index.add_entry(Row(seq, "x", 1), key="articles", value=value, sections=())
    index.select_newest(None, now=1, limit=1)
    assert index.read_text(seq) == ("articles", value)


def test_a_text_changed_after_it_was_added_comes_back_as_it_was(index: Index) -> None:
    value: Value = {"id": "x", "title": "old"}
    seq = index.add_record(Place("f.yaml", "teasers", 1), hashes=[])
    index.add_entry(Row(seq, "x", 1), key="teasers", value=value, sections=["a"])
    assert isinstance(value, dict)
    value["title"] = "new"
    index.select_newest(None, now=1, limit=1)
    assert index.read_text(seq) == ("teasers", {"id": "x", "title": "old"})


def test_records_are_numbered_from_one(index: Index) -> None:
    assert [index.add_record(Place("f", "teasers", number), hashes=[]) for number in (1, 2, 9)] == [1, 2, 3]


def test_all_that_share_a_name_are_found_in_the_order_of_reading(index: Index) -> None:
    places = [
        Place("root.yaml", "articles", 1),
        Place("root.yaml", "articles", 2),
        Place("root.yaml", "teasers", 1),
        Place("more.yaml", "teasers", 1),
        Place("more.yaml", "teasers", 2),
    ]
    for place, hashes in zip(places, ([1, 2], [3], [4, 2], [5], [6, 3]), strict=True):
        index.add_record(place, hashes=hashes)
    assert [index.place_of(seq) for seq in index.find_repeats()] == [places[0], places[1], places[2], places[4]]


def test_names_beyond_a_batch_are_found_where_numbers_leave_gaps(index: Index) -> None:
    """A record that could not be read takes a number and adds no name."""
    places = [Place("f.yaml", "teasers", 1 + number + number // 100) for number in range(MANY)]
    for number, place in enumerate(places):
        index.add_record(place, hashes=[-number if number < MANY - 1 else -700])
    assert [index.place_of(seq) for seq in index.find_repeats()] == [places[700], places[-1]]


def test_entries_beyond_a_batch_are_all_there(index: Index) -> None:
    for number in range(MANY):
        add(index, f"x{number}", number)
    found = index.select_newest("a", now=MANY, limit=MANY + 1)
    assert [row.published for row in found] == list(reversed(range(MANY)))


def test_long_texts_come_back_in_any_order(index: Index) -> None:
    texts = [letter * 30_000 for letter in "abcdefgh"]
    for number, text in enumerate(texts, start=1):
        seq = index.add_record(Place("f.yaml", "articles", number), hashes=[])
        index.add_entry(Row(seq, f"x{number}", 1), key="articles", value={"body": text}, sections=["a"])
    index.select_newest("a", now=1, limit=1)
    for seq in (8, 1, 5, 3, 4, 2, 7, 6, 1):
        assert index.read_text(seq) == ("articles", {"body": texts[seq - 1]})


def test_a_closed_index_answers_nothing() -> None:
    with Index() as index:
        add(index, "x", 1)
    with pytest.raises(UsageError, match="the catalogue is closed"):
        index.select_newest(None, now=1, limit=1)


def use(index: Index) -> None:
    """Add entries and look for them, and close the index."""
    with index:
        for number in range(MANY):
            add(index, f"e{number}", number)
        index.select_newest(None, now=MANY, limit=9)


@pytest.mark.parametrize(("variable", "named"), [("SQLITE_TMPDIR", True), ("TMPDIR", True), ("TMPDIR", False)])
def test_a_temporary_file_that_cannot_grow_is_one_sentence_with_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str, *, named: bool
) -> None:
    monkeypatch.delenv("SQLITE_TMPDIR", raising=False)
    monkeypatch.setenv(variable, str(tmp_path if named else tmp_path / "nowhere"))
    index = Index()
    index._database.execute("PRAGMA max_page_count = 1")  # as on a disk that is full
    with pytest.raises(PublishError) as caught:
        use(index)
    folder = str(tmp_path) if named else "/var/tmp"  # noqa: S108 - where SQLite looks next
    assert caught.value.path == folder
    assert str(caught.value) == (
        f"cannot hold the entries in a temporary file in {folder}: database or disk is full; "
        "TMPDIR may name another folder"
    )


def test_texts_do_not_pile_up_in_memory(index: Index) -> None:
    for number in range(200):
        add(index, f"{number:01000}", number)
    (written,) = index._database.execute("SELECT count(*) FROM texts").fetchone()
    assert written >= 2
    assert index.select_newest("a", now=500, limit=1)[0].id == f"{199:01000}"
