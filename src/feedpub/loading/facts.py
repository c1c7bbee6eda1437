"""What an entry says of itself that others may contradict: read even from an entry that is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from feedpub.catalogue import Article, Retracted, Teaser, look_up
from feedpub.catalogue.invalid import Invalid
from feedpub.catalogue.texts import read_guid, read_id
from feedpub.catalogue.urls import is_absolute_iri, normalise_url, read_url

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedpub.catalogue import Context
    from feedpub.record import Record


@dataclass(frozen=True, slots=True)
class Facts:
    """An id, the URL as others are compared with it, and the older id, each where it could be read."""

    id: str | None
    url: str | None
    guid: str | None

    def names(self, authority: str) -> dict[str, str]:
        """Return the names that no other entry may have, each with the field that it comes from."""
        found: dict[str, str] = {}
        if self.guid is not None:
            found[f"published {self.guid}"] = "guid"
        if self.id is not None:
            if self.guid is None or not is_absolute_iri(self.guid):
                found[f"published tag:{authority}:{self.id}"] = "id"
            found[f"id {self.id}"] = "id"
        if self.url is not None:
            found[f"url {self.url}"] = "url"
        return found


def read_facts(record: Record, model: Article | Teaser | Retracted | None, *, context: Context) -> Facts:
    """Return an entry's facts from its model, else from those of its fields that can be read by themselves."""
    if model is not None:
        url = normalise_url(model.url) if isinstance(model, Article | Teaser) and model.url else None
        return Facts(model.id, url, model.guid)
    url = _try(lambda value: read_url(value, base=context.base), look_up(record.value, ("url",)))
    return Facts(
        _try(read_id, look_up(record.value, ("id",))),
        normalise_url(url) if url else None,
        _try(read_guid, look_up(record.value, ("guid",))),
    )


def _try(read: Callable[[Any], str], value: object) -> str | None:
    try:
        return read(value)
    except Invalid:
        return None
