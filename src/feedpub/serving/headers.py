"""The header fields of answers, and what of a manifest may stand in them."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable

Headers: TypeAlias = list[tuple[bytes, bytes]]
"""Names in lower case with their values, as ASGI has them."""

HTML: Final = "text/html"
FEEDS: Final = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})
"""The media types whose documents name hubs (WebSub, section 4)."""

MOMENT: Final = 5 * 60
"""Seconds for which a document may be kept where the site has no `ttl`."""

_LONGEST = 2**31  # RFC 9111, section 1.2.2
_MEDIA_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+")
_STYLE = re.compile(rb"<style[^>]*>(.*?)</style", re.DOTALL | re.IGNORECASE)


def write_age(ttl: int | None) -> bytes:
    """Return Cache-Control for a site's ``ttl`` in minutes."""
    seconds = MOMENT if ttl is None else min(max(ttl, 0) * 60, _LONGEST)
    return b"max-age=%d" % seconds


def write_type(media_type: str) -> bytes:
    """Return Content-Type: every document is UTF-8."""
    found = media_type if _MEDIA_TYPE.fullmatch(media_type) else "application/octet-stream"
    return f"{found}; charset=utf-8".encode("ascii")


def write_links(hubs: Iterable[str], *, address: str) -> bytes:
    """Return Link (RFC 8288): the hubs that know of a feed, and the address they know it by (WebSub, section 4)."""
    links = [*((hub, "hub") for hub in hubs), (address, "self")]
    return ", ".join(f'<{_write_address(one)}>; rel="{relation}"' for one, relation in links).encode("ascii")


def write_policy(page: bytes) -> bytes:
    """Return Content-Security-Policy (CSP 3) for a page: pictures and sound of others, its own styles, no script."""
    hashes = [b"'sha256-%b'" % b64encode(sha256(style).digest()) for style in dict.fromkeys(_STYLE.findall(page))]
    return b"; ".join(
        (
            b"default-src 'none'",
            b"img-src http: https: data:",
            b"media-src http: https:",
            b"style-src " + (b" ".join(hashes) or b"'none'"),
            b"base-uri 'none'",
            b"form-action 'none'",
            b"frame-ancestors 'none'",
        )
    )


def _write_address(address: str) -> str:
    return quote(address, safe="!#$%&'()*+,/:;=?@[]~")
