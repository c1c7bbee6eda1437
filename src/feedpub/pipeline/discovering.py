"""The tags by which readers find a catalogue's feeds from the site's own pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from feedpub import pages
from feedpub.diagnostics import CatalogueError
from feedpub.loading import load_catalogue
from feedpub.loading.excerpts import add_excerpts
from feedpub.pipeline.checking import ensure_known, has_errors
from feedpub.select import select_topics

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Collection
    from datetime import datetime

    from feedpub.index.pieces import PieceStore


def discover(
    catalogue: str | os.PathLike[str] = "articles.yaml",
    *,
    now: datetime,
    topics: Collection[str] = (),
    formats: Collection[str] = (),
    workers: int = 1,
    store: PieceStore | None = None,
    on_read: Callable[[int], None] = lambda _: None,
) -> str:
    """Return the autodiscovery tags of every topic and format, or of those that are named, for a page's head.

    ``now`` is aware; ``workers``, ``store`` and ``on_read`` are as for `render`. Raises CatalogueError where the
    catalogue has errors, UsageError where there is none, or no such topic or format; OSError where it cannot be read.
    """
    now = now.replace(microsecond=0)
    loaded = load_catalogue(Path(catalogue), now=now, on_read=on_read, workers=workers, store=store)
    with loaded.index:
        if loaded.site is None or has_errors(loaded.diagnostics):
            raise CatalogueError(add_excerpts(loaded.diagnostics))
        selection = select_topics(loaded, site=loaded.site, now=now)
    ensure_known(selection, topics=topics, formats=formats, known=loaded.site.formats)
    return pages.write_snippet(selection, site=loaded.site, topics=topics, formats=formats)
