"""Regular expressions over paths, in what PCRE and RE2 have in common, without quotes, braces or blanks in them."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

ARCHIVE: Final = "archive/"
"""The folder of documents that stand apart from their topic's others."""

_PLAIN: Final = frozenset(string.ascii_letters + string.digits + "/_-~%=,;:@&!")

HIDDEN: Final = "(?:^|/)[.]"
"""What is nobody's but ours: passing files, and whatever else begins with a dot."""


def escape(text: str) -> str:
    """Return what matches a text itself."""
    return "".join(map(_escape, text))


def _escape(character: str) -> str:
    if character in _PLAIN or not character.isascii():
        return character
    return "[.]" if character == "." else f"\\x{ord(character):02x}"


def match_any(words: Iterable[str]) -> str:
    """Return what matches any of some words, in a group that captures nothing."""
    return f"(?:{'|'.join(map(escape, words))})"


def match_documents(endings: Iterable[str]) -> str:
    """Return what matches the path of any document with one of these endings (without the dot)."""
    return f"[a-z0-9][a-z0-9/_.-]*[.]{match_any(endings)}"


def match_topics(keys: Iterable[str]) -> str:
    """Return what matches every path of some topics, and captures nothing."""
    return f"(?:{ARCHIVE})?{match_any(keys)}[./]"


def match_topic(key: str, endings: Iterable[str]) -> str:
    """Return what matches a topic's paths that end so, and captures what stands before and after its key."""
    return f"({ARCHIVE}|){escape(key)}{_rest(endings)}"


def name_topic(key: str, endings: Iterable[str], *, names: tuple[str, str]) -> str:
    """Return what `match_topic` does, with names for what is captured."""
    return f"(?<{names[0]}>{ARCHIVE}|){escape(key)}(?<{names[1]}>{_rest(endings)[1:]}"


def _rest(endings: Iterable[str]) -> str:
    return f"([./][a-z0-9/_.-]*{match_any(endings)})"
