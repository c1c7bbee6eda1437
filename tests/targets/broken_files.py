"""File systems that go wrong: at the n-th call, from there on, or slowly."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from feedpub.targets.files import Files

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
R = TypeVar("R")


class Killed(BaseException):
    """The process is gone: nothing that it would have done afterwards happens."""


class QuickFiles(Files):
    """The file system without waiting for the disk or for another run."""

    def sync(self, descriptor: int) -> None:
        os.fstat(descriptor)

    def sleep(self, seconds: float) -> None:
        assert seconds > 0


class CountingFiles(QuickFiles):
    """Counts its calls and lists their names; `fail` decides about each before it happens."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.opened: set[int] = set()
        for name in (name for name in vars(Files) if not name.startswith("_")):
            setattr(self, name, self._watch(name, getattr(self, name)))

    def fail(self, name: str) -> None:
        """Raise what the call that is about to be made shall raise."""

    def bury(self) -> None:
        """Close what a killed process had open, as the kernel would."""
        for descriptor in self.opened:
            with suppress(OSError):
                os.close(descriptor)

    def _watch(self, name: str, call: Callable[P, R]) -> Callable[P, R]:
        @wraps(call)
        def watched(*args: P.args, **kwargs: P.kwargs) -> R:
            self.calls.append(name)
            try:
                self.fail(name)
            except OSError:
                if name == "close":  # the kernel closes a descriptor even where it reports an error
                    self._note(name, args, call(*args, **kwargs))
                raise
            result = call(*args, **kwargs)
            self._note(name, args, result)
            return result

        return watched

    def _note(self, name: str, args: tuple[object, ...], result: object) -> None:
        if name == "close" and isinstance(args[0], int):
            self.opened.discard(args[0])
        elif isinstance(result, int) and name.startswith(("open_", "create_")):
            self.opened.add(result)


class FailingFiles(CountingFiles):
    """Refuses one call, the n-th from 0, and makes all others."""

    def __init__(self, number: int, *, code: int = errno.ENOSPC) -> None:
        super().__init__()
        self._number = number
        self._code = code

    def fail(self, name: str) -> None:
        if len(self.calls) == self._number + 1:
            raise OSError(self._code, os.strerror(self._code), name)


class KilledFiles(CountingFiles):
    """Is killed before the n-th call, from 0: neither that one nor any later one happens."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number

    def fail(self, name: str) -> None:
        if len(self.calls) > self._number:
            raise Killed(name)


class RefusingFiles(CountingFiles):
    """Refuses every call of some names."""

    def __init__(self, *names: str, code: int) -> None:
        super().__init__()
        self._names = names
        self._code = code

    def fail(self, name: str) -> None:
        if name in self._names:
            raise OSError(self._code, os.strerror(self._code), name)


class HaltingFiles(QuickFiles):
    """Writes three bytes at a time, as a file system may."""

    def write(self, descriptor: int, data: memoryview) -> int:
        return super().write(descriptor, data[:3])


class NetworkFiles(QuickFiles):
    """Locks files, but no folders, as NFS does."""

    def lock(self, descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        super().lock(descriptor)
