"""The lock on a folder: one run at a time, nothing left behind, and free again when its holder is killed.

The lock (flock) is on the folder itself, so there is no file to be left. Where the file system locks no folders
(NFS needs a descriptor that can write), it is on a file in the folder, which goes when the lock does; one that a
killed run left is locked by nobody.
"""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from feedpub.errors import PublishError
from feedpub.publish import RESERVED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from feedpub.targets.files import Files

LOCK_FILE = f"{RESERVED}lock"
PAUSE = 0.1
"""Seconds between two attempts to get a lock that another run holds."""

_UNSUPPORTED = (errno.EBADF, errno.EINVAL, errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EISDIR)
_ATTEMPTS_TO_OPEN = 100

_held: set[int] = set()


def _forget_in_child() -> None:  # pragma: no cover - in forks, which coverage does not measure
    """Close a fork's copies of the descriptors: a worker that outlives a killed run must not keep its lock."""
    for descriptor in _held:
        with suppress(OSError):
            os.close(descriptor)
    _held.clear()


os.register_at_fork(after_in_child=_forget_in_child)


@contextmanager
def lock_folder(folder: str, *, files: Files, patience: float, on_wait: Callable[[str], None]) -> Iterator[int]:
    """Hold a folder, made with its parents where it is missing, and give the descriptor that it is open under.

    Where another holds it, tells ``on_wait`` once and waits; PublishError after ``patience`` seconds, or where the
    folder cannot be made, opened or locked. On leaving, the folders made here go again where they are empty.
    """
    waiting = _Waiting(folder, files=files, patience=patience, on_wait=on_wait)
    made: list[str] = []
    try:
        with _open_locked(folder, made=made, files=files, waiting=waiting) as root:
            yield root
    except PublishError:
        if not waiting.has_begun:  # else the folder is in use by another run, though it may be empty still
            _remove_made(made, files=files)
        raise


class _GoneError(Exception):
    """The open folder was removed while this run waited; it may have been made again."""


class _Waiting:
    """How long a run has waited, counted in pauses, and whether it has said so."""

    def __init__(self, folder: str, *, files: Files, patience: float, on_wait: Callable[[str], None]) -> None:
        self._folder = folder
        self._files = files
        self._on_wait = on_wait
        self._allowed = round(patience / PAUSE)
        self._pauses = 0

    @property
    def has_begun(self) -> bool:
        return self._pauses > 0

    def pause(self) -> None:
        if self._pauses == 0:
            self._on_wait(f"waiting for another run that is publishing to {self._folder}")
        if self._pauses >= self._allowed:
            seconds = round(self._pauses * PAUSE)
            sentence = f"another run has been publishing to {self._folder} for more than {seconds} seconds"
            raise PublishError(sentence, path=self._folder)
        self._pauses += 1
        self._files.sleep(PAUSE)


@contextmanager
def _open_locked(folder: str, *, made: list[str], files: Files, waiting: _Waiting) -> Iterator[int]:
    while True:
        root, is_ours = _open(folder, made=made, files=files), False
        _held.add(root)
        try:
            with _locked(root, folder=folder, files=files, waiting=waiting):
                is_ours = _is_same(folder, root, files=files)
                if is_ours:  # else it was replaced while this waited
                    yield root
                    return
        except _GoneError:
            continue
        finally:
            if is_ours:
                _leave(folder, root, made=made, files=files)
            _held.discard(root)
            _close(root, files=files)


def _leave(folder: str, root: int, *, made: list[str], files: Files) -> None:
    """Remove what was made; where a file locks the folder it is gone by now, and any other run has its own in there."""
    with suppress(PublishError):
        if made and _is_same(folder, root, files=files):
            _remove_made(made, files=files)
    made.clear()


def _open(folder: str, *, made: list[str], files: Files) -> int:
    failure = FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
    for _ in range(_ATTEMPTS_TO_OPEN):  # another run may remove the folder again as soon as it is made
        try:
            return files.open_target(folder)
        except FileNotFoundError as error:
            failure = error
        except OSError as error:
            raise _explain("open", folder, error) from error
        try:
            _make(folder, made=made, files=files)
        except OSError as error:
            raise _explain("create", folder, error) from error
    raise PublishError(f"cannot open {folder}: {failure.strerror}", path=folder)


