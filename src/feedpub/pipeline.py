"""The whole way in one function each: check a catalogue, preview what publishing it would do, render it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from feedpub import manifest as manifests
from feedpub.diagnostics import CatalogueError, diagnose, quote
from feedpub.errors import UsageError
from feedpub.loading import load_catalogue
from feedpub.loading.excerpts import add_excerpts
from feedpub.publish import Digest, apply, ensure_allowed, plan
from feedpub.select import select_topics
from feedpub.site import make_documents
from feedpub.targets import TARGETS

if TYPE_CHECKING:
    import os
    from collections.abc import Callable
    from datetime import datetime

    from feedpub.diagnostics import Diagnostic
    from feedpub.loading import Catalogue
    from feedpub.manifest import Change, Manifest, TopicChange
    from feedpub.publish import Plan, Target
    from feedpub.select import NotShown, Selection, Topic
    from feedpub.site import Document

Status: TypeAlias = Literal["current", "due", "stale"]
"""``current``: rendering changes nothing. ``due``: it does, only because time has passed. ``stale``: all else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What a render did, or would do: paths are below the output folder, the manifest in none of the lists.

    ``left`` are files that feedpub no longer makes and somebody altered: they stay. ``changes`` are what
    subscribers notice, topic by topic, against the last publication. ``held_back`` and ``expired`` are not shown
    because of their times; ``next_change`` is when the output will next change by itself. ``sizes`` are the bytes of
    each document. ``diagnostics`` are warnings. ``recovered`` says that an interrupted publication was finished first.
    """

    status: Status
    topics: tuple[Topic, ...]
    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    left: tuple[str, ...]
    changes: tuple[Change, ...]
    held_back: NotShown
    expired: NotShown
    next_change: datetime | None
    sizes: dict[str, int]
    diagnostics: tuple[Diagnostic, ...] = ()
    recovered: bool = False


def check(
    catalogue: str | os.PathLike[str] = "articles.yaml",
    *,
    now: datetime,
    output: str | os.PathLike[str] = "feeds",
    on_read: Callable[[int], None] = lambda _: None,
) -> list[Diagnostic]:
    """Return everything that is wrong with a catalogue, sorted; nothing is written.

    ``now`` is aware and decides what lies in the future; ``output`` is the folder whose last publication tells
    which topics would vanish; ``on_read`` hears now and then how many entries have been read. Raises UsageError where
    there is no such catalogue, PublishError where the folder cannot be read, OSError where the catalogue cannot.
    """
    target = TARGETS["directory"](str(output))
    loaded = load_catalogue(Path(catalogue), now=now.replace(microsecond=0), on_read=on_read)
    with loaded.index:
        return _find_problems(loaded, _read_last(target))


def preview(
    catalogue: str | os.PathLike[str] = "articles.yaml",
    *,
    now: datetime,
    output: str | os.PathLike[str] = "feeds",
    adopt: bool = False,
    on_read: Callable[[int], None] = lambda _: None,
) -> Publication:
    """Return what `render` would do; nothing is written and no lock is needed. Raises what it raises."""
    target = TARGETS["directory"](str(output))
    prepared = _prepare(Path(catalogue), target, now.replace(microsecond=0), adopt=adopt, on_read=on_read)
    ensure_allowed(prepared.plan)
    return prepared.describe()


def render(
    catalogue: str | os.PathLike[str] = "articles.yaml",
    *,
    now: datetime,
    output: str | os.PathLike[str] = "feeds",
    adopt: bool = False,
    on_wait: Callable[[str], None] = lambda _: None,
    on_read: Callable[[int], None] = lambda _: None,
) -> Publication:
    """Publish a catalogue into a folder: all of it, or nothing.

    ``now`` is aware; it alone decides what is shown. ``adopt`` takes over files of others at our paths.
    ``on_wait`` gets one sentence where another run holds the folder and this one waits for it, ``on_read`` now and
    then how many entries have been read.

    Raises CatalogueError, which holds every problem, where the catalogue has errors; UsageError where there is
    none; PublishError where the folder cannot be written; OSError where the catalogue cannot be read. In each
    case the folder is as it was.
    """
    target = TARGETS["directory"](str(output))
    with target.hold(on_wait=on_wait):
        recovered = target.recover()
        prepared = _prepare(Path(catalogue), target, now.replace(microsecond=0), adopt=adopt, on_read=on_read)
        apply(prepared.plan, target)
        return prepared.describe(recovered=recovered)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What subscribers notice between two publications: topic by topic, entry by entry."""

    topics: tuple[TopicChange, ...]
    changes: tuple[Change, ...]


def compare(
    old: str | os.PathLike[str] = "feeds",
    new: str | os.PathLike[str] = "articles.yaml",
    *,
    now: datetime,
    on_read: Callable[[int], None] = lambda _: None,
) -> Comparison:
    """Return what subscribers of ``old`` notice when ``new`` is published.

    Each is a published folder or its manifest; ``new`` may be a catalogue, which is shown as it is at ``now`` (aware),
    even where topics would vanish. An old publication that is not there leaves everything new.
    Raises CatalogueError where the catalogue has errors, UsageError where there is no such file, or ``new`` is a folder
    in which nothing was published, OSError where something cannot be read.
    """
    before = _read_published(Path(old))
    now = now.replace(microsecond=0)
    if Path(new).is_dir() or Path(new).suffix == ".json":
        after = _read_published(Path(new))
        if after is None:
            raise UsageError(f"nothing was published in {new}")
    else:
        after = _foresee(Path(new), now, on_read)
    return Comparison(
        topics=tuple(manifests.compare_topics(before, after)),
        changes=tuple(manifests.compare_manifests(before, after, now=now)),
    )


