"""Feeds → documents: the name, the address and the bytes of every file of a publication but its manifest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from feedpub.formats import FORMATS, DocumentError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from feedpub.catalogue import Site
    from feedpub.formats import Format
    from feedpub.select import Selection, Topic

from feedpub.select import feeds_url


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One file of a publication.

    ``path`` is relative to the target, with slashes. ``address`` is the URL that the document names as its own,
    ``ids`` are those of its entries in order: `verify` holds the bytes against both.
    """

    path: str
    topic: str
    format: Format
    data: bytes
    address: str
    ids: tuple[str, ...]

    @property
    def media_type(self) -> str:
        """What the document is served as."""
        return self.format.media_type

    def verify(self) -> None:
        """Parse the bytes again and compare what they say; raise DocumentError where it is something else."""
        found = self.format.read(self.data)
        if found.address != self.address or found.ids != self.ids:
            raise DocumentError(f"{self.path} does not read back as it was written")


def make_documents(
    selection: Selection, *, site: Site, topics: Collection[str] = (), formats: Collection[str] = ()
) -> Iterator[Document]:
    """Yield the documents of every topic, in the order of topics and formats; of some alone where they are named.

    A topic's former addresses get the same bytes as its present one, which those name as their own.
    """
    for topic in selection.topics:
        if topics and topic.key not in topics:
            continue
        for name in site.formats:
            if formats and name not in formats:
                continue
            yield from _make_topic(topic, FORMATS[name], base=feeds_url(site))


def _make_topic(topic: Topic, form: Format, *, base: str) -> Iterator[Document]:
    address = f"{base}{topic.key}{form.suffix}"
    data = form.write(topic.feed, address=address)
    ids = form.ids(topic.feed)
    for key in (topic.key, *topic.formerly):
        yield Document(path=f"{key}{form.suffix}", topic=topic.key, format=form, data=data, address=address, ids=ids)
