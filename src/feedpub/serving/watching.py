"""A catalogue watched: rendered again whenever something in its folder changes, or an entry falls due."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from watchfiles import DefaultFilter, awatch

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    Render = Callable[[], Awaitable[datetime | None]]

TICK: Final = 1000
"""Milliseconds after which it is looked whether something has fallen due; the clock may have been set."""


async def watch_catalogue(
    catalogue: str, *, output: str, render: Render, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> None:
    """Render once, and again and again without end.

    What a catalogue includes lies in its folder, so that is watched whole, without the ``output`` and what editors and
    version control put there. ``render`` returns when the output will next change by itself, None for never; what it
    raises ends the watch.
    """
    due, is_first = None, True
    async for changes in _see_changes(catalogue, output):
        is_due = due is not None and clock() >= due
        if changes or is_due or is_first:
            last, due = due, await render()
            if is_due and due == last:  # the clock of the render stands still
                due = None
        is_first = False


async def _see_changes(catalogue: str, output: str) -> AsyncIterator[bool]:
    """Yield whether something has changed: once as soon as nothing can be missed, then when it has, and every tick."""
    seen = awatch(
        *find_folders(catalogue),
        watch_filter=DefaultFilter(ignore_paths=list(_find_ignored(catalogue, output))),
        rust_timeout=TICK,
        yield_on_timeout=True,
        ignore_permission_denied=True,
    )
    first = asyncio.ensure_future(anext(seen))
    await asyncio.sleep(0)  # the folders are watched when the first step has been taken
    try:
        yield False
        yield bool(await first)
        async for changes in seen:
            yield bool(changes)
    finally:
        first.cancel()


def find_folders(catalogue: str) -> list[Path]:
    """Return the folders to watch: that of the catalogue, and where it is a link, that of the file itself."""
    path = Path(catalogue)
    return sorted({path.absolute().parent, path.resolve().parent})


def _find_ignored(catalogue: str, output: str) -> list[Path]:
    """Return the output folder, by both of its names, where it does not hold the catalogue itself."""
    folders = {Path(output).absolute(), Path(output).resolve()}
    homes = {home for folder in find_folders(catalogue) for home in (folder, *folder.parents)}
    return sorted(folders - homes)
