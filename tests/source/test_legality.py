from __future__ import annotations

import io
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedpub.record import Span
from feedpub.source import legality
from feedpub.source.legality import find_encoding, find_escapes, find_lines, name_character, read_lines, report_flaws
from feedpub.source.stream import BOM, CHUNK
from source.reading import tell_flaws

if TYPE_CHECKING:
    from pathlib import Path


def tell(data: bytes) -> list[str]:
    """Return the place, the rule and the message of each flaw."""
    return [
        f"{one.line}:{one.column}-{one.end_column} {one.rule}: {one.message}"
        for one in report_flaws(io.BytesIO(data), file="catalogue.yaml")
    ]


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b"", [""]),
        (b"a", ["a"]),
        (b"a\n", ["a", ""]),
        (b"a\r\nb\rc\nd", ["a", "b", "c", "d"]),
        (b"\r\r\n\n", ["", "", "", ""]),
        ("a\u2028b\u2029c\x85d\x0be\x0cf\x1cg".encode(), ["a\u2028b\u2029c\x85d\x0be\x0cf\x1cg"]),
        (b"\xef\xbb\xbfa\nb", ["a", "b"]),
        (b"a\xe9b\n", ["a\udce9b", ""]),
    ],
)
def test_lines_end_at_lf_crlf_and_cr_only(data: bytes, lines: list[str]) -> None:
    assert list(read_lines(io.BytesIO(data))) == lines


@pytest.mark.parametrize("size", [3, 4, 5, 6])  # a byte order mark is read at once
def test_lines_are_the_same_whatever_the_chunks(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    data = "\ufeffa\r\nbé\r\r\n😀\u2028c\n\r".encode()
    whole = list(read_lines(io.BytesIO(data)))
    monkeypatch.setattr(legality, "CHUNK", size)
    assert list(read_lines(io.BytesIO(data))) == whole == ["a", "bé", "", "😀\u2028c", "", ""]


def test_a_line_behind_one_that_is_too_long_to_be_kept_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(legality, "CHUNK", 4)
    monkeypatch.setattr(legality, "MAX_LINE", 8)
    found = find_lines(BytesIO(b"a" * 100 + b"\nbc\n"), [1, 2])
    assert found[2] == "bc"
    assert 8 <= len(found[1]) < 20


def test_each_run_of_forbidden_characters_is_told_in_its_place() -> None:
    assert tell("\ufeffé\x08\x07 \x85\n\ufdd0\r\U0001ffff".encode()) == [
        "1:2-4 forbidden-character: U+0008 (backspace) cannot be published: XML and its readers do not carry it",
        "1:5-6 forbidden-character: U+0085 (next line) cannot be published: XML and its readers do not carry it",
        "2:1-2 forbidden-character: U+FDD0 cannot be published: XML and its readers do not carry it",
        "3:1-2 forbidden-character: U+1FFFF cannot be published: XML and its readers do not carry it",
    ]


def test_of_bytes_that_are_no_utf_8_the_first_is_told_beside_all_forbidden_characters() -> None:
    assert tell(b"caf\xe9\ncaf\xe9\n\x01") == [
        "1:4-5 not-utf-8: the byte 0xE9 here is not UTF-8",
        "3:1-2 forbidden-character: U+0001 cannot be published: XML and its readers do not carry it",
    ]


def test_very_many_flaws_are_not_all_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(legality, "MAX_REPORTED", 3)
    assert len(tell(b"\x01 \x01 \x01\n\x01 \x01")) == 3


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        ("site: {}", "utf-16", "UTF-16"),
        ("site: {}", "utf-16-le", "UTF-16"),
        ("site: {}", "utf-16-be", "UTF-16"),
        ("ab", "utf-16-be", "UTF-16"),
        ("site: {}", "utf-32-le", "UTF-32"),
        ("site: {}", "utf-32-be", "UTF-32"),
        ("site: {}", "utf-8", None),
        ("site: {}", "utf-8-sig", None),
        ("é", "latin-1", None),
        ("", "utf-8", None),
    ],
)
def test_an_encoding_that_is_plainly_another_is_named(text: str, encoding: str, name: str | None) -> None:
    raw = io.BytesIO(text.encode(encoding))
    assert find_encoding(raw) == name
    assert raw.tell() == 0


