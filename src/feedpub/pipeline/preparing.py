"""From a catalogue to a planned publication: read, selected, made, judged, and held against what a target holds."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from feedpub import lint, pages
from feedpub import manifest as manifests
from feedpub.diagnostics import CatalogueError
from feedpub.loading import load_catalogue
from feedpub.loading.excerpts import add_excerpts
from feedpub.loading.remarks import pinpoint
from feedpub.pipeline.belongings import list_digests, list_encodings, list_kept
from feedpub.pipeline.checking import ensure_known, find_problems, has_errors, judge_selection
from feedpub.pipeline.findings import Findings
from feedpub.pipeline.unchanged import recall_shown, remember_shown
from feedpub.publish import plan
from feedpub.select import select_topics
from feedpub.site import make_documents
from feedpub.variants import make_variants

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from feedpub.catalogue import Site
    from feedpub.diagnostics import Diagnostic
    from feedpub.index.pieces import PieceStore
    from feedpub.index.stamps import Signature
    from feedpub.lint import Switches
    from feedpub.loading import Catalogue
    from feedpub.manifest import Change, Manifest
    from feedpub.publish import Plan, Target
    from feedpub.select import Selection
    from feedpub.site import Document
    from feedpub.variants import Variant
    from feedpub.workers.workers import Workers

_MANY = 12  # topics from which on it gains to remember their documents: fewer are made in less time

Status: TypeAlias = Literal["current", "due", "stale"]
"""``current``: rendering changes nothing. ``due``: it does, only because time has passed. ``stale``: all else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """All that a publication is made of, planned against what the target holds; nothing is written yet."""

    selection: Selection
    documents: tuple[Document, ...]
    variants: tuple[Variant, ...]
    last: Manifest | None
    manifest: Manifest
    plan: Plan
    changes: list[Change]
    diagnostics: list[Diagnostic]
    seen: dict[str, Signature]
    pieces: dict[str, str]

    def judge(self) -> Status:
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


class Reading(NamedTuple):
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


@contextmanager
def prepare(catalogue: Path, target: Target, now: datetime, reading: Reading) -> Iterator[Prepared]:
    """Read a catalogue and yield the plan of its publication at ``now``, whole seconds. Raises what `render` does.

    Within the block documents can still be made, and read what they show from the catalogue.
    """
    loaded = _load(catalogue, now, reading)
    with loaded.index:
        data = target.read(manifests.NAME)
        last = manifests.read_manifest(data)
        problems = find_problems(loaded, last)
        if loaded.site is None or has_errors(problems):
            raise CatalogueError(add_excerpts(reading.switches.apply(problems, site=loaded.site)))
        reading.on_stage("select")
        selection = select_topics(loaded, site=loaded.site, now=now)
        before = recall_shown(reading.store, data, last, selection)
        shown = Findings(selection, loaded.site, before)
        documents = _make_documents(selection, loaded, loaded.site, reading, shown)
        if loaded.templates and (faults := list(pages.find_faults(documents))):
            raise CatalogueError(add_excerpts(reading.switches.apply([*problems, *faults], site=loaded.site)))
        shown.take_all()
        manifest = _make_manifest(selection, documents, loaded, loaded.site, last, reading, shown)
        reading.on_stage("lint")
        changes = manifests.compare_manifests(last, manifest, now=now)
        problems += pinpoint(lint.judge_bodies(shown.troubles, loaded=loaded))
        problems += judge_selection(loaded, selection, documents, changes, quiet=shown.quiet)
        told = add_excerpts(reading.switches.apply(problems, site=loaded.site))
        if has_errors(told):
            raise CatalogueError(told)
        written = manifests.write_manifest(manifest)
        if not reading.is_partial:
            remember_shown(reading.store, written, selection, quiet=shown.quiet)
        reading.on_stage("plan")
        variants = tuple(make_variants(documents, encodings=loaded.site.precompress or ()))
        yield Prepared(
            selection=selection,
            documents=documents,
            variants=variants,
            last=last,
            manifest=manifest,
            plan=_plan([*documents, *variants], target, reading, manifest=written, last=last),
            changes=changes,
            diagnostics=told,
            seen=loaded.seen,
            pieces=loaded.digests,
        )


def _load(catalogue: Path, now: datetime, reading: Reading) -> Catalogue:
    """Read a catalogue. Raises what `load_catalogue` does."""
    reading.on_stage("read")
    return load_catalogue(
        catalogue,
        now=now,
        on_read=reading.on_read,
        judge=lint.judge_texts,
        workers=reading.workers,
        executor=reading.executor,
        store=reading.store,
    )


def _plan(
    made: Sequence[Document | Variant], target: Target, reading: Reading, *, manifest: bytes, last: Manifest | None
) -> Plan:
    """Return what is written and removed, where the last publication owns what its manifest lists."""
    return plan(
        made,
        manifest=manifest,
        owned=list_digests(last) if last else {},
        target=target,
        adopt=reading.adopt,
        kept=list_kept(last, made) if last and reading.is_partial else frozenset(),
        encodings=list_encodings(last) if last else {},
        foreign_manifest=last is None and manifests.is_foreign(target.read(manifests.NAME)),
    )


def _make_documents(
    selection: Selection, loaded: Catalogue, site: Site, reading: Reading, shown: Findings
) -> tuple[Document, ...]:
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
            unchanged=shown.before.topics,
            listed=shown.before.documents,
            store=reading.store if loaded.pieces or len(selection.topics) >= _MANY else None,
            workers=reading.workers,
            executor=reading.executor,
            on_made=shown.take,
        )
    )


def _make_manifest(
    selection: Selection,
    documents: tuple[Document, ...],
    loaded: Catalogue,
    site: Site,
    last: Manifest | None,
    reading: Reading,
    shown: Findings,
) -> Manifest:
    """Return what is published from now on; of a partial run, with what the last publication has left."""
    manifest = manifests.make_manifest(selection, documents, site=site, catalogue=loaded.digest, topics=shown.topics)
    if not reading.is_partial:
        return manifest
    made = {document.topic for document in documents if document.topic is not None}
    is_whole = not reading.formats or set(reading.formats) >= {*site.formats, pages.NAME}
    return manifests.carry_over(last, manifest, topics=made, is_whole=is_whole)
