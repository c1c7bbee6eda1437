"""What bodies become: Markdown, HTML and plain text → safe HTML with absolute URLs, and the plain text of it.

Touches no disk, clock, network or environment. The parsers (comrak, nh3) are imported on first use.
"""

from feedpub.markup.allowed import ALLOWED, LINK_SCHEMES, MEDIA_SCHEMES
from feedpub.markup.converting import BodyFormat, convert
from feedpub.markup.inspecting import Finding, inspect
from feedpub.markup.nesting import MAX_NESTING, is_plainly_shallow, nests_too_deep
from feedpub.markup.reading import plain_text
from feedpub.markup.summarising import summarise

__all__ = [
    "ALLOWED",
    "LINK_SCHEMES",
    "MAX_NESTING",
    "MEDIA_SCHEMES",
    "BodyFormat",
    "Finding",
    "convert",
    "inspect",
    "is_plainly_shallow",
    "nests_too_deep",
    "plain_text",
    "summarise",
]
