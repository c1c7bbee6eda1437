"""The reading of a whole catalogue: which file when, and everything that is wrong with them together."""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from feedpub.catalogue import LISTED, MODULUS, digest_value
from feedpub.diagnostics import diagnose
from feedpub.errors import PublishError
from feedpub.index.stamps import sign
from feedpub.loading.again import HEAD, find_numbered, open_file
from feedpub.loading.entries import MAX_RETRACTED, Entries
from feedpub.loading.head import Head
from feedpub.loading.includes import find_included
from feedpub.loading.loaded import Catalogue
from feedpub.loading.problems import Problems
from feedpub.loading.remarks import pinpoint
from feedpub.loading.repeats import report_repeats
from feedpub.loading.root_keys import refuse_included_key, refuse_key, report_missing
from feedpub.loading.templates import load_templates
from feedpub.source import NotRegularError, Seams

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from feedpub.diagnostics import Diagnostic
    from feedpub.index import Index
    from feedpub.index.pieces import PieceStore
    from feedpub.index.stamps import Signature
    from feedpub.loading.entries import Judge
    from feedpub.loading.harvesting import Frame, Harvest
    from feedpub.loading.pieced import Task
    from feedpub.loading.piecing import Piecewise
    from feedpub.record import Record
    from feedpub.source import CatalogueFile
    from feedpub.workers.workers import Workers

LARGE = 1 << 20
"""Bytes of files from which on they are read in pieces."""
_SELDOM = 1_000  # entries between two words on how far reading has come


class Reading(NamedTuple):
    """How large files are read in pieces: by how many processes or by whom in their place, and what remembers them."""

    workers: int
    executor: Workers | None
    store: PieceStore | None


class NotInPiecesError(Exception):
    """A file has to be read whole."""


