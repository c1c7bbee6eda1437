"""Where a catalogue wants a word, a time or a number, nothing else passes, hostile or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from faults.hostile_corpus import read_payloads
from faults.hostile_publication import SITE, TIMES, Catalogue, find_refused, has_errors

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WORDS = read_payloads("fields", "words")

PLACES: dict[str, Callable[[str], dict[str, Any]]] = {
    "id": lambda word: {"id": word},
    "language": lambda word: {"language": word},
    "published": lambda word: {"published": word},
    "updated": lambda word: {"updated": word},
    "expires": lambda word: {"expires": word},
    "sections": lambda word: {"sections": [word]},
    "content": lambda word: {"content": word},
    "email": lambda word: {"authors": [{"name": "Ada", "email": word}]},
    "image type": lambda word: {"image": {"url": "x.png", "type": word}},
    "width": lambda word: {"image": {"url": "x.png", "width": word}},
    "length": lambda word: {"enclosures": [{"url": "x.mp3", "length": word, "type": "audio/mpeg"}]},
    "enclosure type": lambda word: {"enclosures": [{"url": "x.mp3", "length": 1, "type": word}]},
    "draft": lambda word: {"draft": word},
    "another field": lambda word: {word: "x"},
}
SITE_PLACES = ("language", "timezone", "tag_authority", "url", "ttl", "limit", "body_format", "formats", "hubs")


def test_words_that_mean_something_are_refused_wherever_they_are_none(tmp_path: Path) -> None:
    catalogue = Catalogue()
    catalogue.add("sections", "entries", {"title": "Entries"})
    for payload in WORDS:
        for place, write in PLACES.items():
            name = f"{place.replace(' ', '-')}-{payload.number}"
            entry = {"id": name, "url": name, "title": "Title", "summary": "Summary", "sections": ["entries"]}
            catalogue.add("teasers", name, entry | TIMES | write(payload.text))
    assert catalogue.parts["teasers"].keys() == {name for _, name in find_refused(catalogue, tmp_path)}


@pytest.mark.parametrize("place", SITE_PLACES)
def test_the_sites_words_are_refused_wherever_they_are_none(place: str, tmp_path: Path) -> None:
    for payload in WORDS:
        value = [payload.text] if place in ("formats", "hubs") else payload.text
        catalogue = Catalogue(site=SITE | {place: value})
        catalogue.add("sections", "entries", {"title": "Entries"})
        assert has_errors(catalogue, tmp_path), payload.name
