"""What is found in a body does not depend on what is passed over because nothing can be found there."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from feedpub.markup import inspect, inspecting, tags

if TYPE_CHECKING:
    from feedpub.markup.tokens import Token

PIECES = (
    *("<p>", "</p>", "<b>", "</b>", "<br />", "<em>", "<a>", "</a>", '<a href="x">', "<a href=http://e.org/>"),
    *(
        "<img>",
        '<img src="a.png">',
        "<input>",
        "<scr",
        "<script>",
        "</script>",
        "<style>",
        "</style>",
        "<svg>",
        "</svg>",
    ),
    *(
        "<!--",
        "-->",
        "<template>",
        "</template>",
        "<p ",
        "<p/>",
        ">",
        '"',
        "'",
        "<",
        "</",
        "=",
        "text",
        " ",
        "\n",
        "<P>",
    ),
    *(
        '<img alt="',
        '" src="',
        ' alt="',
        ' alt="a"',
        ' alt="&nbsp;"',
        ' alt=" "',
        ' title="',
        '"',
        '" /',
        ' width="9"',
        "<img",
    ),
    *('<a href="https://', "e.org", "u@h", "localhost", '<img src="/a.png" alt="b"', "127.0.0.1", ' src="x"'),
    *("<title>", "</title>", "<math>", "</math>", "<![CDATA[", "]]>", "<iframe src=x>", "</iframe>", "<code class=x>"),
)
NOTHING = re.compile(r"(?!)")
LINKS = (
    *("[a](", "![a](", "[", "](", ")", "x", "x.html", "/x", "//h/x", "../", "#f", "?q", "https://", "https://e.org"),
    *(":80/", "https://u@h/", "http://e.org/", "localhost", "127.0.0.1", "::1", "mailto:a@b", "javascript:x", "%zz"),
    *(
        "é",
        " ",
        "\n",
        "\n\n",
        "    ",
        "`",
        "*",
        "\\",
        '"t"',
        "!",
        "~",
        "_",
        ".",
        "/",
        "-",
        ":",
        "[b](/y)",
        "![](x)",
        "^",
    ),
)


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@example("<scr<p>ipt>x</script>")
@example('<a title="<p>" href="http://e.org/">')
@example("<script><p></script><svg><p><script>")
@example('<img alt="" alt="x" src="a">')
@example('<img title=" alt=" src="a">')
@example('<img src="a" alt="&nbsp;">')
@example('<a href="https://localhost/" title="x">')
@example('<a href="x" title="https://localhost/">')
def test_what_is_passed_over_hides_nothing(html: str) -> None:
    found = inspect(html, body_format="html", base="https://e.org/")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tags, "_HARMLESS", NOTHING)
        assert inspect(html, body_format="html", base="https://e.org/") == found


def test_tags_with_nothing_or_a_plain_address_are_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[str] = []
    look = tags.Inspector._inspect_tag

    def count(self: tags.Inspector, token: Token) -> object:
        looked_at.append(token.text)
        return look(self, token)

    monkeypatch.setattr(tags.Inspector, "_inspect_tag", count)
    text = '*a* [b](c) ![d](e)\n\n<p>d</p><p id="e">f\n\n- <img src="https://e.org/g" alt="h" width="9">'
    inspect(text, body_format="markdown", base="https://e.org/")
    assert looked_at == ['<p id="e">']


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(LINKS), max_size=9).map("".join))
@example("https://u@h/x")
@example("https://e.org:99999999/")
@example("https://e.org..")
@example("//u@h/")
def test_a_body_that_looks_plain_is_so(text: str) -> None:
    bodies = (text, f"[a]({text})", f"![a]({text})")
    for body, base in itertools.product(bodies, ("https://e.org/a/b", "http://e.org/a/b")):
        if inspecting._is_plain(body, "markdown", base):
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(inspecting, "_is_plain", lambda *_: False)
                assert inspect(body, body_format="markdown", base=base) == []


@pytest.mark.parametrize("address", ["x", "x/y.html", "/x", "../x?y", "#z", "https://e.org", "https://e.org/?q=a:b"])
def test_a_body_with_plain_links_is_not_parsed(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tags, "Inspector", None)
    assert inspect(f"*So* [it]({address}) is.", body_format="markdown", base="https://e.org/") == []


@pytest.mark.parametrize("address", ["https://u@e.org/", "//u@e.org/", "https://e.org:123456/", "https://e..org/"])
def test_an_address_without_a_usable_host_is_told(address: str) -> None:
    (found,) = inspect(f"[it]({address})", body_format="markdown", base="https://e.org/")
    assert found.kind == "unusable"


@pytest.mark.parametrize("body", ["[it](/x)", "[it](x)", '<a href="/x">it</a>', '<p><img src="x.png" alt="it"></p>'])
def test_on_a_site_without_encryption_relative_addresses_are_told(body: str) -> None:
    (found,) = inspect(body, body_format="markdown", base="http://e.org/")
    assert found.kind == "insecure"
    assert inspect(body, body_format="markdown", base="https://e.org/") == []
