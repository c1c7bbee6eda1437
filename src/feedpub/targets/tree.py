"""The files below one open folder, by relative path: looked at, read, made and removed, and no link ever followed.

Every folder on the way to a file is opened from the one above it, so nothing outside can be reached, whatever
happens to the names meanwhile. Every OSError ends here, in one sentence.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING

from feedpub.errors import PublishError
from feedpub.publish import Digest, Obstacle
from feedpub.publish.paths import list_folders, split_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedpub.targets.files import Files

CHUNK = 1 << 20

_NOT_SYNCED = (errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP)
_NOT_EMPTY = (errno.ENOTEMPTY, errno.EEXIST, errno.ENOENT, errno.ENOTDIR, errno.EBUSY)


class BlockedError(PublishError):
    """Something that is no folder of the target's own stands where a folder should be, or no file where a file."""

    def __init__(self, obstacle: Obstacle, *, name: str) -> None:
        """Say what is in the way; ``name`` is its path as the user would write it."""
        self.obstacle = obstacle
        super().__init__(f"{name} {obstacle.what}", path=name)


class MissingError(PublishError):
    """There is nothing at a path, or no folder on the way to it."""


class Tree:
    """What lies below an open folder; ``name`` is what the user calls that."""

    def __init__(self, root: int, *, name: str, files: Files) -> None:
        """Stand on a descriptor that somebody else closes."""
        self.root = root
        self.name = name
        self.files = files

    def describe(self, path: str) -> str:
        """Return a path as the user would write it."""
        return os.path.join(self.name, path) if path else self.name  # noqa: PTH118 - keeps "./" and "" as written

    def look(self, path: str) -> Digest | Obstacle | None:
        """Return what stands at a path: a file's digest, what is in the way, or None for nothing."""
        folder, name = split_path(path)
        try:
            with self._explain("read", path), self._enter(folder) as at:
                self._check_ordinary(path, at=at)
                return self._digest(name, at=at)
        except BlockedError as error:
            return error.obstacle
        except MissingError:
            return None

    def read(self, path: str) -> bytes | None:
        """Return a file's bytes, or None where there is none; PublishError where something is in the way."""
        folder, name = split_path(path)
        try:
            with self._explain("read", path), self._enter(folder) as at:
                self._check_ordinary(path, at=at)
                return b"".join(self._read(name, at=at))
        except MissingError:
            return None

    def read_dated(self, path: str, *, most: int) -> tuple[bytes, int] | None:
        """Return a file's bytes and when it was modified (nanoseconds since 1970), or None where there is none.

        Of one that has more than ``most`` bytes, the rest is not read; PublishError where something is in the way.
        """
        folder, name = split_path(path)
        try:
            with self._explain("read", path), self._enter(folder) as at:
                self._check_ordinary(path, at=at)
                return self._read_dated(name, at=at, most=most)
        except MissingError:
            return None

    def exists(self, path: str) -> bool:
        """Return whether anything at all stands at a path."""
        folder, name = split_path(path)
        try:
            with self._explain("read", path), self._enter(folder) as at:
                self.files.inspect(name, at=at)
        except MissingError:
            return False
        return True

    def create(self, path: str, data: bytes) -> None:
        """Write a new file and wait until its bytes are on the disk; one of the same name goes first."""
        folder, name = split_path(path)
        with self._explain("write", path), self._enter(folder) as at:
            self._remove(name, at=at)
            descriptor = self.files.create_file(name, at=at)
            try:
                rest = memoryview(data)
                while rest:
                    rest = rest[self.files.write(descriptor, rest) :]
                self.files.sync(descriptor)
            finally:
                self.files.close(descriptor)

    def replace(self, source: str, path: str) -> None:
        """Put a file in the place of another in the same folder, at once."""
        folder, name = split_path(path)
        with self._explain("replace", path), self._enter(folder) as at:
            self.files.replace(split_path(source)[1], name, at=at)

    def remove(self, path: str) -> None:
        """Remove a file; one that is not there is removed."""
        folder, name = split_path(path)
        try:
            with self._explain("remove", path), self._enter(folder) as at:
                self._remove(name, at=at)
        except MissingError:
            return

    def make_folder(self, path: str) -> None:
        """Create a folder that is not there yet, in one that is, and wait until that one knows it."""
        parent, name = split_path(path)
        with self._explain("create", path), self._enter(parent) as at:
            try:
                self.files.make_folder(name, at=at)
            except FileExistsError:
                return
            self._sync(at)

    def remove_folder(self, path: str) -> None:
        """Remove a folder where it is empty; one that is not, or is none, stays."""
        parent, name = split_path(path)
        try:
            with self._explain("remove", path), self._enter(parent) as at:
                try:
                    self.files.remove_folder(name, at=at)
                except OSError as error:
                    if error.errno not in _NOT_EMPTY:
                        raise
                    return
                self._sync(at)
        except (BlockedError, MissingError):
            return

    def sync_folder(self, path: str) -> None:
        """Wait until the names in a folder are on the disk; one that is not there has none."""
        try:
            with self._explain("write", path), self._enter(path) as at:
                self._sync(at)
        except (BlockedError, MissingError):
            return

    @contextmanager
    def _explain(self, verb: str, path: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            name = self.describe(path)
            kind = MissingError if error.errno == errno.ENOENT else PublishError
            raise kind(f"cannot {verb} {name}: {error.strerror or error}", path=name) from error

    @contextmanager
    def _enter(self, folder: str) -> Iterator[int]:
        at = self.root
        try:
            for path in list_folders(f"{folder}/") if folder else ():
                above, at = at, self._open_folder(path, at=at)
                if above != self.root:
                    self.files.close(above)
            yield at
        finally:
            if at != self.root:
                self.files.close(at)

    def _open_folder(self, path: str, *, at: int) -> int:
        name = split_path(path)[1]
        try:
            return self.files.open_folder(name, at=at)
        except OSError as error:
            if error.errno not in (errno.ENOTDIR, errno.ELOOP):
                raise
            is_link = stat.S_ISLNK(self.files.inspect(name, at=at).st_mode)
            what = "is a symbolic link" if is_link else "is a file where a folder should be"
            raise BlockedError(Obstacle(path, what), name=self.describe(path)) from error

    def _check_ordinary(self, path: str, *, at: int) -> None:
        mode = self.files.inspect(split_path(path)[1], at=at).st_mode
        if stat.S_ISREG(mode):
            return
        if stat.S_ISLNK(mode):
            what = "is a symbolic link"
        else:
            what = "is a folder where a file should be" if stat.S_ISDIR(mode) else "is no ordinary file"
        raise BlockedError(Obstacle(path, what), name=self.describe(path))

    def _read(self, name: str, *, at: int) -> Iterator[bytes]:
        descriptor = self.files.open_file(name, at=at)
        try:
            while chunk := self.files.read(descriptor, CHUNK):
                yield chunk
        finally:
            self.files.close(descriptor)

    def _read_dated(self, name: str, *, at: int, most: int) -> tuple[bytes, int]:
        descriptor = self.files.open_file(name, at=at)
        try:
            modified = self.files.inspect_open(descriptor).st_mtime_ns
            data = bytearray()
            while len(data) <= most and (chunk := self.files.read(descriptor, CHUNK)):
                data += chunk
            return bytes(data), modified
        finally:
            self.files.close(descriptor)

    def _digest(self, name: str, *, at: int) -> Digest:
        digest, size = hashlib.sha256(), 0
        for chunk in self._read(name, at=at):
            digest.update(chunk)
            size += len(chunk)
        return Digest(digest.hexdigest(), size)

    def _remove(self, name: str, *, at: int) -> None:
        try:
            self.files.inspect(name, at=at)  # a read-only disk refuses to remove even what is not there
            self.files.remove_file(name, at=at)
        except FileNotFoundError:
            return

    def _sync(self, descriptor: int) -> None:
        try:
            self.files.sync(descriptor)
        except OSError as error:
            if error.errno not in _NOT_SYNCED:  # some file systems keep folders in order by themselves
                raise
