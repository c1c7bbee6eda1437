"""What a text may be: titles, summaries, ids, keys, choices, numbers. Text in, value out, or Invalid."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedpub.catalogue.invalid import Invalid
from feedpub.characters import BIDI_CONTROLS, CLOSERS
from feedpub.diagnostics import quote

if TYPE_CHECKING:
    from collections.abc import Collection

MAX_TITLE, MAX_GUID, MAX_ID, MAX_KEY = 500, 1_000, 128, 64
MAX_BODY, MAX_ENTRY = 512 << 10, 1 << 20
"""Code points of a title, a guid, an id and a key; bytes of UTF-8 of a body and of an entry."""

MAX_PATH = 1_000
"""Code points of the name of a file or folder, with the folders that lead to it."""
MAX_ITEMS = 1_000
"""Items of a list in an entry, or in the head."""

RESERVED_KEYS = frozenset(
    ["all", "index", "archive", "feeds", "manifest", "con", "prn", "aux", "nul"]
    + [f"{port}{number}" for port in ("com", "lpt") for number in range(10)]
)
"""Keys that would collide with a file of our own, or with a device of Windows."""

_MAX_DIGITS = 15  # no length or size has more

_ID = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?\Z")
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_NOT_ID = re.compile(r"[^a-z0-9._-]+")
_LANGUAGE = re.compile(  # well-formed by RFC 5646, section 2.1
    r"(?:(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4}|[a-z]{5,8})"
    r"(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
    r"(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?|x(?:-[a-z0-9]{1,8})+"
    r"|en-gb-oed|i-(?:ami|bnn|default|enochian|hak|klingon|lux|mingo|navajo|pwn|tao|tay|tsu)"
    r"|sgn-(?:be-fr|be-nl|ch-de)|art-lojban|cel-gaulish|no-bok|no-nyn|zh-(?:guoyu|hakka|min|min-nan|xiang))\Z",
    re.IGNORECASE,
)
_NAMED = {
    "arabic": "ar",
    "chinese": "zh",
    "czech": "cs",
    "danish": "da",
    "deutsch": "de",
    "dutch": "nl",
    "english": "en",
    "espanol": "es",
    "español": "es",
    "finnish": "fi",
    "francais": "fr",
    "français": "fr",
    "french": "fr",
    "german": "de",
    "greek": "el",
    "hebrew": "he",
    "hindi": "hi",
    "italian": "it",
    "italiano": "it",
    "japanese": "ja",
    "korean": "ko",
    "norwegian": "no",
    "polish": "pl",
    "portuguese": "pt",
    "russian": "ru",
    "spanish": "es",
    "swedish": "sv",
    "turkish": "tr",
    "ukrainian": "uk",
}  # fmt: skip - most have the form of a tag, and no registry has them
_MEDIA_TYPE = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}\Z"
)  # RFC 6838, section 4.2
_EMAIL = re.compile(r"[^\s@<>()\",;:\\]+@[^\s@<>()\",;:\\]+\.[^\s@<>()\",;:\\.]+\Z")
_DOMAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*\Z")
_BIDI = re.compile(f"[{BIDI_CONTROLS}]")


def read_text(value: object) -> str:
    """Return a plain text without the white space around it."""
    if type(value) is not str:
        raise _not_text(value)
    text = value.strip()
    if not text:
        raise Invalid("empty-value", "is empty", "give it a value, or remove the key")
    if not text.isascii():
        check_bidi(text)
    return text


def read_line(value: object) -> str:
    """Return a text as one line: line breaks and runs of white space become one space."""
    return " ".join(read_text(value).split())


def read_title(value: object) -> str:
    """Return a title: one line of at most 500 characters."""
    text = " ".join(read_text(value).split())
    return text if len(text) <= MAX_TITLE else _bounded(text, MAX_TITLE)


def read_path(value: object) -> str:
    """Return the name of a file or folder, with the folders that lead to it."""
    return _bounded(read_text(value), MAX_PATH)


def read_name(value: object) -> str:
    """Return the name of a person or a tag: one line, no longer than a title."""
    return read_title(value)


def read_alt(value: object) -> str:
    """Return a picture's alt text as one line; an empty one says that the picture is decorative."""
    return "" if value == "" else read_line(value)


