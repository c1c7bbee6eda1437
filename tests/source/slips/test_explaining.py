"""What holds for every slip: a mend that can be pasted mends, and nothing is left in libyaml's words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from diagnostics.pinned import tell
from feedpub.record import Span
from feedpub.source.events import MarkedYAMLError
from feedpub.source.slips import Refusal, explain
from source.slips import test_brackets, test_characters, test_layout, test_quotes, test_values

if TYPE_CHECKING:
    from pathlib import Path

SLIPS = {
    name: case
    for module in (test_brackets, test_characters, test_layout, test_quotes, test_values)
    for name, case in module.CASES.items()
}
PASTED = re.compile(r"^help: .*?write ((?:- )?\w+: .*?)(?:, or .*|, in single quotes.*| if .*)?$", re.MULTILINE)


@pytest.mark.parametrize("name", [name for name, (_, told) in SLIPS.items() if PASTED.search(told)])
def test_what_a_help_says_to_write_mends_the_line(name: str, tmp_path: Path) -> None:
    catalogue, told = SLIPS[name]
    number = int(told.split(":")[1]) - 1
    lines = catalogue.split("\n")
    pasted = PASTED.search(told)
    assert pasted is not None
    prefix = re.match(r"\s*" if pasted[1].startswith("- ") else r"\s*(?:- +)?", lines[number])
    assert prefix is not None
    lines[number] = prefix[0] + pasted[1]
    assert "error[syntax]" not in tell(tmp_path, "\n".join(lines[: number + 1]))


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_one_problem_in_an_editors_words(name: str) -> None:
    _, told = SLIPS[name]
    assert told.count("error[syntax]") == told.count("error[") == told.count("help: ") == 1
    assert "this is not YAML" not in told


def test_what_nobody_foresaw_is_told_in_libyamls_words() -> None:
    error = MarkedYAMLError()
    error.problem = "found a unicorn"
    found = explain(Refusal(error, None, lambda _: ""))
    assert (found.span, found.message, found.help) == (Span(1, 1, 1, 2), "this is not YAML: found a unicorn", None)
