"""Which files a catalogue includes: globs, matched without leaving the catalogue's folder."""

from __future__ import annotations

import os
import unicodedata
from fnmatch import fnmatchcase
from operator import attrgetter
from typing import TYPE_CHECKING

from feedpub.catalogue.invalid import Invalid
from feedpub.catalogue.texts import read_text
from feedpub.diagnostics import diagnose, quote, reveal
from feedpub.record import Unread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from feedpub.diagnostics import Diagnostic
    from feedpub.record import Record

SUFFIXES = (".yaml", ".yml")


def find_included(
    record: Record, *, root: Path, see: Callable[[Path], None] = lambda _: None
) -> tuple[list[Path], list[Diagnostic]]:
    """Return the files that the record of `include` names, each once, and what is wrong with its patterns.

    ``see`` hears of every folder that is looked into.
    """
    value, places = record.value, record.places
    if value is None or isinstance(value, Unread):
        return [], []
    if not isinstance(value, list):
        mend = f"write [{reveal(value)}]" if isinstance(value, str) else 'begin each item with "- "'
        span = places.value(())
        return [], [diagnose("not-a-list", "include must be a list", file=record.file, span=span, help=mend)]
    found: dict[Path, Path] = {}
    homes = _Homes()
    problems: list[Diagnostic] = []
    for position, pattern in enumerate(value):
        if isinstance(pattern, Unread):
            continue
        try:
            for path in match_files(read_text(pattern), root=root, homes=homes, see=see):
                found.setdefault(homes.resolve(path), path)
        except Invalid as invalid:
            message, span = f"include {invalid.message}", places.value((position,))
            problems.append(diagnose(invalid.rule, message, file=record.file, span=span, help=invalid.help))
    return list(found.values()), problems


class _Homes:
    """Where paths lead, links followed; a folder is resolved once for all that stands in it."""

    def __init__(self) -> None:
        self._folders: dict[Path, Path] = {}

    def resolve(self, path: Path) -> Path:
        """Return what ``path.resolve()`` does."""
        if path.is_symlink() or path.name == "..":
            return path.resolve()
        folder = path.parent
        if folder not in self._folders:
            self._folders[folder] = folder.resolve()
        return self._folders[folder] / path.name


def match_files(
    pattern: str, *, root: Path, homes: _Homes | None = None, see: Callable[[Path], None] = lambda _: None
) -> list[Path]:
    """Return the files that a glob names below the root file's folder, sorted by name, but not the root file.

    Names are compared in NFC, so that a name typed on one system is found on another. ``**`` stands for any
    number of folders. Raises Invalid where nothing matches, or where a match lies outside the folder or is no
    YAML file.
    """
    parts = unicodedata.normalize("NFC", pattern).split("/")
    if pattern.startswith(("/", "~")) or ".." in parts or "\\" in pattern:
        raise Invalid(
            "include", f"{quote(pattern)} leads out of the catalogue's folder", "name files below that folder"
        )
    homes = homes or _Homes()
    folder = root.parent
    inside, home = folder.resolve(), root.resolve()
    found = [path for path in dict.fromkeys(_walk(folder, parts, see)) if homes.resolve(path) != home]
    if not found:
        raise Invalid("include", f"{quote(pattern)} matches no file", "check the name, or remove the line")
    for path in found:
        name = quote(path.relative_to(folder).as_posix())
        if inside not in homes.resolve(path).parents:
            raise Invalid("include", f"{name} lies outside the catalogue's folder", "move the file into the folder")
        if path.suffix not in SUFFIXES:
            raise Invalid("include", f"{name} is not a YAML file", "narrow the pattern, such as to *.yaml")
    return sorted(found, key=lambda path: unicodedata.normalize("NFC", path.relative_to(folder).as_posix()))


def _walk(folder: Path, parts: list[str], see: Callable[[Path], None]) -> Iterator[Path]:
    part, *rest = parts
    see(folder / part if _is_plain(part) else folder)
    if part == "**":
        yield from _walk(folder, rest or ["*"], see)
        for child in _list(folder):
            if not child.is_symlink() and child.is_dir() and not child.name.startswith("."):
                yield from _walk(folder / child.name, parts, see)
        return
    for child in _list(folder):
        name = unicodedata.normalize("NFC", child.name)
        if not fnmatchcase(name, part) or (name.startswith(".") and not part.startswith(".")):
            continue
        if rest:
            if child.is_dir():
                yield from _walk(folder / child.name, rest, see)
        elif not child.is_dir():
            yield folder / child.name


def _is_plain(part: str) -> bool:
    """Tell whether a part of a pattern names one thing: then what else stands beside it makes no difference."""
    return part.isascii() and not set(part) & set("*?[]")


def _list(folder: Path) -> list[os.DirEntry[str]]:
    """Return what is in a folder, sorted; unlike a path, an entry that cannot be looked at does not pass for a file."""
    with os.scandir(folder) as entries:
        return sorted(entries, key=attrgetter("name"))