def read_guid(value: object) -> str:
    """Return an older system's id, verbatim, of at most 1,000 characters."""
    read_text(value)
    return _bounded(str(value), MAX_GUID)


def read_body(value: object) -> str:
    """Return a body as it was written, of at most 512 KiB of UTF-8."""
    read_text(value)
    text = str(value)
    if len(text) > MAX_BODY >> 2 and (size := len(text.encode())) > MAX_BODY:
        raise Invalid("body-too-long", f"is {size:,} bytes long, more than {MAX_BODY:,}", "split the article")
    return text


def read_id(value: object) -> str:
    """Return an entry's id: a–z, 0–9, dots, underscores and hyphens, at most 128."""
    text = read_text(value)
    if len(text) > MAX_ID:
        raise Invalid("id-too-long", f"has {len(text):,} characters, more than {MAX_ID}", "choose a shorter id")
    if not _ID.match(text):
        slug = make_slug(text)
        raise Invalid(
            "id",
            f'{quote(text)} may hold only a–z, 0–9, ".", "_" and "-", and begins and ends with a letter or digit',
            f"write {slug}" if slug else "choose another id",
        )
    return text


def make_slug(text: str) -> str:
    """Return an id made of a text, empty where nothing of it can stand in one."""
    from unicodedata import normalize  # noqa: PLC0415 - only a wrong id needs it

    plain = normalize("NFKD", text.lower()).replace("ß", "ss").encode("ascii", "ignore").decode()
    return _NOT_ID.sub("-", plain).strip("._-")[:MAX_ID].rstrip("._-")


def read_key(value: object) -> str:
    """Return the key of a section or topic."""
    text = read_text(value)
    if len(text) > MAX_KEY:
        raise Invalid("key-too-long", f"has {len(text):,} characters, more than {MAX_KEY}", "choose a shorter key")
    if not _KEY.match(text):
        slug = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
        raise Invalid(
            "key",
            f"{quote(text)} may hold only a–z and 0–9, with single hyphens between them",
            f"write {slug}" if slug else "choose another key",
        )
    if text in RESERVED_KEYS:
        raise Invalid("reserved-key", f"{quote(text)} is reserved", "choose another key")
    return text


def read_choice(value: object, choices: Collection[str]) -> str:
    """Return one of a few words."""
    text = read_text(value)
    if text in choices:
        return text
    from difflib import get_close_matches  # noqa: PLC0415 - only a wrong word needs it

    close = get_close_matches(text[:MAX_KEY].lower(), choices, n=1)
    raise Invalid(
        "choice",
        f"is {quote(text)}, not {list_words(choices)}",
        f"did you mean {close[0]}?" if close else f"write {list_words(choices)}",
    )


def read_number(value: object, *, least: int, most: int | None = None) -> int:
    """Return a number written in decimal digits, within its range."""
    text = read_text(value)
    wanted = f"a number from {least} to {most}" if most is not None else f"a number from {least} up"
    if text.isascii() and text.isdecimal() and len(text) <= _MAX_DIGITS:
        number = int(text)
        if number >= least and (most is None or number <= most):
            return number
    if text.isascii() and text.isdecimal() and len(text) > _MAX_DIGITS:
        raise Invalid("number", f"is {quote(text)}, which has more than {_MAX_DIGITS} digits", "check the number")
    digits = re.sub(r"[ _,'’]|px|min|bytes?\Z", "", text.lower())
    if size := re.fullmatch(r"(\d{1,6}(?:[.,]\d+)?)\s*([kmg])(?:i?b|bytes)?", text.lower(), re.ASCII):
        factor = 1_000 ** ("kmg".index(size[2]) + 1)
        mend = f"write the exact number; that is about {round(float(size[1].replace(',', '.')) * factor)}"
        raise Invalid("number", f"is {quote(text)}, not {wanted} in decimal digits", mend)
    is_meant = digits != text and digits.isascii() and digits.isdecimal()
    raise Invalid(
        "number",
        f"is {quote(text)}, not {wanted} in decimal digits",
        f"write {digits}" if is_meant else f"write {wanted}",
    )


