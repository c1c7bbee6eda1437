"""What a disk may hold after the power was cut: of what a run did, only what was synced is certain.

A file's bytes are certain once the file was synced, a name once the folder that holds it was. Whatever else was done
before the cut may be there or not, each change for itself, bytes also in part. A rename is there as a whole or not.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from faults.findings import STAMP, File, look
from faults.tracing import OPENING, Open

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from faults.findings import Files
    from faults.tracing import Call

NEVER = 1 << 62


@dataclass(eq=False, slots=True)
class Node:
    """A file (or, without ``before``, a folder), whatever its names are; ``names`` are what the run sees in it."""

    before: File | None
    names: dict[str, Node] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Names:
    """Names in a folder that become another file's, or nobody's (None), at once."""

    node: Node
    changes: tuple[tuple[str, Node | None], ...]


@dataclass(frozen=True, slots=True)
class Bytes:
    """Bytes written into a file from an offset on; without ``data``, the file ends there."""

    node: Node
    offset: int
    data: bytes | None


Change: TypeAlias = Names | Bytes


@dataclass(eq=False, slots=True)
class Step:
    """A change, the number of the call that made it, and of the one that made it certain."""

    change: Change
    number: int
    certain: int = NEVER


Choice: TypeAlias = "Callable[[Step], Change | None]"
"""What became of a change that was not certain: itself, part of it, or nothing."""


class Disk:
    """A folder as it is, and what the calls of one run do to it."""

    def __init__(
        self, folder: Path, calls: Sequence[Call], *, umask: int, is_synced: Callable[[Call], bool] = lambda _: True
    ) -> None:
        """Look at the folder, and follow the calls; of the syncs only those are heeded that ``is_synced`` wants."""
        self._folder = str(folder)
        self._umask = umask
        self.root = _read(folder)
        self._begin = _list_names(self.root)
        self.steps: list[Step] = []
        self.length = len(calls)
        self._offsets: dict[int, int] = {}  # of open files, where reading and writing go on
        for number, call in enumerate(calls):
            if call.result is None or call.result < 0 or (call.name in ("fsync", "fdatasync") and not is_synced(call)):
                continue
            self._follow(number, call)

    def list_uncertain(self, number: int) -> list[Step]:
        """Return what was done before a call and is not certain then."""
        return [step for step in self.steps if step.number < number <= step.certain]

    def cut(self, number: int, choose: Choice) -> Files:
        """Return what is there where the power was cut before a call (of so many as were made: after all of them)."""
        names, data = {node: dict(held) for node, held in self._begin.items()}, dict[Node, bytearray]()
        for step in self.steps:
            if step.number >= number:
                break
            change = step.change if step.certain < number else choose(step)
            if isinstance(change, Names):
                held = names.setdefault(change.node, {})
                for name, node in change.changes:
                    held.pop(name, None)
                    if node:
                        held[name] = node
            elif change and change.node.before:
                _write(data.setdefault(change.node, bytearray(change.node.before.data)), change)
        return dict(_walk(self.root, "", names, data))

    def _follow(self, number: int, call: Call) -> None:
        first = call.arguments[0]
        if call.name in OPENING:
            self._offsets[call.result or 0] = 0
        if isinstance(first, Open) and not call.name.endswith(("at", "at2")):
            paths = [first.place]
        else:
            paths = list(_list_paths(call, self._folder))
        if not all(path == self._folder or path.startswith(f"{self._folder}/") for path in paths):
            return
        if call.name in ("fsync", "fdatasync"):
            node = self._find(paths[0])
            for step in self.steps:
                if step.change.node is node and step.certain == NEVER:
                    step.certain = number
            return
        self.steps += [Step(change, number) for change in self._change(call, paths)]

    def _change(self, call: Call, paths: Sequence[str]) -> Iterator[Change]:
        name, path = call.name, paths[0]
        node = self._find(path)
        if name in OPENING:
            yield from self._open(call, path)
        elif name in ("mkdir", "mkdirat"):
            yield self._link(path, Node(None))
        elif name in ("unlink", "unlinkat", "rmdir"):
            yield self._link(path, None)
        elif name in ("rename", "renameat", "renameat2"):
            source, target = self._link(path, None), self._link(paths[1], node)
            assert source.node is target.node, f"a rename to another folder: {paths}"
            yield Names(source.node, source.changes + target.changes)
        elif node is None:  # open still, though it has no name any more
            return
        elif name in ("write", "pwrite64"):
            (data,) = (one for one in call.arguments if isinstance(one, bytes))
            yield Bytes(node, self._seek(call), data[: call.result])
        elif name == "ftruncate":
            yield Bytes(node, int(call.words), None)
        elif name == "lseek":
            self._seek(call)
        else:
            raise AssertionError(f"nobody knows what the call {name} does to {path}")

    def _open(self, call: Call, path: str) -> Iterator[Change]:
        node = self._find(path)
        if node is None and call.creates:
            mode = int(call.words.split()[-1], 8) & ~self._umask
            yield self._link(path, Node(File(b"", mode, is_kept=False)))
        elif node and "O_TRUNC" in call.words:
            yield Bytes(node, 0, None)

    def _seek(self, call: Call) -> int:
        """Return where a call writes, and move there or behind what it writes."""
        (descriptor,) = (one.number for one in call.arguments if isinstance(one, Open))
        if call.name == "pwrite64":
            return int(call.words.split()[-1])
        offset, result = self._offsets.get(descriptor, 0), call.result or 0
        self._offsets[descriptor] = result if call.name == "lseek" else offset + result
        return offset

    def _link(self, path: str, node: Node | None) -> Names:
        folder, _, name = path.rpartition("/")
        parent = self._find(folder)
        assert parent, f"nobody has seen how {folder} was made"
        parent.names.pop(name, None)
        if node:
            parent.names[name] = node
        return Names(parent, ((name, node),))

    def _find(self, path: str) -> Node | None:
        node: Node | None = self.root
        for name in path[len(self._folder) :].split("/")[1:]:
            node = node.names.get(name) if node else None
        return node


def lay_out(files: Files, folder: Path) -> None:
    """Make a folder hold what was found after a cut, and nothing else."""
    shutil.rmtree(folder)
    folder.mkdir()
    for path, file in files.items():
        place = folder / path
        if file is None:
            place.mkdir()
            continue
        place.write_bytes(file.data)
        place.chmod(file.mode)
        if file.is_kept:
            os.utime(place, (STAMP, STAMP))


def _read(folder: Path) -> Node:
    root = Node(None)
    for path, file in look(folder).items():
        node, *names = root, *path.split("/")
        for name in names[:-1]:
            node = node.names[name]
        node.names[names[-1]] = Node(file)
    return root


def _list_names(folder: Node) -> dict[Node, dict[str, Node]]:
    found = {folder: dict(folder.names)}
    for node in folder.names.values():
        if node.before is None:
            found |= _list_names(node)
    return found


def _list_paths(call: Call, folder: str) -> Iterator[str]:
    """Yield the names that a call gives, each from the folder before it, or else the one in which the process runs."""
    at = folder
    for one in call.arguments:
        if isinstance(one, Open):
            at = one.place
        elif isinstance(one, bytes):
            yield os.path.normpath(os.path.join(at, os.fsdecode(one)))  # noqa: PTH118 - text, as strace has it
            at = folder


def _write(data: bytearray, change: Bytes) -> None:
    data.extend(bytes(max(0, change.offset - len(data))))  # what was not written before reads as zeros
    if change.data is None:
        del data[change.offset :]
    else:
        data[change.offset : change.offset + len(change.data)] = change.data


def _walk(
    folder: Node, path: str, names: dict[Node, dict[str, Node]], data: dict[Node, bytearray]
) -> Iterator[tuple[str, File | None]]:
    for name, node in names.get(folder, {}).items():
        if node.before is None:
            yield f"{path}{name}", None
            yield from _walk(node, f"{path}{name}/", names, data)
        elif node in data:
            yield f"{path}{name}", File(bytes(data[node]), node.before.mode, is_kept=False)
        else:
            yield f"{path}{name}", node.before
