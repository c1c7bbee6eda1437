"""What a server has to know of a catalogue's publication."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from feedpub import hosting
from feedpub.diagnostics import CatalogueError
from feedpub.loading import load_catalogue
from feedpub.loading.excerpts import add_excerpts
from feedpub.select import select_topics
from feedpub.site import make_documents

if TYPE_CHECKING:
    import os
    from datetime import datetime, timedelta

    from feedpub.hosting import Hosting
    from feedpub.index.pieces import PieceStore


def describe_hosting(
    catalogue: str | os.PathLike[str] = "articles.yaml",
    *,
    now: datetime,
    gone_after: timedelta | None = None,
    workers: int = 1,
    store: PieceStore | None = None,
) -> Hosting:
    """Return what a server has to know of the publication that a catalogue makes at ``now`` (aware).

    Topics that ended ``gone_after`` ago, or earlier, are gone. No document is made. Raises CatalogueError where the
    catalogue has errors, UsageError where there is none, OSError where it cannot be read.
    """
    now = now.replace(microsecond=0)
    loaded = load_catalogue(Path(catalogue), now=now, workers=workers, store=store)
    with loaded.index:
        site = loaded.site
        if site is None or any(one.severity == "error" for one in loaded.diagnostics):
            raise CatalogueError(add_excerpts(loaded.diagnostics))
        selection = select_topics(loaded, site=site, now=now)
        documents = make_documents(selection, site=site)
        return hosting.describe_site(selection, documents, site=site, now=now, gone_after=gone_after)
