"""The system calls that a folder target makes, one small method each, so that a test can fail any of them.

Names are relative to an open folder (``at``), or to the process's own where that is None. Nothing but the opening
of a whole target follows a symbolic link. Every method raises OSError.
"""

from __future__ import annotations

import fcntl
import os
import time

FILE_MODE = 0o644
FOLDER_MODE = 0o777


class Files:
    """The file system, as it is."""

    def open_target(self, name: str) -> int:
        """Open a folder, through a symbolic link too, and return its descriptor."""
        return os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)

    def open_folder(self, name: str, *, at: int) -> int:
        """Open a folder and return its descriptor."""
        return os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=at)

    def open_file(self, name: str, *, at: int) -> int:
        """Open a file for reading; one that is a pipe by now does not block."""
        return os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=at)

    def create_file(self, name: str, *, at: int) -> int:
        """Create a file that is not there yet, 0644 less the umask, and open it for writing."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        return os.open(name, flags, FILE_MODE, dir_fd=at)

    def open_lock(self, name: str, *, at: int) -> int:
        """Open a lock file for writing, creating it where it is missing."""
        return os.open(name, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, FILE_MODE, dir_fd=at)

    def read(self, descriptor: int, size: int) -> bytes:
        """Read up to so many bytes; none at the end."""
        return os.read(descriptor, size)

    def write(self, descriptor: int, data: memoryview) -> int:
        """Write some bytes and return how many they were."""
        return os.write(descriptor, data)

    def sync(self, descriptor: int) -> None:
        """Wait until a file or folder is on the disk itself."""
        os.fsync(descriptor)

    def close(self, descriptor: int) -> None:
        """Close a file or folder."""
        os.close(descriptor)

    def inspect(self, name: str, *, at: int | None = None) -> os.stat_result:
        """Return what stands at a name; of a symbolic link, what itself is."""
        return os.stat(name, dir_fd=at, follow_symlinks=False)

    def inspect_target(self, name: str) -> os.stat_result:
        """Return what stands at a name, through a symbolic link too."""
        return os.stat(name)  # noqa: PTH116 - beside its siblings, which pathlib has no equal of

    def inspect_open(self, descriptor: int) -> os.stat_result:
        """Return what an open file or folder is."""
        return os.fstat(descriptor)

    def make_folder(self, name: str, *, at: int | None = None) -> None:
        """Create a folder, 0777 less the umask."""
        os.mkdir(name, FOLDER_MODE, dir_fd=at)

    def remove_folder(self, name: str, *, at: int | None = None) -> None:
        """Remove an empty folder."""
        os.rmdir(name, dir_fd=at)

    def remove_file(self, name: str, *, at: int) -> None:
        """Remove a file, or a symbolic link itself."""
        os.unlink(name, dir_fd=at)

    def replace(self, source: str, name: str, *, at: int) -> None:
        """Rename a file within a folder, at once also where the new name was taken by another file."""
        os.replace(source, name, src_dir_fd=at, dst_dir_fd=at)

    def lock(self, descriptor: int) -> None:
        """Lock an open file or folder against every other opening of it; BlockingIOError where that one has it."""
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def sleep(self, seconds: float) -> None:
        """Let some time pass."""
        time.sleep(seconds)
