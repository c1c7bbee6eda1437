"""A published folder, read as its manifest says: which paths there are, and what is served at each."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from feedpub import manifest as manifests
from feedpub.errors import PublishError, UsageError
from feedpub.publish import is_publishable
from feedpub.serving.contents import Contents
from feedpub.targets.files import Files
from feedpub.targets.tree import Tree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from feedpub.manifest import Manifest, PublishedDocument
    from feedpub.spool import Place

_ARCHIVE = "archive/"
_SECOND = 1_000_000_000


class UnfinishedError(PublishError):
    """A document is not what the manifest lists: a publication is under way, or somebody has altered it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedDocument:
    """A document: its path, media type, SHA-256, when it was modified (seconds since 1970), where its bytes lie.

    ``address`` is the URL that it names as its own, which is another one at a topic's former paths; ``retired`` is when
    its topic ended, where it has.
    """

    path: str
    media_type: str
    sha256: str
    modified: int
    place: Place
    address: str
    retired: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedPublication:
    """A publication: its documents by path, their bytes, and what the site says of all; ``ttl`` is in minutes."""

    documents: dict[str, ServedDocument]
    contents: Contents
    hubs: tuple[str, ...] = ()
    ttl: int | None = None


def read_publication(folder: str, *, files: Files | None = None) -> ServedPublication:
    """Return what is published in a folder; every byte of it is held against the manifest.

    Raises UsageError where there is no folder or no manifest, UnfinishedError where a document is not the one that the
    manifest lists, PublishError for what else cannot be read.
    """
    files = files or Files()
    with _open_folder(folder, files) as tree:
        data = tree.read(manifests.NAME)
        if data is None:
            raise UsageError(f"there is no {tree.describe(manifests.NAME)}: feedpub render publishes into {folder}")
        manifest = manifests.read_manifest(data)
        if manifest is None or not all(is_publishable(one.path) for one in manifest.documents):
            what = "is somebody else's" if manifests.is_foreign(data) else "cannot be read as a manifest"
            raise PublishError(f"{tree.describe(manifests.NAME)} {what}", path=folder)
        reading = _Reading(manifest=manifest, tree=tree, contents=Contents(), homes=_find_homes(manifest))
        return ServedPublication(
            documents={one.path: reading.read(one) for one in manifest.documents},
            contents=reading.contents,
            hubs=manifest.hubs,
            ttl=manifest.ttl,
        )


@contextmanager
def _open_folder(folder: str, files: Files) -> Iterator[Tree]:
    try:
        root = files.open_target(folder)
    except FileNotFoundError:
        raise UsageError(f"there is no folder {folder}: feedpub render makes it") from None
    except OSError as error:
        raise PublishError(f"cannot open {folder}: {error.strerror or error}", path=folder) from error
    try:
        yield Tree(root, name=folder, files=files)
    finally:
        files.close(root)


def _find_homes(manifest: Manifest) -> dict[str, str]:
    """Return, for the present and former keys of each topic, its present one."""
    former = {key: home for home, topic in manifest.topics.items() for key in topic.formerly}
    return former | {home: home for home in manifest.topics}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """The documents of a folder while they are read; ``homes`` are the present keys of topics."""

    manifest: Manifest
    tree: Tree
    contents: Contents
    homes: dict[str, str]

    def read(self, one: PublishedDocument) -> ServedDocument:
        """Read a document and put its bytes where nobody else changes them."""
        found = self.tree.read_dated(one.path, most=one.size)
        if found is None or len(found[0]) != one.size or sha256(found[0]).hexdigest() != one.sha256:
            name = self.tree.describe(one.path)
            raise UnfinishedError(f"{name} is not what {manifests.NAME} lists; feedpub render mends it", path=name)
        data, modified = found
        folder, key, rest = _split_topic(one.path)
        home = self.homes.get(key)
        return ServedDocument(
            path=one.path,
            media_type=one.media_type,
            sha256=one.sha256,
            modified=modified // _SECOND,
            place=self.contents.put(data),
            address=f"{self.manifest.feeds_url}{folder}{home or key}{rest}",
            retired=None if home is None else self.manifest.topics[home].retired,
        )


def _split_topic(path: str) -> tuple[str, str, str]:
    """Return the parts of a path: what is before the topic's key, what stands where that is, and the rest.

    No key has a dot or a slash.
    """
    folder = _ARCHIVE if path.startswith(_ARCHIVE) else ""
    key = path[len(folder) :].partition("/")[0].partition(".")[0]
    return folder, key, path[len(folder) + len(key) :]
