"""A file of the catalogue, edited: read, changed, and replaced at once or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from feedpub.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable


def rewrite(path: Path, change: Callable[[str], str]) -> None:
    """Replace a file's text by what a function makes of it; mode and line ends stay, a symbolic link stays one.

    Raises what the function raises, UsageError for a file that is no UTF-8, OSError where it cannot be written; in each
    case the file is as it was.
    """
    home = path.resolve()
    before = home.read_bytes()
    try:
        data = change(before.decode()).encode()
    except UnicodeDecodeError:
        raise UsageError(f"{path} is no UTF-8; nothing was changed") from None
    _replace(home, data)


def _replace(path: Path, data: bytes) -> None:
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fchmod(file.fileno(), path.stat().st_mode & 0o7777)
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
