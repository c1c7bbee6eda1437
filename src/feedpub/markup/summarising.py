"""A summary out of a body that came without one: its first sentences, or what a picture shows."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from feedpub.markup.bidi import close_text_controls, count_open, drop_controls
from feedpub.markup.reading import collapse, plain_text, unescape

if TYPE_CHECKING:
    from collections.abc import Iterator

ELLIPSIS = "…"

# What summarises badly, and ruby's readings, which would repeat a word within the word.
_LANDMARK = re.compile(r'<(/?)(p|audio|figcaption|h[1-6]|pre|rp|rt|table|video)(?: (?:[^">]|"[^"]*+")*+)?>')
_INLINE = frozenset(("rp", "rt"))
_ALT = re.compile(r' alt="([^"]*)"')
_BARE_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:)\S+")
_CLOSING = r"""['"\u2019\u201d\u00bb\u300d\u300f\uff09\u3011)\]]*"""
# Latin, Arabic, Urdu and Hindi, but for initials and a few abbreviations; then Chinese and Japanese.
_SENTENCE_END = (  # compiled on first use
    rf"(?<!\b[A-Z])(?<!\b(?:Mr|Dr|Ms|St|No|vs))(?<!\bMrs)(?<!\bProf)[.!?…؟\u06d4।]{_CLOSING}(?=\s+(\S))"
    rf"|[。\uff01\uff1f]{_CLOSING}"
)
_BEFORE_ELLIPSIS = " ,;:—-、\u2013\uff0c"
_LEAST_PART = 3  # sentences that fill less than this part of the room are too little to say anything
_GLUE = frozenset("\u200d\u0e33\u0eb3")  # zero width joiner; Thai and Lao AM, which complete a character
_MODIFIERS = range(0x1F3FB, 0x1F400)
_TAGS = range(0xE0020, 0xE0080)
_REGIONAL = range(0x1F1E6, 0x1F200)


def summarise(html: str, *, limit: int = 280) -> str | None:
    """Return the start of a converted body as plain text of at most ``limit`` characters, or None.

    Whole sentences where some fit and fill a third of the room; else what fits, up to a word's end, and an
    ellipsis (in scripts without spaces up to a character's end). Paragraphs are preferred; then comes text
    outside headings, code, captions and tables; then any text; then the first picture's ``alt``.
    """
    for text in _list_texts(html, enough=limit):
        if text.strip():
            return _shorten(text.strip(), limit=limit)
    alts = (collapse(unescape(alt[1])).strip() for alt in _ALT.finditer(html))
    alt = next(filter(None, alts), None)
    return _shorten(alt, limit=limit) if alt else None


def _list_texts(html: str, *, enough: int) -> Iterator[str]:
    """Yield what may be summed up, the likeliest first; each takes time, and most need one."""
    yield _read(html, paragraphs_only=True, enough=enough)
    yield _read(html, paragraphs_only=False, enough=enough)
    yield plain_text(html)


def _read(html: str, *, paragraphs_only: bool, enough: int) -> str:
    found: list[str] = []
    current: list[str] = []
    poor, in_paragraph, position, length = 0, False, 0, 0
    for tag in _LANDMARK.finditer(html):
        if not poor and (in_paragraph or not paragraphs_only):
            current.append(html[position : tag.start()])
        position = tag.end()
        is_end, name = bool(tag[1]), tag[2]
        if name != "p":
            poor += -1 if is_end else 1
            current.append("" if name in _INLINE else " ")
            continue
        in_paragraph = not is_end
        length += _flush(current, into=found)
        if length > enough:
            return " ".join(found)
    if not paragraphs_only:
        current.append(html[position:])
    _flush(current, into=found)
    return " ".join(found)


def _flush(current: list[str], *, into: list[str]) -> int:
    words = plain_text("".join(current))
    current.clear()
    if not words.strip() or _BARE_ADDRESS.fullmatch(words):
        return 0
    into.append(words)
    return len(words) + 1


def _shorten(text: str, *, limit: int) -> str:
    text = close_text_controls(text)
    if len(text) <= limit:
        return text
    reserved = count_open(text[:limit])  # what a cut leaves open is ended after it
    if reserved * 2 > limit:
        return _shorten(drop_controls(text), limit=limit)
    return close_text_controls(_cut(text, limit=limit - reserved))


def _cut(text: str, *, limit: int) -> str:
    ends = [
        match.end()
        for match in re.compile(_SENTENCE_END).finditer(text, 0, limit + 2)  # two more: to see what follows
        if match.end() <= limit and not (match[1] and match[1].islower()) and not _belong_together(text, match.end())
    ]
    if ends and ends[-1] * _LEAST_PART >= limit:
        return text[: ends[-1]]
    cut = text.rfind(" ", 0, limit)
    if cut * 2 < limit or _belong_together(text, cut + 1):
        cut = _find_character_end(text, limit - len(ELLIPSIS))
    return text[:cut].rstrip(_BEFORE_ELLIPSIS) + ELLIPSIS


def _find_character_end(text: str, most: int) -> int:
    """Return the last place up to ``most`` that cuts no grapheme in two (after Unicode's UAX 29)."""
    for cut in range(most, 0, -1):
        if not _belong_together(text, cut):
            return cut
    return most


def _belong_together(text: str, cut: int) -> bool:
    before, after = text[cut - 1], text[cut]
    code = ord(after)
    if before == "\u200d" or after in _GLUE or unicodedata.category(after)[0] == "M":
        return True
    if code in _MODIFIERS or code in _TAGS:
        return True
    if 0x1160 <= code <= 0x11FF:  # noqa: PLR2004 - Hangul's conjoining vowels and finals
        return True
    if code in _REGIONAL and ord(before) in _REGIONAL:
        flags = 0
        while flags < cut and ord(text[cut - 1 - flags]) in _REGIONAL:
            flags += 1
        return flags % 2 == 1
    return False