def _read_published(path: Path) -> Manifest | None:
    """Return the manifest of a published folder, or the one at a path."""
    if path.is_dir() or path.suffix != ".json":
        return _read_last(TARGETS["directory"](str(path)))
    target = TARGETS["directory"](str(path.parent))
    return manifests.read_manifest(target.read(path.name))


def _foresee(catalogue: Path, now: datetime, on_read: Callable[[int], None]) -> Manifest:
    """Return the manifest of what a catalogue would publish; no document is made for it."""
    loaded = load_catalogue(catalogue, now=now, on_read=on_read)
    with loaded.index:
        if loaded.site is None or any(one.severity == "error" for one in loaded.diagnostics):
            raise CatalogueError(loaded.diagnostics)
        selection = select_topics(loaded, site=loaded.site, now=now)
        return manifests.make_manifest(selection, (), site=loaded.site, catalogue=loaded.digest)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Prepared:
    selection: Selection
    documents: tuple[Document, ...]
    last: Manifest | None
    manifest: Manifest
    plan: Plan
    now: datetime
    diagnostics: tuple[Diagnostic, ...]

    def describe(self, *, recovered: bool = False) -> Publication:
        planned, selection = self.plan, self.selection
        return Publication(
            status=self._judge(),
            topics=selection.topics,
            written=tuple(write.path for write in planned.writes),
            unchanged=planned.unchanged,
            removed=tuple(change.path for change in planned.removals),
            left=planned.left,
            changes=tuple(manifests.compare_manifests(self.last, self.manifest, now=self.now)),
            held_back=selection.held_back,
            expired=selection.expired,
            next_change=selection.next_change,
            sizes={document.path: len(document.data) for document in self.documents},
            diagnostics=self.diagnostics,
            recovered=recovered,
        )

    def _judge(self) -> Status:
        """Tell *due* from *stale*: an edit, another feedpub or an altered file is never called the clock's doing."""
        planned, last = self.plan, self.last
        if planned.is_current:
            return "current"
        if (
            last is None
            or last.catalogue != self.manifest.catalogue
            or planned.removals
            or planned.left
            or planned.interrupted
        ):
            return "stale"
        topics = {document.path: document.topic for document in self.documents}
        listed, made = _list_digests(last), _list_digests(self.manifest)
        is_as_listed = all(made[path] == listed.get(path) for path in planned.unchanged)
        is_due = all(
            write.reason == "changed"
            and write.old == listed.get(write.path)
            and self._has_moved(topics[write.path], last)
            for write in planned.writes
        )
        # A retraction may change nothing but the manifest, where no format announces it.
        has_moved = any(self._has_moved(topic, last) for topic in self.manifest.topics)
        return "due" if is_as_listed and is_due and has_moved else "stale"

    def _has_moved(self, topic: str, last: Manifest) -> bool:
        before = last.topics.get(topic)
        return before is not None and not manifests.has_same_entries(before, self.manifest.topics[topic])


def _list_digests(manifest: Manifest) -> dict[str, Digest]:
    return {one.path: Digest(one.sha256, one.size) for one in manifest.documents}


def _prepare(
    catalogue: Path, target: Target, now: datetime, *, adopt: bool, on_read: Callable[[int], None]
) -> _Prepared:
    loaded = load_catalogue(catalogue, now=now, on_read=on_read)
    with loaded.index:
        data = target.read(manifests.NAME)
        last = manifests.read_manifest(data)
        problems = _find_problems(loaded, last)
        site = loaded.site
        if site is None or any(one.severity == "error" for one in problems):
            raise CatalogueError(problems)
        selection = select_topics(loaded, site=site, now=now)
        documents = tuple(make_documents(selection, site=site))
        manifest = manifests.make_manifest(selection, documents, site=site, catalogue=loaded.digest)
    planned = plan(
        documents,
        manifest=manifests.write_manifest(manifest),
        owned=_list_digests(last) if last else {},
        target=target,
        adopt=adopt,
        foreign_manifest=manifests.is_foreign(data),
    )
    return _Prepared(
        selection=selection,
        documents=documents,
        last=last,
        manifest=manifest,
        plan=planned,
        now=now,
        diagnostics=tuple(problems),
    )


def _read_last(target: Target) -> Manifest | None:
    return manifests.read_manifest(target.read(manifests.NAME))


def _find_problems(loaded: Catalogue, last: Manifest | None) -> list[Diagnostic]:
    """Return the problems of a catalogue, and the topics that it would make vanish, where its sections are known."""
    if loaded.place is None:
        return list(loaded.diagnostics)
    file, span = loaded.place
    vanished = [
        diagnose(
            "vanished-topic",
            f"topic {quote(key)} was published and is gone",
            file=file,
            span=span,
            help=f"add formerly: [{key}] to the section that replaces it, or name it under retired",
        )
        for key in manifests.find_vanished(last, keys=loaded.topic_keys)
    ]
    return add_excerpts([*loaded.diagnostics, *vanished])
