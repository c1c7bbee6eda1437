"""What was published, as data: the manifest, which topics it would lose, and what changes between two of them."""

from feedpub.manifest.changes import KINDS, Change, compare_manifests, has_same_entries
from feedpub.manifest.making import find_vanished, make_manifest
from feedpub.manifest.manifest import (
    MEDIA_TYPE,
    NAME,
    Manifest,
    PublishedDocument,
    PublishedEntry,
    PublishedTopic,
    is_foreign,
    read_manifest,
    write_manifest,
)

__all__ = [
    "KINDS",
    "MEDIA_TYPE",
    "NAME",
    "Change",
    "Manifest",
    "PublishedDocument",
    "PublishedEntry",
    "PublishedTopic",
    "compare_manifests",
    "find_vanished",
    "has_same_entries",
    "is_foreign",
    "make_manifest",
    "read_manifest",
    "write_manifest",
]
