"""The journal of one publication: what becomes of which path, so that the next run can finish it or clear it away.

It is pure: it becomes bytes and is read from bytes that anybody may have written, and touches no disk.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from feedpub.publish import MANIFEST_PATH, RESERVED, Change, Digest, is_publishable
from feedpub.publish.paths import list_folders, split_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

VERSION = 1

_SHA256 = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Step:
    """One change, and the path beside it at which its new bytes are staged."""

    change: Change
    staged: str


@dataclass(frozen=True, slots=True)
class Journal:
    """The steps of one publication, the manifest's apart, and the folders that it has to create, outermost first."""

    steps: tuple[Step, ...]
    manifest: Step | None
    folders: tuple[str, ...]

    @property
    def all_steps(self) -> tuple[Step, ...]:
        """Every step, the manifest's last."""
        return (*self.steps, self.manifest) if self.manifest else self.steps

    @property
    def touched_folders(self) -> list[str]:
        """Every folder whose names the steps change, and those around it, innermost first, the target ("") last."""
        folders = {folder for step in self.steps for folder in list_folders(step.change.path)}
        return [*sorted(folders, key=_depth, reverse=True), ""]


def open_journal(changes: Sequence[Change], *, folders: Iterable[str]) -> Journal:
    """Return the journal of some changes, with a place to stage each that has a ``new``."""
    ordered = sorted(changes, key=lambda change: change.path == MANIFEST_PATH)
    steps = [Step(change, _stage(change.path, number)) for number, change in enumerate(ordered, start=1)]
    return Journal(
        tuple(step for step in steps if step.change.path != MANIFEST_PATH),
        next((step for step in steps if step.change.path == MANIFEST_PATH), None),
        tuple(sorted(folders, key=_depth)),
    )


def write_journal(journal: Journal) -> bytes:
    """Return a journal as bytes: the SHA-256 of what follows, a line feed, and one JSON object."""
    data = {
        "version": VERSION,
        "folders": list(journal.folders),
        "changes": [[step.change.path, step.change.old, step.change.new] for step in journal.all_steps],
    }
    body = json.dumps(data, indent=0).encode()
    return hashlib.sha256(body).hexdigest().encode() + b"\n" + body


def read_journal(data: bytes) -> Journal | None:
    """Return the journal that some bytes hold, or None where they are not whole or name what may not be ours."""
    digest, _, body = data.partition(b"\n")
    if hashlib.sha256(body).hexdigest().encode() != digest:
        return None
    try:
        held = json.loads(body)
        if held["version"] != VERSION:
            return None
        changes = [_read_change(*one) for one in held["changes"]]
        return open_journal(changes, folders=[_read_path(folder) for folder in held["folders"]])
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _depth(folder: str) -> tuple[int, str]:
    return folder.count("/"), folder


def _stage(path: str, number: int) -> str:
    folder = split_path(path)[0]
    name = f"{RESERVED}stage-{number}"
    return f"{folder}/{name}" if folder else name


def _read_change(path: object, old: object, new: object) -> Change:
    return Change(_read_path(path), _read_digest(old), _read_digest(new))


def _read_path(path: object) -> str:
    if not isinstance(path, str) or not is_publishable(path):
        raise ValueError("no path of ours")
    return path


def _read_digest(digest: object) -> Digest | None:
    if digest is None:
        return None
    match digest:
        case [str() as sha256, int() as size] if _SHA256.fullmatch(sha256):
            return Digest(sha256, size)
        case _:
            raise ValueError("no digest")
