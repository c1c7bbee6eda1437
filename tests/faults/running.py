"""Run feedpub as people do, apart from what measures the tests."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

NOW = "2026-06-01T12:00:00Z"
"""What the clock says in the tests of faults, where one of them does not say otherwise."""

COMMAND = (sys.executable, "-m", "feedpub")


def make_environment(cache: Path, **more: str) -> dict[str, str]:
    """Return an environment with a cache of its own, in which nothing measures coverage, which adds calls."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("COVERAGE", "COV_", "PYTEST"))}
    return kept | {"XDG_CACHE_HOME": str(cache), "PYTHONDONTWRITEBYTECODE": "1"} | more


def run_feedpub(
    *arguments: str, folder: Path, environment: Mapping[str, str], before: Sequence[str] = ()
) -> subprocess.CompletedProcess[str]:
    """Run ``feedpub ARGUMENTS`` in a folder, as the last words of another command where there is one before it."""
    return subprocess.run(
        [*before, *COMMAND, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
