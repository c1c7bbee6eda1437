"""A catalogue's publication, or what it would do."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from feedpub import lint, pages
from feedpub import manifest as manifests
from feedpub.diagnostics import CatalogueError
from feedpub.loading import load_catalogue
from feedpub.loading.excerpts import add_excerpts
from feedpub.loading.remarks import pinpoint
from feedpub.pipeline.belongings import list_digests, list_encodings, list_kept
from feedpub.pipeline.checking import ALL_WARNINGS, ensure_known, find_problems, has_errors, judge_selection
from feedpub.publish import apply, ensure_allowed, plan
from feedpub.select import select_topics
from feedpub.site import make_documents
from feedpub.targets import TARGETS
from feedpub.variants import make_variants

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Collection
    from datetime import datetime

    from feedpub.catalogue import Site
    from feedpub.diagnostics import Diagnostic
    from feedpub.index.pieces import PieceStore
    from feedpub.index.stamps import Signature
    from feedpub.lint import Switches
    from feedpub.loading import Catalogue
    from feedpub.manifest import Change, Manifest
    from feedpub.publish import Plan, Target
    from feedpub.select import NotShown, Selection, Topic
    from feedpub.site import Document
    from feedpub.variants import Variant
    from feedpub.workers.workers import Workers

_MANY = 12  # topics from which on it gains to remember their documents: fewer are made in less time

Status: TypeAlias = Literal["current", "due", "stale"]
"""``current``: rendering changes nothing. ``due``: it does, only because time has passed. ``stale``: all else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What a render did, or would do: paths are below the output folder, the manifest in none of the lists.

    ``left`` are files that feedpub no longer makes and somebody altered: they stay. ``changes`` are what
    subscribers notice, topic by topic, against the last publication. ``held_back`` and ``expired`` are not shown
    because of their times; ``next_change`` is when the output will next change by itself. ``sizes`` are the bytes of
    each document, ``digests`` the SHA-256 of each file, the manifest's too; ``seen`` is the signature of each file and
    folder that was read, from before it was. ``diagnostics`` are warnings. ``recovered`` says that an interrupted
    publication was finished first.
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
    digests: dict[str, str] = field(default_factory=dict)
    seen: dict[str, Signature] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
    recovered: bool = False


def preview(
    catalogue: str | os.PathLike[str] = "articles.yaml",
    *,
    now: datetime,
    output: str | os.PathLike[str] = "feeds",
    adopt: bool = False,
    switches: Switches = ALL_WARNINGS,
    workers: int = 1,
    executor: Workers | None = None,
    store: PieceStore | None = None,
    topics: Collection[str] = (),
    formats: Collection[str] = (),
    on_read: Callable[[int], None] = lambda _: None,
    on_stage: Callable[[str], None] = lambda _: None,
) -> Publication:
    """Return what `render` would do; nothing is written and no lock is needed. Raises what it raises."""
    target = TARGETS["directory"](str(output))
    moment = now.replace(microsecond=0)
    reading = _Reading(
        adopt=adopt,
        switches=switches,
        workers=workers,
        executor=executor,
        store=store,
        topics=topics,
        formats=formats,
        on_read=on_read,
        on_stage=on_stage,
    )
    prepared = _prepare(Path(catalogue), target, moment, reading)
    ensure_allowed(prepared.plan)
    return prepared.describe()


