"""Programs of others that a test may need."""

from __future__ import annotations

import os
import shutil

import pytest


def need_tools(*names: str) -> None:
    """Skip a test where a program is not there; in CI, fail."""
    missing = [name for name in names if find_tool(name) is None]
    if missing:
        lack(f"{', '.join(missing)}: not there")


def lack(reason: str) -> None:
    """Skip a test for want of something that CI has; there, fail."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def find_tool(name: str) -> str | None:
    """Return where a program is, servers' own folder included."""
    return shutil.which(name, path=f"{os.environ.get('PATH', os.defpath)}{os.pathsep}/usr/sbin{os.pathsep}/sbin")
