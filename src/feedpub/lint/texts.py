"""What hurts subscribers in an entry's short texts and files: quick enough for every entry of a render."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from feedpub.diagnostics import quote
from feedpub.lint.enclosures import find_implausible
from feedpub.lint.summaries import may_repeat_title, repeats_title
from feedpub.lint.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAX_TITLE = 150
"""Characters of a title that readers and search engines show at the most."""

_ELEMENTS = (
    "a|abbr|b|big|blockquote|br|center|cite|code|del|div|em|font|h[1-6]|hr|i|img|ins|kbd|li|mark|nobr|ol|p|pre|q|s|"
    "small|span|strike|strong|sub|sup|tt|u|ul|var|wbr"
)
_TAG = rf"(?i:</?(?:{_ELEMENTS})(?:\s[^<>]*)?/?>)"  # these three are compiled when a text looks like one
_ENTITY = r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
_MARKDOWN = r"\*\*(?=\S)[^*]+(?<=\S)\*\*|\[[^\[\]]+\]\([^()\s]+\)|`[^`]+`"


def is_unremarkable(values: Mapping[str, Any]) -> bool:
    """Tell, at a glance, whether `find_in_texts` has nothing to say of an entry; False where it might."""
    title, summary = values.get("title"), values.get("summary")
    if title is None or len(title) > MAX_TITLE or "enclosures" in values or "/www." in values.get("url", ""):
        return False
    if "image" in values and "alt" not in values["image"]:
        return False
    if summary is None:
        return not _may_hold_markup(title)
    return not _may_hold_markup(title + summary) and not may_repeat_title(summary, title)


def find_in_texts(values: Mapping[str, Any]) -> Iterator[Trouble]:
    """Yield what is to be said of an entry without a look at its body; ``values`` are its fields."""
    title, summary = values.get("title"), values.get("summary")
    if title is not None and len(title) > MAX_TITLE:
        message = f"title has {len(title)} characters, more than {MAX_TITLE}"
        yield Trouble("long-title", message, "shorten it, and say the rest in the summary", ("title",))
    if title is not None and _may_hold_markup(title):
        yield from _find_markup("title", title)
    if summary is not None:
        if _may_hold_markup(summary):
            yield from _find_markup("summary", summary)
        if title is not None and repeats_title(summary, title):
            mend = "say in the summary what the title does not"
            yield Trouble("summary-repeats-title", "summary repeats the title", mend, ("summary",))
    if "/www." in values.get("url", ""):
        yield from _find_lost_scheme(values["url"])
    if (image := values.get("image")) is not None and "alt" not in image:
        mend = 'add alt: and what it shows, or alt: "" if it is decorative'
        yield Trouble("image-without-alt", "image has no alt text", mend, ("image",), lacks=True)
    if (enclosures := values.get("enclosures")) is not None:
        for position, problem, mend in find_implausible(enclosures):
            message = f"type of enclosure {position + 1} {problem}"
            yield Trouble("enclosure-type", message, mend, ("enclosures", position, "type"))


def _find_lost_scheme(url: str) -> Iterator[Trouble]:
    """Yield what is to be said of a url that was written without https://, and became a page of the site."""
    meant = url.partition("/www.")[2]
    if not url.partition("://")[2].startswith("www."):
        message = f"url begins with www., and is read as the page {quote(url)} of the site"
        yield Trouble("missing-scheme", message, f"write https://www.{meant}", ("url",))


def _may_hold_markup(text: str) -> bool:
    """Tell whether there is what each kind of markup needs: ten times as fast as the patterns."""
    return (
        ("<" in text and ">" in text)
        or ("&" in text and ";" in text)
        or "**" in text
        or "](" in text
        or ("`" in text and text.count("`") > 1)
    )


def _find_markup(field: str, text: str) -> Iterator[Trouble]:
    """Yield the first of each kind of markup that a text holds; readers see it as it is written."""
    if tag := re.search(_TAG, text):
        yield _tell_markup(field, tag[0], word="tag", mend="leave the tag out")
    if entity := _find_entity(text):
        yield _tell_markup(field, entity[0], word="entity", mend=f"write {quote(entity[1])}")
    if markdown := re.search(_MARKDOWN, text):
        yield _tell_markup(field, markdown[0], word="Markdown", mend="leave the Markdown out")


def _tell_markup(field: str, written: str, *, word: str, mend: str) -> Trouble:
    message = f"{field} holds the {word} {quote(written)}, which readers show as it is written"
    return Trouble(f"{field}-markup", message, f"a {field} is plain text: {mend}", (field,), (written,))


def _find_entity(text: str) -> tuple[str, str] | None:
    """Return the first entity of a text and what it stands for; what begins with & and ends with ; may be none."""
    if "&" not in text:
        return None
    from html import unescape  # noqa: PLC0415 - only an entity needs its table

    written = (found[0] for found in re.finditer(_ENTITY, text))
    return next(((one, meant) for one in written if (meant := unescape(one)) != one), None)
