"""The way into a catalogue: in pieces where it is large, whole where they cannot be proven."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING

from feedpub.errors import UsageError
from feedpub.index import Index
from feedpub.loading.loader import Loader, NotInPiecesError, Reading

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from feedpub.index.pieces import PieceStore
    from feedpub.loading.entries import Judge
    from feedpub.loading.loaded import Catalogue
    from feedpub.workers.workers import Workers


def load_catalogue(
    path: Path,
    *,
    now: datetime,
    on_read: Callable[[int], None] = lambda _: None,
    judge: Judge | None = None,
    workers: int = 1,
    executor: Workers | None = None,
    store: PieceStore | None = None,
) -> Catalogue:
    """Read a catalogue with all that it includes; whoever calls closes its index.

    ``on_read`` hears now and then how many entries have been read. ``judge`` is asked about each article and teaser,
    and what it remarks is among the catalogue's diagnostics. ``workers`` are how many processes may read large files;
    an ``executor`` reads them in their place. ``store`` remembers what pieces of them hold.
    Raises UsageError where there is no such file, OSError where one cannot be read, PublishError where there is no room
    for the index.
    """
    try:
        return _load(path, now, on_read, judge, Reading(workers, executor, store))
    except FileNotFoundError as error:
        raise UsageError(f"there is no file {error.filename}; feedpub init writes a catalogue to begin with") from None


def _load(
    path: Path, now: datetime, on_read: Callable[[int], None], judge: Judge | None, reading: Reading | None
) -> Catalogue:
    """Load a catalogue in pieces, or whole: where pieces cannot be proven, or one has an error."""
    with ExitStack() as opened, suppress(NotInPiecesError):
        loaded = Loader(path, opened.enter_context(Index()), on_read, judge, reading).load(now)
        opened.pop_all()  # whoever gets the catalogue closes its index
        return loaded
    return _load(path, now, on_read, judge, None)
