"""What the last publication showed, remembered: topics that show the same need not be read, made or judged again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection

    from feedpub.index.pieces import PieceStore
    from feedpub.manifest import Manifest, PublishedTopic
    from feedpub.select import Selection


class Shown(NamedTuple):
    """What a publication says of the topics that are as they were: what they showed, and what their documents are.

    ``documents`` are SHA-256 and size by path; ``quiet`` are those topics of whose entries there was nothing to say.
    """

    topics: dict[str, PublishedTopic]
    documents: dict[str, tuple[str, int]]
    quiet: frozenset[str]


def recall_shown(store: PieceStore | None, data: bytes | None, last: Manifest | None, selection: Selection) -> Shown:
    """Return what the last publication says that still holds; ``data`` are the bytes of its manifest.

    Nothing holds where nobody remembers what the topics were that it was made of.
    """
    if store is None or data is None or last is None:
        return Shown({}, {}, frozenset())
    key = store.make_key(b"shown", data)
    found = json.loads(store.find([key]).get(key, b"[{}, []]"))
    marks, quiet = found
    same = [
        topic.key
        for topic in selection.topics
        if topic.fingerprint and marks.get(topic.key) == topic.fingerprint and topic.key in last.topics
    ]
    return Shown(
        topics={key: last.topics[key] for key in same},
        documents={one.path: (one.sha256, one.size) for one in last.documents},
        quiet=frozenset(quiet).intersection(same),
    )


def remember_shown(store: PieceStore | None, data: bytes, selection: Selection, *, quiet: Collection[str]) -> None:
    """Remember what the topics of a publication are, for whoever finds its manifest, and which of them are quiet."""
    if store is not None:
        marks = {topic.key: topic.fingerprint for topic in selection.topics}
        store.keep(store.make_key(b"shown", data), json.dumps([marks, sorted(quiet)]).encode())
        store.flush()
