"""A target that is a mapping; the contract tests hold it to what they hold the real ones to."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from feedpub.errors import PublishError
from feedpub.publish import Obstacle, measure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from feedpub.publish import Change, Digest


class MemoryTarget:
    """Files by path; a path ending in a slash is a folder, as the test put it there."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.exchanges = 0
        self.unfinished = False
        self._is_held = False

    def describe(self, path: str) -> str:
        return f"memory/{path}"

    @contextmanager
    def hold(self, *, on_wait: Callable[[str], None]) -> Iterator[None]:
        if self._is_held:
            on_wait("waiting for another run")
            raise PublishError("another run holds the memory")
        self._is_held = True
        try:
            yield
        finally:
            self._is_held = False

    def recover(self) -> bool:
        self._check_held()
        unfinished, self.unfinished = self.unfinished, False
        return unfinished

    def interrupted(self) -> bool:
        return self.unfinished

    def look(self, path: str) -> Digest | Obstacle | None:
        parts = path.split("/")
        for number in range(1, len(parts)):
            folder = "/".join(parts[:number])
            if folder in self.files:
                return Obstacle(folder, "is a file where a folder should be")
        if any(one.startswith(f"{path}/") for one in self.files):
            return Obstacle(path, "is a folder where a file should be")
        return measure(self.files[path]) if path in self.files else None

    def read(self, path: str) -> bytes | None:
        found = self.look(path)
        if isinstance(found, Obstacle):
            raise PublishError(f"{self.describe(found.path)} {found.what}", path=self.describe(found.path))
        return self.files.get(path)

    def exchange(self, changes: Sequence[Change], *, contents: Iterable[tuple[str, bytes]]) -> None:
        self._check_held()
        new = dict(contents)
        for change in changes:
            if self.look(change.path) != change.old:
                name = self.describe(change.path)
                raise PublishError(f"{name} was changed by somebody else", path=name)
        self.exchanges += 1
        for change in changes:
            if change.new is None:
                del self.files[change.path]
            else:
                self.files[change.path] = new[change.path]

    def _check_held(self) -> None:
        if not self._is_held:
            raise RuntimeError("the memory is not held")
