"""Where remarks stand: at the words that they are about, for as many of a value as anybody mends at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from feedpub.diagnostics import diagnose
from feedpub.loading.remarks import MOST, Remark, pinpoint
from feedpub.record import Span

if TYPE_CHECKING:
    from pathlib import Path


def test_the_first_remarks_of_a_value_stand_at_their_words_and_the_others_at_the_value(tmp_path: Path) -> None:
    path = tmp_path / "articles.yaml"
    count = MOST + 50
    path.write_text("body: |\n" + "".join(f"  w{number:05};\n" for number in range(count)), encoding="utf-8")
    whole = Span(1, 7, count + 2, 1)
    remarks = [
        Remark(
            diagnostic=diagnose("image-without-alt", f"no. {number:05}", file=str(path), span=whole),
            written=("nowhere", f"w{number:05};"),
        )
        for number in range(count)
    ]
    found = list(pinpoint(remarks))
    assert [one.line for one in found[:MOST]] == [number + 2 for number in range(MOST)]
    assert {(one.column, one.end_column) for one in found[:MOST]} == {(3, 10)}
    assert {(one.line, one.column) for one in found[MOST:]} == {(1, 7)}


@pytest.mark.parametrize("text", [None, "one line\n"], ids=["gone", "cut short"])
def test_remarks_on_a_file_that_is_no_more_what_was_read_stand_at_their_values(
    tmp_path: Path, text: str | None
) -> None:
    path = tmp_path / "articles.yaml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    remarks = [
        Remark(diagnose("image-without-alt", "m", file=str(path), span=Span(line, 1, 9, 1)), ("word",))
        for line in (1, 3)
    ]
    assert sorted(pinpoint(remarks)) == [remark.diagnostic for remark in remarks]


def test_values_that_end_on_one_line_are_looked_through_each(tmp_path: Path) -> None:
    path = tmp_path / "articles.yaml"
    path.write_text("- {a: x y, b: x y}\n", encoding="utf-8")
    spans = (Span(1, 7, 1, 10), Span(1, 15, 1, 18))
    remarks = [
        Remark(diagnostic=diagnose("image-without-alt", "m", file=str(path), span=span), written=("y",))
        for span in spans
    ]
    assert [one.column for one in pinpoint(remarks)] == [9, 17]
