"""Which way a language is written."""

from __future__ import annotations

from itertools import takewhile
from typing import Literal

_SCRIPTS = frozenset({"adlm", "arab", "aran", "hebr", "mand", "mend", "nkoo", "rohg", "samr", "syrc", "thaa", "yezi"})
_LANGUAGES = frozenset(
    {"ar", "arc", "azb", "bal", "bgn", "bqi", "ckb", "dv", "fa", "glk", "he", "iw", "khw", "ks", "lrc", "luz", "mzn"}
    | {"nqo", "pnb", "prs", "ps", "rhg", "sd", "sdh", "skr", "syr", "ug", "ur", "yi"}
)


def find_direction(language: str) -> Literal["ltr", "rtl"]:
    """Return the direction of a language tag (BCP 47): that of its script where it names one, else the language's own.

    Source: the layout data of Unicode's CLDR.
    """
    primary, *rest = language.lower().split("-")
    plain = takewhile(lambda part: len(part) > 1, rest)  # behind a single letter come extensions, which name others
    script = next((part for part in plain if len(part) == 4 and part.isalpha()), None)  # noqa: PLR2004 - its length
    is_rtl = script in _SCRIPTS if script else primary in _LANGUAGES
    return "rtl" if is_rtl else "ltr"
