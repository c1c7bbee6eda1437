"""Bidirectional controls end where they begin, whatever a body hides them in, and nothing else changes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedpub.catalogue.invalid import Invalid
from feedpub.catalogue.texts import check_bidi
from feedpub.markup import convert, plain_text, summarise
from feedpub.markup.bidi import close_controls, close_text_controls

LRE, RLE, PDF, RLO, LRI, RLI, PDI = "\u202a", "\u202b", "\u202c", "\u202e", "\u2066", "\u2067", "\u2069"


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("<p>&#x202E;a</p><p>b", f"<p>{RLO}a{PDF}</p><p>b</p>"),
        ("<p>&#x2067;<b>a</b> b</p>c", f"<p>{RLI}<b>a</b> b{PDI}</p>c"),
        ("&#x202A;a &#x2066;b", f"{LRE}a {LRI}b{PDI}{PDF}"),
        ("<p>a &#x202C;b &#x2069;c</p>", "<p>a b c</p>"),
        ("<p>&#x2066;&#x202E;a&#x2069;&#x202C; b</p>", f"<p>{LRI}{RLO}a{PDF}{PDI} b</p>"),
        ("<p>&#x202E;&#x2066;a&#x202C;&#x2069; b</p>", f"<p>{RLO}{LRI}a{PDI} b{PDF}</p>"),
        ("<p>&#x202E;a<br>b&#x202C;</p>", f"<p>{RLO}a{PDF}<br>b</p>"),
        (f"{RLO}a <script>{PDF}</script>b", f"{RLO}a b{PDF}"),
        (f"{RLI}a <p title='{PDI}'>b</p>", f'{RLI}a {PDI}<p title="">b</p>'),
        ("<p title='&#x202E;a'>b</p>", f'<p title="{RLO}a{PDF}">b</p>'),
        ("<img alt='&#x2067;a' src=/a.png>", f'<img alt="{RLI}a{PDI}" src="https://e.org/a.png">'),
        (f"<p>{RLO}a{PDF} {RLI}b{PDI} c</p>", f"<p>{RLO}a{PDF} {RLI}b{PDI} c</p>"),
    ],
)
def test_a_control_ends_in_its_paragraph_or_attribute(written: str, published: str) -> None:
    assert convert(written, body_format="html", base="https://e.org/x") == published


def test_plain_bodies_end_a_control_in_its_line() -> None:
    written = f"{RLO}a\nb\n\nc{PDF}"
    assert convert(written, body_format="text", base="https://e.org/x") == f"<p>{RLO}a{PDF}<br>\nb</p>\n<p>c</p>"


def test_a_summary_ends_what_its_cut_leaves_open_and_keeps_its_length() -> None:
    summary = summarise(f"<p>{RLO}{RLI}{'word ' * 100}{PDI}{PDF}</p>")
    assert summary is not None
    assert summary.startswith(f"{RLO}{RLI}word")
    assert summary.endswith(f"…{PDI}{PDF}")
    assert 250 < len(summary) <= 280


def test_a_summary_of_hardly_anything_but_controls_has_none() -> None:
    assert summarise(f"<p>{RLO * 300}words</p>") == "words"


def test_a_summary_without_a_rubys_reading_ends_what_began_in_it() -> None:
    assert summarise(f"<p><ruby>漢<rt>{RLO}kan</rt>字{PDF}</ruby></p>") == "漢字"


def test_hundreds_of_thousands_of_controls_take_no_time() -> None:
    many = RLE * 100_000
    assert len(close_text_controls(many + PDI * 100_000)) == 200_000
    assert len(close_controls(f"<p>{many}</p>")) == 200_007


PIECES = st.sampled_from([LRE, RLE, PDF, RLO, LRI, RLI, PDI, "a", " "])


@settings(deadline=None)
@given(st.lists(PIECES).map("".join))
def test_whatever_is_closed_is_what_a_catalogue_accepts_and_stays_so(text: str) -> None:
    closed = close_text_controls(text)
    check_bidi(closed)
    assert close_text_controls(closed) == closed
    try:
        check_bidi(text)
    except Invalid:
        return
    assert closed == text


MARKUP = st.sampled_from(
    [RLO, PDF, RLI, PDI, "a ", "&#x202E;", "&#x2069;", "<p>", "</p>", "<b>", "</b>", "<br>", "<td>"]
)


@settings(deadline=None)
@given(st.lists(MARKUP).map("".join))
def test_no_body_leaves_a_control_open(written: str) -> None:
    html = convert(written, body_format="html", base="https://e.org/x")
    check_bidi(plain_text(html))
    check_bidi(summarise(html) or "")
