"""Entries in plain styles, read without the parser: accepted by cheap checks, or left to the long way.

What is accepted here, the long way reads as the same entry and has nothing to say of: whoever asks need not know which
way an entry went. A refusal says nothing.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from feedpub.catalogue import LISTED, begin_field, digest_encoded, encode, encode_fields, mark_digest
from feedpub.catalogue.invalid import Invalid, Refused
from feedpub.catalogue.mapping import shape_of
from feedpub.catalogue.texts import MAX_BODY, MAX_TITLE, read_body, read_text, read_title
from feedpub.catalogue.times import FIRST_YEAR, LAST_YEAR, read_time
from feedpub.catalogue.urls import MAX_URL, begin_plainly, fill_permalink, is_plain_path, normalise_url, read_url
from feedpub.loading.bodies import nests_too_deep
from feedpub.loading.facts import hash_plain
from feedpub.loading.recognising import KINDS, compile_braced_entry, compile_entry
from feedpub.loading.recognising import read_text as read_value
from feedpub.loading.unplaced import JudgedEntry, NoPlacesError
from feedpub.markup import is_plainly_shallow
from feedpub.source.plain import read_list, read_mapping

if TYPE_CHECKING:
    from feedpub.catalogue import Context
    from feedpub.loading.harvesting import Frame
    from feedpub.record import Value

_FIELDS = sorted(KINDS)  # the order in which a digest has them
_AUTHORS, _BODY, _CONTENT, _DRAFT, _ENCLOSURES, _EXPIRES, _ID, _IMAGE, _LANGUAGE = range(9)
_PUBLISHED, _RIGHTS, _SECTIONS, _SUMMARY, _TAGS, _TITLE, _UPDATED, _URL = range(9, 17)
_BEGIN = [begin_field(name) for name in _FIELDS]

_WORDS = ("id", "url", "published", "updated", "expires")
_TEXTS = tuple(f"{name}{suffix}" for name in ("title", "summary") for suffix in ("", "_block", "_in"))
_LISTS = tuple(
    f"{name}{suffix}" for name in ("sections", "tags", "authors", "image", "enclosures") for suffix in ("", "_lines")
)

_BODIES = ("body", "body_block", "body_in")
_SELDOM = ("content", "draft", "language", "rights", "rights_block", "rights_in")

_NUMBERS = ("height", "width")
_NUMBER = re.compile(r"[1-9][0-9]{0,8}\Z")
_BEGIN_INNER = {name: begin_field(name) for name in ("alt", "url", *_NUMBERS)}

_UTC = (b"Z", b"+00:00")
_FIRST, _AFTER = f"{FIRST_YEAR}".encode(), f"{LAST_YEAR + 1}".encode()
_Groups: TypeAlias = tuple[Any, ...]  # what groups of a match hold: bytes, None for those that matched nothing

_CONTROLS = re.compile(rb"\xe2(?:\x80[\xaa-\xae]|\x81[\xa6-\xa9])")
_MANY, _SHORT = 10_000, 200  # lists of sections, tags and authors that are remembered, and the bytes of one at most


class _Style:
    """A way to write entries: the expression that matches one, and the numbers of its groups."""

    def __init__(self, pattern: re.Pattern[bytes]) -> None:
        self.match = pattern.match
        self.words, self.texts, self.lists, self.bodies, self.seldom = (
            [pattern.groupindex[name] for name in names] for names in (_WORDS, _TEXTS, _LISTS, _BODIES, _SELDOM)
        )


class PlainEntry(NamedTuple):
    """An entry that needs no more looking at.

    ``end`` is where its text ends, in bytes; ``facts`` are its id, when it was published, updated and expires, in
    seconds since 1970, the mark of what it means, and its sections; ``hashes`` are those of its id and url, and
    ``digest`` is what it means. A draft has no facts, and means nothing.
    """

    end: int
    facts: tuple[str, int, int | None, int | None, str, tuple[str, ...]] | None
    hashes: tuple[int, int]
    digest: int


class PlainReader:
    """Reads the entries that stand under one root key, in a catalogue whose head is known."""

    def __init__(self, frame: Frame, key: str, column: int, *, has_controls: bool) -> None:
        """Read items whose dashes stand at a column, counted from 0; some may hold bidirectional controls."""
        self._frame = frame
        self._context = frame.context
        self._block, self._braced = _Style(compile_entry(column)), _Style(compile_braced_entry(column))
        self._brace = column + 2
        self._key = key.encode()
        self._is_article = key == "articles"
        self._has_controls = has_controls
        self._base = begin_plainly(frame.base)
        self._readers = shape_of(LISTED[key]).readers
        self._lists = _remember_lists(frame.context)
        self._entry = JudgedEntry.of(key, body_format=frame.body_format)

    def read(self, data: bytes, start: int) -> PlainEntry | None:
        """Return the entry whose dash's line starts at a place; None where the long way has to look at it."""
        style = self._braced if data.startswith(b"{", start + self._brace) else self._block
        found = style.match(data, start)
        if found is None or found.end() - start > MAX_BODY:
            return None
        try:
            return self._read(found, style)
        except (Invalid, Refused, ValueError):
            return None

    def _read(self, found: re.Match[bytes], style: _Style) -> PlainEntry | None:
        """Return an entry. Raises Invalid, Refused and ValueError for what may be wrong."""
        values: dict[str, Any] = {}
        encoded: list[bytes | None] = [None] * len(_FIELDS)
        identifier, url, *times = found.group(*style.words)
        if identifier is None or times[0] is None:
            return None
        values["id"] = identifier.decode()
        encoded[_ID] = _BEGIN[_ID] + identifier
        moments = self._take_times(times, values, encoded)
        self._take_lists(found.group(*style.lists), values, encoded)
        url = self._make_url(values) if url is None else self._read_url(url)
        values["url"] = url.decode()
        encoded[_URL] = _BEGIN[_URL] + url
        self._take_texts(found.group(*style.texts), values, encoded)
        self._take_body(found.group(*style.bodies), encoded)
        seldom = found.group(*style.seldom)
        if seldom.count(None) < len(seldom):
            self._take_seldom(seldom, values, encoded)
        if self._has_remarks(values):
            return None
        hashes = hash_plain(identifier, url)
        if values.get("draft"):
            return PlainEntry(found.end(), None, hashes, 0)
        digest = digest_encoded(self._key, filter(None, encoded))
        facts = (values["id"], *moments, mark_digest(digest), tuple(values["sections"]))
        return PlainEntry(found.end(), facts, hashes, digest)

    def _read_url(self, raw: bytes) -> bytes:
        """Return a URL as it is compared with others; most are paths below the site's, put behind it."""
        if self._base is not None and len(raw) < MAX_URL - len(self._base) and is_plain_path(raw):
            return self._base + raw
        return _encode_url(read_url(raw.decode(), base=self._context.base))

    def _make_url(self, values: dict[str, Any]) -> bytes:
        """Return the URL that the site's permalink gives an entry without one."""
        context = self._context
        if context.permalink is None:
            raise ValueError("an entry has a url")
        section, published, base = values["sections"][0], values["published"], context.base or ""
        url = fill_permalink(context.permalink, section=section, id=values["id"], published=published, base=base)
        return _encode_url(url)

    def _take_times(
        self, raw: list[bytes | None], values: dict[str, Any], encoded: list[bytes | None]
    ) -> tuple[int, int | None, int | None]:
        published, updated, expires = raw
        first, second, third = self._take_time(_PUBLISHED, published or b"", values, encoded), None, None
        if updated is not None and (second := self._take_time(_UPDATED, updated, values, encoded)) < first:
            raise ValueError("updated before it was published")
        if expires is not None and (third := self._take_time(_EXPIRES, expires, values, encoded)) <= first:
            raise ValueError("expires before it was published")
        return first, second, third

    def _take_time(self, field: int, raw: bytes, values: dict[str, Any], encoded: list[bytes | None]) -> int:
        if (
            raw[19:] in _UTC
            and raw[10:11] in b"T "
            and raw[13:17:3] == b"::"
            and _FIRST <= raw < _AFTER
            and raw[11:13] < b"24"
        ):
            text = raw[:10] + b"T" + raw[11:19] + b"+00:00"
            moment = datetime.fromisoformat(text.decode())
            encoded[field] = _BEGIN[field] + text
        else:
            moment = read_time(raw.decode(), zone=self._context.zone)
            encoded[field] = _BEGIN[field] + moment.isoformat().encode()
        values[_FIELDS[field]] = moment
        return int(moment.timestamp())

    def _take_lists(self, groups: _Groups, values: dict[str, Any], encoded: list[bytes | None]) -> None:
        # of each field, that in brackets and that on lines of its own
        sections, tags, authors = groups[0] or groups[1], groups[2] or groups[3], groups[4] or groups[5]
        image, enclosures = groups[6] or groups[7], groups[8] or groups[9]
        self._take_list(_SECTIONS, sections or b"", values, encoded)
        known = self._frame.section_keys
        if known is not None and not known.issuperset(values["sections"]):
            raise ValueError("a section that there is not")
        if tags is not None:
            self._take_list(_TAGS, tags, values, encoded)
        if authors is not None:
            self._take_list(_AUTHORS, authors, values, encoded)
        if image is not None:
            values["image"], mark = self._read_image(read_mapping(image))
            encoded[_IMAGE] = _BEGIN[_IMAGE] + mark
        if enclosures is not None:
            values["enclosures"] = self._readers["enclosures"](read_list(enclosures), self._context)
            encoded[_ENCLOSURES] = _BEGIN[_ENCLOSURES] + encode(values["enclosures"])

    def _read_image(self, given: dict[str, Value]) -> tuple[dict[str, Any], bytes]:
        """Return a picture and how it is encoded; most have an address, an alt text and two numbers."""
        values: dict[str, Any] = {}
        fields: list[bytes] = []
        for name in sorted(given):
            text = given[name]
            if name in _NUMBERS and type(text) is str and _NUMBER.match(text):
                values[name] = int(text)
                fields.append(_BEGIN_INNER[name] + text.encode())
            elif name in ("alt", "url") and type(text) is str and text and not self._has_controls:
                one = self._read_url(text.encode()) if name == "url" else " ".join(text.split()).encode()
                values[name] = one.decode()
                fields.append(_BEGIN_INNER[name] + one)
        if len(values) < len(given) or "url" not in values or values.get("alt") == "":
            values = self._readers["image"](given, self._context)
            return values, encode(values)
        return values, encode_fields(fields)

    def _take_list(self, field: int, raw: bytes, values: dict[str, Any], encoded: list[bytes | None]) -> None:
        """Take a list; what one entry says of sections, tags or authors, many others do."""
        key = (field, raw)
        found = self._lists.get(key)
        if found is None:
            value = self._readers[_FIELDS[field]](read_list(raw), self._context)
            found = (value, _BEGIN[field] + encode(value))
            if len(self._lists) >= _MANY:
                self._lists.clear()
            if len(raw) <= _SHORT:
                self._lists[key] = found
        values[_FIELDS[field]], encoded[field] = found

    def _take_texts(self, groups: _Groups, values: dict[str, Any], encoded: list[bytes | None]) -> None:
        title, title_block, title_in, summary, summary_block, summary_in = groups
        text = values["title"] = " ".join(read_value(title, title_block, title_in).decode().split())
        encoded[_TITLE] = _BEGIN[_TITLE] + text.encode()
        if not 0 < len(text) <= MAX_TITLE or self._has_controls:
            read_title(text)
        if summary is not None or summary_block is not None:
            text = values["summary"] = read_value(summary, summary_block, summary_in).decode().strip()
            encoded[_SUMMARY] = _BEGIN[_SUMMARY] + text.encode()
            if not text or self._has_controls:
                read_text(text)
        elif not self._is_article:
            raise ValueError("a teaser has a summary")

    def _take_body(self, groups: _Groups, encoded: list[bytes | None]) -> None:
        line, block, indent = groups
        if not self._is_article:
            if line is not None or block is not None:
                raise ValueError("a teaser has no body")
            self._entry.data = None
            return
        data = read_value(line, block, indent)
        encoded[_BODY] = _BEGIN[_BODY] + data
        self._entry.data = data
        if self._has_controls or not data[:1].isalnum() or len(data) > MAX_BODY:
            read_body(data.decode())
        if not is_plainly_shallow(data) and nests_too_deep(data.decode(), body_format=self._frame.body_format):
            raise ValueError("nests too deep")

    def _take_seldom(self, groups: _Groups, values: dict[str, Any], encoded: list[bytes | None]) -> None:
        content, draft, language, rights, block, indent = groups
        given = read_value(rights, block, indent) if rights or block else None
        for field, raw in ((_CONTENT, content), (_DRAFT, draft), (_LANGUAGE, language), (_RIGHTS, given)):
            if raw is not None:
                name = _FIELDS[field]
                value = values[name] = self._readers[name](raw.decode(), self._context)
                encoded[field] = None if value is False else _BEGIN[field] + encode(value)

    def _has_remarks(self, values: dict[str, Any]) -> bool:
        judge, entry = self._frame.judge, self._entry
        if judge is None:
            return False
        entry.values = values
        try:
            found = judge(entry)
            return bool(found) if type(found) is list else next(iter(found), None) is not None
        except NoPlacesError:
            return True


def _encode_url(url: str) -> bytes:
    if normalise_url(url) != url:
        raise ValueError("is compared with others by another one")
    return url.encode()


def may_turn(data: bytes) -> bool:
    """Tell whether a bidirectional control is in some UTF-8."""
    return b"\xe2" in data and _CONTROLS.search(data) is not None


@cache
def _remember_lists(context: Context) -> dict[tuple[int, bytes], tuple[list[Any], bytes]]:  # noqa: ARG001 - the key
    """Return what is remembered of lists that were read in one context."""
    return {}
