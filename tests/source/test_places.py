from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from source.reading import read, read_one, show

if TYPE_CHECKING:
    from pathlib import Path

BLOCK = """\
articles:
  - id: moons
    title: "Two moons"
    tags:
      - tide
      -
      - bay
    image:
      url: x
    body: |
      Text.

      More.
"""
FLOW = "articles: [{id: moons, 'tags': [tide, bay], image: {url: x}, none: }]\n"


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ((), "2:5-14:1"),
        (("id",), "2:9-2:14"),
        (("title",), "3:12-3:23"),
        (("tags",), "5:7-7:12"),
        (("tags", 0), "5:9-5:13"),
        (("tags", 1), "6:7-6:8"),
        (("tags", 2), "7:9-7:12"),
        (("image",), "9:7-9:13"),
        (("image", "url"), "9:12-9:13"),
        (("body",), "10:11-14:1"),
    ],
)
def test_a_value_in_blocks_stands_from_its_first_character_to_its_last(
    path: tuple[str | int, ...], place: str, tmp_path: Path
) -> None:
    assert show(read_one(tmp_path, BLOCK).places.value(path)) == place


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ((), "1:12-1:69"),
        (("id",), "1:17-1:22"),
        (("tags",), "1:32-1:43"),
        (("tags", 1), "1:39-1:42"),
        (("image",), "1:52-1:60"),
        (("none",), "1:68-1:68"),
    ],
)
def test_a_value_in_brackets_stands_with_them(path: tuple[str | int, ...], place: str, tmp_path: Path) -> None:
    assert show(read_one(tmp_path, FLOW).places.value(path)) == place


@pytest.mark.parametrize(
    ("text", "path", "place"),
    [
        (BLOCK, ("title",), "3:5-3:10"),
        (BLOCK, ("image", "url"), "9:7-9:10"),
        (BLOCK, ("tags", 0), "5:9-5:13"),
        (BLOCK, (), "2:5-14:1"),
        (FLOW, ("tags",), "1:24-1:30"),
        (FLOW, ("none",), "1:62-1:66"),
    ],
)
def test_a_key_stands_without_its_colon(text: str, path: tuple[str | int, ...], place: str, tmp_path: Path) -> None:
    assert show(read_one(tmp_path, text).places.key(path)) == place


@pytest.mark.parametrize(
    ("text", "path", "place"),
    [
        (BLOCK, (), "2:5-2:7"),
        (BLOCK, ("image",), "9:7-9:10"),
        (FLOW, (), "1:13-1:15"),
        ("a: {}\n", (), "1:4-1:6"),
        ("articles: [{b: c, a: d}]\n", (), "1:13-1:14"),
    ],
)
def test_the_first_key_of_a_mapping_is_the_first_in_the_file(
    text: str, path: tuple[str | int, ...], place: str, tmp_path: Path
) -> None:
    assert show(read_one(tmp_path, text).places.first_key(path)) == place


def test_a_path_that_leads_nowhere_ends_at_the_last_value_on_its_way(tmp_path: Path) -> None:
    places = read_one(tmp_path, BLOCK).places
    assert places.value(("nothing",)) == places.value(())
    assert read_one(tmp_path, BLOCK).places.use(("nothing",)) == places.use(())
    assert places.value(("image", "alt")) == places.value(("image",))
    assert places.value(("title", 3, "x")) == places.value(("title",))
    assert places.key(("image", "alt")) == places.value(("image",))


def test_columns_count_code_points(tmp_path: Path) -> None:
    record = read_one(tmp_path, 'articles: [{"é😀한": "𝄞e\u0301", b: c}]\n')
    assert show(record.places.key(("é😀한",))) == "1:13-1:18"
    assert show(record.places.value(("é😀한",))) == "1:20-1:25"
    assert show(record.places.value(("b",))) == "1:30-1:31"


def test_a_line_separator_is_a_column_and_no_line(tmp_path: Path) -> None:
    record = read_one(tmp_path, 'articles: [{a: "\u2028\u2029", b: c}]\n')
    assert show(record.places.value(("a",))) == "1:16-1:20"
    assert show(record.places.value(("b",))) == "1:25-1:26"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_line_ends_at_each_of_the_three_ends(end: str, tmp_path: Path) -> None:
    record = read_one(tmp_path, BLOCK.replace("\n", end))
    assert show(record.places.value(("image", "url"))) == "9:12-9:13"
    assert show(record.places.value(("body",))) == "10:11-14:1"


def test_a_byte_order_mark_is_no_column(tmp_path: Path) -> None:
    assert show(read_one(tmp_path, "\ufeffa: b\n").places.value(())) == "1:4-1:5"
    assert show(read_one(tmp_path, "\ufeff\ufeffa: b\n").places.value(())) == "1:4-1:5"