def render(
    catalogue: str | os.PathLike[str] = "articles.yaml",
    *,
    now: datetime,
    output: str | os.PathLike[str] = "feeds",
    adopt: bool = False,
    switches: Switches = ALL_WARNINGS,
    workers: int = 1,
    executor: Workers | None = None,
    store: PieceStore | None = None,
    topics: Collection[str] = (),
    formats: Collection[str] = (),
    on_wait: Callable[[str], None] = lambda _: None,
    on_read: Callable[[int], None] = lambda _: None,
    on_stage: Callable[[str], None] = lambda _: None,
) -> Publication:
    """Publish a catalogue into a folder: all of it, or nothing.

    ``now`` is aware; it alone decides what is shown. ``adopt`` takes over files of others at our paths.
    ``switches`` say which warnings are told; bodies that no document shows are left to `check`.
    ``workers`` are how many processes may read large files and make many documents, an ``executor`` is who does so
    in their place (see `feedpub.workers`), ``store`` remembers what pieces of files hold: no result depends on any.
    ``on_wait`` gets one sentence where another run holds the folder and this one waits for it, ``on_read`` hears now
    and then how many entries have been read, ``on_stage`` what begins: read, select, render, lint, plan, verify, write.
    With ``topics`` or ``formats``, only the documents of these are made and replaced, and
    all else is as the last publication left it.

    Raises CatalogueError, which holds every problem, where the catalogue has errors; UsageError where there is
    none; PublishError where the folder cannot be written; OSError where the catalogue cannot be read. In each
    case the folder is as it was.
    """
    target = TARGETS["directory"](str(output))
    with target.hold(on_wait=on_wait):
        recovered = target.recover()
        moment = now.replace(microsecond=0)
        reading = _Reading(
            adopt=adopt,
            switches=switches,
            workers=workers,
            executor=executor,
            store=store,
            topics=topics,
            formats=formats,
            on_read=on_read,
            on_stage=on_stage,
        )
        prepared = _prepare(Path(catalogue), target, moment, reading)
        apply(prepared.plan, target, on_stage=on_stage)
        return prepared.describe(recovered=recovered)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Prepared:
    selection: Selection
    documents: tuple[Document, ...]
    variants: tuple[Variant, ...]
    last: Manifest | None
    manifest: Manifest
    plan: Plan
    changes: list[Change]
    diagnostics: list[Diagnostic]
    seen: dict[str, Signature]

    def describe(self, *, recovered: bool = False) -> Publication:
        planned, selection = self.plan, self.selection
        return Publication(
            status=self._judge(),
            topics=selection.topics,
            written=tuple(write.path for write in planned.writes),
            unchanged=planned.unchanged,
            removed=tuple(change.path for change in planned.removals),
            left=planned.left,
            changes=tuple(self.changes),
            held_back=selection.held_back,
            expired=selection.expired,
            next_change=selection.next_change,
            digests={one.path: one.sha256 for one in self.manifest.documents}
            | {path: one.sha256 for path, one in planned.stored.items()}
            | {manifests.NAME: sha256(manifests.write_manifest(self.manifest)).hexdigest()},
            seen=self.seen,
            sizes={document.path: document.digest[1] for document in self.documents},
            diagnostics=tuple(self.diagnostics),
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
        topics |= {variant.path: variant.document.topic for variant in self.variants}
        listed, made = list_digests(last), list_digests(self.manifest)
        is_as_listed = all(made[path] == listed.get(path) for path in planned.unchanged)
        is_due = all(
            write.reason == "changed"
            and write.held == listed.get(write.path)
            and self._has_moved(topics[write.path], last)
            for write in planned.writes
        )
        # A retraction may change nothing but the manifest, where no format announces it.
        has_moved = self._has_moved(None, last)
        return "due" if is_as_listed and is_due and has_moved else "stale"

    def _has_moved(self, topic: str | None, last: Manifest) -> bool:
        """Tell whether a topic shows other entries than it did, or for None whether any does."""
        if topic is None:
            return any(self._has_moved(one, last) for one in self.manifest.topics)
        before = last.topics.get(topic)
        return before is not None and not manifests.has_same_entries(before, self.manifest.topics[topic])


class _Reading(NamedTuple):
    """How a catalogue is read and published, beside where and when."""

    adopt: bool
    switches: Switches
    workers: int
    executor: Workers | None
    store: PieceStore | None
    topics: Collection[str]
    formats: Collection[str]
    on_read: Callable[[int], None]
    on_stage: Callable[[str], None]

    @property
    def is_partial(self) -> bool:
        """Whether only some documents are made."""
        return bool(self.topics or self.formats)


def _prepare(catalogue: Path, target: Target, now: datetime, reading: _Reading) -> _Prepared:
    reading.on_stage("read")
    loaded = load_catalogue(
        catalogue,
        now=now,
        on_read=reading.on_read,
        judge=lint.judge_texts,
        workers=reading.workers,
        executor=reading.executor,
        store=reading.store,
    )
    with loaded.index:
        data = target.read(manifests.NAME)
        last = manifests.read_manifest(data)
        problems = find_problems(loaded, last)
        site = loaded.site
        if site is None or has_errors(problems):
            raise CatalogueError(add_excerpts(reading.switches.apply(problems, site=site)))
        reading.on_stage("select")
        selection = select_topics(loaded, site=site, now=now)
        documents = _make_documents(selection, loaded, site, reading)
        if loaded.templates and (faults := list(pages.find_faults(documents))):
            raise CatalogueError(add_excerpts(reading.switches.apply([*problems, *faults], site=site)))
        manifest = _make_manifest(selection, documents, loaded, site, last, reading)
        reading.on_stage("lint")
        changes = manifests.compare_manifests(last, manifest, now=now)
        problems += pinpoint(lint.judge_bodies(selection, loaded=loaded, site=site))
        problems += judge_selection(loaded, selection, documents, changes)
        told = add_excerpts(reading.switches.apply(problems, site=site))
        if has_errors(told):
            raise CatalogueError(told)
    reading.on_stage("plan")
    variants = tuple(make_variants(documents, encodings=site.precompress or ()))
    planned = plan(
        [*documents, *variants],
        manifest=manifests.write_manifest(manifest),
        owned=list_digests(last) if last else {},
        target=target,
        adopt=reading.adopt,
        kept=list_kept(last, documents) if last and reading.is_partial else frozenset(),
        encodings=list_encodings(last) if last else {},
        foreign_manifest=manifests.is_foreign(data),
    )
    return _Prepared(
        selection=selection,
        documents=documents,
        variants=variants,
        last=last,
        manifest=manifest,
        plan=planned,
        changes=changes,
        diagnostics=told,
        seen=loaded.seen,
    )


def _make_documents(selection: Selection, loaded: Catalogue, site: Site, reading: _Reading) -> tuple[Document, ...]:
    """Make the documents that are asked for. Raises UsageError where a topic or a format is that there is not."""
    known = (*site.formats, pages.NAME)
    ensure_known(selection, topics=reading.topics, formats=reading.formats, known=known)
    reading.on_stage("render")
    return tuple(
        make_documents(
            selection,
            site=site,
            topics=reading.topics,
            formats=reading.formats,
            templates=loaded.templates,
            store=reading.store if loaded.pieces or len(selection.topics) >= _MANY else None,
            workers=reading.workers,
            executor=reading.executor,
        )
    )


def _make_manifest(
    selection: Selection,
    documents: tuple[Document, ...],
    loaded: Catalogue,
    site: Site,
    last: Manifest | None,
    reading: _Reading,
) -> Manifest:
    """Return what is published from now on; of a partial run, with what the last publication has left."""
    manifest = manifests.make_manifest(selection, documents, site=site, catalogue=loaded.digest)
    if not reading.is_partial:
        return manifest
    made = {document.topic for document in documents if document.topic is not None}
    is_whole = not reading.formats or set(reading.formats) >= {*site.formats, pages.NAME}
    return manifests.carry_over(last, manifest, topics=made, is_whole=is_whole)
