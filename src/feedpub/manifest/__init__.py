"""What was published, as data: the manifest, which topics it would lose, and what changes between two of them."""

from feedpub.manifest.changes import (
    HARMFUL,
    KINDS,
    Change,
    TopicChange,
    compare_manifests,
    compare_topics,
    has_same_entries,
)
from feedpub.manifest.making import TopicPublisher, carry_over, find_vanished, make_manifest
from feedpub.manifest.manifest import (
    MEDIA_TYPE,
    NAME,
    Manifest,
    PublishedDocument,
    PublishedEntry,
    PublishedTopic,
    PublishedVariant,
    is_foreign,
    read_manifest,
    write_manifest,
)

__all__ = [
    "HARMFUL",
    "KINDS",
    "MEDIA_TYPE",
    "NAME",
    "Change",
    "Manifest",
    "PublishedDocument",
    "PublishedEntry",
    "PublishedTopic",
    "PublishedVariant",
    "TopicChange",
    "TopicPublisher",
    "carry_over",
    "compare_manifests",
    "compare_topics",
    "find_vanished",
    "has_same_entries",
    "is_foreign",
    "make_manifest",
    "read_manifest",
    "write_manifest",
]
