"""The tags by which readers find the feeds of a site: for the head of its own pages."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from feedpub.pages.listing import list_alternates
from feedpub.select import ALL

if TYPE_CHECKING:
    from collections.abc import Collection

    from feedpub.catalogue import Site
    from feedpub.select import Selection


def write_snippet(
    selection: Selection, *, site: Site, topics: Collection[str] = (), formats: Collection[str] = ()
) -> str:
    """Return a `<link rel="alternate">` for each feed, a line each: `all` first, as readers take the first they find.

    With ``topics`` or ``formats``, only for those. Topics that have ended are left out unless they are named.
    """
    chosen = [topic for topic in selection.topics if (topic.key in topics if topics else topic.retired_at is None)]
    return "".join(
        f'<link rel="alternate" type="{feed.media_type}" title="{escape(topic.head.title)}" '
        f'href="{escape(feed.address)}">\n'
        for topic in sorted(chosen, key=lambda topic: topic.key != ALL)
        for feed in list_alternates(topic.head, site=site)
        if not formats or feed.name in formats
    )
