from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from feedpub.source import CatalogueFile, NotRegularError, stream
from source.reading import LISTED, read, read_values, show, tell_flaws

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """\
site: {title: T}
articles:
  - id: a
  - id: b
x-defaults: &d {rights: R}
teasers:
  - {id: c, <<: *d}
other: [1, 2]
"""


def test_a_listed_key_is_read_an_item_at_a_time_and_another_whole(tmp_path: Path) -> None:
    records, file = read(tmp_path, TEXT)
    assert [(one.key, one.number, one.line, one.value) for one in records] == [
        ("site", 0, 1, {"title": "T"}),
        ("articles", 1, 3, {"id": "a"}),
        ("articles", 2, 4, {"id": "b"}),
        ("teasers", 1, 7, {"id": "c", "rights": "R"}),
        ("other", 0, 8, ["1", "2"]),
    ]
    assert {one.file for one in records} == {"catalogue.yaml"}
    assert file.complete
    assert not any(one.is_cut for one in records)


def test_every_root_key_is_remembered_with_its_place(tmp_path: Path) -> None:
    _, file = read(tmp_path, TEXT)
    assert {key: show(span) for key, span in file.keys.items()} == {
        "site": "1:1-1:5",
        "articles": "2:1-2:9",
        "x-defaults": "5:1-5:11",
        "teasers": "6:1-6:8",
        "other": "8:1-8:6",
    }
    assert file.start == file.keys["site"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("articles: []\n", []),
        ("articles:\n", [(0, None)]),
        ("articles: text\n", [(0, "text")]),
        ("articles: {id: a}\n", [(0, {"id": "a"})]),
        ("articles: [a, [b], ~]\n", [(1, "a"), (2, ["b"]), (3, None)]),
        ("articles: &l [a, b]\nteasers: *l\n", [(1, "a"), (2, "b"), (1, "a"), (2, "b")]),
        ("{articles: [a]}\n", [(1, "a")]),
    ],
)
def test_what_a_listed_key_holds_is_read_in_every_shape(text: str, values: list[object], tmp_path: Path) -> None:
    records, _ = read(tmp_path, text)
    assert [(one.number, one.value) for one in records] == values


def test_root_keys_may_come_in_any_order_and_twice_is_an_error_at_the_second(tmp_path: Path) -> None:
    records, file = read(tmp_path, "articles: [a]\nsite: b\narticles: [c]\nsite: d\n")
    assert [(one.key, one.number, one.value) for one in records] == [
        ("articles", 1, "a"),
        ("site", 0, "b"),
        ("articles", 2, "c"),
    ]
    assert [(one.line, one.rule) for one in file.diagnostics] == [(3, "duplicate-key"), (4, "duplicate-key")]


def test_keys_that_begin_with_x_are_read_for_their_anchors_alone(tmp_path: Path) -> None:
    assert read_values(tmp_path, "x-a: {b: !t c, b: *d}\nx-e: {f: [&g h]}\ni: *g\n") == {"i": "h"}


def test_with_only_other_keys_are_passed_over_but_for_their_anchors(tmp_path: Path) -> None:
    records, file = read(tmp_path, f"{TEXT}last: *d\n", only=["site", "last"])
    assert [(one.key, one.value) for one in records] == [("site", {"title": "T"}), ("last", {"rights": "R"})]
    assert file.complete


def test_with_only_listed_keys_are_numbered_as_without(tmp_path: Path) -> None:
    whole, _ = read(tmp_path, TEXT)
    some, _ = read(tmp_path, TEXT, only=LISTED)
    assert [(one.key, one.number, one.line, one.value) for one in some] == [
        (one.key, one.number, one.line, one.value) for one in whole if one.key in LISTED
    ]


def test_what_is_passed_over_is_not_checked(tmp_path: Path) -> None:
    records, file = read(tmp_path, "site: {a: !t b, a: c}\narticles: [d]\n", only=["articles"])
    assert [one.value for one in records] == ["d"]
    assert file.diagnostics == []


def test_a_record_is_yielded_before_the_file_is_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.yaml"
    path.write_text("articles:\n  - a\n  - b\n" + "  - c\n" * 200_000 + "}\n", encoding="utf-8")
    file = CatalogueFile(path, name="catalogue.yaml")
    assert next(file.read(listed=LISTED)).value == "a"
    assert file.diagnostics == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "1:1 empty-file"),
        ("\ufeff", "1:1 empty-file"),
        ("\n# nothing\n", "1:1 empty-file"),
        ("---\n", "1:1 empty-file"),
        ("---\n...\n", "1:1 empty-file"),
        ("~\n", "1:1 root-not-mapping"),
        ('""\n', "1:1 root-not-mapping"),
        ("text\n", "1:1 root-not-mapping"),
        ("- a\n", "1:1 root-not-mapping"),
        ("--- text\n", "1:5 root-not-mapping"),
        ("a: b\n---\nc: d\n", "2:1 second-document"),
        ("a: b\n---\n", "2:1 second-document"),
        ("---\na: b\n---\n", "3:1 second-document"),
        ("a: b\n...\n---\nc: d\n", "3:1 second-document"),
    ],
)
def test_a_file_is_one_document_and_a_mapping(text: str, rule: str, tmp_path: Path) -> None:
    _, file = read(tmp_path, text)
    assert [f"{one.line}:{one.column} {one.rule}" for one in file.diagnostics] == [rule]
    assert not file.complete


@pytest.mark.parametrize(
    "text", ["a: b\n", "---\na: b\n", "a: b\n...\n", "%YAML 1.2\n---\na: b\n", "\ufeffa: b", "{a: b}", "{}"]
)
def test_one_document_may_be_marked_as_one(text: str, tmp_path: Path) -> None:
    _, file = read(tmp_path, text)
    assert (file.diagnostics, file.complete) == ([], True)


