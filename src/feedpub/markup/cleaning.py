"""HTML → safe HTML, by nh3. Nothing after this adds an element or attribute that is not in ALLOWED."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from feedpub.markup.allowed import ALLOWED, LINK_SCHEMES
from feedpub.markup.preparing import FRAME, OBJECT

if TYPE_CHECKING:
    import nh3

# What only finishing sees and turns into something else.
_INTERMEDIATE: dict[str, frozenset[str]] = {
    FRAME: frozenset({"data-src", "src", "title"}),
    OBJECT: frozenset({"data", "title"}),
    "embed": frozenset({"src", "title"}),
    "img": frozenset({"data-src", "data-srcset"}),
    "input": frozenset({"checked", "type"}),
}


def clean(html: str) -> str:
    """Return HTML that holds only allowed elements, attributes and schemes (and what finishing takes away).

    It is well-formed: each tag is closed, each attribute in double quotes, ``<``, ``>`` and ``&`` escaped.
    """
    return _load().clean(html)


@cache
def _load() -> nh3.Cleaner:
    import nh3  # noqa: PLC0415 - loaded with the first body, so that importing this package stays quick

    names = (ALLOWED.keys() | _INTERMEDIATE.keys()) - {"*"}
    attributes = {name: {*ALLOWED.get(name, ()), *_INTERMEDIATE.get(name, ())} for name in names}
    return nh3.Cleaner(
        tags=set(names),
        clean_content_tags={"script", "style", "template", "title"},
        attributes={**attributes, "*": set(ALLOWED["*"])},
        set_tag_attribute_values={"video": {"controls": ""}, "audio": {"controls": ""}},
        url_schemes=set(LINK_SCHEMES),
        link_rel=None,
    )
