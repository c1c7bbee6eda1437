"""How a field is called in a sentence, and which field a wrong name probably means."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from feedpub.record import Path

_ITEMS = {
    "authors": "author",
    "enclosures": "enclosure",
    "formats": "format",
    "formerly": "former key",
    "hubs": "hub",
    "include": "include",
    "sections": "section",
    "tags": "tag",
}

_OTHER_WORDS = {
    "author": ("authors", "author"),
    "published": ("date", "pubdate", "publishdate", "publish_date", "published_at", "created", "created_at", "time"),
    "updated": ("lastmod", "modified", "last_modified", "last_modified_at", "updated_at", "modified_at"),
    "url": ("link", "permalink", "href", "uri", "canonical", "src", "source"),
    "sections": ("section", "category", "categories", "topics", "topic"),
    "tags": ("tag", "keywords", "labels", "categories"),
    "authors": ("author", "by", "byline", "creator", "writer"),
    "summary": ("description", "excerpt", "abstract", "teaser", "subtitle", "lede", "lead", "intro"),
    "body": ("text", "html", "content_html", "body_html", "markdown"),
    "id": ("slug", "key", "uid"),
    "title": ("headline", "heading", "name"),
    "expires": ("expiry", "expirydate", "expiry_date", "expires_at", "unpublish"),
    "image": ("thumbnail", "cover", "featured_image", "picture", "photo", "images"),
    "enclosures": ("enclosure", "attachment", "attachments", "media", "audio", "video"),
    "language": ("lang", "locale"),
    "rights": ("copyright", "license", "licence"),
    "notice": ("message", "reason", "summary", "description"),
    "reason": ("notice", "message", "summary"),
    "at": ("date", "published", "time", "when", "on"),
    "to": ("replaced_by", "successor", "redirect"),
    "description": ("summary", "subtitle", "about"),
    "alt": ("description", "alternative", "alt_text"),
    "credit": ("author", "copyright", "source"),
    "type": ("mime", "mime_type", "mimetype", "media_type"),
    "length": ("size", "bytes", "size_in_bytes"),
    "body_file": ("file", "body-file", "source"),
    "limit": ("count", "max", "items"),
}


def describe_path(path: Path) -> str:
    """Return what a sentence calls a field: ``title``, ``author 2``, ``url of enclosure 1``; of no path, nothing."""
    words: list[str] = []
    for step in path:
        if isinstance(step, int):
            words[-1] = f"{_ITEMS.get(words[-1], words[-1])} {step + 1}"
        else:
            words.append(step)
    return " of ".join(reversed(words))


def suggest_field(name: str, known: Collection[str], *, given: Collection[str]) -> str | None:
    """Return the field that an unknown name probably means: a near miss, or another system's word for it."""
    plain = name.strip().lower().replace("-", "_").replace(" ", "_")
    if len(plain) > _MAX_NAME:
        return None
    return next((field for field in _candidates(plain, tuple(known)) if field not in given), None)


_MAX_NAME = 64
"""Code points of a name that is compared with others: a longer one is no slip of the hand."""


@lru_cache(maxsize=1024)  # what one entry calls wrong, a thousand others often do
def _candidates(plain: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """Return the fields that a name may mean, the likeliest first."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a wrong name needs it

    same = [field for field in known if field == plain]
    words = [field for field in known if plain in _OTHER_WORDS.get(field, ())]
    swapped = [field for field in known if sorted(field) == sorted(plain)]  # two letters, in a short name
    return tuple(dict.fromkeys([*same, *words, *swapped, *get_close_matches(plain, known, n=3, cutoff=0.75)]))