def test_after_a_second_document_what_came_before_it_is_kept(tmp_path: Path) -> None:
    records, _ = read(tmp_path, "a: b\n---\nc: d\n")
    assert [(one.key, one.value) for one in records] == [("a", "b")]


def test_after_a_syntax_error_what_came_before_it_is_kept_and_the_last_of_it_is_cut(tmp_path: Path) -> None:
    records, file = read(tmp_path, "articles:\n  - id: a\n  - id: b\n   title: c\n  - id: d\n")
    cut = [(one.value, one.is_cut) for one in records]
    assert cut == [({"id": "a"}, False), ({"id": "b"}, True), ({"id": "d"}, False)]
    assert [one.rule for one in file.diagnostics] == ["syntax"]
    assert not file.complete


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_file_in_another_unicode_encoding_is_one_problem(encoding: str, tmp_path: Path) -> None:
    assert tell_flaws(tmp_path, TEXT.encode(encoding)) == ["1:1 not-utf-8"]


def test_a_file_in_latin_1_is_told_at_its_first_such_byte_and_read_on(tmp_path: Path) -> None:
    records, file = read(tmp_path, "a: b\nc: café\nd: naïve\n".encode("latin-1"))
    assert [(one.line, one.column, one.rule) for one in file.diagnostics] == [(2, 7, "not-utf-8")]
    assert [one.key for one in records] == ["a", "c", "d"]


def test_every_forbidden_character_of_a_file_is_told_beside_other_problems(tmp_path: Path) -> None:
    flaws = tell_flaws(tmp_path, "a: b\x00\nc: {d: e, d: f}\ng: \x85\nh: !t i\n")
    assert sorted(flaws) == ["1:5 forbidden-character", "2:11 duplicate-key", "3:4 forbidden-character", "4:4 tag"]


@pytest.mark.parametrize("text", ["a: !<tag:%ED%A0%80> b\n", "%TAG !e! tag:%ED%A0%80\n---\na: !e!x b\n"])
def test_a_tag_whose_escapes_are_no_text_is_one_problem(text: str, tmp_path: Path) -> None:
    records, file = read(tmp_path, text)
    assert records == []
    (found,) = file.diagnostics
    assert (found.rule, found.line, file.complete) == ("syntax", 1, False)
    assert found.message.startswith('this is not YAML: "')


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_at_each_of_the_three_ends(end: str, tmp_path: Path) -> None:
    assert read_values(tmp_path, f"a: |{end}  b{end}  c{end}d: e{end}") == {"a": "b\nc\n", "d": "e"}


@pytest.mark.parametrize(("number", "line"), [(1, "site: {title: T}"), (8, "other: [1, 2]"), (9, ""), (99, "")])
def test_a_line_is_given_by_its_number(number: int, line: str, tmp_path: Path) -> None:
    _, file = read(tmp_path, f"\ufeff{TEXT}")
    assert file.line(number) == line


@pytest.mark.parametrize("size", [16, 17, 18])
def test_what_a_comment_cuts_off_is_told_in_its_line_wherever_a_chunk_ends(
    size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "CHUNK", size)
    assert tell_flaws(tmp_path, "a: thirteen here\r\nc: Round #72\r\n") == ["2:10 cut-by-comment"]


def test_a_folder_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(NotRegularError):
        list(CatalogueFile(tmp_path, name="catalogue.yaml").read(listed=LISTED))


def test_a_pipe_hangs_nothing(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NotRegularError):
        list(CatalogueFile(tmp_path / "pipe", name="catalogue.yaml").read(listed=LISTED))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_is_the_systems_error(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.yaml"
    path.touch(mode=0o000)
    with pytest.raises(PermissionError):
        list(CatalogueFile(path, name="catalogue.yaml").read(listed=LISTED))


def test_an_entry_within_which_the_yaml_ends_is_not_read_and_the_one_before_is_read_once(tmp_path: Path) -> None:
    records, file = read(tmp_path, 'articles:\n  - id: a\n  - id: "b\n')
    assert [(one.value, one.is_cut) for one in records] == [({"id": "a"}, False), ({}, True)]
    assert not file.complete


def test_text_cut_by_a_comment_is_told_right_behind_a_block(tmp_path: Path) -> None:
    text = "articles:\n  - body: |\n      Text.\n  - title: Round #72\n"
    assert tell_flaws(tmp_path, text) == ["4:18 cut-by-comment"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("%YAML 1.1", "1:10-1:10"),
        ("a: &a {b: c}\nd: {<<", "2:7-2:7"),
        ("a: b\r\nc: [d", "2:4-2:5"),  # at the bracket that is never closed
        ("%YAML 1.1\n", "2:1-2:2"),  # there is an empty line
    ],
)
def test_what_is_wrong_at_the_end_of_a_file_without_a_line_end_stands_on_its_last_line(
    text: str, place: str, tmp_path: Path
) -> None:
    _, file = read(tmp_path, text)
    one = file.diagnostics[0]
    assert f"{one.line}:{one.column}-{one.end_line}:{one.end_column}" == place


def test_a_line_separator_beside_a_forbidden_escape_is_no_forbidden_character(tmp_path: Path) -> None:
    assert tell_flaws(tmp_path, 'a: "b\u2028\\x07"\n"c\u2029": d\n') == ["1:7 forbidden-character"]
    records, _ = read(tmp_path, 'a: "b\u2028\\x07"\n')
    assert records[0].value == "b\u2028\ufffd"
