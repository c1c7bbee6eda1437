"""What tests need that comes with an extra."""

from __future__ import annotations

import os
from importlib.util import find_spec

import pytest


def ensure_installed(module: str) -> None:
    """Skip a test where a module of the extra is not there; in CI, it fails."""
    if find_spec(module) is None:
        reason = f"{module} is not there: pip install 'feedpub[dask]'"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
