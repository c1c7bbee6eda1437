"""What makes the output, in versions: two machines with the same make the same bytes."""

from __future__ import annotations

import sys
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = ("comrak", "feedgen", "idna", "lxml", "nh3", "PyYAML", "tzdata")
"""The packages whose code makes the output, beside feedpub's own."""


@cache
def list_versions() -> dict[str, str]:
    """Return the versions of Python, feedpub (with a digest of its code) and the packages that make the output."""
    home = Path(__file__).parent.parent
    digest = blake2b(digest_size=6)
    for path in sorted(home.rglob("*.py")):
        data = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{path.relative_to(home).as_posix()} {len(data)} ".encode() + data)
    python = ".".join(map(str, sys.version_info[:2]))
    return {"Python": python, "feedpub": f"{_find_version('feedpub')} ({digest.hexdigest()})"} | {
        name: _find_version(name) for name in PACKAGES
    }


def compare_versions(here: dict[str, str], there: dict[str, str]) -> str:
    """Return in which versions another machine differs, as words; empty where in none."""
    return ", ".join(
        f"{name} {there.get(name)} instead of {here[name]}" for name in here if there.get(name) != here[name]
    )


def _find_version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"
