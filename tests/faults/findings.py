"""What may be found in a folder after a publication that was disturbed, and what is wrong with it."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from feedpub.publish import MANIFEST_PATH, RESERVED
from feedpub.targets.directory import COMMIT

if TYPE_CHECKING:
    from pathlib import Path

STAMP = 1_700_000_000
"""When the files of the old publication were modified, in seconds since 1970: what keeps it was not written again."""


class File(NamedTuple):
    """A file: its bytes and mode, and whether it was not written since the old publication."""

    data: bytes
    mode: int
    is_kept: bool


Files: TypeAlias = dict[str, File | None]
"""What is in a folder, by path; None for a folder."""


def look(folder: Path) -> Files:
    """Return what is in a folder; nothing where there is none."""
    found: Files = {}
    for path in sorted(folder.rglob("*")):
        about, name = path.lstat(), path.relative_to(folder).as_posix()
        if stat.S_ISDIR(about.st_mode):
            found[name] = None
        else:
            found[name] = File(path.read_bytes(), stat.S_IMODE(about.st_mode), about.st_mtime == STAMP)
    return found


def find_faults(found: Files, *, old: Files, new: Files) -> list[str]:
    """Return what is wrong with a publication that was disturbed, in the eyes of readers: each fault in a sentence.

    Each file has to be the old one or the new one, whole, with its mode and, where both are the same, untouched. The
    manifest is the last to be new. Without a commit record no two publications are mixed.
    """
    published, before, after = list_published(found), list_published(old), list_published(new)
    faults = [
        f"{path} is {_describe(file, before.get(path), after.get(path))}"
        for path, file in published.items()
        if file not in (before.get(path), after.get(path))
    ]
    faults += [f"{path} is gone" for path in sorted((before.keys() & after.keys()) - published.keys())]
    if published.get(MANIFEST_PATH) == after[MANIFEST_PATH] != before.get(MANIFEST_PATH) and published != after:
        faults.append("the manifest is ahead of a document")
    if COMMIT not in found and published not in (before, after):
        faults.append("two publications are mixed, and no commit record says so")
    return faults


def list_published(files: Files) -> dict[str, File]:
    """Return what readers may ask for."""
    return {path: file for path, file in files.items() if file and not path.rpartition("/")[2].startswith(RESERVED)}


def is_committed(found: Files, *, new: Files) -> bool:
    """Return whether a publication that was disturbed will be finished, whatever comes, or is."""
    return COMMIT in found or list_published(found) == list_published(new)


def find_differences(found: Files, *, new: Files) -> list[str]:
    """Return where a folder is not exactly as it should be: names, bytes, modes, what was written again."""
    faults = [f"{path} is left over" for path in found.keys() - new.keys()]
    faults += [f"{path} is missing" for path in new.keys() - found.keys()]
    return faults + [
        f"{path} is {_describe(found[path], new[path])}"
        for path in found.keys() & new.keys()
        if found[path] != new[path]
    ]


def _describe(file: File | None, *wanted: File | None) -> str:
    """Say in which way a file is not what it should be."""
    if file is None:
        return "a folder"
    whole = [one for one in wanted if one and one.data == file.data]
    if not whole:
        return f"torn ({len(file.data)} bytes)"
    if file.mode != whole[0].mode:
        return f"of mode {file.mode:04o}"
    return "written again, though it is the same" if whole[0].is_kept else "not written again"
