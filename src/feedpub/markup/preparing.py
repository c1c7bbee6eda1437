"""HTML → HTML that holds only what is known, still unsafe: what the parser would drop or hide is brought to light.

It loses nothing that a reader sees and guards nothing: cleaning comes after it.
"""

from __future__ import annotations

from feedpub.markup.allowed import ALLOWED
from feedpub.markup.elements import RAW_TEXT, SELF_ENDING
from feedpub.markup.tokens import scan

FRAME = "feedpub-frame"
OBJECT = "feedpub-object"

# A browser starts a new line for each of these; without their tags, words would grow together.
RENAMED = {
    "image": "img",
    "iframe": FRAME,
    "object": OBJECT,
    **dict.fromkeys(("center", "dialog", "fieldset", "form", "legend", "search"), "div"),
    **dict.fromkeys(("dir", "menu"), "ul"),
    "listing": "pre",
    "strike": "s",
    "tt": "code",
}
PASSED = frozenset(ALLOWED) - {"*"} | {"embed", "input"}


def prepare(html: str) -> str:
    """Return HTML without comments and tags of unknown elements, whose content stays (SVG's and MathML's text too).

    The content of ``noscript`` becomes ordinary markup, frames and objects get names that no parser treats
    specially; ``script``, ``style``, ``template`` and ``title`` go with their content.
    """
    parts: list[str] = []
    for token in scan(html):
        if token.kind == "text":
            parts.append(token.text)
        elif token.kind == "raw":
            parts.append(token.text.replace("<", "&lt;"))
        elif token.name in PASSED:
            parts.append(token.text)
        elif name := RENAMED.get(token.name):
            parts.append(f"<{name}{token.attributes}>" if token.kind == "start" else f"</{name}>")
        elif token.name in RAW_TEXT or token.name in SELF_ENDING:
            parts.append(" ")
    return "".join(parts)
