"""A body → safe HTML with absolute URLs, whatever it was written in: the way through this package."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from feedpub.markup import markdown
from feedpub.markup.bidi import close_controls
from feedpub.markup.characters import make_encodable, normalise_lines, replace_forbidden

BodyFormat: TypeAlias = Literal["markdown", "html", "text"]
"""What a body is written in."""


def convert(text: str, *, body_format: BodyFormat, base: str) -> str:
    """Return a body as safe HTML whose addresses are absolute, resolved against ``base``, the entry's URL.

    Only what ALLOWED lists stays; the text of all else stays, but for scripts, styles and templates. An
    ``iframe``, ``embed`` or ``object`` becomes a link to its source, a picture that cannot be shown its
    ``alt``. A character that XML should not carry becomes U+FFFD, a carriage return a line feed; a bidirectional
    control is ended in its paragraph. White space at the ends goes, so that a body of which nothing stays is empty.

    Ask `nests_too_deep` first: the time this takes is linear only in markup that it lets pass.
    """
    text = normalise_lines(make_encodable(text))
    if body_format == "text":
        return close_controls(replace_forbidden(_write_paragraphs(text)))
    from feedpub.markup.sanitising import sanitise  # noqa: PLC0415 - its patterns load with the first body

    html = markdown.render(text) if body_format == "markdown" else text
    return close_controls(sanitise(html, base=base, is_tame="<" not in text).strip(_HTML_SPACE))


def _write_paragraphs(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    blocks = (block.strip(" \t\n") for block in _BLANK_LINES.split(escaped))
    return "\n".join(f"<p>{_LINE_END.sub('<br>' + chr(10), block)}</p>" for block in blocks if block)


_HTML_SPACE = " \t\n\f"
_BLANK_LINES = re.compile(r"\n[ \t]*+(?:\n[ \t]*+)+")
_LINE_END = re.compile(r"[ \t]*\n")
