"""Conditional requests: what a client holds already, and what it may have instead (RFC 9110, section 13)."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Literal, NamedTuple, TypeAlias

from feedpub.serving.dates import read_date

Verdict: TypeAlias = Literal[HTTPStatus.OK, HTTPStatus.NOT_MODIFIED, HTTPStatus.PRECONDITION_FAILED]
"""The status of the answer: the document, "not modified", or "precondition failed"."""

_BETWEEN = re.compile(r"[ \t,]*")
_TAG = re.compile(r'(W/)?"([\x21\x23-\x7e\x80-\xff]*)"[ \t]*(?=,|\Z)')


class EntityTag(NamedTuple):
    """A validator of a document's bytes (section 8.8.3): what stands between its quotes, and whether it is weak."""

    opaque: str
    is_weak: bool = False

    def __str__(self) -> str:
        """Return it as a header field has it."""
        return f'{"W/" if self.is_weak else ""}"{self.opaque}"'

    def matches_strongly(self, other: EntityTag) -> bool:
        """Tell whether both stand for the same bytes (section 8.8.3.2)."""
        return self.opaque == other.opaque and not (self.is_weak or other.is_weak)

    def matches_weakly(self, other: EntityTag) -> bool:
        """Tell whether both stand for the same content, if not for the same bytes (section 8.8.3.2)."""
        return self.opaque == other.opaque


class Conditions(NamedTuple):
    """The fields of a request that make it conditional, each as its lines joined by commas, None where it has none."""

    if_match: str | None = None
    if_none_match: str | None = None
    if_modified_since: str | None = None
    if_unmodified_since: str | None = None


def judge_conditions(asked: Conditions, *, tag: EntityTag, modified: int, now: int) -> Verdict:
    """Return what a GET or HEAD gets of a document with a tag, modified at a time, in the order of section 13.2.2.

    ``modified`` and ``now`` are seconds since 1970. A date that is none, or more than one, counts as not given;
    If-None-Match goes before If-Modified-Since and If-Match before If-Unmodified-Since even where nothing in them is
    a tag.
    """
    if asked.if_match is not None:
        if not _is_listed(asked.if_match, tag, is_strong=True):
            return HTTPStatus.PRECONDITION_FAILED
    elif asked.if_unmodified_since is not None:
        since = read_date(asked.if_unmodified_since, now=now)
        if since is not None and modified > since:
            return HTTPStatus.PRECONDITION_FAILED
    if asked.if_none_match is not None:
        return HTTPStatus.NOT_MODIFIED if _is_listed(asked.if_none_match, tag, is_strong=False) else HTTPStatus.OK
    if asked.if_modified_since is not None:
        since = read_date(asked.if_modified_since, now=now)
        if since is not None and modified <= since:
            return HTTPStatus.NOT_MODIFIED
    return HTTPStatus.OK


def read_tags(value: str) -> list[EntityTag]:
    """Return the tags of a list (section 5.6.1); what is no tag is passed over, up to the next comma.

    The time this takes grows with the length of the value.
    """
    tags: list[EntityTag] = []
    place = _skip(value, 0)
    while place < len(value):
        found = _TAG.match(value, place)
        if found:
            tags.append(EntityTag(found[2], is_weak=found[1] is not None))
            place = found.end()
        else:
            comma = value.find(",", place)
            place = comma if comma >= 0 else len(value)
        place = _skip(value, place)
    return tags


def _is_listed(value: str, tag: EntityTag, *, is_strong: bool) -> bool:
    if value.strip(" \t") == "*":
        return True
    compare = tag.matches_strongly if is_strong else tag.matches_weakly
    return any(compare(one) for one in read_tags(value))


def _skip(value: str, place: int) -> int:
    found = _BETWEEN.match(value, place)
    return found.end() if found else place
