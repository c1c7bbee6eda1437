"""Which characters a body may not hold, and what stands in their place."""

from __future__ import annotations

import re

from feedpub.characters import FORBIDDEN, are_allowed

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_SURROGATE = re.compile("[\ud800-\udfff]")


def replace_forbidden(text: str) -> str:
    """Return the text with U+FFFD for each character that XML should not carry, and LF for CRLF and CR.

    They are never deleted: what they separate must not grow together.
    """
    text = normalise_lines(text)
    return text if are_allowed(text.encode("utf-8", "surrogatepass")) else re.sub(FORBIDDEN, REPLACEMENT, text)


def make_encodable(text: str) -> str:
    """Return the text with U+FFFD for each lone surrogate, so that it has a UTF-8 form."""
    return text if text.isascii() else _SURROGATE.sub(REPLACEMENT, text)


def normalise_lines(text: str) -> str:
    """Return the text with LF as its only line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
