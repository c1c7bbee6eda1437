"""A cache in which any call fails costs time, never the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from faults.errors.cached import open_cached_scene, try_cache_failure
from faults.errors.calls import Failure, choose, need_strace

if TYPE_CHECKING:
    from collections import Counter

    from faults.conftest import Scale
    from faults.errors.cached import CachedScene


@pytest.fixture(scope="module")
def cached(tmp_path_factory: pytest.TempPathFactory) -> CachedScene:
    """Return a catalogue that was published, remembered, and edited since."""
    need_strace()
    return open_cached_scene(tmp_path_factory.mktemp("errors") / "cached")


def test_a_call_that_fails_on_the_cache_costs_time_and_never_the_run(
    cached: CachedScene, scale: Scale, tally: Counter[str]
) -> None:
    opened = {name for call in cached.calls for name in ("runs.sqlite3", "pieces.sqlite3") if name in call.text}
    assert len(opened) == 2
    points = [Failure(call, "EIO") for call in cached.calls]
    points += [Failure(call, "ENOSPC") for call in cached.calls if call.is_change]
    points += [Failure(call, "EACCES") for call in cached.calls if call.is_change and call.name != "pwrite64"]
    points += [Failure(call, "EIO", lasts=True) for call in cached.calls if call.ordinal in (1, 10)]
    for failure in choose(points, scale(short=4, long=10_000)):
        assert try_cache_failure(cached, failure), failure
        tally["calls on the cache"] += 1