def test_an_aliased_value_stands_at_its_anchor_and_is_used_at_the_alias(tmp_path: Path) -> None:
    places = read_one(tmp_path, "x-a: &a [b, {c: d}]\narticles:\n  - e: *a\n").places
    assert show(places.value(("e",))) == "1:6-1:20"
    assert show(places.value(("e", 0))) == "1:10-1:11"
    assert show(places.value(("e", 1, "c"))) == "1:17-1:18"
    assert show(places.key(("e", 1, "c"))) == "1:14-1:15"
    assert show(places.use(("e",))) == "3:8-3:10"
    assert show(places.use(("e", 1, "c"))) == "3:8-3:10"
    assert show(places.key(("e",))) == "3:5-3:6"


def test_of_aliases_in_aliases_the_outermost_is_the_use(tmp_path: Path) -> None:
    places = read_one(tmp_path, "x-a: &a b\nx-c: &c [*a]\narticles:\n  - d: *c\n").places
    assert show(places.value(("d", 0))) == "1:6-1:10"  # with its anchor
    assert show(places.use(("d", 0))) == "4:8-4:10"


def test_an_item_that_is_an_alias_is_used_where_it_stands(tmp_path: Path) -> None:
    places = read_one(tmp_path, "x-a: &a {b: c}\narticles:\n  - *a\n").places
    assert show(places.use(())) == "3:5-3:7"
    assert show(places.value(("b",))) == "1:13-1:14"


def test_a_merged_value_stands_where_it_was_written(tmp_path: Path) -> None:
    text = "x-a: &a {b: 1, c: 1}\nx-d: &d {b: 2, e: 2}\narticles:\n  - f: 3\n    <<: [*d, *a]\n    e: 3\n"
    places = read_one(tmp_path, text).places
    assert show(places.value(("b",))) == "2:13-2:14"
    assert show(places.key(("c",))) == "1:16-1:17"
    assert show(places.value(("c",))) == "1:19-1:20"
    assert show(places.value(("e",))) == "6:8-6:9"
    assert show(places.key(("f",))) == "4:5-4:6"


def test_a_value_merged_through_another_mapping_stands_where_it_was_written(tmp_path: Path) -> None:
    text = "x-a: &a {b: 1}\nx-c: &c {<<: *a, d: 2}\narticles:\n  - {<<: *c}\n"
    places = read_one(tmp_path, text).places
    assert show(places.value(("b",))) == "1:13-1:14"
    assert show(places.value(("d",))) == "2:21-2:22"


def test_what_merges_a_list_within_a_list_has_its_places_all_the_same(tmp_path: Path) -> None:
    records, file = read(tmp_path, "x-a: &a [1, 2]\nd: {<<: [*a, &b {c: 3}], e: 4}\n")
    assert [one.rule for one in file.diagnostics] == ["merge-not-mapping"]
    places = records[-1].places
    assert [show(places.value((key,))) for key in ("c", "e")] == ["2:21-2:22", "2:29-2:30"]


def test_what_stands_behind_a_key_that_is_no_text_has_its_place_all_the_same(tmp_path: Path) -> None:
    records, file = read(tmp_path, "a: {? [b, c] : d, e: f}\n")
    assert [one.rule for one in file.diagnostics] == ["key-not-text"]
    assert show(records[-1].places.value(("e",))) == "1:22-1:23"


def test_the_first_key_of_a_mapping_that_only_merges_is_found(tmp_path: Path) -> None:
    places = read_one(tmp_path, "x-a: &a {b: 1}\narticles:\n  - {<<: *a}\n").places
    assert show(places.first_key(())) == "1:10-1:11"


def test_the_items_of_an_anchored_list_have_their_own_places(tmp_path: Path) -> None:
    records, _ = read(tmp_path, "articles: &a\n  - id: b\n  - id: c\nteasers: *a\n")
    assert [show(record.places.value(("id",))) for record in records] == ["2:9-2:10", "3:9-3:10"] * 2
    assert [show(record.places.use(("id",))) for record in records] == [
        "2:9-2:10",
        "3:9-3:10",
        "4:10-4:12",
        "4:10-4:12",
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [("articles:\n  -\n", "2:3-2:4"), ("articles:\n-\n", "2:1-2:2"), ("articles:\n  - # nothing\n", "2:3-2:4")],
)
def test_an_item_of_nothing_stands_at_its_dash(text: str, place: str, tmp_path: Path) -> None:
    assert show(read_one(tmp_path, text).places.value(())) == place
