"""Disks that refuse: full, read-only, or with files that nobody may change; each as long as a context lasts."""

from __future__ import annotations

import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tools import need_tools

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def mount_memory(folder: Path, *, size: str) -> Iterator[None]:
    """Put an empty disk of a size at a folder, which is made."""
    need_tools("mount")
    folder.mkdir()
    _run_or_skip("mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(folder))
    try:
        yield
    finally:
        _run("umount", str(folder))


@contextmanager
def mount_read_only(folder: Path) -> Iterator[None]:
    """Let nobody change what is in a folder."""
    need_tools("mount")
    _run_or_skip("mount", "--bind", str(folder), str(folder))
    try:
        _run_or_skip("mount", "-o", "remount,bind,ro", str(folder))
        yield
    finally:
        _run("umount", str(folder))


@contextmanager
def freeze(path: Path, *, flag: str = "i") -> Iterator[None]:
    """Let nobody change a file, or the names in a folder; with the flag ``a``, names may be added."""
    need_tools("chattr")
    _run_or_skip("chattr", f"+{flag}", str(path))
    try:
        yield
    finally:
        _run("chattr", f"-{flag}", str(path))


def _run_or_skip(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"{command[0]} is not possible here: {done.stderr.strip()}")


def _run(*command: str) -> None:
    subprocess.run(command, capture_output=True, check=True)
