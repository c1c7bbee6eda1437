"""The cache of the command line: where it is, and what a run of `render` finds there."""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from feedpub.cli.told import Told
    from feedpub.index.memory import Memory
    from feedpub.index.pieces import PieceStore
    from feedpub.pipeline import Publication

F = TypeVar("F", bound="Callable[..., Any]")

PARTS = ("comrak", "feedgen", "idna", "jinja2", "lxml", "markupsafe", "nh3", "tzdata", "yaml")
"""The packages whose code makes the output, beside feedpub's own."""


def cache_options(function: F) -> F:
    """Let a command take --cache and --no-cache, which `open_memory` reads."""
    for option in (
        click.option("--no-cache", is_flag=True, help="Read everything again, and remember nothing."),
        click.option(
            "--cache",
            metavar="DIR",
            type=click.Path(readable=False),
            help="Where to remember runs; else the user's cache folder.",
        ),
    ):
        function = option(function)
    return function


def open_memory(folder: str | None, *, no_cache: bool) -> Memory | None:
    """Return what remembers runs, None where nothing should."""
    folder = folder or find_cache_folder()
    if no_cache or folder is None:
        return None
    from feedpub.index.memory import Memory  # noqa: PLC0415 - loaded when a command runs

    return Memory(folder, version=describe_code())


def open_store(folder: str | None, *, no_cache: bool, memory: Memory | None = None) -> PieceStore | None:
    """Return what remembers pieces of files, None where nothing should; a memory may have hashed some of them."""
    folder = folder or find_cache_folder()
    if no_cache or folder is None:
        return None
    from feedpub.index.pieces import PieceStore  # noqa: PLC0415 - loaded when files are read

    return PieceStore(folder, version=describe_code(), hashed=memory.hashed if memory else None)


def find_cache_folder() -> str | None:
    """Return the folder for feedpub's caches by the platform's custom, None where the user has no home."""
    home = os.path.expanduser("~")  # noqa: PTH111 - pathlib would be loaded for this alone, here and below
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")  # noqa: PTH118
    elif sys.platform == "darwin":
        base = os.path.join(home, "Library", "Caches")  # noqa: PTH118
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.join(home, ".cache")  # noqa: PTH118
    return os.path.join(base, "feedpub") if os.path.isabs(base) else None  # noqa: PTH117, PTH118


@cache
def describe_code() -> str:
    """Return what changes when feedpub, Python or a package that makes the output does: their files' stats.

    The time of change is among them: installers may give every file the same time of modification.
    """
    parts: list[object] = [sys.version, sys.byteorder]
    for folder in sys.path:
        for name in ("feedpub", *PARTS):
            place = os.path.join(folder, name)  # noqa: PTH118
            parts += _sign_files(place, depth=2 if name == "feedpub" else 1)
    return blake2b(json.dumps(parts).encode(), digest_size=16).hexdigest()


def make_key(*parts: object) -> str:
    """Return the name of a run: what it was asked for, and where."""
    return blake2b(json.dumps([os.getcwd(), *parts]).encode(), digest_size=16).hexdigest()  # noqa: PTH109


def recall(memory: Memory | None, key: str, *, now: datetime) -> Told | None:
    """Return what the last run told, where nothing has changed since."""
    found = memory.recall(key, now=int(now.timestamp())) if memory else None
    if found is None:
        return None
    from feedpub.cli.told import read_told  # noqa: PLC0415 - as above

    return read_told(found)


def remember(memory: Memory | None, key: str, found: Publication, told: Told, *, output: str, now: datetime) -> None:
    """Keep what a run told, and all that it depends on."""
    if memory is None:
        return
    from feedpub.cli.told import write_told  # noqa: PLC0415 - as above
    from feedpub.targets.directory import COMMIT, DRAFT, JOURNAL  # noqa: PLC0415

    memory.keep(
        key,
        write_told(told),
        now=int(now.timestamp()),
        until=int(found.lasts_until.timestamp()) if found.lasts_until else None,
        read=found.seen,
        pieces=found.pieces,
        written={os.path.join(output, path): digest for path, digest in found.digests.items()},  # noqa: PTH118
        absent=[os.path.join(output, name) for name in (COMMIT, DRAFT, JOURNAL)],  # noqa: PTH118
    )


def _sign_files(folder: str, *, depth: int) -> Iterator[object]:
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda one: one.name)
    except OSError:
        return
    for one in found:
        if one.is_dir(follow_symlinks=False):
            if depth and one.name != "__pycache__":
                yield from _sign_files(one.path, depth=depth - 1)
        elif not one.name.endswith(".pyc"):
            with suppress(OSError):  # a symbolic link that leads nowhere, as editors leave them, is no code
                about = one.stat()
                yield (one.path, about.st_size, about.st_mtime_ns, about.st_ctime_ns)
