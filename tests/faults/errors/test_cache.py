"""A cache in which any call fails costs time, never the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from faults.errors.cached import try_cache_failure
from faults.errors.calls import Failure, choose

if TYPE_CHECKING:
    from collections import Counter

    from faults.conftest import Scale
    from faults.errors.cached import CachedScene


def test_a_call_that_fails_on_the_cache_costs_time_and_never_the_run(
    cached: CachedScene, scale: Scale, tally: Counter[str]
) -> None:
    opened = {name for call in cached.calls for name in ("runs.sqlite3", "pieces.sqlite3") if name in call.text}
    assert len(opened) == 2
    points = [Failure(call, "EIO") for call in cached.calls]
    points += [Failure(call, "ENOSPC") for call in cached.calls if call.is_change]
    points += [Failure(call, "EACCES") for call in cached.calls if call.is_change and call.name != "pwrite64"]
    points += [Failure(call, "EIO", lasts=True) for call in cached.calls if call.ordinal in (1, 10)]
    for failure in choose(points, scale(short=2, long=10_000)):
        assert try_cache_failure(cached, failure), failure
        tally["calls on the cache"] += 1
