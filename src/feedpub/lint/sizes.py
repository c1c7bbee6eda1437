"""What is too large: a feed that every poll pays for, an entry that readers give up on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedpub import markup
from feedpub.diagnostics import diagnose, quote
from feedpub.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from feedpub.diagnostics import Diagnostic
    from feedpub.feed import Entry
    from feedpub.loading import Catalogue
    from feedpub.markup import BodyFormat
    from feedpub.select import Selection
    from feedpub.site import Document

MAX_FEED_BYTES = 512_000
MAX_ENTRY_BYTES = 1_000_000

_MOST_GROWTH = 5  # "&" in a body becomes "&amp;"; elements of Markdown grow less
_ENVELOPE = 2_000  # bytes of an entry beside its texts, and of a feed


def is_large_body(body: str, *, body_format: BodyFormat, base: str) -> bool:
    """Tell whether a body is larger in a feed than readers accept; it is converted only if it might be."""
    if len(body) * 4 * _MOST_GROWTH < MAX_ENTRY_BYTES:
        return False
    return len(markup.convert(body, body_format=body_format, base=base).encode()) > MAX_ENTRY_BYTES


def may_be_large(selection: Selection) -> bool:
    """Tell whether some feed may be larger than it should; where not, no document needs to be made to know."""
    return any(
        sum(map(_bound, topic.feed.entries)) + _ENVELOPE + 1_000 * len(topic.head.retractions) > MAX_FEED_BYTES
        for topic in selection.topics
    )


def judge_sizes(documents: Iterable[Document], *, selection: Selection, loaded: Catalogue) -> Iterator[Diagnostic]:
    """Yield a warning for each topic of which a feed is large."""
    shown = {topic.key: len(topic.times) for topic in selection.topics}
    largest: dict[str, Document] = {}
    for one in documents:
        if one.topic is None or one.rendering.format.name not in FORMATS:
            continue  # nobody polls a page
        if one.digest[1] > MAX_FEED_BYTES and one.path.startswith(f"{one.topic}."):
            before = largest.get(one.topic)
            if before is None or one.digest[1] > before.digest[1]:
                largest[one.topic] = one
    for topic, one in largest.items():
        place = loaded.find_topic(topic)
        if place is not None:  # pragma: no branch - it is None where sections could not be read: nothing is made then
            message = f"topic {quote(topic)}: {one.path} has {one.digest[1]:,} bytes, more than {MAX_FEED_BYTES:,}"
            mend = f"set limit below {shown[topic]}" if shown[topic] > 1 else "shorten its entry"
            mend += ", or content: summary"
            yield diagnose("large-feed", message, file=place[0], span=place[1], help=mend)


def _bound(entry: Entry) -> int:
    """Return how many bytes an entry takes in any format, at the most."""
    content = entry.content or ""
    escaped = 3 * (content.count("<") + content.count(">")) + 4 * content.count("&") + 2 * content.count('"')
    rest = repr((entry.title, entry.summary, entry.url, entry.authors, entry.categories, entry.image, entry.enclosures))
    return len(content.encode()) + escaped + content.count("\n") + 4 * len(rest) + _ENVELOPE
