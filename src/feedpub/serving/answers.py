"""What is answered: a document in a coding, that it has not changed, or in a sentence why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from feedpub.serving.conditional import EntityTag
from feedpub.serving.dates import write_date
from feedpub.serving.headers import FEEDS, HTML, write_links, write_policy, write_type
from feedpub.serving.negotiation import IDENTITY

if TYPE_CHECKING:
    from collections.abc import Collection

    from feedpub.serving.headers import Headers
    from feedpub.serving.publication import ServedDocument

Message: TypeAlias = "dict[str, Any]"
"""An event of ASGI."""

METHODS: Final = "GET, HEAD, OPTIONS"

ANY_ORIGIN: Final = (b"access-control-allow-origin", b"*")
VARY: Final = (b"vary", b"accept-encoding")
_NO_SNIFFING: Final = (b"x-content-type-options", b"nosniff")
_ALLOW: Final = (b"allow", METHODS.encode())
_PLAIN: Final = (b"content-type", b"text/plain; charset=utf-8")


class Answer(NamedTuple):
    """An answer in the two events of ASGI: status and fields, then the body."""

    start: Message
    body: Message


class Variant(NamedTuple):
    """A document in a coding: its tag, also as it is sent, and how a 200 and a 304 of it begin."""

    tag: EntityTag
    tag_line: bytes
    found: Message
    not_modified: Message


def describe(document: ServedDocument, *, coding: str, size: int, modified: int, age: bytes, more: Headers) -> Variant:
    """Return how a document is answered in a coding, in which it has so many bytes.

    The tag is the digest of its plain bytes, with the coding where there is one; ``modified`` is in seconds since 1970,
    ``age`` what Cache-Control says, ``more`` the fields that are the document's own.
    """
    tag = EntityTag(document.sha256 if coding == IDENTITY else f"{document.sha256}-{coding}")
    tag_line = str(tag).encode("ascii")
    lasting: Headers = [(b"etag", tag_line), (b"cache-control", age), VARY]  # what a 304 repeats (section 15.4.5)
    if document.media_type != HTML:
        lasting.append(ANY_ORIGIN)
    fields: Headers = [
        (b"content-type", write_type(document.media_type)),
        (b"content-length", b"%d" % size),
        (b"last-modified", write_date(modified).encode("ascii")),
        (b"accept-ranges", b"none"),
        _NO_SNIFFING,
        *lasting,
    ]
    if coding != IDENTITY:
        fields.append((b"content-encoding", coding.encode("ascii")))
    return Variant(tag, tag_line, _begin(200, fields + more), _begin(304, lasting))


def list_own_fields(document: ServedDocument, data: bytes, *, hubs: Collection[str]) -> Headers:
    """Return the fields that a document has in every coding: a page's policy, or what scripts may see, and the hubs."""
    if document.media_type == HTML:
        return [(b"content-security-policy", write_policy(data))]
    fields = [(b"access-control-expose-headers", b"etag, link")]
    if hubs and document.media_type in FEEDS:
        fields.append((b"link", write_links(hubs, address=document.address)))
    return fields


def refuse(status: int, sentence: str, *fields: tuple[bytes, bytes]) -> Answer:
    """Return an answer that says in a sentence why there is no document."""
    data = f"{sentence}\n".encode()
    headers = [_PLAIN, (b"content-length", b"%d" % len(data)), (b"cache-control", b"no-cache"), _NO_SNIFFING, *fields]
    return Answer(_begin(status, headers), {"type": "http.response.body", "body": data})


def _begin(status: int, fields: Headers) -> Message:
    return {"type": "http.response.start", "status": int(status), "headers": fields}


EMPTY: Final[Message] = {"type": "http.response.body", "body": b""}
NO_REQUEST: Final = refuse(400, "This is no request.", (b"connection", b"close"))
NO_METHOD: Final = refuse(405, f"There are only {METHODS}.", _ALLOW, (b"connection", b"close"))
OPTIONS: Final = Answer(
    _begin(
        204,
        [
            _ALLOW,
            ANY_ORIGIN,
            (b"access-control-allow-methods", METHODS.encode()),
            (b"access-control-allow-headers", b"*"),
            (b"access-control-max-age", b"86400"),
        ],
    ),
    EMPTY,
)
