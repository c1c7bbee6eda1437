from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedpub.markup import summarise

SENTENCE = "The talks between the two governments go on. "


def paragraph(text: str) -> str:
    return f"<p>{text}</p>"


def test_a_short_text_is_its_own_summary() -> None:
    assert summarise("<p>One <b>two</b>.</p><p>Three</p>") == "One two. Three"


def test_whole_sentences_are_taken_where_they_fit() -> None:
    assert summarise(paragraph(SENTENCE * 10), limit=100) == (SENTENCE * 2).strip()


def test_a_sentence_too_long_is_cut_at_a_words_end() -> None:
    assert summarise(paragraph("one two, three four five"), limit=12) == "one two…"


@pytest.mark.parametrize("start", ["Dr. ", "On Jan. 5 and ", "U.S. ", "J. K. ", "e.g. "])
def test_an_abbreviation_ends_no_summary(start: str) -> None:
    summary = summarise(paragraph(start + "a word and another " * 10), limit=60)
    assert summary is not None
    assert summary.endswith("…")
    assert len(summary) > 40


@pytest.mark.parametrize("text", ["今日は晴れです。明日は雨でしょう。", "今天天气很好！明天会下雨。"])
def test_chinese_and_japanese_sentences_end_without_a_space(text: str) -> None:
    summary = summarise(paragraph(text * 10), limit=40)
    assert summary is not None
    assert summary[-1] in "。！"


@pytest.mark.parametrize(
    "character",
    [
        "語",
        "e\u0301",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",
        "\U0001f44d\U0001f3fd",
        "\U0001f1eb\U0001f1f7",
        "❤\ufe0f",
        "ที่",
        "น้ำ",
        "\u1112\u1161\u11ab",
        "\U0001f3f4\U000e0067\U000e0062\U000e007f",
    ],
)
@pytest.mark.parametrize("limit", range(20, 30))
def test_no_character_is_cut_in_two(character: str, limit: int) -> None:
    summary = summarise(paragraph(character * 50), limit=limit)
    assert summary is not None
    assert len(summary) <= limit
    kept = summary.removesuffix("…")
    assert kept
    assert kept == character * (len(kept) // len(character)) or character == "น้ำ"
    if character == "น้ำ":
        assert kept[-1] in "ำน"


@pytest.mark.parametrize("limit", range(20, 30))
def test_no_flag_behind_a_word_is_cut_in_two(limit: int) -> None:
    summary = summarise(paragraph("Flags:" + "\U0001f1eb\U0001f1f7" * 50), limit=limit)
    assert summary is not None
    assert len(summary) % 2 == 1  # "Flags:" and "…" are seven


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h1>Title</h1><p>Words.</p>", "Words."),
        ("<pre><code>x = 1</code></pre><p>Words.</p>", "Words."),
        ("<table><tr><td><p>cell</p></td></tr></table><p>Words.</p>", "Words."),
        ("<figure><figcaption><p>Caption</p></figcaption></figure><p>Words.</p>", "Words."),
        ('<p><a href="https://v.example/">https://v.example/</a></p><p>Words.</p>', "Words."),
        ("<ul><li>One</li><li>Two</li></ul><h2>Title</h2>", "One Two"),
        ("<h2>Title</h2><pre>code</pre>", "Title code"),
        ("<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字</ruby></p>", "漢字"),
        ('<p><img src="https://e.example/1" alt=""><img src="https://e.example/2" alt="A &amp;  B"></p>', "A & B"),
        ('<p><img src="https://e.example/1" alt=""></p>', None),
        ("<p>&nbsp;</p>", None),
        ("", None),
    ],
)
def test_paragraphs_come_first_then_other_text_then_a_picture(html: str, expected: str | None) -> None:
    assert summarise(html) == expected


def test_one_character_that_is_longer_than_a_summary_is_cut_all_the_same() -> None:
    assert summarise(paragraph("e" + "\u0301" * 50), limit=20) == "e" + "\u0301" * 18 + "…"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=200), st.integers(10, 60))
def test_a_summary_is_never_longer_than_its_limit(text: str, limit: int) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    summary = summarise(paragraph(escaped), limit=limit)
    assert summary is None or 0 < len(summary) <= limit


@given(st.text(alphabet="ab日本.。!  \u0301", max_size=200), st.integers(10, 60))
def test_a_cut_summary_starts_as_its_text_does(text: str, limit: int) -> None:
    words = " ".join(text.split())
    summary = summarise(paragraph(text), limit=limit)
    if summary is None:
        assert not words
    else:
        assert words.startswith(summary.removesuffix("…"))
        rest = words[len(summary.removesuffix("…")) :]
        assert not rest or not unicodedata.combining(rest[0]) or len(summary) >= limit
