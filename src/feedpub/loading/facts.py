"""What an entry says of itself that others may contradict: read even from an entry that is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import adler32, crc32

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


def hash_names(values: Mapping[str, str], *, authority: str) -> set[int]:
    """Return hashes of which two entries share one wherever they share a name, and seldom otherwise.

    An id stands for the tag that is made of it, and the other way round, so that most entries have but two. The
    hashes are the same in every process: 63 bits, never negative.
    """
    hashes: set[int] = set()
    if (identifier := values.get("id")) is not None:
        hashes.add(_hash(identifier))
    if (url := values.get("url")) is not None:
        hashes.add(_hash(normalise_url(url)))
    if (guid := values.get("guid")) is not None:
        hashes.add(_hash(guid.removeprefix(f"tag:{authority}:")))
    return hashes


def hash_plain(identifier: bytes, url: bytes) -> tuple[int, int]:
    """Return the hashes of an entry without a guid, by the UTF-8 of its id and of its url, which is a normal one."""
    return _hash_bytes(identifier), _hash_bytes(url)


def _hash(name: str) -> int:
    return _hash_bytes(name.encode("utf-8", "surrogatepass"))


def _hash_bytes(data: bytes) -> int:
    return (crc32(data) << 31) | (adler32(data) >> 1)
