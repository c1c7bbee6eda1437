"""Small files that would be very large: each ends in a diagnostic, with little work done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from feedpub.source import open_regular, reader
from feedpub.source.composer import EXPANDED_NODES
from feedpub.source.events import open_events
from feedpub.source.slips import brackets, quotes, refusal
from feedpub.source.slips.refusal import LONGEST_LINE, read_pair
from feedpub.source.suspects import Suspects
from source.reading import read, tell_flaws

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import BinaryIO

    from feedpub.source.events import Event, Readable
    from feedpub.source.slips.refusal import Pair

DEEP = 200_000


def nine_levels_of_ten() -> str:
    """Return the levels of a title that would be a thousand million words."""
    levels = ["x-0: &a0 storm"]
    levels += [f"x-{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]" for level in range(1, 10)]
    return "\n".join([*levels, "articles:", "  - title: *a9\n"])


def eight_levels_of_merges() -> str:
    """Return mappings, each of which merges ten of the level below with keys of their own."""
    levels = ["x-0: &m0 {k: v}"]
    for level in range(1, 9):
        sources = ", ".join(f"{{<<: *m{level - 1}, k{level}-{number}: v}}" for number in range(10))
        levels.append(f"x-{level}: &m{level} {{<<: [{sources}]}}")
    return "\n".join([*levels, "articles:", "  - <<: *m8\n"])


@pytest.fixture
def events(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count the events that are read, in a list of one number."""
    count = [0]

    def open_counted(stream: Readable) -> Callable[[], Event]:
        following = open_events(stream)

        def step() -> Event:
            count[0] += 1
            return following()

        return step

    monkeypatch.setattr(reader, "open_events", open_counted)
    return count


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[" * DEEP, "1:1001 too-deep"),  # libyaml looks ahead for a colon, and has a bound of its own
        ("{" * DEEP, "1:1001 too-deep"),
        (f"a: {'[' * DEEP}", "1:1003 too-deep"),
        (f"a: {'{b: ' * DEEP}", "1:128 too-deep"),
        (f"a:\n{'- ' * DEEP}", "2:63 too-deep"),
        (f"articles:\n  - title: {'[' * DEEP}", "2:1009 too-deep"),
        (f"articles:\n  - title: {'[' * DEEP}{']' * DEEP}\n", "2:1009 too-deep"),
        (f"articles:\n  - title: {'[' * 900}{']' * 900}\n", "2:41 too-deep"),
        (f"? {'[' * DEEP}", "1:1002 too-deep"),
    ],
)
def test_very_many_brackets_end_in_one_diagnostic(text: str, place: str, events: list[int], tmp_path: Path) -> None:
    assert tell_flaws(tmp_path, text) == [place]
    assert events[0] < 200


@pytest.mark.parametrize("text", [f"x-a: {'[' * DEEP}", f"x-a: {'[' * DEEP}{']' * DEEP}\n", f"x-a: {'{b: ' * DEEP}"])
def test_very_many_brackets_below_a_key_that_is_passed_over_end_in_a_diagnostic_too(text: str, tmp_path: Path) -> None:
    assert len(tell_flaws(tmp_path, text)) == 1


def test_nine_levels_of_ten_aliases_expand_too_far(tmp_path: Path) -> None:
    records, file = read(tmp_path, nine_levels_of_ten())
    assert [(one.line, one.rule) for one in file.diagnostics] == [(6, "expands-too-far")]
    assert records == []


def test_eight_levels_of_merges_cost_no_more_than_their_keys(tmp_path: Path) -> None:
    records, file = read(tmp_path, eight_levels_of_merges())
    assert {one.rule for one in file.diagnostics} <= {"expands-too-far"}
    assert all(isinstance(one.value, dict) and len(one.value) <= EXPANDED_NODES for one in records)


def test_a_large_text_in_very_many_titles_expands_too_far(tmp_path: Path) -> None:
    text = f"x-t: &t {'t' * (1 << 20)}\narticles:\n" + "  - title: *t\n" * 2_000
    records, file = read(tmp_path, text)
    assert [one.rule for one in file.diagnostics] == ["expands-too-far"]
    assert len(records) < 100


def test_a_large_mapping_merged_very_often_expands_too_far(tmp_path: Path) -> None:
    keys = ", ".join(f"k{number}: v" for number in range(5_000))
    text = f"x-m: &m {{{keys}}}\narticles:\n" + "  - {<<: *m}\n" * 1_000
    _, file = read(tmp_path, text)
    assert [one.rule for one in file.diagnostics] == ["expands-too-far"]


def test_very_many_anchors_that_hold_each_other_are_read_in_a_number_of_steps_that_grows_with_the_file(
    events: list[int], tmp_path: Path
) -> None:
    text = "x-0: &a0 b\n" + "".join(f"x-{number}: &a{number} [*a{number - 1}]\n" for number in range(1, 31))
    assert tell_flaws(tmp_path, f"{text}c: *a30\n") == []
    assert events[0] < 200


def test_very_many_duplicate_keys_are_all_told(tmp_path: Path) -> None:
    assert len(tell_flaws(tmp_path, "a: {" + "b: c, " * 3_000 + "}\n")) == 2_999


def test_a_line_of_very_many_comments_is_one_and_no_more_is_kept_of_it(tmp_path: Path) -> None:
    line = b"a: [\"'1 #2'\", x" + b" #c" * 100_000
    suspects = Suspects()
    suspects.note(line)
    assert len(suspects._found) <= 100
    _, file = read(tmp_path, line + b"\n  ]\n")
    assert [(one.line, one.column, one.rule) for one in file.diagnostics] == [(1, 17, "cut-by-comment")]
    assert file.diagnostics[0].end_column < 1_000


def test_an_escape_is_looked_for_in_a_value_of_very_many_lines_by_reading_them_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opened: list[Path] = []

    def open_noted(path: Path) -> BinaryIO:
        opened.append(path)
        return open_regular(path)

    monkeypatch.setattr(reader, "open_regular", open_noted)
    assert tell_flaws(tmp_path, 'a: "' + "b\n" * 5_000 + '\\x07"\n') == ["5001:1 forbidden-character"]
    assert len(opened) < 10


@pytest.mark.parametrize("before", ["k: 'a", "k", "- - k: 'a", "k: [a"])
def test_of_a_very_long_line_that_is_no_yaml_only_the_beginning_is_looked_at(
    before: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    longest = [0]

    def read_measured(line: str) -> Pair | None:
        longest[0] = max(longest[0], len(line))
        return read_pair(line)

    for module in (brackets, quotes, refusal):
        monkeypatch.setattr(module, "read_pair", read_measured, raising=False)
    assert tell_flaws(tmp_path, f"{before}{' ' * DEEP}b\nc: d\n") != []
    assert longest[0] <= LONGEST_LINE
