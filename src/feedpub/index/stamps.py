"""Whether a file or folder is as it was: by its stat, and by its bytes where the stat cannot tell."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from hashlib import file_digest, sha256
from typing import TypeAlias

Signature: TypeAlias = tuple[int, ...]
"""Kind, size, modification and change time in nanoseconds, device and inode, of what stands at a path."""

FRESH = 50_000_000
"""Nanoseconds in which a file can change again without another time: file systems keep it in steps."""
_WHOLE_SECOND = 1_000_000_000
_COARSE = 2 * _WHOLE_SECOND  # the step of file systems that keep no fractions


@dataclass(frozen=True, slots=True)
class Stamp:
    """What stood at a path: its signature, and a digest of its bytes (of a folder, of the names in it).

    The digest begins with the name of its algorithm. ``is_ours`` says that it was written, so that a link to the same
    bytes is something else.
    """

    path: str
    signature: Signature
    digest: str
    is_ours: bool = False


def sign(path: str, *, follow: bool = True) -> Signature | None:
    """Return the signature of what stands at a path, None where nothing does; symbolic links may be followed."""
    try:
        found = os.stat(path, follow_symlinks=follow)  # noqa: PTH116 - a string is what there is, a thousand times
    except OSError:
        return None
    kind = stat.S_IFMT(found.st_mode)
    size = found.st_size if kind == stat.S_IFREG else 0
    return (kind, size, found.st_mtime_ns, found.st_ctime_ns, found.st_dev, found.st_ino)


def digest_path(path: str) -> str:
    """Return the SHA-256 of a file's bytes, or of the names in a folder. Raises OSError where there is neither."""
    if os.path.isdir(path):  # noqa: PTH112 - as above
        with os.scandir(path) as entries:
            names = sorted(f"{one.name}{'/' if one.is_dir() else ''}" for one in entries)
        return f"sha256:{sha256(chr(0).join(names).encode('utf-8', 'surrogateescape')).hexdigest()}"
    with open(path, "rb") as file:  # noqa: PTH123 - as above
        return f"sha256:{file_digest(file, 'sha256').hexdigest()}"


def is_settled(signature: Signature, *, moment: int) -> bool:
    """Tell whether what has a signature can't have changed behind it before a moment (nanoseconds since 1970).

    A file that was written just before may have been written again within the same step of its clock.
    """
    _, _, modified, changed, *_ = signature
    step = _COARSE if modified % _WHOLE_SECOND == 0 else FRESH
    return max(modified, changed) + step <= moment


def is_same(stamp: Stamp, *, moment: int, found: dict[tuple[str, Signature], str]) -> tuple[bool, bool]:
    """Tell whether a path holds what it did when its stamp was taken, and whether its stat alone has told so.

    Digests that had to be found out go into ``found``, by the path and its signature from before.
    """
    now = sign(stamp.path, follow=not stamp.is_ours)
    if now is None or now[0] != stamp.signature[0]:
        return False, False
    if now == stamp.signature and is_settled(now, moment=moment):
        return True, True
    if now[1] != stamp.signature[1]:
        return False, False
    try:
        digest = found[stamp.path, now] = digest_path(stamp.path)
    except OSError:
        return False, False
    return digest == stamp.digest, False
