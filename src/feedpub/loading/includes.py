"""Which files a catalogue includes: globs, matched without leaving the catalogue's folder."""

from __future__ import annotations

import os
import unicodedata
from errno import ELOOP
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
MAX_DEEP = 100
"""Folders within each other that are looked into."""
MAX_REFUSED = 1_000
"""Patterns that match nothing, after which no more are looked for."""
MAX_LOOKED = 100_000
"""Names of files and folders that the patterns of one catalogue are held against: links may lead in circles."""


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
    homes = _Homes(root)
    walker = _Walker(see)
    problems: list[Diagnostic] = []
    for position, pattern in enumerate(value):
        if isinstance(pattern, Unread):
            continue
        if len(problems) >= MAX_REFUSED:
            break
        try:
            for path in _match_files(read_text(pattern), root=root, homes=homes, walker=walker):
                found.setdefault(homes.resolve(path), path)
        except Invalid as invalid:
            message, span = f"include {invalid.message}", places.value((position,))
            problems.append(diagnose(invalid.rule, message, file=record.file, span=span, help=invalid.help))
    return list(found.values()), problems


class _Homes:
    """Where paths lead, links followed; a folder is resolved once for all that stands in it."""

    def __init__(self, root: Path) -> None:
        self._folders: dict[Path, Path] = {}
        self._found: dict[Path, Path] = {}
        self._inside: dict[Path, bool] = {}
        self.inside, self.root = root.parent.resolve(), root.resolve()

    def resolve(self, path: Path) -> Path:
        """Return what ``path.resolve()`` does. Raises Invalid for a link that leads in a circle."""
        if path not in self._found:
            self._found[path] = self._resolve(path)
        return self._found[path]

    def is_inside(self, path: Path) -> bool:
        """Tell whether a path leads below the catalogue's folder."""
        home = self.resolve(path).parent
        if home not in self._inside:
            self._inside[home] = home == self.inside or self.inside in home.parents
        return self._inside[home]

    def _resolve(self, path: Path) -> Path:
        if path.is_symlink() or path.name == "..":
            try:
                return path.resolve()
            except (OSError, RuntimeError):  # pragma: no cover - a circle since it was listed; before Python 3.13
                raise _refuse_circle(path.name) from None
        folder = path.parent
        if folder not in self._folders:
            self._folders[folder] = folder.resolve()
        return self._folders[folder] / path.name


def match_files(pattern: str, *, root: Path) -> list[Path]:
    """Return the files that a glob names below the root file's folder, sorted by name, but not the root file.

    Names are compared in NFC, so that a name typed on one system is found on another. ``**`` stands for any
    number of folders. Raises Invalid where nothing matches, or where a match lies outside the folder or is no
    YAML file.
    """
    return _match_files(pattern, root=root, homes=_Homes(root), walker=_Walker(lambda _: None))


def _match_files(pattern: str, *, root: Path, homes: _Homes, walker: _Walker) -> list[Path]:
    if pattern.count("/") > MAX_DEEP:
        raise Invalid("include", f"{quote(pattern)} leads through more than {MAX_DEEP} folders", "shorten it")
    parts = unicodedata.normalize("NFC", pattern).split("/")
    if pattern.startswith(("/", "~")) or ".." in parts or "\\" in pattern:
        raise Invalid(
            "include", f"{quote(pattern)} leads out of the catalogue's folder", "name files below that folder"
        )
    folder = root.parent
    found = [path for path in dict.fromkeys(walker.walk(folder, parts)) if homes.resolve(path) != homes.root]
    if not found:
        raise Invalid("include", f"{quote(pattern)} matches no file", "check the name, or remove the line")
    for path in found:
        if not homes.is_inside(path):
            name = quote(path.relative_to(folder).as_posix())
            raise Invalid("include", f"{name} lies outside the catalogue's folder", "move the file into the folder")
        if path.suffix not in SUFFIXES:
            name = quote(path.relative_to(folder).as_posix())
            raise Invalid("include", f"{name} is not a YAML file", "narrow the pattern, such as to *.yaml")
    return sorted(found, key=lambda path: unicodedata.normalize("NFC", path.as_posix()))


class _Walker:
    """Looks for the files of all patterns; what stands in a folder is listed once."""

    def __init__(self, see: Callable[[Path], None]) -> None:
        self._see = see
        self._children: dict[Path, list[os.DirEntry[str]]] = {}
        self._looked = 0
        self._deepest = 0

    def walk(self, folder: Path, parts: list[str]) -> Iterator[Path]:
        """Yield the files below a folder that the parts of a pattern name, some of them more than once."""
        self._deepest = len(folder.parts) + MAX_DEEP
        return self._walk(folder, parts, set())

    def _walk(self, folder: Path, parts: list[str], done: set[tuple[Path | str, ...]]) -> Iterator[Path]:
        if (folder, *parts) in done:  # two ** may lead here in many ways
            return
        done.add((folder, *parts))
        part, *rest = parts
        self._see(folder / part if _is_plain(part) else folder)
        if part == "**":
            yield from self._walk(folder, rest or ["*"], done)
            for child in self._list(folder):
                if not child.is_symlink() and child.is_dir() and not child.name.startswith("."):
                    yield from self._walk(folder / child.name, parts, done)
        else:
            yield from self._match(folder, part, rest, done)

    def _match(self, folder: Path, part: str, rest: list[str], done: set[tuple[Path | str, ...]]) -> Iterator[Path]:
        for child in self._list(folder):
            name = unicodedata.normalize("NFC", child.name)
            if not fnmatchcase(name, part) or (name.startswith(".") and not part.startswith(".")):
                continue
            if rest:
                if _is_folder(child):
                    yield from self._walk(folder / child.name, rest, done)
            elif not _is_folder(child):
                yield folder / child.name

    def _list(self, folder: Path) -> list[os.DirEntry[str]]:
        """Return what is in a folder, sorted; unlike a path, what cannot be looked at does not pass for a file."""
        if len(folder.parts) > self._deepest:
            message = f"leads through more than {MAX_DEEP} folders, to {quote(folder.name)}"
            raise Invalid("include", message, "name the folders, rather than **")
        if folder not in self._children:
            with os.scandir(folder) as entries:
                self._children[folder] = sorted(entries, key=attrgetter("name"))
        self._looked += len(self._children[folder]) + 1
        if self._looked > MAX_LOOKED:
            message = f"patterns look at more than {MAX_LOOKED:,} files and folders"
            raise Invalid("include", message, "name the folders, rather than ** and links")
        return self._children[folder]


def _is_folder(child: os.DirEntry[str]) -> bool:
    """Tell whether something is a folder, or a link to one. Raises Invalid for a link that leads in a circle."""
    try:
        return child.is_dir()
    except OSError as error:
        if error.errno != ELOOP:
            raise
        raise _refuse_circle(child.name) from None


def _refuse_circle(name: str) -> Invalid:
    message = f"{quote(name)} is a link that leads in a circle"
    return Invalid("include", message, "remove it, or narrow the pattern")


def _is_plain(part: str) -> bool:
    """Tell whether a part of a pattern names one thing: then what else stands beside it makes no difference."""
    return part.isascii() and not set(part) & set("*?[]")
