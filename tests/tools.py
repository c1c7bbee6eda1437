"""Programs of others, and packages of feedpub's extras, that a test may need."""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec

import pytest


def need_tools(*names: str) -> None:
    """Skip a test where a program is not there; in CI, fail."""
    missing = [name for name in names if find_tool(name) is None]
    if missing:
        lack(f"{', '.join(missing)}: not there")


def need_modules(*names: str) -> None:
    """Skip a test where a module of an extra is not there; in CI, fail."""
    missing = [name for name in names if find_spec(name) is None]
    if missing:
        lack(f"{', '.join(missing)} of feedpub's extras: not there")


def need_server() -> None:
    """Skip a test where feedpub[serve] is not installed; in CI, fail."""
    need_modules("uvicorn", "httptools", "watchfiles")


def lack(reason: str) -> None:
    """Skip a test for want of something that CI has; there, fail."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def find_tool(name: str) -> str | None:
    """Return where a program is, servers' own folder included."""
    return shutil.which(name, path=f"{os.environ.get('PATH', os.defpath)}{os.pathsep}/usr/sbin{os.pathsep}/sbin")