class Loader:
    """Reads one catalogue into an index."""

    def __init__(
        self,
        path: Path,
        index: Index,
        on_read: Callable[[int], None],
        judge: Judge | None,
        reading: Reading | None,
    ) -> None:
        """Read the catalogue at a path, in pieces where a ``reading`` says how, else whole."""
        self._path = path
        self._on_read = on_read
        self._judge = judge
        self._in_pieces = reading is not None
        self._reading = reading or Reading(1, None, None)
        self._moment = time.time_ns()
        self._count = 0
        self._index = index
        self._head = Head()
        self._entries = Entries(self._head, index, folder=path.parent, judge=judge, see=self._see)
        self._files: dict[str, CatalogueFile] = {}
        self._seen: dict[str, Signature] = {}
        self._piecewise: Piecewise | None = None
        self._numbers: dict[tuple[str, str], int] = {}
        self._problems = Problems()
        self._include: Record | None = None

    def load(self, now: datetime) -> Catalogue:
        """Read all of it. Raises NotInPiecesError where it must be read whole, OSError where a file cannot be read."""
        root = self._open(self._path)
        if self._in_pieces and (size := _measure([self._path])) >= LARGE:
            root = self._read_in_pieces(root, size)
        else:
            self._read(root, self._read_root(root))
        self._problems.found += self._head.take_waiting()
        if root.complete:
            self._problems.found += report_missing(root, not_given=self._head.not_given)
        self._read_included()
        self._problems.found += self._head.check_topics(now=now)
        templates, problems = load_templates(self._head, folder=self._path.parent, see=self._see)
        self._problems.found += problems
        self._find_repeats()
        self._problems.found += [*pinpoint(self._entries.remarks), *self._problems.warnings]
        self._ensure_unchanged()
        if self._reading.store is not None:
            self._reading.store.flush()
        head, entries = self._head, self._entries
        # what is warned of changes nothing, nor does it matter where templates stand
        site = replace(head.site, lint=None, templates=None) if head.site else None
        texts = [[(one.name, one.text) for one in templates]] if templates else []
        meaning = digest_value(["head", site, list(head.sections.items()), sorted(head.retired.items()), *texts])
        return Catalogue(
            site=head.site,
            sections=head.sections,
            retired=head.retired,
            retracted=tuple(entries.retracted),
            index=self._index,
            templates=templates,
            context=head.context,
            digest=f"{(meaning + entries.digest) % MODULUS:064x}",
            frame=f"{meaning:064x}",
            diagnostics=tuple(self._problems.found),
            place=(root.name, root.keys["sections"])
            if "sections" in root.keys and head.section_keys is not None
            else None,
            topic_keys=head.topic_keys,
            head=head,
            entries=entries,
            pieces=self._piecewise.taken if self._piecewise else None,
            paths={name: file.path for name, file in self._files.items()},
            seen=self._seen,
            digests=self._piecewise.digests if self._piecewise else {},
        )

    def _ensure_unchanged(self) -> None:
        """Refuse pieces of a file that has changed meanwhile: some may be of before, some of after."""
        paths = [str(file.path) for file in self._files.values()] if self._piecewise is not None else []
        if any(sign(path) != self._seen.get(path) for path in paths):
            raise NotInPiecesError

    def _see(self, path: Path) -> None:
        """Remember what stands at a path before it is read."""
        name = str(path)
        if name not in self._seen and (signature := sign(name)) is not None:
            self._seen[name] = signature

    def _open(self, path: Path) -> CatalogueFile:
        self._see(path)
        file = open_file(path, name=path.as_posix())
        self._files[file.name] = file
        return file

    def _read(self, file: CatalogueFile, diagnostics: Iterator[Diagnostic]) -> None:
        """Collect what reading a file finds, and what was wrong with its text."""
        try:
            self._problems.add(diagnostics)
            if self._problems.is_stopped:
                return
        except NotRegularError:
            message = f"{file.name} is not a regular file"
            self._problems.add([diagnose("not-a-regular-file", message, file=file.name, span=file.start)])
        self._problems.add_of_file(file.diagnostics)

    def _read_root(self, root: CatalogueFile) -> Iterator[Diagnostic]:
        for record in root.read(listed=LISTED):
            if record.key in LISTED:
                if not self._head.taken >= {"site", "sections"}:
                    yield from self._look_ahead(root)
                yield from self._take(record, root)
            elif record.key in HEAD:
                yield from self._head.take(record)
            elif record.key == "include":
                self._include = record
            else:
                yield refuse_key(record.key, root)

    def _read_in_pieces(self, root: CatalogueFile, size: int) -> CatalogueFile:
        """Read the root file: its first piece as a whole file is, the others as pieces; return the first one's file."""
        from feedpub.loading.harvesting import read_bytes  # noqa: PLC0415 - only large files are read in pieces

        piecewise = self._start_piecewise()
        with closing(piecewise.cut([root])) as tasks:
            task = next(tasks)
            first = open_file(root.path, name=root.name, data=read_bytes(root.path, 0, task.piece.length))
            self._read(first, self._read_root(first))
            if first.ending is None or not self._is_plain():
                raise NotInPiecesError
            seams = {root.name: Seams()}
            seams[root.name].join(task.piece, first.ending)
            numbers = {key: count for (name, key), count in self._numbers.items() if name == root.name}
            self._take_pieces(tasks, size, seams=seams, numbers={root.name: numbers})
        return first

    def _start_piecewise(self) -> Piecewise:
        """Return who reads large files in pieces."""
        from feedpub.loading.piecing import Piecewise  # noqa: PLC0415 - as above

        if self._piecewise is None:
            workers, executor, store = self._reading
            self._piecewise = Piecewise(
                self._path,
                seen=self._seen,
                moment=self._moment,
                workers=workers,
                executor=executor,
                store=store,
            )
        return self._piecewise

    def _take_pieces(
        self, tasks: Iterable[Task], size: int, *, seams: dict[str, Seams], numbers: dict[str, dict[str, int]]
    ) -> None:
        """Take pieces of so many bytes; each must follow the one before it, and be such as can be read alone."""
        from feedpub.loading.collecting import shift  # noqa: PLC0415 - as above
        from feedpub.loading.harvesting import make_frame  # noqa: PLC0415

        frame = make_frame(self._head, folder=self._path.parent, judge=self._judge)
        enough = self._problems.has_enough_warnings
        for task, known in self._start_piecewise().read(tasks, size=size, frame=frame, is_enough=enough):
            before = numbers.setdefault(task.name, {})
            found = known or self._harvest_mistakes(task, frame, before)
            if found is None or not seams.setdefault(task.name, Seams()).join(task.piece, found.ending):
                raise NotInPiecesError
            self._start_piecewise().take(task, found, index=self._index, entries=self._entries, numbers=before)
            if len(self._entries.retracted) > MAX_RETRACTED:  # it is told where
                raise NotInPiecesError
            lines = task.piece.line - 1
            told = (shift(one, lines) if one.file == task.name else one for one in found.diagnostics)
            self._problems.add_of_piece(told)
            self._count += found.pack.count
            self._on_read(self._count)
            if self._problems.is_stopped:
                return

    def _harvest_mistakes(self, task: Task, frame: Frame, numbers: Mapping[str, int]) -> Harvest | None:
        """Return what a piece holds that something may be wrong with, None for one that cannot be read alone."""
        from feedpub.loading.harvesting import harvest  # noqa: PLC0415 - as above
        from feedpub.loading.stretches import Before  # noqa: PLC0415

        before = Before(numbers, self._entries.suggestions)
        return harvest(task.path, task.piece, name=task.name, frame=frame, before=before)

    def _is_plain(self) -> bool:
        """Tell whether the head has been read, so that pieces need nothing from elsewhere."""
        return self._head.taken >= {"site", "sections"} and not self._problems.is_stopped

    def _take(self, record: Record, file: CatalogueFile) -> list[Diagnostic]:
        self._count += 1
        if self._count % _SELDOM == 0:
            self._on_read(self._count)
        self._numbers[file.name, record.key] = record.number
        problems = self._entries.take(record, beside=file.path.parent)
        self._problems.is_stopped |= len(self._entries.retracted) > MAX_RETRACTED
        return problems

    def _look_ahead(self, root: CatalogueFile) -> Iterator[Diagnostic]:
        """Find the site and the sections, by which entries that stand before them are judged."""
        ahead = open_file(root.path, name=root.name)
        for record in ahead.read(listed=LISTED, only=HEAD[:2]):
            yield from self._head.take(record)
            if self._head.taken >= {"site", "sections"}:
                return
        yield from self._head.take_waiting()
        self._head.taken |= {"site", "sections"}  # one of them is not there to be read

    def _read_included(self) -> None:
        if self._include is None or self._problems.is_stopped:
            return
        paths, problems = find_included(self._include, root=self._path, see=self._see)
        self._problems.found += problems
        if self._in_pieces and (size := _measure(paths)) >= LARGE and self._is_plain():
            files = [self._open(path) for path in paths]
            tasks = self._start_piecewise().cut(files)
            numbers: dict[str, dict[str, int]] = {}
            self._take_pieces(tasks, size, seams={}, numbers=numbers)
            is_empty = len(numbers) < len(files) or not all(numbers.values())
            if is_empty and not self._problems.is_stopped:  # one holds nothing: it is told where
                raise NotInPiecesError
            return
        for path in paths:
            if self._problems.is_stopped:
                return
            file = self._open(path)
            count = self._count
            self._read(file, self._read_entries(file))
            if (
                self._count == count
                and file.complete
                and not any(one.file == file.name for one in self._problems.found)
            ):
                message = f"{file.name} holds no entry"
                found = diagnose(
                    "empty-include", message, file=file.name, span=file.start, help="add one, or remove it"
                )
                self._problems.found.append(found)

    def _read_entries(self, file: CatalogueFile) -> Iterator[Diagnostic]:
        for record in file.read(listed=LISTED):
            if record.key in LISTED:
                yield from self._take(record, file)
            else:
                yield refuse_included_key(record.key, file, home=self._path.name)

    def _find_repeats(self) -> None:
        """Collect what is wrong with names that two entries have; there may be too many where reading has ended."""
        repeated = self._index.find_repeats()
        if not repeated and self._piecewise is not None:
            self._piecewise.keep_apart()
        pieces = self._piecewise.taken if self._piecewise else None
        paths = {name: file.path for name, file in self._files.items()}
        records = find_numbered(repeated, index=self._index, pieces=pieces, paths=paths)
        try:
            self._problems.add(report_repeats(records, authority=self._head.authority, context=self._head.context))
        except PublishError:  # it is another file by now
            raise NotInPiecesError from None


def _measure(paths: Iterable[Path]) -> int:
    """Return how many bytes regular files have; others, and what is not there, have none."""
    return sum(path.stat().st_size for path in paths if path.is_file())
