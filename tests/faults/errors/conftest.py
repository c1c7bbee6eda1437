"""What is counted of the error points, for the one line that tells of them."""

from __future__ import annotations

import os
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


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
