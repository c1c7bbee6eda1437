"""Pages of small catalogues, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from feedpub.loading import load_catalogue
from feedpub.select import select_topics
from feedpub.site import make_documents
from written import NOW, build, write_catalogue

if TYPE_CHECKING:
    from pathlib import Path


def make_pages(folder: Path, value: dict[str, Any]) -> dict[str, str]:
    """Return the pages of a catalogue by their paths; each has been verified."""
    loaded = load_catalogue(write_catalogue(folder, value), now=NOW)
    assert loaded.site is not None
    with loaded.index:
        selection = build(select_topics(loaded, site=loaded.site, now=NOW))
        documents = list(make_documents(selection, site=loaded.site, formats=["html"], templates=loaded.templates))
    for one in documents:
        one.verify()
    return {one.path: one.data.decode() for one in documents}
