from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedpub.diagnostics import quote, reveal
from feedpub.diagnostics.quoting import QUOTED_LENGTH


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("storm", "storm"),
        ("é 한 😀", "é 한 😀"),
        ("a\tb\r\n", r"a\tb\r\n"),
        ("\x1b[31m", r"\u001b[31m"),
        ("\x7f\x85\x9f", r"\u007f\u0085\u009f"),
        ("\u202eab\u2069", r"\u202eab\u2069"),
        ("\u200b\ufeff", r"\u200b\ufeff"),
        ("a\u2028b", r"a\u2028b"),
        ("\ufdd0\uffff", r"\ufdd0\uffff"),
        ("\U000e0041", r"\U000e0041"),
        ("\udce9", r"\xe9"),
        ("\ud83d", r"\ud83d"),
    ],
)
def test_what_a_terminal_might_obey_or_hide_is_written_as_an_escape(text: str, shown: str) -> None:
    assert reveal(text) == shown


@settings(database=None, deadline=None)
@given(st.text(st.characters(categories=("Cc", "Cf", "Cs", "Zl", "Zp", "Lo"))))
def test_no_control_or_line_break_is_ever_shown(text: str) -> None:
    shown = reveal(text)
    assert not {unicodedata.category(one) for one in shown} & {"Cc", "Cs", "Zl", "Zp"}
    assert not {unicodedata.bidirectional(one) for one in shown} & {
        "LRE",
        "RLE",
        "LRO",
        "RLO",
        "PDF",
        "LRI",
        "RLI",
        "PDI",
    }


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("storm", '"storm"'),
        ("s" * QUOTED_LENGTH, f'"{"s" * QUOTED_LENGTH}"'),
        ("s" * (QUOTED_LENGTH + 1), f'"{"s" * (QUOTED_LENGTH - 1)}…"'),
        ("\x00" * 100, '"' + r"\u0000" * (QUOTED_LENGTH - 1) + '…"'),
    ],
)
def test_a_quoted_text_is_cut_before_it_is_escaped(text: str, quoted: str) -> None:
    assert quote(text) == quoted