@pytest.mark.parametrize(
    ("line", "character", "place"),
    [
        (r'a: "b\bc"', "\b", (6, 8)),
        (r'a: "\x41\x08"', "\b", (9, 13)),
        (r'a: "\\b\u0008"', "\b", (8, 14)),
        (r'a: "\U0000FFFF"', "\uffff", (5, 15)),
        (r'a: "\N"', "\x85", (5, 7)),
        (r'"\0": "\0"', "\0", (8, 10)),
    ],
)
def test_an_escape_is_found_by_the_character_that_it_gives(line: str, character: str, place: tuple[int, int]) -> None:
    value = Span(1, 5 if line.startswith("a") else 7, 1, len(line) + 1)
    assert find_escapes([character], value, lines=[line]) == {character: Span(1, place[0], 1, place[1])}


def test_an_escape_is_found_on_a_later_line_of_its_value() -> None:
    found = find_escapes(["\b"], Span(1, 7, 2, 6), lines=['"\\b", "a', '  \\b"', '  "\\b"'])
    assert found == {"\b": Span(2, 3, 2, 5)}


def test_several_escapes_are_found_while_the_lines_go_by_once() -> None:
    lines = iter(['"a', "  \\b", "  b", '  \\a\\b"', "behind it"])
    found = find_escapes(["\a", "\b"], Span(1, 1, 5, 2), lines=lines)
    assert found == {"\b": Span(2, 3, 2, 5), "\a": Span(4, 3, 4, 5)}
    assert next(lines) == "behind it"


def test_an_escape_of_no_character_behind_the_value_is_passed_over(tmp_path: Path) -> None:
    assert tell_flaws(tmp_path, 'a: ["\\x08", "\\UFFFFFFFF"]\n') == ["1:6 forbidden-character", "1:14 syntax"]


def test_a_character_that_no_escape_gives_stands_where_its_value_does() -> None:
    value = Span(1, 4, 1, 8)
    assert find_escapes(["\b"], value, lines=['a: "b"']) == {"\b": value}


def test_a_flaw_far_behind_in_a_long_line_is_found_where_it_is_the_only_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(legality, "MAX_LINE", 10)
    long = b"a" * (2 * CHUNK)
    (found,) = tell(b"b\n" + long + b"\0")
    assert found.startswith(f"2:{len(long) + 1}-{len(long) + 2} forbidden-character: U+0000 (nul)")
    assert [one[:3] for one in tell(b"b\0\n" + long + b"\0")] == ["1:2"]


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\x00", "U+0000 (nul)"),
        ("\x1b", "U+001B (escape)"),
        ("\x01", "U+0001"),
        ("\ufdd0", "U+FDD0"),
        ("\U0010ffff", "U+10FFFF"),
        ("\u202e", "U+202E (right-to-left override)"),
    ],
)
def test_a_character_is_named_and_never_shown(character: str, name: str) -> None:
    assert name_character(character) == name


@given(
    st.text(alphabet="ab\n\r", max_size=60), st.sets(st.integers(1, 20), min_size=1), st.integers(3, 9), st.booleans()
)
def test_lines_are_found_as_they_are_read(text: str, wanted: set[int], chunk: int, marked: bool) -> None:  # noqa: FBT001 - drawn
    data = (BOM if marked else b"") + text.encode()
    lines = dict(enumerate(read_lines(BytesIO(data)), start=1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(legality, "CHUNK", chunk)
        assert find_lines(BytesIO(data), wanted) == {number: lines[number] for number in wanted if number in lines}
