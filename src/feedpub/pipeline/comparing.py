"""What subscribers will notice between two publications, or between one and a catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from feedpub import manifest as manifests
from feedpub.diagnostics import CatalogueError
from feedpub.errors import UsageError
from feedpub.loading import load_catalogue
from feedpub.loading.excerpts import add_excerpts
from feedpub.pipeline.checking import read_last
from feedpub.select import select_topics
from feedpub.targets import TARGETS

if TYPE_CHECKING:
    import os
    from collections.abc import Callable
    from datetime import datetime

    from feedpub.index.pieces import PieceStore
    from feedpub.loading import Catalogue
    from feedpub.manifest import Change, Manifest, TopicChange


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
    workers: int = 1,
    store: PieceStore | None = None,
    on_read: Callable[[int], None] = lambda _: None,
) -> Comparison:
    """Return what subscribers of ``old`` notice when ``new`` is published.

    Each is a published folder or its manifest; ``new`` may be a catalogue, which is shown as it is at ``now`` (aware),
    even where topics would vanish; ``workers`` and ``store`` are as for `render`. An old publication that is not there
    leaves everything new.
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
        loaded = load_catalogue(Path(new), now=now, on_read=on_read, workers=workers, store=store)
        after = _foresee(loaded, now)
    return Comparison(
        topics=tuple(manifests.compare_topics(before, after)),
        changes=tuple(manifests.compare_manifests(before, after, now=now)),
    )


def _read_published(path: Path) -> Manifest | None:
    """Return the manifest of a published folder, or the one at a path."""
    if path.is_dir() or path.suffix != ".json":
        return read_last(TARGETS["directory"](str(path)))
    target = TARGETS["directory"](str(path.parent))
    return manifests.read_manifest(target.read(path.name))


def _foresee(loaded: Catalogue, now: datetime) -> Manifest:
    """Return the manifest of what a catalogue would publish; no document is made for it."""
    with loaded.index:
        if loaded.site is None or any(one.severity == "error" for one in loaded.diagnostics):
            raise CatalogueError(add_excerpts(loaded.diagnostics))
        selection = select_topics(loaded, site=loaded.site, now=now)
        return manifests.make_manifest(selection, (), site=loaded.site, catalogue=loaded.digest)
