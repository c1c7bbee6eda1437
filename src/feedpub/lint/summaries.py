"""What a summary does badly: it says the title again, or stops in the middle of a word."""

from __future__ import annotations

import re

from feedpub import markup

_WORD = r"[^\W\d_]+"  # these are compiled when a summary needs them: at import they would cost 2 ms
_LEAST_WORDS = 4  # a shorter title is how many a sentence begins
_ENDS_IN_WORD = r"[^\W\d_]\Z"
_DOTS = r"\s*(?:…|\.\.\.|\[…\]|\[\.\.\.\])\Z"
_MIN_FRAGMENT = 2
_SPACED = r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f\uac00-\ud7af]"  # scripts whose words have no spaces
CUTS = frozenset({100, 120, 140, 150, 155, 160, 200, 250, 255, 256, 280, 300, 320, 500})
"""Lengths, in characters, at which systems cut texts."""


def may_repeat_title(summary: str, title: str) -> bool:
    """Tell whether a summary begins as the title does, as far as a first letter says; most do not."""
    first, other = summary[0], title[0]
    return first == other or first.lower() == other.lower() or not (first.isalpha() and other.isalpha())


def repeats_title(summary: str, title: str) -> bool:
    """Tell whether a summary is the title again, or begins with all of it."""
    if not may_repeat_title(summary, title) or len(summary) < len(title) // 2:
        return False
    ours, theirs = _words(title), _words(summary)
    if not ours or theirs[: len(ours)] != ours:
        return False
    return len(theirs) == len(ours) or (len(ours) >= _LEAST_WORDS and _ends_sentence(summary, len(ours)))


def find_cut(summary: str, *, title: str | None, body: str | None) -> str | None:
    """Return the part of a word in which a summary was cut off, or None where it ends as a text does.

    A text that ends without a full stop may be whole: what counts is that the entry's own words go on there, or
    that the summary has just the length at which systems cut.
    """
    text = re.sub(_DOTS, "", summary.rstrip())
    if not re.search(_ENDS_IN_WORD, text) or re.search(_SPACED, text[-1]):
        return None
    fragment: str = re.findall(_WORD, text)[-1]
    if len(fragment) >= _MIN_FRAGMENT or fragment not in ("a", "A", "I"):
        words = {word.lower() for word in re.findall(_WORD, f"{title or ''} {body or ''} {text[: -len(fragment)]}")}
        whole = fragment.lower()
        if whole not in words and len(whole) >= _MIN_FRAGMENT and any(word.startswith(whole) for word in words):
            return fragment
    if body and _goes_on(text, body):
        return fragment
    return fragment if len(summary.rstrip()) in CUTS and text == summary.rstrip() else None


def _goes_on(text: str, body: str) -> bool:
    """Tell whether a body begins with a text and goes on in the middle of its last word."""
    plain = markup.plain_text(body) if "<" in body else " ".join(body.split())
    start = plain.find(" ".join(text.split()))
    if start < 0:
        return False
    following = plain[start + len(" ".join(text.split())) :][:1]
    return following.isalpha()


def _words(text: str) -> list[str]:
    return [word.lower() for word in re.findall(_WORD, text)]


def _ends_sentence(summary: str, count: int) -> bool:
    """Tell whether the first words of a summary are a sentence, or a heading, of their own."""
    *_, last = (match for match, _ in zip(re.finditer(_WORD, summary), range(count), strict=False))
    rest = summary[last.end() :].lstrip("\"'”’»)]")
    return not rest or rest[0] in ".!?:…–—-|。"
