"""What is found in a body does not depend on what is passed over because nothing can be found there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from feedpub.markup import inspect, tags

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
    *("<title>", "</title>", "<math>", "</math>", "<![CDATA[", "]]>", "<iframe src=x>", "</iframe>", "<code class=x>"),
)
NOTHING = re.compile(r"(?!)")


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@example("<scr<p>ipt>x</script>")
@example('<a title="<p>" href="http://e.org/">')
@example("<script><p></script><svg><p><script>")
def test_what_is_passed_over_hides_nothing(html: str) -> None:
    found = inspect(html, body_format="html", base="https://e.org/")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tags, "_HARMLESS", NOTHING)
        assert inspect(html, body_format="html", base="https://e.org/") == found


def test_tags_without_attributes_are_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[str] = []
    look = tags.Inspector._inspect_tag

    def count(self: tags.Inspector, token: Token) -> object:
        looked_at.append(token.text)
        return look(self, token)

    monkeypatch.setattr(tags.Inspector, "_inspect_tag", count)
    inspect('*a* [b](c)\n\n<p>d</p><p id="e">f\n\n- g', body_format="markdown", base="https://e.org/")
    assert looked_at == ['<a href="c">', '<p id="e">']