def read_boolean(value: object) -> bool:
    """Return what ``true`` or ``false`` says; YAML 1.1's other words say nothing here."""
    text = read_text(value)
    if text in ("true", "false"):
        return text == "true"
    meant = {"yes": "true", "on": "true", "1": "true", "y": "true", "no": "false", "off": "false", "0": "false"}
    word = meant.get(text.lower(), text.lower() if text.lower() in ("true", "false") else "")
    raise Invalid("boolean", f"is {quote(text)}, not true or false", f"write {word or 'true or false'}")


def read_language(value: object) -> str:
    """Return a language tag that is well-formed by BCP 47."""
    text = read_text(value)
    if tag := _NAMED.get(text.lower()):
        raise Invalid("language", f"is {quote(text)}, a language's name and no tag", f"write {tag}")
    if not _LANGUAGE.match(text):
        fixed = text.replace("_", "-").split(".")[0]
        mend = f"write {fixed}" if _LANGUAGE.match(fixed) else "write a tag such as en, en-GB or zh-Hant"
        raise Invalid("language", f"is {quote(text)}, no language tag", mend)
    return text


def read_media_type(value: object) -> str:
    """Return a media type (RFC 6838) without parameters."""
    text = read_text(value)
    if not _MEDIA_TYPE.match(text):
        raise Invalid("media-type", f"is {quote(text)}, no media type", "write one such as audio/mpeg or image/jpeg")
    return text


def read_email(value: object) -> str:
    """Return an e-mail address."""
    text = read_text(value)
    if not _EMAIL.match(text):
        raise Invalid("email", f"is {quote(text)}, no e-mail address", "write one such as desk@example.org")
    return text


def is_authority(name: str) -> bool:
    """Tell whether a name may own ids: a domain name or an e-mail address (RFC 4151, section 2.1)."""
    user, at, domain = name.rpartition("@")
    return bool(_DOMAIN.match(domain)) and (not at or bool(re.match(r"[A-Za-z0-9._-]+\Z", user)))


def check_bidi(text: str) -> None:
    """Raise Invalid where bidirectional controls are not balanced (UAX 9): they would turn the text after them."""
    if not any(map(text.__contains__, BIDI_CONTROLS)):
        return
    stack: list[str] = []
    for match in _BIDI.finditer(text):
        character = match[0]
        if character in CLOSERS:
            stack.append(CLOSERS[character])
        elif stack and stack[-1] == character:
            stack.pop()
        else:
            raise Invalid(
                "unbalanced-bidi",
                f"closes a bidirectional control (U+{ord(character):04X}) that is not open",
                f"delete the U+{ord(character):04X}, which nobody sees",
            )
    if stack:
        raise Invalid(
            "unbalanced-bidi",
            "opens a bidirectional control that it does not close",
            f"end it with U+{ord(stack[-1]):04X}",
        )


def list_words(words: Collection[str]) -> str:
    """Return words as an English list: a, b or c."""
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last


def _bounded(text: str, most: int) -> str:
    if len(text) > most:
        raise Invalid("too-long", f"has {len(text):,} characters, more than {most:,}", "shorten it")
    return text


def _not_text(value: object) -> Invalid:
    if isinstance(value, list):
        return Invalid(
            "not-text", "must be text, not a list", "write it as text; what begins with [ or a dash needs quotes"
        )
    if isinstance(value, dict):
        return Invalid("not-text", "must be text, not a mapping", 'put it in quotes if it begins with { or holds ": "')
    return Invalid("empty-value", "is empty")  # an item; a field without a value counts as not given
