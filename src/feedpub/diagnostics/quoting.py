"""What may be shown of a text that somebody else wrote: never a control, escape or bidirectional character."""

from __future__ import annotations

import re

QUOTED_LENGTH = 60

_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


def quote(text: str) -> str:
    """Return a text in double quotes, cut to 60 characters, with what a terminal might obey written as escapes."""
    cut = text if len(text) <= QUOTED_LENGTH else text[: QUOTED_LENGTH - 1] + "…"
    return f'"{reveal(cut)}"'


def reveal(text: str) -> str:
    """Return a text with control, line-breaking and bidirectional characters written as escapes (U+202E: u202e)."""
    return _HIDDEN.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return {0x09: "\\t", 0x0A: "\\n", 0x0D: "\\r"}.get(code, f"\\u{code:04x}")
