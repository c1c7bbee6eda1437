"""The page of a topic: what its feeds show, for a person, and how to subscribe to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedpub.pages.making import holds, make_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedpub.pages.listing import Page

TEMPLATE = "topic.html"


def write(page: Page, *, address: str) -> bytes:
    """Return the page as HTML, UTF-8; `feedpub.pages.Kind.write` says the rest."""
    return make_page(TEMPLATE, page, address=address, links=_list_links(page), topic=page.topics[0])


def reads_back(data: bytes, page: Page, *, address: str) -> bool:
    """Tell whether a page names its address, and links every entry and every feed."""
    return holds(data, address=address, links=_list_links(page))


def _list_links(page: Page) -> Iterator[str]:
    (topic,) = page.topics
    yield from (entry.url for entry in topic.entries)
    yield from (feed.path for feed in topic.feeds)
