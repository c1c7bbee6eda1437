"""What publishing would do, path by path, and why: read from the target, decided here."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

from feedpub.publish.contents import look_inside
from feedpub.publish.paths import MANIFEST_PATH, is_publishable, list_folders
from feedpub.publish.target import Change, Digest, Obstacle, Target, measure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from feedpub.publish.contents import Found

Reason: TypeAlias = Literal["new", "changed", "altered", "adopted"]
"""Why something would be written.

``new``: the last manifest does not list its path, and nothing stands there. ``adopted``: it does not list it, and
somebody else's file stands there. ``changed``: our bytes are not those that the manifest lists. ``altered``: they
are, but the target's are not, or are gone. The manifest itself is never ``altered``.
"""


class Document(Protocol):
    """One output file.

    ``data`` is read when the file is written, and must be what ``digest`` says: a document may make them only then.
    """

    @property
    def path(self) -> str:
        """Where it goes, below the target: ``politics.rss`` or ``archive/politics/2026-02.atom``."""
        ...

    @property
    def data(self) -> bytes:
        """Its bytes."""
        ...

    @property
    def encoding(self) -> str | None:
        """The content coding of its bytes, or None; where there is one, ``digest`` is of what they decompress to."""
        ...

    @property
    def digest(self) -> tuple[str, int]:
        """The SHA-256 of its bytes, in hexadecimal, and how many there are."""
        ...

    def verify(self) -> None:
        """Raise where the bytes do not read back as they should."""
        ...


@dataclass(frozen=True, slots=True)
class Write:
    """A file to be written, why, what stands at its path now (and decompresses to ``held``), and what shall."""

    path: str
    reason: Reason
    old: Digest | None
    new: Digest
    held: Digest | Obstacle | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why one path cannot be published, in one sentence; ``path`` as the user would write it."""

    path: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What publishing would do.

    ``writes`` come in the order in which they are made: what lies in folders first, so that an archive's page is
    there before a feed links it; ``documents`` holds a document for each. ``unchanged`` are documents whose bytes
    the target holds already, listed or not. ``removals`` are files that we own and no longer make; ``left`` are
    those among them that somebody altered since: they stay where they are, and are ours no longer. ``manifest`` is
    None where the target holds these bytes already; ``manifest_data`` are they. ``interrupted`` says that another
    publication was begun and is not finished. ``stored`` are the bytes that compressed documents have in the end.
    """

    documents: Mapping[str, Document]
    writes: tuple[Write, ...]
    unchanged: tuple[str, ...]
    removals: tuple[Change, ...]
    left: tuple[str, ...]
    refusals: tuple[Refusal, ...]
    manifest: Write | None
    manifest_data: bytes
    interrupted: bool
    stored: Mapping[str, Digest]

    @property
    def is_current(self) -> bool:
        """Whether the target holds exactly what was planned: nothing to write, remove, refuse or finish."""
        return not (self.writes or self.removals or self.refusals or self.manifest or self.interrupted)


def plan(
    documents: Iterable[Document],
    *,
    manifest: bytes,
    owned: Mapping[str, Digest],
    target: Target,
    adopt: bool = False,
    kept: AbstractSet[str] = frozenset(),
    encodings: Mapping[str, str] = MappingProxyType({}),
    foreign_manifest: bool = False,
) -> Plan:
    """Return what publishing the documents and their manifest would do; reads the target, never writes.

    ``owned`` is what the last manifest lists; of it, a path that is not publishable, or the manifest's own, is not
    owned and not touched. ``encodings`` are the codings of those among them that are compressed: their digests are of
    what they decompress to. ``kept`` are owned paths that a partial run makes no document for, yet leaves alone.
    ``adopt`` takes over somebody else's ordinary files at our paths; without it, each is a refusal unless its bytes
    are ours already. ``foreign_manifest`` says that what stands at the manifest's path is somebody else's file, and
    no damaged manifest of ours. Symbolic links, and folders and files in each other's place, are always refused.

    Raises ValueError for a document whose path is not publishable, comes twice or is another's folder, and
    PublishError where the target cannot be read.
    """
    wanted = _sort_documents(documents)
    listed = {path: digest for path, digest in owned.items() if is_publishable(path) and path != MANIFEST_PATH}
    found = {path: _look(target, one, listed.get(path)) for path, one in wanted.items()}
    planned = {
        path: _judge(document, found=found[path], listed=listed.get(path), target=target, adopt=adopt)
        for path, document in wanted.items()
    }
    last = _judge_manifest(measure(manifest), foreign=foreign_manifest, target=target, adopt=adopt)
    gone = {
        path: look_inside(target, path, encoding=encodings.get(path), most=listed[path].size)
        for path in sorted(listed.keys() - wanted.keys() - kept, key=_place)
    }
    return Plan(
        documents=wanted,
        writes=tuple(one for one in planned.values() if isinstance(one, Write)),
        unchanged=tuple(path for path, one in planned.items() if one is None),
        removals=tuple(_remove(path, one) for path, one in gone.items() if one.held == listed[path]),
        left=tuple(path for path, one in gone.items() if one.stored is not None and one.held != listed[path]),
        refusals=tuple(one for one in (*planned.values(), last) if isinstance(one, Refusal)),
        manifest=last if isinstance(last, Write) else None,
        manifest_data=manifest,
        interrupted=target.interrupted(),
        stored=_list_stored(wanted, found, planned),
    )


def _sort_documents(documents: Iterable[Document]) -> dict[str, Document]:
    ordered = sorted(documents, key=lambda document: _place(document.path))
    _check_paths([document.path for document in ordered])
    return {document.path: document for document in ordered}


def _place(path: str) -> tuple[int, str]:
    return -path.count("/"), path


def _check_paths(paths: Sequence[str]) -> None:
    taken = {MANIFEST_PATH}
    folders = {folder for path in paths for folder in list_folders(path)}
    for path in paths:
        if not is_publishable(path):
            raise ValueError(f"a document may not have the path {path!r}")
        if path in taken or path in folders:
            raise ValueError(f"the path {path!r} is taken by another document")
        taken.add(path)
    if MANIFEST_PATH in folders:
        raise ValueError(f"the path {MANIFEST_PATH!r} is the manifest's")


def _look(target: Target, document: Document, listed: Digest | None) -> Found:
    most = max(document.digest[1], listed.size if listed else 0)
    return look_inside(target, document.path, encoding=document.encoding, most=most)


def _remove(path: str, found: Found) -> Change:
    return Change(path, found.stored if isinstance(found.stored, Digest) else None, None)


def _list_stored(
    documents: Mapping[str, Document], found: Mapping[str, Found], planned: Mapping[str, Write | Refusal | None]
) -> dict[str, Digest]:
    stored: dict[str, Digest] = {}
    for path, document in documents.items():
        write = planned[path]
        last = write.new if isinstance(write, Write) else found[path].stored
        if document.encoding is not None and isinstance(last, Digest):
            stored[path] = last
    return stored


def _judge(
    document: Document, *, found: Found, listed: Digest | None, target: Target, adopt: bool
) -> Write | Refusal | None:
    path, new = document.path, Digest(*document.digest)
    if isinstance(found.stored, Obstacle):
        return _refuse(found.stored, target)
    if found.held == new:
        return None
    if listed is None and found.stored is not None and not adopt:
        return _refuse_foreign(path, target)
    stored = new if document.encoding is None else measure(document.data)
    if listed is not None:
        return Write(path, "altered" if listed == new else "changed", found.stored, stored, found.held)
    return Write(path, "new" if found.stored is None else "adopted", found.stored, stored, found.held)


def _judge_manifest(new: Digest, *, foreign: bool, target: Target, adopt: bool) -> Write | Refusal | None:
    found = target.look(MANIFEST_PATH)
    if isinstance(found, Obstacle):
        return _refuse(found, target)
    if found == new:
        return None
    if found is None:
        return Write(MANIFEST_PATH, "new", None, new)
    if not foreign:
        return Write(MANIFEST_PATH, "changed", found, new)
    return Write(MANIFEST_PATH, "adopted", found, new) if adopt else _refuse_foreign(MANIFEST_PATH, target)


def _refuse(obstacle: Obstacle, target: Target) -> Refusal:
    where = target.describe(obstacle.path)
    return Refusal(where, f"{where} {obstacle.what}; move it away, feedpub does not publish through it or over it")


def _refuse_foreign(path: str, target: Target) -> Refusal:
    where = target.describe(path)
    return Refusal(where, f"{where} was not written by feedpub; move it away, or let --adopt replace it")
