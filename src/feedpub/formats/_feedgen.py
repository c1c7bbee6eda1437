"""Builds RSS and Atom with feedgen: the one place that touches it, and closes its traps.

feedgen is handed what it writes rightly. One extension of our own, registered for the feed and for each entry,
takes out what it writes unasked or wrongly and adds the rest, which the formats hand over as nodes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from lxml import etree

from feedpub.formats.kept import KeptEntries
from feedpub.formats.readback import DocumentError
from feedpub.formats.xml_tree import NAMESPACES, XML_LANG, Node, append_nodes, list_prefixes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from feedpub.feed import Category, Entry, Feed, Person
    from feedpub.formats.kept import Key, Written

GENERATOR = "feedpub"
EXTENSION = "feedpub_extension"

# Atom's updated would be the clock's or end in +00:00, and the links of an entry lose their rel, type and length.
REPLACED_IN_ATOM_FEED = frozenset({"updated"})
REPLACED_IN_ATOM_ENTRY = frozenset({"updated", "link"})


_ITEMS = KeptEntries(start=b"\n    <item>", end=b"\n  </channel>")
_ENTRIES = KeptEntries(start=b"\n  <entry", end=b"\n</feed>")

Describe: TypeAlias = "Callable[[Entry], Sequence[Node]]"
"""What returns the further elements of an entry."""


def write_rss(feed: Feed, *, description: str, channel: Sequence[Node], describe: Describe) -> bytes:
    """Return a feed as RSS 2.0 with further elements of its channel and of each of its items.

    feedgen writes title, link, description, language, copyright, generator, image and ttl of the channel, and
    title, link, guid and categories of an item. Raises DocumentError for a character that XML cannot carry.
    """
    keys: list[Key] = [(entry, ()) for entry in feed.entries]
    known = _ITEMS.find(keys)
    items = {key: describe(key[0]) for key in keys if key not in known}
    prefixes = {key: frozenset(list_prefixes(nodes)) for key, nodes in items.items()}
    generator = _start(feed, nodes=channel, known=known, prefixes=prefixes)
    generator.link(href=feed.url)
    generator.description(description)
    generator.docs("")
    # Without a time feedgen writes none. No setter takes None, and the time that is there, the clock's, would also
    # make it switch the locale of the whole process.
    generator._FeedGenerator__rss_lastBuildDate = None  # noqa: SLF001 - the reason is above
    image = feed.image or feed.logo
    if image is not None:
        generator.image(url=image, title=feed.title, link=feed.url)
    if feed.ttl is not None:
        generator.ttl(feed.ttl)
    for (entry, _), nodes in items.items():
        item = _add(generator, entry, nodes=nodes)
        item.guid(entry.id, permalink=entry.id == entry.url)
    return _ITEMS.join(_serialise(feed, generator.rss_str), keys, known=known, prefixes=prefixes)


def write_atom(feed: Feed, *, nodes: Sequence[Node], describe: Describe) -> bytes:
    """Return a feed as Atom 1.0 with further elements of the feed and of each of its entries.

    feedgen writes id, title, subtitle, author, rights, language, generator, icon and logo of the feed, and id,
    title, author, category and rights of an entry. Raises DocumentError for a character that XML cannot carry.
    """
    keys: list[Key] = [(entry, () if entry.authors else feed.authors) for entry in feed.entries]
    known = _ENTRIES.find(keys)
    entries = {key: describe(key[0]) for key in keys if key not in known}
    prefixes = {key: frozenset(list_prefixes(one)) for key, one in entries.items()}
    generator = _start(feed, nodes=nodes, known=known, prefixes=prefixes)
    _extension(generator).replaced = REPLACED_IN_ATOM_FEED
    generator.id(feed.id)
    generator.author(_list_authors(feed.authors))
    generator.subtitle(feed.description)
    generator.icon(feed.icon)
    generator.logo(feed.logo)
    for (entry, authors), entry_nodes in entries.items():
        element = _add(generator, entry, nodes=entry_nodes)
        element.id(entry.atom_id)
        element.author(_list_authors(entry.authors or authors))
        element.rights(entry.rights)
        extension = _extension(element)
        extension.replaced = REPLACED_IN_ATOM_ENTRY
        extension.language = entry.language
    return _ENTRIES.join(_serialise(feed, generator.atom_str), keys, known=known, prefixes=prefixes)


class Extension:
    """What feedgen asks for the elements that it does not know, of a feed and of an entry alike."""

    def __init__(self) -> None:
        """Add nothing yet: feedgen makes its extensions itself."""
        self.nodes: Sequence[Node] = ()
        self.replaced: frozenset[str] = frozenset()
        self.prefixes: frozenset[str] = frozenset()
        self.language: str | None = None

    def extend_ns(self) -> dict[str, str]:
        """Return the namespaces that the root element has to declare."""
        return {prefix: name for prefix, name in NAMESPACES.items() if prefix in self.prefixes}

    def extend_rss(self, element: etree._Element) -> None:
        """Add to an item or, of the root, to the channel."""
        channel = element.find("channel")
        self._extend(element if channel is None else channel)
        if channel is not None:
            # feedgen declares content: and atom: whether or not they are used.
            etree.cleanup_namespaces(element, keep_ns_prefixes=sorted(self.prefixes))

    def extend_atom(self, element: etree._Element) -> None:
        """Add to a feed or an entry."""
        self._extend(element)
        if self.language is not None:
            element.set(XML_LANG, self.language)

    def _extend(self, element: etree._Element) -> None:
        for child in list(element):
            if child.tag in self.replaced:
                element.remove(child)
        append_nodes(element, self.nodes)


def _start(
    feed: Feed, *, nodes: Sequence[Node], known: Mapping[Key, Written], prefixes: Mapping[Key, frozenset[str]]
) -> Any:  # noqa: ANN401 - feedgen has no types
    generator = FeedGenerator()
    generator.register_extension(EXTENSION, Extension, Extension)
    extension = _extension(generator)
    extension.nodes = nodes
    extension.prefixes = frozenset(
        list_prefixes(nodes).union(*(one.prefixes for one in known.values()), *prefixes.values())
    )
    generator.title(feed.title)
    generator.language(feed.language)
    generator.rights(feed.rights)
    generator.generator(GENERATOR)
    return generator


def _add(generator: Any, entry: Entry, *, nodes: Sequence[Node]) -> Any:  # noqa: ANN401 - feedgen has no types
    element = FeedEntry()
    generator.add_entry(element, order="append")
    _extension(element).nodes = nodes
    element.title(entry.title)
    element.link(href=entry.url)
    element.category(_list_categories(entry.categories))
    return element


def _extension(owner: Any) -> Extension:  # noqa: ANN401 - feedgen has no types
    extension: Extension = getattr(owner, EXTENSION)
    return extension


def _list_categories(categories: Sequence[Category]) -> list[dict[str, str | None]]:
    return [{"term": one.term, "label": one.label, "scheme": one.scheme} for one in categories]


def _list_authors(people: Sequence[Person]) -> list[dict[str, str | None]]:
    return [{"name": one.name, "email": one.email, "uri": one.url} for one in people]


def _serialise(feed: Feed, build: Callable[..., bytes]) -> bytes:
    try:
        return build(pretty=True)
    except ValueError as error:
        raise DocumentError(f"feed {feed.topic!r} cannot be written as XML: {error}") from error
