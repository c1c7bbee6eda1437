"""An item goes with its lines, and nothing around it changes."""

from __future__ import annotations

import pytest

from feedpub.edit import CannotEditError, remove_item

HEAD = "site: {title: T}\n"

CASES = {
    "in the middle": (
        (
            "teasers:\n  - id: a\n\n  # of b\n  - id: b\n    body: |\n      x\n\n      # no comment\n    # inside\n"
            "\n  # of c\n  - id: c\n"
        ),
        2,
        "teasers:\n  - id: a\n\n  # of b\n\n  # of c\n  - id: c\n",
    ),
    "the last": ("teasers:\n- id: a\n- id: b\n  x: y\n\nx-y: 1\n", 2, "teasers:\n- id: a\n\nx-y: 1\n"),
    "the last of the file": ("teasers:\n  - id: a\n  - id: b", 2, "teasers:\n  - id: a\n"),
    "the only one": ("teasers:\n  - id: a\nx-y: 1\n", 1, "teasers:\nx-y: 1\n"),
    "in brackets, the first": ("teasers: [{id: a}, {id: b}]\n", 1, "teasers: [{id: b}]\n"),
    "in brackets, the last": ("teasers: [{id: a}, {id: b} ]\n", 2, "teasers: [{id: a} ]\n"),
    "in brackets, the only one": ("teasers: [{id: a}]\n", 1, "teasers: []\n"),
    "behind a lone dash": ("teasers:\n  -\n    id: a\n  - id: b\n", 1, "teasers:\n  - id: b\n"),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_item_is_removed(name: str, mark: str, end: str) -> None:
    text, number, rest = CASES[name]
    before, after = (mark + (HEAD + one).replace("\n", end) for one in (text, rest))
    assert remove_item(before, key="teasers", number=number, name="a.yaml") == after


def test_an_item_of_which_another_repeats_a_part_is_refused() -> None:
    text = f"{HEAD}teasers:\n  - id: a\n    authors: &who [A]\n  - id: b\n    authors: *who\n"
    with pytest.raises(CannotEditError, match="something repeats"):
        remove_item(text, key="teasers", number=1, name="a.yaml")
    assert "- id: b" not in remove_item(text, key="teasers", number=2, name="a.yaml")
