"""Very many ampersands are cleaned by another way, which gives the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedpub.markup import cleaning
from feedpub.markup.cleaning import clean

PIECES = [
    "&amp;",
    "&amp;amp;",
    "&",
    "&lt;",
    "&#xFDD0;",
    "&#64977;",
    "\ufdd2",
    "x",
    '<a href="',
    "javascript",
    ":",
    '">',
    "</a>",
]


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_both_ways_give_the_same(html: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cleaning, "_MANY", 1_000)
        plain = clean(html)
        patch.setattr(cleaning, "_MANY", -1)
        assert clean(html) == plain


def test_where_every_stand_in_is_written_the_plain_way_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaning, "_MANY", -1)
    html = "".join(f"&#x{code:x};" for code in range(0xFDD0, 0xFDF0)) + "&amp;"
    assert clean(html).endswith("&amp;")
