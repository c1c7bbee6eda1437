"""Packages of feedpub's extras, which a test may need."""

from __future__ import annotations

import os
from importlib.util import find_spec

import pytest


def need(*modules: str) -> None:
    """Skip a test where a module is not there; in CI, fail."""
    missing = [name for name in modules if find_spec(name) is None]
    if not missing:
        return
    reason = f"{', '.join(missing)} of feedpub's extras are not there"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def need_server() -> None:
    """Skip a test where feedpub[serve] is not installed; in CI, fail."""
    need("uvicorn", "httptools", "watchfiles")
