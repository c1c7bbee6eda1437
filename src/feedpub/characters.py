"""Which characters a feed may hold, and which of them turn the text that follows."""

from __future__ import annotations

import re

FORBIDDEN = (
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
    + "]"
)
"""What XML 1.0 (section 2.2) cannot carry, or carries against its advice: controls, surrogates, noncharacters.

The pattern of one such character; who needs it compiles it.
"""

CLOSERS = {**dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c"), **dict.fromkeys("\u2066\u2067\u2068", "\u2069")}
"""The bidirectional controls that begin something, each with the one that ends it (UAX 9, section 2)."""

BIDI_CONTROLS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

_NOT_CONTROLS = bytes({*range(0x20, 0x100), *b"\t\n\r"} - {0x7F})
_BEYOND_ASCII = (  # by the byte that each begins with, or ends in, which is quickly looked for
    (b"\xc2", rb"\xc2[\x80-\x9f]"),
    (b"\xed", rb"\xed[\xa0-\xbf]"),
    (b"\xef", rb"\xef(?:\xb7[\x90-\xaf]|\xbf[\xbe\xbf])"),
    (b"\xbf", rb"[\xf0-\xf4][\x8f\x9f\xaf\xbf]\xbf[\xbe\xbf]"),
)


def are_allowed(data: bytes) -> bool:
    """Tell whether some UTF-8 holds nothing that FORBIDDEN names: many times as fast as looking for it."""
    if data.translate(None, _NOT_CONTROLS):
        return False
    return data.isascii() or not any(byte in data and re.search(pattern, data) for byte, pattern in _BEYOND_ASCII)
