"""What is called tidy nests just as deep as a parser nests it."""

from __future__ import annotations

import random

import pytest

from feedpub.markup import tidy
from feedpub.markup.elements import names
from feedpub.markup.tree import unfolds

NAMES = names(
    "p div ul ol li h1 h2 a b strong em i code pre blockquote table thead tbody tr td th dl dt dd span br img hr "
    "figure figcaption u small details summary x-y svg script form button"
)
ORDINARY = names("br ul li p b a td div")
EMPTY_ATTRIBUTES, ATTRIBUTES = ("", " /", ' alt="x"'), ("", "", ' id="q"')


def write(chance: random.Random, depth: int) -> str:
    """Return some HTML, most of it as it should be."""
    parts = []
    for _ in range(chance.randrange(4)):
        name = chance.choice(sorted(ORDINARY if chance.random() < 0.3 else NAMES))
        if chance.random() < 0.4:
            parts.append(
                chance.choice(("text", "a ", "\n", "&amp;") if chance.random() < 0.97 else ("a < b", "<!-- -->"))
            )
        elif name in ("br", "img", "hr"):
            parts.append(f"<{name}{chance.choice(EMPTY_ATTRIBUTES)}>")
        else:
            inner = write(chance, depth - 1) if depth else "x"
            inner = f"<li>{inner}</li>" if name == "ul" else inner
            inner = f"<tbody><tr><td>{inner}</td></tr></tbody>" if name == "table" else inner
            end = f"</{name}>" if chance.random() < 0.97 else ""
            parts.append(f"<{name}{chance.choice(ATTRIBUTES)}>{inner}{end}")
    return "".join(parts)


def test_what_is_tidy_is_as_deep_as_a_parser_nests_it() -> None:
    counted = 0
    for seed in range(4_000):
        chance = random.Random(seed)  # noqa: S311 - the same in every run
        html = write(chance, chance.randrange(6))
        depth = tidy.measure(html, most=100)
        if depth is not None:
            counted += depth > 0
            assert not unfolds(html, deeper_than=depth), html
            assert depth == 0 or unfolds(html, deeper_than=depth - 1), html
    assert counted > 500


@pytest.mark.parametrize(
    "html",
    [
        *(
            "<p><div></div></p>",
            "<b><p></b></p>",
            "<ul><ul></ul></li>",
            "<table><tr><td></td></tr></table>",
            "<p>a < b</p>",
        ),
        *(
            "<a><a></a></a>",
            "<table><b></b></table>",
            "<h1><h2></h2></h1>",
            "<svg></svg>",
            "<p><!-- --></p>",
            "<P></P>",
        ),
    ],
)
def test_what_a_parser_would_mend_is_not_tidy(html: str) -> None:
    assert tidy.measure(html, most=100) is None


def test_what_is_too_deep_is_not_followed_further() -> None:
    assert tidy.measure("<div>" * 300 + "</div>" * 300, most=100) == 101
    assert tidy.measure("<div>" * 99 + "<br>" + "</div>" * 99, most=100) == 100
