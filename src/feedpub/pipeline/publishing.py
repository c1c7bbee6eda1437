"""A catalogue's publication, or what it would do."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from feedpub import manifest as manifests
from feedpub.pipeline.checking import ALL_WARNINGS
from feedpub.pipeline.preparing import Reading, Status, prepare
from feedpub.publish import apply, ensure_allowed
from feedpub.targets import TARGETS

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Collection
    from datetime import datetime

    from feedpub.diagnostics import Diagnostic
    from feedpub.index.pieces import PieceStore
    from feedpub.index.stamps import Signature
    from feedpub.lint import Switches
    from feedpub.manifest import Change
    from feedpub.pipeline.preparing import Prepared
    from feedpub.select import NotShown, Topic
    from feedpub.workers.workers import Workers

__all__ = ["Publication", "Status", "preview", "render"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What a render did, or would do: paths are below the output folder, the manifest in none of the lists.

    ``left`` are files that feedpub no longer makes and somebody altered: they stay. ``changes`` are what
    subscribers notice, topic by topic, against the last publication. ``held_back`` and ``expired`` are not shown
    because of their times; ``next_change`` is when the output will next change by itself, ``lasts_until`` when what is
    said here will next be otherwise, if only that an entry expires that no topic shows. ``sizes`` are the bytes of each
    document, ``digests`` the SHA-256 of each file, the manifest's too; ``seen`` is the signature of each file and
    folder that was read, from before it was, ``pieces`` what the bytes of large files are summed up in.
    ``diagnostics`` are warnings. ``recovered`` says that an interrupted
    publication was finished first. The feeds of ``topics`` are at hand where no ``store`` was given and few are shown:
    asking for others, whose catalogue would have to be open, raises UsageError.
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
    lasts_until: datetime | None
    sizes: dict[str, int]
    digests: dict[str, str] = field(default_factory=dict)
    seen: dict[str, Signature] = field(default_factory=dict)
    pieces: dict[str, str] = field(default_factory=dict)
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
    reading = Reading(
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
    with prepare(Path(catalogue), target, moment, reading) as prepared:
        ensure_allowed(prepared.plan)
        return _describe(prepared)


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
        reading = Reading(
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
        with prepare(Path(catalogue), target, moment, reading) as prepared:
            apply(prepared.plan, target, on_stage=on_stage)
            return _describe(prepared, recovered=recovered)


def _describe(prepared: Prepared, *, recovered: bool = False) -> Publication:
    """Return what is told of a publication."""
    planned, selection = prepared.plan, prepared.selection
    return Publication(
        status=prepared.judge(),
        topics=selection.topics,
        written=tuple(write.path for write in planned.writes),
        unchanged=planned.unchanged,
        removed=tuple(change.path for change in planned.removals),
        left=planned.left,
        changes=tuple(prepared.changes),
        held_back=selection.held_back,
        expired=selection.expired,
        next_change=selection.next_change,
        lasts_until=selection.lasts_until,
        digests={one.path: one.sha256 for one in prepared.manifest.documents}
        | {path: one.sha256 for path, one in planned.stored.items()}
        | {manifests.NAME: sha256(planned.manifest_data).hexdigest()},
        seen=prepared.seen,
        pieces=prepared.pieces,
        sizes={document.path: document.digest[1] for document in prepared.documents},
        diagnostics=tuple(prepared.diagnostics),
        recovered=recovered,
    )
