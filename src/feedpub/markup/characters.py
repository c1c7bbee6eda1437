"""Which characters a body may not hold, and what stands in their place."""

from __future__ import annotations

import re

from feedpub.characters import FORBIDDEN

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_FORBIDDEN_ASCII = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"  # those of FORBIDDEN that are ASCII: many times as fast
_SURROGATE = re.compile("[\ud800-\udfff]")


def replace_forbidden(text: str) -> str:
    """Return the text with U+FFFD for each character that XML should not carry, and LF for CRLF and CR.

    They are never deleted: what they separate must not grow together.
    """
    forbidden = _FORBIDDEN_ASCII if text.isascii() else FORBIDDEN
    return re.sub(forbidden, REPLACEMENT, normalise_lines(text))


def make_encodable(text: str) -> str:
    """Return the text with U+FFFD for each lone surrogate, so that it has a UTF-8 form."""
    return text if text.isascii() else _SURROGATE.sub(REPLACEMENT, text)


def normalise_lines(text: str) -> str:
    """Return the text with LF as its only line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
