"""The page of all topics: what there is to subscribe to, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedpub.pages.making import holds, make_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedpub.pages.listing import Page

TEMPLATE = "index.html"


def write(page: Page, *, address: str) -> bytes:
    """Return the page as HTML, UTF-8; `feedpub.pages.Kind.write` says the rest."""
    return make_page(TEMPLATE, page, address=address, links=_list_links(page), topics=page.topics)


def reads_back(data: bytes, page: Page, *, address: str) -> bool:
    """Tell whether a page names its address, and links every topic's page; feedpub's own, all that it shows."""
    return holds(data, address=address, links=_list_links(page))


def _list_links(page: Page) -> Iterator[str]:
    yield from (topic.path for topic in page.topics)
    if not page.templates:
        for topic in page.topics:
            if topic.retired_at is None:
                yield from (feed.path for feed in topic.feeds)
                yield from (entry.url for entry in topic.entries)
