"""A file of the catalogue, edited: read, changed, and replaced at once or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from feedpub.errors import PublishError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def rewrite(path: Path, change: Callable[[str], str]) -> None:
    """Replace a file's text by what a function makes of it; mode and line ends stay, a symbolic link stays one.

    Raises what the function raises, UsageError for a file that is no UTF-8, PublishError where it cannot be read or
    written; in each case the file is as it was, but where the sentence says that it has changed.
    """
    home = path.resolve()
    with _explained(f"cannot read {path}", path):
        before = home.read_bytes()
    try:
        data = change(before.decode()).encode()
    except UnicodeDecodeError:
        raise UsageError(f"{path} is no UTF-8; nothing was changed") from None
    with _explained(f"cannot write {path}", path):
        _replace(home, data)
    with _explained(f"{path} is changed, but its folder cannot be synced", path):
        _sync(home.parent)


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
        with suppress(OSError):
            Path(name).unlink()
        raise


def _sync(folder: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some file systems keep folders in order by themselves
            raise
    finally:
        os.close(descriptor)


@contextmanager
def _explained(sentence: str, path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise PublishError(f"{sentence}: {error.strerror or error}", path=str(path)) from error
