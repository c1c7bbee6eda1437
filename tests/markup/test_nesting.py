from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from feedpub.markup import MAX_NESTING, BodyFormat, convert, markdown, nests_too_deep
from feedpub.markup.bounds import MAX_MARKERS, is_surely_shallow, unfolds_tables
from feedpub.markup.tree import unfolds

BASE = "https://news.example.org/"
SIZE = 80_000


def fill(unit: str, *, tail: str = "") -> str:
    return unit * (SIZE // len(unit)) + tail


BOMBS: list[tuple[str, BodyFormat]] = [
    (fill(">"), "markdown"),
    (fill("> ", tail="a"), "markdown"),
    (fill("- ", tail="a"), "markdown"),
    (fill("1. ", tail="a"), "markdown"),
    (fill("1) ", tail="a"), "markdown"),
    (fill("> - ", tail="a"), "markdown"),
    ("\n".join(">" * depth for depth in range(400)), "markdown"),
    ("\n".join(" " * 2 * depth + "- a" for depth in range(280)), "markdown"),
    ("*a " * 20_000 + "b" + " a*" * 20_000, "markdown"),
    ("<b>" * 25_000, "markdown"),
    ("<div>" * 100_000, "html"),
    ("<div><!--</div>-->" * 1_000, "html"),
    ("<div title='</div>'>" * 1_000, "html"),
    ("<div ='</div>'>" * 1_000, "html"),
    ("<div><script></div></script>" * 1_000, "html"),
    ("<table><td>" * 60, "html"),
    ("<x-y>" * 1_000, "html"),
    ("<div>" + "".join(f"<b id={n}>" for n in range(90)) + "</div>" + "<p>x" * 2_000, "html"),
    (("<b>" * 20 + "<div>" * 20 + "</b>" * 20 + "</div>" * 20) * 400, "html"),
    ("|" + "a|" * 20_000 + "\n|" + "-|" * 20_000 + "\n" + "a\n" * 20_000, "markdown"),
    ("|" + "a|" * 40 + "\n|" + "-|" * 40 + "\n" + "a\n" * 40_000, "markdown"),
]

HARMLESS: list[tuple[str, BodyFormat]] = [
    ("".join(f"<b id={n}>" for n in range(20)) + "\n\n" + "a\n\n" * 10_000, "markdown"),
    *(
        (fill(unit), "markdown")
        for unit in ("*", "_", "[", "![", "`", "&amp;", "[a](", "[a]((", "<!--", "a <!-- ", "a <?")
    ),
    *(
        (fill(unit), "markdown")
        for unit in ("~", "~a ", "*a ", "_a ", "**a *b ", "www.", "a@", "\\", "<", "<a ", '"', "&")
    ),
    *((fill(unit), "html") for unit in ("<!--", "&", "&amp;", "<", "</b>", "</p>", "<p>x", "<li>x", "<br>", "<a x='")),
    ("<a " + "x " * 40_000 + ">", "html"),
    ("<table>" + "<tr>" + "<td>x" * 100 + "</table>", "html"),
    ("<table>" + "<tr><td><b>x" * 500 + "</table>", "html"),
    ("<svg>" + "<path/>" * 1_000 + "</svg>", "html"),
    ("<select>" + "<option>x" * 300 + "</select>", "html"),
    ("<p><b>x</p>" * 50, "html"),
    ("[a]: /u" + "x" * 1_000 + "\n\n" + "[a] " * 19_000, "markdown"),
]


@pytest.mark.parametrize(("text", "body_format"), BOMBS)
def test_a_bomb_is_refused(text: str, body_format: BodyFormat) -> None:
    assert nests_too_deep(text, body_format=body_format)


@pytest.mark.parametrize(("text", "body_format"), HARMLESS)
def test_what_only_looks_like_a_bomb_is_converted(text: str, body_format: BodyFormat) -> None:
    assert not nests_too_deep(text, body_format=body_format)
    assert len(convert(text, body_format=body_format, base=BASE)) < 10 * len(text)


@pytest.mark.parametrize("text", [fill(">"), fill("<div>")])
def test_plain_text_does_not_nest(text: str) -> None:
    assert not nests_too_deep(text, body_format="text")


@pytest.mark.parametrize("name", ["div", "blockquote", "b", "span", "x-y"])
def test_html_may_nest_a_hundred_deep_and_no_deeper(name: str) -> None:
    deepest = f"<{name}>" * MAX_NESTING + "x" + f"</{name}>" * MAX_NESTING
    assert not nests_too_deep(deepest, body_format="html")
    assert nests_too_deep(f"<{name}>{deepest}</{name}>", body_format="html")


def test_markdown_may_nest_a_hundred_deep_and_no_deeper() -> None:
    assert not nests_too_deep(">" * 99 + "a", body_format="markdown")  # and a paragraph
    assert nests_too_deep(">" * 100 + "a", body_format="markdown")


@pytest.mark.parametrize("before", ["a\ud800\n\n", "a\r\r", "a\r\n\r\n", "\x00\n\n"])
def test_odd_characters_hide_no_depth(before: str) -> None:
    assert nests_too_deep(before + ">" * 200 + "b", body_format="markdown")


# The dearest ways to nest: two elements for one marker, the table last.
DEAREST = [
    "- " * 44 + "a",
    "1) " * 44 + "a",
    "- " * 43 + "a\n" + " " * 86 + "-",
    "- " * 43 + "|a|\n" + " " * 86 + "|-|",
]
PIECES = [
    *("- ", "+ ", "1. ", "1) ", "> ", "<b>", "<i x>", "</b>", "<table><td>", "<td>", "<div>\n", "<!--"),
    *(
        "](u)",
        "|",
        "|-|",
        "|a|\n",
        "\n",
        "\n\n",
        "  ",
        "    ",
        "\t",
        "a",
        "`",
        "**",
        "~~",
        "*a*",
        "![",
        "]",
        "\\",
        "日",
    ),
    *"<>*_~[-+.)",
]
MARKUP = st.sampled_from(PIECES)


@settings(max_examples=300, deadline=None)
@given(st.lists(MARKUP, max_size=130).map("".join), st.integers(1, 8))
@example(DEAREST[0], 1)
@example(DEAREST[1], 1)
@example(DEAREST[2], 1)
@example(DEAREST[3], 1)
def test_fewer_markers_than_the_bound_nest_no_deeper_than_a_hundred(unit: str, times: int) -> None:
    text = _keep_markers(unit * times, MAX_MARKERS - 1)
    assert sum(map(text.count, "<>*_~[-+.)")) < MAX_MARKERS
    assert not unfolds(markdown.render(text), deeper_than=MAX_NESTING)


@pytest.mark.parametrize("text", DEAREST)
def test_the_dearest_ways_to_nest_come_near_the_bound(text: str) -> None:
    assert unfolds(markdown.render(text), deeper_than=85)


@settings(max_examples=300, deadline=None)
@given(st.lists(MARKUP, max_size=60).map("".join), st.integers(1, 40))
@example("> ", 200)
@example("\t- a\n", 40)
def test_what_is_surely_shallow_is_shallow(unit: str, times: int) -> None:
    text = unit * times
    if is_surely_shallow(text):
        assert not unfolds(markdown.render(text), deeper_than=MAX_NESTING)


def test_a_long_ordinary_body_need_not_be_parsed() -> None:
    body = "\n\n".join(["A sentence. Another one, *with* emphasis. A [link](/x).\n\n- One.\n- Two.\n  - Three."] * 200)
    assert is_surely_shallow(body)


def _keep_markers(text: str, most: int) -> str:
    kept = 0
    for place, character in enumerate(text):
        kept += character in "<>*_~[-+.)"
        if kept > most:
            return text[:place]
    return text


def test_a_large_table_that_is_written_out_is_no_bomb() -> None:
    row = "|" + "cell|" * 20 + "\n"
    assert not unfolds_tables(row + "|" + "-|" * 20 + "\n" + row * 4_000)


def test_a_rule_of_many_dashes_is_no_table() -> None:
    assert not unfolds_tables("a | b\n\n" + "-" * 5_000 + "\n" + "c\n" * 5_000)


@settings(max_examples=300, deadline=None)
@given(st.lists(MARKUP, max_size=60).map(lambda pieces: "".join(pieces).replace("<", "")), st.integers(1, 40))
@example(">" * 100 + "---", 1)
@example(">" * 99 + "![](x)", 1)
@example(">" * 98 + "a  \nb", 1)
@example("[a [b](c) *d*](e)", 50)
def test_markdown_without_html_nests_as_deep_as_a_parser_nests_it(unit: str, times: int) -> None:
    text = unit * times
    html = markdown.render(text)
    if not unfolds_tables(text):
        assert nests_too_deep(text, body_format="markdown") == unfolds(html, deeper_than=MAX_NESTING)
