"""The ASGI application: GET and HEAD of what is published, by RFC 9110, and nothing else."""

from __future__ import annotations

import re
import time
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import unquote_to_bytes

from feedpub.serving.answers import ANY_ORIGIN, EMPTY, NO_METHOD, OPTIONS, VARY, Answer, refuse
from feedpub.serving.conditional import Conditions, judge_conditions
from feedpub.serving.contents import CODINGS
from feedpub.serving.negotiation import choose_coding
from feedpub.serving.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable
    from datetime import timedelta

    from feedpub.serving.answers import Message, Variant
    from feedpub.serving.conditional import Verdict
    from feedpub.serving.publication import ServedPublication
    from feedpub.serving.shelf import Item

    Receive: TypeAlias = Callable[[], Awaitable[Message]]
    Send: TypeAlias = Callable[[Message], Awaitable[None]]
    Fields: TypeAlias = dict[bytes, list[bytes]]

_CONDITIONS: Final = (b"if-match", b"if-none-match", b"if-modified-since", b"if-unmodified-since")
_READ: Final = frozenset((*_CONDITIONS, b"accept-encoding", b"host"))
_VERSIONS: Final = ("1.0", "1.1")
_HOST: Final = re.compile(rb"[!$%&'()*+,.:;=\[\]~\w-]*", re.ASCII)
_SHORT: Final = 256
_RETRY: Final = (b"retry-after", b"5")


class Application:
    """Answers requests from the publication that it was shown last; before the first, with 503."""

    def __init__(self, *, gone_after: timedelta | None = None, clock: Callable[[], float] = time.time) -> None:
        """Begin without a publication.

        ``gone_after`` is how long after a topic's end its documents answer 410, None for never; ``clock`` counts
        seconds since 1970.
        """
        self._gone_after = gone_after
        self._clock = clock
        self._shelf: Shelf | None = None

    def show(self, publication: ServedPublication) -> None:
        """Answer from a publication from now on; answers that have begun end with the one they began with."""
        self._shelf = Shelf(publication, gone_after=self._gone_after, now=int(self._clock()))

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:  # noqa: ARG002 - ASGI's signature
        """Answer a request (ASGI 3)."""
        if scope["type"] != "http":
            raise ValueError(f"{scope['type']} is not served")
        start, body = await self._answer(scope)
        await send(start)
        await send(EMPTY if scope["method"] == "HEAD" else body)

    async def _answer(self, scope: Message) -> Answer:
        """Decide in the order of RFC 9110, section 13.2.1: first whether there is a document, then the conditions."""
        method, fields = scope["method"], _read_fields(scope["headers"])
        if refusal := _refuse_request(method, fields, version=scope["http_version"]):
            return refusal
        shelf, now = self._shelf, int(self._clock())
        if shelf is None:
            return refuse(HTTPStatus.SERVICE_UNAVAILABLE, "Nothing has been published yet.", _RETRY)
        item = shelf.find(_read_path(scope))
        if item is None or (item.gone_at is not None and item.gone_at <= now):
            return _MISSING if item is None else _GONE
        coding = _choose_coding(fields.get(b"accept-encoding"))
        if coding is None:
            return refuse(HTTPStatus.NOT_ACCEPTABLE, f"There are identity, {', '.join(CODINGS)}.", VARY)
        variant = item.variants.get(coding) or await shelf.take(item, coding)
        verdict = _judge(fields, item, variant, now)
        if verdict == HTTPStatus.OK:
            data = b"" if method == "HEAD" else await shelf.read(item, coding)
            return Answer(variant.found, {"type": "http.response.body", "body": data})
        return Answer(variant.not_modified, EMPTY) if verdict == HTTPStatus.NOT_MODIFIED else _CHANGED


_MISSING: Final = refuse(HTTPStatus.NOT_FOUND, "There is nothing here.")
_NO_VERSION: Final = refuse(HTTPStatus.HTTP_VERSION_NOT_SUPPORTED, "This is HTTP/1.1.", (b"connection", b"close"))
_GONE: Final = refuse(HTTPStatus.GONE, "This feed has ended.", ANY_ORIGIN)
_CHANGED: Final = refuse(HTTPStatus.PRECONDITION_FAILED, "This is not the document that was meant.")


def _refuse_request(method: str, fields: Fields, *, version: str) -> Answer | None:
    """Return the answer to what asks for no document: without its one host, or by another method."""
    if version not in _VERSIONS:
        return _NO_VERSION
    hosts = fields.get(b"host", ())
    if (version == "1.1" and len(hosts) != 1) or not all(map(_HOST.fullmatch, hosts)):  # RFC 9112, section 3.2
        return refuse(HTTPStatus.BAD_REQUEST, "A request names one host.")
    if method == "OPTIONS":
        return OPTIONS
    return None if method in ("GET", "HEAD") else NO_METHOD


def _read_path(scope: Message) -> bytes:
    """Return the path that is asked for, decoded; one with an encoded slash, which is no slash, as it is (RFC 3986)."""
    raw: bytes | None = scope.get("raw_path")
    if raw is None:  # a server that keeps the decoded path only
        return str(scope["path"]).encode(errors="replace")
    return raw if b"%" not in raw or b"%2f" in raw.lower() else unquote_to_bytes(raw)


def _read_fields(headers: Iterable[tuple[bytes, bytes]]) -> Fields:
    """Return the lines of the fields that an answer depends on."""
    fields: Fields = {}
    for name, value in headers:
        if name in _READ:
            fields.setdefault(name, []).append(value)
    return fields


def _judge(fields: Fields, item: Item, variant: Variant, now: int) -> Verdict:
    asked = [name for name in _CONDITIONS if name in fields]
    if not asked:
        return HTTPStatus.OK
    if asked == [b"if-none-match"] and fields[b"if-none-match"] == [variant.tag_line]:
        return HTTPStatus.NOT_MODIFIED  # nearly every reader asks so
    lines = (fields.get(name) for name in _CONDITIONS)
    conditions = Conditions(*(b", ".join(one).decode("latin-1") if one else None for one in lines))
    return judge_conditions(conditions, tag=variant.tag, modified=item.modified, now=now)


def _choose_coding(lines: list[bytes] | None) -> str | None:
    """Return the coding to send; what many clients ask for is decided once."""
    value = b", ".join(lines).decode("latin-1") if lines is not None else None
    return _choose_again(value) if value is None or len(value) <= _SHORT else choose_coding(value, codings=CODINGS)


@lru_cache(maxsize=256)
def _choose_again(value: str | None) -> str | None:
    return choose_coding(value, codings=CODINGS)
