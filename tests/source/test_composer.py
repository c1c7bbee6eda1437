from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from feedpub.record import REST, UNREAD
from feedpub.source import composer
from source.reading import read, read_values, tell_flaws

if TYPE_CHECKING:
    from pathlib import Path

    from feedpub.record import Value


@pytest.mark.parametrize(
    "written", ["No", "yes", "1984", "0o17", "1e3", ".5", "2026-09-01", "12:30:45", "=", "True", "NULL", "Null", ".inf"]
)
def test_a_scalar_is_the_text_that_it_is(written: str, tmp_path: Path) -> None:
    assert read_values(tmp_path, f"a: {written}\n") == {"a": written}


@pytest.mark.parametrize("written", ["", "null", "~", "# nothing", "&x", "&x ~"])
def test_a_plain_null_is_nothing(written: str, tmp_path: Path) -> None:
    assert read_values(tmp_path, f"a: {written}\nb: c\n") == {"a": None, "b": "c"}


@pytest.mark.parametrize("written", ['""', '"null"', "'~'", "''", "|\n  null", ">-\n  ~"])
def test_a_null_in_quotes_is_text(written: str, tmp_path: Path) -> None:
    value = read_values(tmp_path, f"a: {written}\n")["a"]
    assert isinstance(value, str)


def test_nothing_may_stand_in_lists_and_mappings(tmp_path: Path) -> None:
    assert read_values(tmp_path, "a:\n  - b\n  -\n  - ~\nc: {d: , e}\n") == {
        "a": ["b", None, None],
        "c": {"d": None, "e": None},
    }


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("|\n  a\n  b\n", "a\nb\n"),
        ("|-\n  a\n  b\n", "a\nb"),
        ("|+\n  a\n", "a\n\n"),
        (">\n  a\n  b\n\n  c\n", "a b\nc\n"),
        ("|2\n    a\n  b\n", "  a\nb\n"),
        ("a\n  b\n\n  c", "a b\nc"),
        ('"a\\\n  b\\tc \\u263a \\U0001F600 \\x41"', "ab\tc ☺ 😀 A"),
        ("'it''s'", "it's"),
        ("a#b", "a#b"),
        ("a # b", "a"),
        ("http://e.org:80/", "http://e.org:80/"),
    ],
)
def test_every_style_of_scalar_is_read_as_yaml_says(written: str, text: str, tmp_path: Path) -> None:
    assert read_values(tmp_path, f"a: {written}\n") == {"a": text}


@pytest.mark.parametrize("separator", ["\u2028", "\u2029"])
@pytest.mark.parametrize("written", ['"a{}b"', "'a{}b'", "a{}b", "|-\n  a{}b"])
def test_line_separators_are_ordinary_characters(written: str, separator: str, tmp_path: Path) -> None:
    assert read_values(tmp_path, f"c: {written.format(separator)}\n") == {"c": f"a{separator}b"}


def test_line_separators_are_ordinary_in_keys_and_as_escapes(tmp_path: Path) -> None:
    assert read_values(tmp_path, 'a\u2028b: "\\L\\P"\n') == {"a\u2028b": "\u2028\u2029"}


def test_an_alias_repeats_its_anchor(tmp_path: Path) -> None:
    text = "a: &a [b, &c {d: e}]\nf: *a\ng: *c\n"
    assert read_values(tmp_path, text) == {"a": ["b", {"d": "e"}], "f": ["b", {"d": "e"}], "g": {"d": "e"}}


def test_an_anchor_on_a_key_repeats_the_key(tmp_path: Path) -> None:
    assert read_values(tmp_path, "&k a: b\nc: *k\n") == {"a": "b", "c": "a"}


def test_of_two_anchors_with_one_name_the_last_before_the_alias_holds(tmp_path: Path) -> None:
    assert read_values(tmp_path, "a: &x b\nc: *x\nd: &x e\nf: *x\n") == {"a": "b", "c": "b", "d": "e", "f": "e"}


def test_anchors_below_a_key_that_begins_with_x_may_be_used(tmp_path: Path) -> None:
    text = "x-a: &a {b: c}\nx-d: [&e f, {g: &h [i]}]\nj: *a\nk: *e\nl: *h\n"
    assert read_values(tmp_path, text) == {"j": {"b": "c"}, "k": "f", "l": ["i"]}


@pytest.mark.parametrize(
    ("merged", "expected"),
    [
        ("<<: *one", {"a": "1", "b": "1"}),
        ("<<: [*one, *two]", {"a": "1", "b": "1", "c": "2"}),
        ("<<: [*two, *one]", {"a": "2", "b": "1", "c": "2"}),
        ("<<: *one, a: own", {"a": "own", "b": "1"}),
        ("a: own, <<: *one", {"a": "own", "b": "1"}),
        ("a: , <<: *one", {"a": None, "b": "1"}),
        ("<<: [{a: 3}, *one]", {"a": "3", "b": "1"}),
        ("<<: {<<: *two, c: 3}", {"a": "2", "c": "3"}),
        ("<<: []", {}),
        ('"<<": *one', {"<<": {"a": "1", "b": "1"}}),
    ],
)
def test_a_key_given_here_wins_over_a_merged_one_and_an_earlier_source_over_a_later(
    merged: str, expected: dict[str, Value], tmp_path: Path
) -> None:
    text = f"x-1: &one {{a: 1, b: 1}}\nx-2: &two {{a: 2, c: 2}}\nd: {{{merged}}}\n"
    assert read_values(tmp_path, text) == {"d": expected}


def test_merging_changes_no_anchor(tmp_path: Path) -> None:
    text = "x-1: &one {a: 1}\nb: {<<: *one, a: 2}\nc: *one\n"
    assert read_values(tmp_path, text) == {"b": {"a": "2"}, "c": {"a": "1"}}


