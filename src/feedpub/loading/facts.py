"""What an entry says of itself that others may contradict: read even from an entry that is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedpub.catalogue.urls import is_absolute_iri, normalise_url

if TYPE_CHECKING:
    from collections.abc import Mapping


def list_names(values: Mapping[str, str], *, authority: str) -> dict[str, str]:
    """Return the names that no other entry may have, each with the field that it comes from.

    ``values`` are those fields of the entry that could be read.
    """
    found: dict[str, str] = {}
    identifier, url, guid = values.get("id"), values.get("url"), values.get("guid")
    if guid is not None:
        found[f"published {guid}"] = "guid"
    if identifier is not None:
        if guid is None or not is_absolute_iri(guid):
            found[f"published tag:{authority}:{identifier}"] = "id"
        found[f"id {identifier}"] = "id"
    if url is not None:
        found[f"url {normalise_url(url)}"] = "url"
    return found
