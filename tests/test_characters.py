"""Which characters a feed may hold: the quick look at bytes says what the pattern does."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feedpub.characters import FORBIDDEN, are_allowed

EDGES = (
    *range(0xA1), *range(0xD700, 0xE001), *range(0xFDC0, 0xFE00), *range(0xFFF0, 0x1_0002),
    *(plane + last for plane in range(0x1_0000, 0x11_0000, 0x1_0000) for last in (0xFFFD, 0xFFFE, 0xFFFF)),
)  # fmt: skip


@pytest.mark.parametrize("around", ["", "a", "é", "\U0001f600", "\uffee"])
def test_each_character_is_judged_as_the_pattern_judges_it(around: str) -> None:
    for code in EDGES:
        text = f"{around}{chr(code)}{around}"
        assert are_allowed(text.encode("utf-8", "surrogatepass")) == (not re.search(FORBIDDEN, text)), hex(code)


@given(st.text(max_size=30))
@example("\u00bf\u00be")
def test_texts_are_judged_as_the_pattern_judges_them(text: str) -> None:
    assert are_allowed(text.encode("utf-8", "surrogatepass")) == (not re.search(FORBIDDEN, text))
