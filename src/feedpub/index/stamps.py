"""Whether a file or folder is as it was: by its stat, and by its bytes where the stat cannot tell."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from hashlib import file_digest, sha256
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

Signature: TypeAlias = tuple[int, ...]
"""Kind, size, modification and change time in nanoseconds, device and inode, of what stands at a path."""

FRESH = 50_000_000
"""Nanoseconds in which a file can change again without another time: file systems keep it in steps."""
_PIECES = "pieces:"
_WHOLE_SECOND = 1_000_000_000
_COARSE = 2 * _WHOLE_SECOND  # the step of file systems that keep no fractions


@dataclass(frozen=True, slots=True)
class Stamp:
    """What stood at a path: its signature, and a digest of its bytes (of a folder, of the names in it).

    The digest begins with the name of its algorithm; that of a large file may be those of its pieces. ``is_ours`` says
    that it was written, so that a link to the same bytes is something else.
    """

    path: str
    signature: Signature
    digest: str
    is_ours: bool = False


@dataclass(slots=True)
class Hashed:
    """What a run has hashed, by paths and their signatures from before, so that nothing need be hashed twice.

    ``pieces`` are digests of stretches of files, by where they begin and how long they are in bytes. ``kept`` are those
    that an earlier run has taken of files, where the signature can be trusted. ``moment`` is when the run began to
    look, in nanoseconds since 1970.
    """

    moment: int = 0
    digests: dict[tuple[str, Signature], str] = field(default_factory=dict)
    pieces: dict[tuple[str, Signature], dict[tuple[int, int], str]] = field(default_factory=dict)
    kept: dict[tuple[str, Signature], str] = field(default_factory=dict)

    def is_known(self, path: str, signature: Signature, digest: str) -> bool:
        """Tell whether a file that is as its signature says has a digest, as far as an earlier run knows."""
        return self.kept.get((path, signature)) == digest

    def find_pieces(self, path: str, signature: Signature) -> dict[tuple[int, int], str]:
        """Return the digests of stretches of a file that is as it was when they were taken."""
        return self.pieces.get((path, signature), {}) if is_settled(signature, moment=self.moment) else {}


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


def join_digests(pieces: Iterable[tuple[int, str]]) -> str:
    """Return the digest of a file from the lengths of its pieces, in order, and the SHA-256 of each."""
    return _PIECES + ",".join(f"{length}:{digest}" for length, digest in pieces)


def is_settled(signature: Signature, *, moment: int) -> bool:
    """Tell whether what has a signature can't have changed behind it before a moment (nanoseconds since 1970).

    A file that was written just before may have been written again within the same step of its clock.
    """
    _, _, modified, changed, *_ = signature
    step = _COARSE if modified % _WHOLE_SECOND == 0 else FRESH
    return max(modified, changed) + step <= moment


def is_same(stamp: Stamp, *, moment: int, hashed: Hashed) -> tuple[bool, bool]:
    """Tell whether a path holds what it did when its stamp was taken, and whether its stat alone has told so.

    Digests that had to be found out go into ``hashed``.
    """
    now = sign(stamp.path, follow=not stamp.is_ours)
    if now is None or now[0] != stamp.signature[0]:
        return False, False
    if now == stamp.signature and is_settled(now, moment=moment):
        return True, True
    if now[1] != stamp.signature[1]:
        return False, False
    try:
        if stamp.digest.startswith(_PIECES):
            pieces = hashed.pieces.setdefault((stamp.path, now), {})
            return _has_pieces(stamp, pieces), False
        digest = hashed.digests[stamp.path, now] = digest_path(stamp.path)
    except OSError:
        return False, False
    return digest == stamp.digest, False


def _has_pieces(stamp: Stamp, found: dict[tuple[int, int], str]) -> bool:
    """Tell whether a file consists of the pieces that its digest names, up to the first that it does not."""
    start = 0
    with open(stamp.path, "rb", buffering=0) as file:  # noqa: PTH123 - as above
        for piece in stamp.digest.removeprefix(_PIECES).split(","):
            text, _, digest = piece.partition(":")
            length = int(text)
            one = found[start, length] = sha256(file.read(length)).hexdigest()
            if one != digest:
                return False
            start += length
        return not file.read(1)
