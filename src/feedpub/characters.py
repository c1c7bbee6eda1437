"""Which characters a feed may hold."""

from __future__ import annotations

FORBIDDEN = (
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
    + "]"
)
"""What XML 1.0 (section 2.2) cannot carry, or carries against its advice: controls, surrogates, noncharacters.

The pattern of one such character; who needs it compiles it.
"""
