"""The publications in which calls fail, and what is counted of them, for the one line that tells of it."""

from __future__ import annotations

import os
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from faults.errors.cached import open_cached_scene
from faults.errors.calls import need_strace
from faults.errors.scene import open_scene

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from faults.errors.cached import CachedScene
    from faults.errors.scene import Scene


@pytest.fixture(scope="session")
def tally(tell: Callable[[str, str], None]) -> Iterator[Counter[str]]:
    """Return what tests count their points in, by a word for what failed."""
    counts: Counter[str] = Counter()
    yield counts
    if not counts:
        return
    today = datetime.now(UTC).date()
    told = ", ".join(f"{count:,} {what}" for what, count in sorted(counts.items()))
    tell("error points", f"{counts.total():,} points: {told}; {today}, {os.cpu_count()} cores")


@pytest.fixture(scope="session")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """Return a catalogue that was published and edited since."""
    need_strace()
    return open_scene(tmp_path_factory.mktemp("errors") / "edited")


@pytest.fixture(scope="session")
def cached(tmp_path_factory: pytest.TempPathFactory) -> CachedScene:
    """Return a catalogue that was published, remembered, and edited since."""
    need_strace()
    return open_cached_scene(tmp_path_factory.mktemp("errors") / "cached")
