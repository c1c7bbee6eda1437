"""How deep tidy HTML nests: a parser opens and closes just what its tags say. Quick, and silent about the rest.

Tidy is what closes every element in its turn, and begins none where a parser would first close another or open one
that is not written (HTML standard, section 13.2.6): most of what people and programs publish, and what comrak makes.
"""

from __future__ import annotations

import re

from feedpub.markup.elements import CLOSES_P, HEADINGS, ROW_GROUPS, names

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*+)(?:[ \n][a-z-]++(?:=\"[^\"<>]*+\")?+)*+ ?/?>")
_EMPTY = names("br img wbr")
_INLINE = _EMPTY | names(
    "a abbr b bdi bdo cite code del dfn em i ins kbd mark q s samp small span strong sub sup time u var"
)
_BLOCKS = CLOSES_P - {"hr"}
_HOLDS_PARTS = ROW_GROUPS | {"table", "tr"}
_PARENTS = {
    **dict.fromkeys(("dd", "dt"), frozenset({"dl"})),
    "li": frozenset({"ol", "ul"}),
    **dict.fromkeys(ROW_GROUPS, frozenset({"table"})),
    "tr": ROW_GROUPS,
    **dict.fromkeys(("td", "th"), frozenset({"tr"})),
}


def measure(html: str, *, most: int) -> int | None:
    """Return how deep the elements of tidy HTML nest, or a depth beyond ``most``; None where it may not be tidy."""
    tags = _TAG.findall(html)
    if len(tags) != html.count("<"):
        return None
    depth = 0
    open_: list[str] = []
    for slash, name in tags:
        if slash:
            if not open_ or open_.pop() != name:
                return None
            continue
        if not _is_tidy(name, open_):
            return None
        open_.append(name)
        depth = max(depth, len(open_))
        if depth > most:
            break
        if name in _EMPTY:
            open_.pop()
    return depth


def _is_tidy(name: str, open_: list[str]) -> bool:
    """Tell whether an element begins where it closes nothing and nothing has to be opened for it."""
    parent = open_[-1] if open_ else ""
    if name in _PARENTS:
        return parent in _PARENTS[name] and "p" not in open_
    if parent in _HOLDS_PARTS:
        return False
    if name in _INLINE:
        return name != "a" or "a" not in open_
    return name in _BLOCKS and "p" not in open_ and not (name in HEADINGS and parent in HEADINGS)
