"""What publishing needs of a place to publish to."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from contextlib import AbstractContextManager


class Digest(NamedTuple):
    """What a file's bytes are: their SHA-256 in lower-case hexadecimal, and how many there are."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something in a target that is no ordinary file or folder of its own, where we need one.

    ``path`` is where it stands, which may be a folder on the way to the file that was asked for; ``what`` says
    what it is, to follow the path in a sentence: "is a symbolic link".
    """

    path: str
    what: str


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one path: ``old`` is what stands there now, ``new`` what shall; None is no file."""

    path: str
    old: Digest | None
    new: Digest | None


class Target(Protocol):
    """A place to publish to. Every failure of the place itself is a PublishError that names the path.

    What only looks (`describe`, `interrupted`, `look`, `read`) needs no lock and writes nothing. During another
    run's publication, and after an interrupted one, it sees each file old or new, whole, and the old manifest until
    every document is new.
    """

    def describe(self, path: str) -> str:
        """Return a path as the user would write it, with the target's own in front."""
        ...

    def hold(self, *, on_wait: Callable[[str], None]) -> AbstractContextManager[None]:
        """Keep every other run out until the context ends.

        Where another run holds the target, ``on_wait`` gets one sentence, once, and this waits; PublishError after
        a long time. A run that is killed holds nothing any longer. A target that was not there before, and holds
        nothing at the end, is gone again.
        """
        ...

    def recover(self) -> bool:
        """Finish, or clear away, what a run left that did not come to its end; the lock is held.

        Returns True where it found a publication that had begun to change files. It may be interrupted itself: it
        is then called again.
        """
        ...

    def interrupted(self) -> bool:
        """Return whether a publication has begun to change files and is not finished; it may be under way."""
        ...

    def look(self, path: str) -> Digest | Obstacle | None:
        """Return what stands at a path: a file's digest, what is in the way, or None for nothing."""
        ...

    def read(self, path: str) -> bytes | None:
        """Return a file's bytes, or None where there is none; PublishError where something is in the way."""
        ...

    def exchange(self, changes: Sequence[Change], *, contents: Iterable[tuple[str, bytes]]) -> None:
        """Make all of the changes or none: the manifest's last, the others in their order; the lock is held.

        ``contents`` gives the path and bytes of every change that has a ``new``. It is used up before the first
        change; what it raises leaves everything as it was. So does a PublishError before that point, and one is
        raised where a path does not hold its ``old`` any more; after it, the next `recover` finishes.
        """
        ...


def measure(data: bytes) -> Digest:
    """Return the digest of some bytes."""
    return Digest(hashlib.sha256(data).hexdigest(), len(data))
