"""What may be shown of a text that somebody else wrote: never a control, escape or bidirectional character."""

from __future__ import annotations

import re

QUOTED_LENGTH = 60

_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f]"
)


def quote(text: str) -> str:
    """Return a text in double quotes, cut to 60 characters, with what a terminal might obey written as escapes."""
    cut = text if len(text) <= QUOTED_LENGTH else text[: QUOTED_LENGTH - 1] + "…"
    return f'"{reveal(cut)}"'


def reveal(text: str) -> str:
    r"""Return a text with control, line-breaking, bidirectional and invisible characters written as escapes.

    U+202E becomes ``\u202e``. A byte that is no UTF-8, which arrives as a lone surrogate (PEP 383), becomes ``\xa9``.
    """
    return _HIDDEN.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if 0xDC80 <= code <= 0xDCFF:  # noqa: PLR2004 - the surrogates that stand for bytes
        return f"\\x{code - 0xDC00:02x}"
    other = f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004 - the escapes of YAML and Python
    return {0x09: "\\t", 0x0A: "\\n", 0x0D: "\\r"}.get(code, other)