def _make(folder: str, *, made: list[str], files: Files) -> None:
    """Create a folder and its parents; put those that were not there before the others in ``made``."""
    try:
        files.make_folder(folder)
    except FileExistsError:  # another run made it: opening it will tell
        return
    except FileNotFoundError:
        parent = _find_parent(folder)
        if parent in ("", folder):
            raise
        _make(parent, made=made, files=files)
        _make_within(folder, made=made, files=files)
    else:
        made.insert(0, folder)
        _sync_parent(folder, files=files)


def _make_within(folder: str, *, made: list[str], files: Files) -> None:
    with suppress(FileExistsError, FileNotFoundError):  # another run made it, or removed its parent again
        files.make_folder(folder)
        made.insert(0, folder)
        _sync_parent(folder, files=files)


def _sync_parent(folder: str, *, files: Files) -> None:
    """Wait until a new folder's name is on the disk: a power cut would else take all that is published in it."""
    with suppress(OSError):  # whoever may write into the folder around it may not be allowed to read that
        around = files.open_target(_find_parent(folder) or ".")
        try:
            files.sync(around)
        finally:
            files.close(around)


def _find_parent(folder: str) -> str:
    return os.path.dirname(folder.rstrip("/"))  # noqa: PTH120 - the path as the user wrote it, ".." and all


def _remove_made(made: list[str], *, files: Files) -> None:
    for folder in made:
        with suppress(OSError):  # it is not empty, or the disk refuses by now: an empty folder stays
            files.remove_folder(folder)


@contextmanager
def _locked(root: int, *, folder: str, files: Files, waiting: _Waiting) -> Iterator[None]:
    try:
        _lock(root, files=files, waiting=waiting)
    except OSError as error:
        if error.errno not in _UNSUPPORTED:
            raise _explain("lock", folder, error) from error
    else:
        yield
        return
    with _locked_by_file(root, folder=folder, files=files, waiting=waiting):
        yield


@contextmanager
def _locked_by_file(root: int, *, folder: str, files: Files, waiting: _Waiting) -> Iterator[None]:
    while True:
        try:
            descriptor = files.open_lock(LOCK_FILE, at=root)
        except FileNotFoundError as error:
            raise _GoneError from error
        except OSError as error:
            raise _explain("lock", folder, error) from error
        try:
            _held.add(descriptor)
            try:
                _lock(descriptor, files=files, waiting=waiting)
                is_there = _is_at(LOCK_FILE, descriptor, root=root, files=files)
            except OSError as error:
                if error.errno in _UNSUPPORTED:  # then nobody can hold it
                    _remove_lock_file(root, files=files)
                raise _explain("lock", folder, error) from error
            if is_there:  # else its holder removed it while this waited, and the next run will lock another
                try:
                    yield
                finally:
                    _remove_lock_file(root, files=files)
                return
        finally:
            _held.discard(descriptor)
            _close(descriptor, files=files)


def _remove_lock_file(root: int, *, files: Files) -> None:
    with suppress(OSError):  # left behind, it locks nobody out
        files.remove_file(LOCK_FILE, at=root)


def _lock(descriptor: int, *, files: Files, waiting: _Waiting) -> None:
    while True:
        try:
            files.lock(descriptor)
        except BlockingIOError:
            waiting.pause()
        else:
            return


def _is_same(folder: str, root: int, *, files: Files) -> bool:
    """Return whether a folder's name still leads to the one that is open: it may have been replaced meanwhile."""
    try:
        return os.path.samestat(files.inspect_target(folder), files.inspect_open(root))
    except FileNotFoundError:
        return False
    except OSError as error:
        raise _explain("open", folder, error) from error


def _is_at(name: str, descriptor: int, *, root: int, files: Files) -> bool:
    try:
        return os.path.samestat(files.inspect(name, at=root), files.inspect_open(descriptor))
    except FileNotFoundError:
        return False


def _close(descriptor: int, *, files: Files) -> None:
    with suppress(OSError):  # nothing was written through it, so nothing can be lost
        files.close(descriptor)


def _explain(verb: str, folder: str, error: OSError) -> PublishError:
    return PublishError(f"cannot {verb} {folder}: {error.strerror or error}", path=folder)