@pytest.mark.parametrize(
    ("text", "flaws"),
    [
        ("a: {b: c, b: d}\n", ["1:11 duplicate-key"]),
        ("a: b\na: c\n", ["2:1 duplicate-key"]),
        ('a: {b: c, "b": d}\n', ["1:11 duplicate-key"]),
        ("a: [{b: c, b: d}, {b: c, b: d, b: e}]\n", ["1:12 duplicate-key", "1:26 duplicate-key", "1:32 duplicate-key"]),
        ("a: &x {b: c, b: d}\ne: *x\n", ["1:14 duplicate-key"]),
        ("a: !t b\n", ["1:4 tag"]),
        ("a: !!str b\n", ["1:4 tag"]),
        ("a: ! b\n", ["1:4 tag"]),
        ("a: !t [b]\nc: !u {d: e}\n!v f: g\n", ["1:4 tag", "2:4 tag", "3:1 tag"]),
        ("!t\na: b\n", ["1:1 tag"]),
        ("a: !<tag:yaml.org,2002:int> 1\n", ["1:4 tag"]),
        ("articles: !t [a]\n", ["1:11 tag"]),
        ("a: *b\n", ["1:4 unknown-alias"]),
        ("a: *b\nc: &b d\n", ["1:4 unknown-alias"]),
        ("a: &b [*b]\n", ["1:8 alias-to-itself"]),
        ("a: &b {c: [d, *b]}\n", ["1:15 alias-to-itself"]),
        ("a: {? [b] : c, d: e}\n", ["1:7 key-not-text"]),
        ("? {a: b}\n: c\n", ["1:3 key-not-text"]),
        ("a: {<<: b}\n", ["1:9 merge-not-mapping"]),
        ("a: {<<: [{b: c}, d]}\n", ["1:9 merge-not-mapping"]),
        ("a: {<<: }\n", ["1:9 merge-not-mapping"]),
        ("a: {<<: {b: c}, <<: {d: e}}\n", ["1:17 duplicate-key"]),
    ],
)
def test_what_is_no_plain_data_is_refused_in_its_place(text: str, flaws: list[str], tmp_path: Path) -> None:
    assert tell_flaws(tmp_path, text) == flaws


def test_of_a_key_given_twice_the_first_value_is_read(tmp_path: Path) -> None:
    records, _ = read(tmp_path, "a: {b: c, b: d, e: f}\n")
    assert [record.value for record in records] == [{"b": "c", "e": "f"}]


def test_a_value_that_could_not_be_read_is_known_for_one(tmp_path: Path) -> None:
    records, _ = read(tmp_path, "a: {b: !t c, d: *e}\n")
    value = records[0].value
    assert isinstance(value, dict)
    assert value["b"] is UNREAD
    assert value["d"] is UNREAD


def test_a_mapping_that_merges_what_could_not_be_read_may_hold_more(tmp_path: Path) -> None:
    records, _ = read(tmp_path, "a: {b: c, <<: *d}\n")
    value = records[0].value
    assert isinstance(value, dict)
    assert value[REST] is UNREAD
    assert value["b"] == "c"


@pytest.mark.parametrize("opening", ["[", "{a: "])
def test_32_collections_may_stand_in_each_other(opening: str, tmp_path: Path) -> None:
    closing = "]" if opening == "[" else "}"
    below = composer.MAX_DEPTH - 1  # the root is one
    assert tell_flaws(tmp_path, f"a: {opening * below}{closing * below}\n") == []
    column = 4 + below * len(opening)
    assert tell_flaws(tmp_path, f"a: {opening * (below + 1)}{closing * (below + 1)}\n") == [f"1:{column} too-deep"]


def test_an_alias_counts_with_the_depth_of_what_it_repeats(tmp_path: Path) -> None:
    anchor = f"a: &a {'[' * 20}{']' * 20}\n"
    assert tell_flaws(tmp_path, f"{anchor}b: {'[' * 11}*a{']' * 11}\n") == []
    assert tell_flaws(tmp_path, f"{anchor}b: {'[' * 12}*a{']' * 12}\n") == ["2:16 too-deep"]
    assert tell_flaws(tmp_path, f"{anchor}b: &b {'[' * 11}*a{']' * 11}\nc: [*b]\n") == ["3:5 too-deep"]


def test_aliases_may_repeat_a_file_many_times_over(tmp_path: Path) -> None:
    text = "x-s: &s [a, b, c]\narticles:\n" + "  - {a: *s, b: *s}\n" * 2_000
    records, file = read(tmp_path, text)
    assert len(records) == 2_000
    assert file.diagnostics == []


def test_a_record_knows_the_text_that_aliases_add_to_it(tmp_path: Path) -> None:
    records, _ = read(tmp_path, f"x-s: &s {'s' * 1_000}\narticles:\n  - [*s, *s]\n  - [a]\n")
    assert 2_000 <= records[0].size < 2_100
    assert records[1].size < 100


def test_a_forbidden_character_in_an_escape_is_read_as_a_replacement(tmp_path: Path) -> None:
    records, file = read(tmp_path, 'a: "b\\bc"\n')
    assert [record.value for record in records] == ["b\ufffdc"]
    assert [(one.line, one.column, one.end_column) for one in file.diagnostics] == [(1, 6, 8)]


def test_a_forbidden_character_in_a_key_is_refused_at_its_escape(tmp_path: Path) -> None:
    assert tell_flaws(tmp_path, 'a: {"b\\x00": c}\n"\\uFFFE": d\n') == [
        "1:7 forbidden-character",
        "2:2 forbidden-character",
    ]
