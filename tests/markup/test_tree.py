from __future__ import annotations

import re

import nh3
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from feedpub.markup.elements import VOID
from feedpub.markup.preparing import FRAME, OBJECT, PASSED, prepare
from feedpub.markup.tree import unfolds

NAMES = sorted(PASSED | {"iframe", "object", "center", "svg", "option", "x-y"})
COMMON = ["p", "div", "b", "i", "a", "table", "td", "tr", "li", "ul", "span", "caption", "em", "h1", "dd", "dt", "rt"]
CLEANER = nh3.Cleaner(tags=set(PASSED | {FRAME, OBJECT}), attributes={}, link_rel=None)


def measure(html: str) -> int:
    """Return the depth of the tree that a parser of the HTML standard builds."""
    depth = deepest = 0
    for slash, name in re.findall(r"<(/?)([a-z0-9-]+)[^>]*>", CLEANER.clean(prepare(html))):
        deepest = max(deepest, depth + (not slash))
        if name not in VOID:
            depth += -1 if slash else 1
    return deepest


def bound(html: str) -> int:
    return next(depth for depth in range(10_000) if not unfolds(html, deeper_than=depth))


def tags(names: list[str]) -> st.SearchStrategy[str]:
    tag = st.tuples(st.sampled_from(["<{}>", "<{}>x", "</{}>", "<{}/>"]), st.sampled_from(names))
    return st.lists(tag.map(lambda pair: pair[0].format(pair[1])), min_size=1, max_size=14).map("".join)


@settings(max_examples=300, deadline=None)
@given(tags(COMMON) | tags(NAMES), st.sampled_from([1, 2, 12]))
@example("<a><table><a>", 2)
def test_no_parser_nests_much_deeper_than_the_bound(unit: str, times: int) -> None:
    html = unit * times
    assert measure(html) <= 2 * bound(html) + 2


@settings(max_examples=300, deadline=None)
@given(tags(["p", "div", "span", "ul", "li", "h1", "blockquote", "b", "br", "dl", "dt", "dd", "code", "em"]))
@example("<b><em><code><div></b>" * 3)
def test_without_tables_and_links_the_bound_holds_to_the_letter(html: str) -> None:
    assert measure(html) <= bound(html)


@pytest.mark.parametrize(
    "html",
    [
        "<div><p>a<p>b<ul><li>c<li>d</ul></div>",
        "<table><tr><td>a<td>b<tr><td><p>c</table>",
        "<table><tbody><col></table>",
        "<dl><dt>a<dd>b<dt>c</dl>",
        "<p><b><i>a</i></b><p>c",
        "<ruby>漢<rt>かん</rt>字<rt>じ</ruby>",
        "<ruby>漢<rt>かん<rp>)<rt>じ</ruby>",
        "<table><colgroup><col><col><tr><td>a<tr><td>b</table>",
        "<ul><li><p>a<img><li><ol><li>b</ol></ul>",
    ],
)
def test_the_depth_of_ordinary_html_is_exact(html: str) -> None:
    assert bound(html) == measure(html)


@pytest.mark.parametrize(
    "unit",
    ["<p>x", "<li>x", "<li><address>x", "<tr><td>x", "<b>x</b>", "<p><b>x</b></p>", "<dt>x<dd>y", "<a>x", "<br>"],
)
def test_what_follows_one_another_does_not_nest(unit: str) -> None:
    assert bound(f"<table>{unit * 100}</table>") < 10
