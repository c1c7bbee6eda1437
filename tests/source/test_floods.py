"""What a file's text may cost: each thing of which there can be very many has a bound, and ends in a diagnostic."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feedpub.source import composer, lines, notes, reader, root, stream, suspects
from feedpub.source.legality import read_lines
from feedpub.source.lines import Lines
from feedpub.source.resuming import Point, find_point
from feedpub.source.slips.refusal import read_pair
from feedpub.source.suspects import Suspects
from source.reading import read, read_one, tell_flaws

if TYPE_CHECKING:
    from pathlib import Path


def find_suspects(data: bytes) -> list[suspects.Suspect]:
    found = Suspects()
    found.note(data)
    return list(found._found)


def test_of_very_many_comments_on_a_line_the_first_are_kept() -> None:
    found = find_suspects(b"a: x" + b" #b" * 50_000 + b"\na: y #c\n")
    assert len(found) == 101
    assert found[0] == (0, 4, 5, "#b #b #b" + " #b" * 63 + " #b")
    assert found[-1] == (1, 4, 5, "#c")
    assert len(find_suspects(b"a: y #c\na: x" + b" #b" * 50_000)) == 101


def test_of_very_many_comments_of_a_record_the_first_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suspects, "_MOST", 10)
    assert len(find_suspects(b"a: x #b\n" * 1_000)) == 10


def test_a_long_comment_is_kept_in_part_without_half_a_character() -> None:
    (found,) = find_suspects(b"a: x #b" + "é".encode() * 500)
    assert found.text == "#b" + "é" * 99


@given(st.text(alphabet="ab\n\r\ufeffé", max_size=60), st.integers(1, 20), st.sampled_from([4, 5, 8]))
@example("aaa\r\nb\na\nb\naaa\nbbb", 5, 4)  # a CR and its LF on both sides of a border
def test_lines_are_read_from_any_number_on(text: str, number: int, block: int) -> None:
    data = text.encode()
    expected = list(read_lines(BytesIO(data)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "BLOCK", block)
        found = Lines(lambda: BytesIO(data))
        assert list(found.read(number)) == expected[number - 1 :]
        assert found.get(number) == (expected[number - 1] if number <= len(expected) else "")


def test_lines_that_are_near_each_other_are_read_from_the_file_once() -> None:
    opened: list[int] = []

    def open_file() -> BinaryIO:
        opened.append(1)
        return BytesIO(b"some words\n" * 10_000)

    found = Lines(open_file)
    assert {found.get(number) for number in range(5_000, 5_100)} == {"some words"}
    assert len(opened) == 1


def test_of_a_very_long_line_no_more_is_kept_than_is_wanted() -> None:
    first, second = read_lines(BytesIO(b"a" * 1_000 + b"\nb"), at_once=10, longest=25)
    assert (first, second) == ("a" * 30, "b")


def test_a_long_line_is_passed_over_in_the_search_for_an_item() -> None:
    text = b"articles:\n- a\n" + b"x" * 600_000 + b"\n- b\n"
    lines = Lines(lambda: BytesIO(text))
    point = find_point(BytesIO(text), lines, after=2, key="articles", column=0, roots=())
    assert point == Point(4, len(text) - 4, "articles")


def test_reading_ends_where_a_file_has_too_many_problems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notes, "MAX_NOTED", 10)
    records, file = read(tmp_path, "articles:\n" + "- !t x\n" * 100)
    assert len(file.diagnostics) == 10
    assert len(records) < 15
    assert not file.complete


@pytest.mark.parametrize(
    "text",
    [
        "x-a: [" + ", ".join(f"&name{number} x" for number in range(201)) + "]\na: *nam1\n",
        f"x-a: &{'n' * 201} x\na: *{'n' * 202}\n",
    ],
)
def test_among_very_many_anchors_and_in_very_long_names_no_likely_one_is_looked_for(text: str, tmp_path: Path) -> None:
    _, file = read(tmp_path, text)
    told = [one.help for one in file.diagnostics if one.rule == "unknown-alias"]
    assert told == ["put the value in quotes if it is text"]


def test_unused_anchors_are_told_up_to_the_same_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notes, "MAX_NOTED", 10)
    _, file = read(tmp_path, "articles:\n" + "".join(f"- &a{number} x\n" for number in range(100)))
    assert [one.rule for one in file.diagnostics] == ["unused-anchor"] * 10


@pytest.mark.parametrize(
    "text",
    [
        "articles:\n- " + "[" + "a, " * 60 + "]\n",
        "articles:\n- " + "{" + "".join(f"a{number}: b, " for number in range(30)) + "}\n",
        "site: [" + "{a: b}, " * 20 + "]\n",
        "articles:\n- ? [" + "a, " * 60 + "]\n  : b\n",
    ],
)
def test_a_record_of_too_many_values_is_refused(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(composer, "MAX_NODES", 50)
    assert "too-large" in tell_flaws(tmp_path, text)[-1]


def test_very_many_values_that_are_passed_over_are_none_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(composer, "MAX_NODES", 50)
    assert read_one(tmp_path, "x-a: [" + "a, " * 100 + "]\narticles:\n- b\n").value == "b"


@pytest.mark.parametrize(
    "text",
    [
        "x-a: [" + "".join(f"&a{number} b, " for number in range(60)) + "]\n",
        "x-a: {" + "".join(f"&a{number} b{number}: c, " for number in range(60)) + "}\n",
        "x-a: &a [" + "".join(f"&a{number} [b], " for number in range(20)) + "]\n",
    ],
)
def test_anchors_that_hold_too_much_are_refused(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(composer, "MAX_KEPT", 50)
    (told,) = tell_flaws(tmp_path, text if "{" not in text else text.replace("x-a", "a"))
    assert "too-large" in told


def test_too_many_root_keys_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(root, "MAX_KEYS", 3)
    assert tell_flaws(tmp_path, "a: b\nc: d\nx-e: f\ng: h\n") == ["4:1 too-large"]


def test_what_is_read_again_and_again_behind_empty_lines_has_an_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "articles:\n" + "- [a\n- b\n" * 20
    many = len(tell_flaws(tmp_path, text))
    monkeypatch.setattr(reader, "MAX_PASSED", 50)
    assert 1 < len(tell_flaws(tmp_path, text)) < many


@pytest.mark.parametrize(
    "text",
    [
        "articles:\n- {}\n- x: " + "y" * 1_000_000,
        "articles:\n- {}\n- x: |\n" + "    y\n" * 200_000,
        'articles:\n- {}\n- x: "' + "y " * 500_000 + '"\n',
        "articles:\n- {}\n" + "# x\n" * 250_000 + "- {}\n",
        "articles:\n- {}\n" + "\n" * 1_000_000 + "- {}\n",
        "x-a: [" + "a, " * 10 + "b" * 2_000_000 + "]\n",
    ],
)
def test_what_has_no_end_is_not_read_to_it(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "LONGEST", 600_000)
    records, file = read(tmp_path, text)
    assert [one.rule for one in file.diagnostics] == ["too-large"]
    assert not file.complete
    assert all(record.is_cut for record in records[1:])


def test_a_large_file_of_small_values_is_read_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "LONGEST", 300_000)
    _, file = read(tmp_path, "x-a: [" + "a, " * 300_000 + "]\narticles: [" + "{a: b}, " * 60_000 + "]\n")
    assert file.diagnostics == []
    assert file.complete


def test_of_sources_that_are_merged_the_earlier_wins_however_many_there_are(tmp_path: Path) -> None:
    sources = ", ".join(f"{{a: {number}, b{number}: c}}" for number in range(2_000))
    value = read_one(tmp_path, f"articles:\n- <<: [{sources}]\n  b7: own\n").value
    assert isinstance(value, dict)
    assert (value["a"], value["b7"], value["b1999"], len(value)) == ("0", "own", "c", 2_001)


def test_an_alias_below_a_key_that_is_passed_over_uses_its_anchor(tmp_path: Path) -> None:
    _, file = read(tmp_path, "articles:\n- &a b\nx-c: [*a]\nx-d: [*a, &e f]\nx-g: &h i\n")
    assert [one.rule for one in file.diagnostics] == ["unused-anchor"]


@pytest.mark.parametrize("line", ["a" + " " * 200_000 + "b", "a: b" + " " * 200_000 + "c", "- a" + " b" * 100_000])
def test_a_pair_is_looked_for_once_in_a_long_line(line: str) -> None:
    pair = read_pair(line)  # by the square of its length it would take hours
    assert (pair is not None) == (":" in line)
