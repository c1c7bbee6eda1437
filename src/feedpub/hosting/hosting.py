"""What a server has to know of a publication, whichever it is."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote, urlsplit

from feedpub.errors import UsageError
from feedpub.formats import FORMATS
from feedpub.hosting.patterns import ARCHIVE
from feedpub.manifest import MEDIA_TYPE, NAME
from feedpub.select import feeds_url

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, timedelta

    from feedpub.catalogue import Site
    from feedpub.select import Selection
    from feedpub.site import Document

MOMENT: Final = 5
"""Minutes for which a document may be kept where the site has no `ttl`."""

INDEX: Final = "index.html"
"""The document that stands at the folder itself, too."""

HTML: Final = "text/html"
POLICY: Final = (
    "default-src 'none'; img-src http: https: data:; media-src http: https:; style-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Content-Security-Policy (CSP 3) of a page: pictures and sound of others, its own styles, no script."""

_FEEDS = frozenset(one.media_type for one in FORMATS.values())
_LONGEST = 2**31  # RFC 9111, section 1.2.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the operator chooses: the folder on the server, redirects for former addresses, whether brotli is there."""

    root: str = "/srv/www/feeds"
    redirect_formerly: bool = False
    brotli: bool = False

    def __post_init__(self) -> None:
        """Refuse a folder that no server's configuration can name."""
        if not self.root.startswith("/") or not self.root.isprintable():
            raise UsageError(f"--root is {self.root!r}; it names a folder on the server, such as /srv/www/feeds")

    @property
    def folder(self) -> str:
        """The folder, with a slash at its end."""
        return self.root.rstrip("/") + "/"


@dataclass(frozen=True, slots=True, kw_only=True)
class HostedDocument:
    """A document: its path below the feeds' address, its media type, and the URL that it names as its own."""

    path: str
    media_type: str
    address: str

    @property
    def content_type(self) -> str:
        """The value of Content-Type: every document is UTF-8."""
        return f"{self.media_type}; charset=utf-8"

    @property
    def is_feed(self) -> bool:
        """Whether it is a feed, which names hubs and may be read by scripts of other sites."""
        return self.media_type in _FEEDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosting:
    """A publication as a server sees it.

    ``documents`` are all files that are published, the manifest too, sorted by path; ``moved`` leads from former keys
    of topics to the present ones; ``gone`` are keys of topics that shall answer 410. ``max_age`` is in seconds.
    """

    feeds_url: str
    hubs: tuple[str, ...]
    max_age: int
    documents: tuple[HostedDocument, ...]
    moved: dict[str, str]
    gone: tuple[str, ...]

    @property
    def host(self) -> str:
        """The name of the host, with its port where the address has one."""
        return urlsplit(self.feeds_url).netloc

    @property
    def prefix(self) -> str:
        """The path of the feeds' address as it stands in requests, percent-encoded, with a slash at each end."""
        return encode(urlsplit(self.feeds_url).path)

    @property
    def decoded_prefix(self) -> str:
        """The path of the feeds' address as servers match it, decoded."""
        return unquote(self.prefix)

    @property
    def cache_control(self) -> str:
        """The value of Cache-Control."""
        return f"max-age={self.max_age}"

    @property
    def types(self) -> dict[str, str]:
        """The content type of most documents of each ending, such as ``.rss``: of all but `exceptions`."""
        found: dict[str, str] = {}
        for one in self.documents:
            if one.path != NAME:
                found.setdefault(ending(one.path), one.content_type)
        return found

    @property
    def exceptions(self) -> dict[str, str]:
        """The content type of documents that are not what others of the same ending are, by path."""
        types = self.types
        return {one.path: one.content_type for one in self.documents if types.get(ending(one.path)) != one.content_type}

    @property
    def feed_endings(self) -> tuple[str, ...]:
        """The endings of feeds, without the dot."""
        return tuple(dict.fromkeys(ending(one.path)[1:] for one in self.documents if one.is_feed))

    @property
    def endings(self) -> tuple[str, ...]:
        """The endings of all documents, without the dot."""
        return tuple(one[1:] for one in self.types)

    def write_links(self, address: str) -> str:
        """Return Link (RFC 8288): the hubs that know of a feed, and the address they know it by (WebSub, section 4)."""
        links = [*((encode(hub), "hub") for hub in self.hubs), (address, "self")]
        return ", ".join(f'<{one}>; rel="{relation}"' for one, relation in links)


def describe_site(
    selection: Selection, documents: Iterable[Document], *, site: Site, now: datetime, gone_after: timedelta | None
) -> Hosting:
    """Return what a server has to know; topics that ended ``gone_after`` before ``now`` are gone, with None none is."""
    base = encode(feeds_url(site))
    moved = {former: topic.key for topic in selection.topics for former in topic.formerly}
    hosted = [
        HostedDocument(path=one.path, media_type=one.media_type, address=base + find_home(one.path, moved))
        for one in documents
    ]
    hosted.append(HostedDocument(path=NAME, media_type=MEDIA_TYPE, address=base + NAME))
    ended = ((topic.key, topic.formerly, topic.retired_at) for topic in selection.topics)
    return Hosting(
        feeds_url=base,
        hubs=tuple(site.hubs or ()),
        max_age=min((site.ttl or MOMENT) * 60, _LONGEST),
        documents=tuple(sorted(hosted, key=lambda one: one.path)),
        moved=moved,
        gone=tuple(
            one
            for key, formerly, at in ended
            if at is not None and gone_after is not None and at + gone_after <= now
            for one in (key, *formerly)
        ),
    )


def encode(url: str) -> str:
    """Return a URL in which every character is one that URLs have, in ASCII (RFC 3986, section 2)."""
    return quote(url, safe="!#$%&'()*+,/:;=?@[]~")


def ending(path: str) -> str:
    """Return how a path ends, from the dot on."""
    return posixpath.splitext(path)[1]


def find_key(path: str) -> str:
    """Return the key of the topic that a document would be of: what its name begins with, up to the first dot."""
    return path.removeprefix(ARCHIVE).partition("/")[0].partition(".")[0]


def find_home(path: str, moved: dict[str, str]) -> str:
    """Return the path of a document at its topic's present key."""
    folder = ARCHIVE if path.startswith(ARCHIVE) else ""
    key = find_key(path)
    return f"{folder}{moved.get(key, key)}{path[len(folder) + len(key) :]}"
