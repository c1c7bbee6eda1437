"""The documents of one publication, each at its path, with what is known of its variants by now."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from feedpub.serving.answers import describe, list_own_fields
from feedpub.serving.headers import write_age
from feedpub.serving.negotiation import IDENTITY

if TYPE_CHECKING:
    from datetime import timedelta

    from feedpub.serving.answers import Variant
    from feedpub.serving.headers import Headers
    from feedpub.serving.publication import ServedDocument, ServedPublication

INDEX: Final = "index.html"
"""The document that stands at the folder itself, too."""


@dataclass(slots=True, kw_only=True)
class Item:
    """A document on the shelf: when it is gone and was modified (seconds since 1970), and its variants by coding."""

    document: ServedDocument
    gone_at: float | None
    modified: int
    own_fields: Headers | None = None
    variants: dict[str, Variant] = field(default_factory=dict)


class Shelf:
    """A publication as it is served; nothing on it changes."""

    def __init__(self, publication: ServedPublication, *, gone_after: timedelta | None, now: int) -> None:
        """Put every document at its path, and the index at the folder's too; ``now`` is in seconds since 1970."""
        self._contents = publication.contents
        self._hubs = publication.hubs
        self._age = write_age(publication.ttl)
        self._making: dict[tuple[str, str], asyncio.Task[bytes]] = {}
        self._items: dict[bytes, Item] = {}
        for document in publication.documents.values():
            gone_at = None
            if document.retired is not None and gone_after is not None:
                gone_at = document.retired.timestamp() + gone_after.total_seconds()
            modified = min(document.modified, now)  # never later than the clock (RFC 9110, section 8.8.2.1)
            item = Item(document=document, gone_at=gone_at, modified=modified)
            self._items[b"/" + document.path.encode()] = item
            if document.path == INDEX:
                self._items[b"/"] = item

    def find(self, path: bytes) -> Item | None:
        """Return what stands at a path, which begins with a slash."""
        return self._items.get(path)

    async def take(self, item: Item, coding: str) -> Variant:
        """Return a document's variant in a coding, for which its bytes are made; the item has it from then on."""
        if item.own_fields is None:
            plain = await self.read(item, IDENTITY)
            item.own_fields = list_own_fields(item.document, plain, hubs=self._hubs)
        size = len(await self.read(item, coding))
        found = item.variants[coding] = describe(
            item.document, coding=coding, size=size, modified=item.modified, age=self._age, more=item.own_fields
        )
        return found

    async def read(self, item: Item, coding: str) -> bytes:
        """Return a document's bytes in a coding: from memory, else made once for all that wait for them."""
        place = item.document.place
        data = self._contents.recall(place, coding)
        if data is not None:
            return data
        key = (item.document.path, coding)
        making = self._making.get(key)
        if making is None:
            making = self._making[key] = asyncio.create_task(asyncio.to_thread(self._contents.make, place, coding))
            making.add_done_callback(lambda _: self._making.pop(key, None))
        data = await asyncio.shield(making)
        self._contents.hold(place, coding, data)
        return data
