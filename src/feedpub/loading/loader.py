"""The reading of a whole catalogue: which file when, and everything that is wrong with them together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from feedpub.catalogue import LISTED, MODULUS, digest_value
from feedpub.catalogue.mapping import shape_of
from feedpub.catalogue.wording import suggest_field
from feedpub.diagnostics import diagnose, quote
from feedpub.errors import UsageError
from feedpub.index import Index, Place
from feedpub.loading.entries import Entries
from feedpub.loading.excerpts import add_excerpts
from feedpub.loading.head import Head
from feedpub.loading.includes import find_included
from feedpub.loading.repeats import report_repeats
from feedpub.record import Span
from feedpub.source import CatalogueFile, NotRegularError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from feedpub.catalogue import Context, Retired, Retracted, Section, Site
    from feedpub.diagnostics import Diagnostic
    from feedpub.record import Record

HEAD = ("site", "sections", "retired")
ROOT_KEYS = (*HEAD, *LISTED, "include")

MAX_PROBLEMS = 50_000
"""Problems after which nothing more is read."""

_FIELDS = frozenset(name for model in LISTED.values() for name in shape_of(model).names)
_SELDOM = 1_000  # entries between two words on how far reading has come

_EXAMPLES = {"site": "site: {title: …, url: …, tag_authority: …}", "sections": "sections: {news: {title: News}}"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """A catalogue that was read: sound where it has a site and no diagnostic is an error.

    ``digest`` is what it means, in hexadecimal; ``place`` is the key `sections` (file and span), where a topic
    that has vanished is reported, or None where the sections could not be read. ``topic_keys`` are all keys that
    lead to a feed, those of sections and retired topics that have problems of their own included.
    """

    site: Site | None
    sections: dict[str, Section]
    retired: dict[str, Retired]
    retracted: tuple[Retracted, ...]
    index: Index
    context: Context
    digest: str
    diagnostics: tuple[Diagnostic, ...]
    place: tuple[str, Span] | None
    topic_keys: frozenset[str]


def load_catalogue(path: Path, *, now: datetime, on_read: Callable[[int], None] = lambda _: None) -> Catalogue:
    """Read a catalogue with all that it includes; whoever calls closes its index.

    ``on_read`` hears now and then how many entries have been read.
    Raises UsageError where there is no such file, OSError where one cannot be read.
    """
    index = Index()
    try:
        return _Loader(path, index, on_read).load(now)
    except FileNotFoundError as error:
        index.close()
        raise UsageError(f"there is no file {error.filename}; feedpub init writes a catalogue to begin with") from None
    except BaseException:
        index.close()
        raise


class _Loader:
    def __init__(self, path: Path, index: Index, on_read: Callable[[int], None]) -> None:
        self._path = path
        self._on_read = on_read
        self._count = 0
        self._index = index
        self._head = Head()
        self._entries = Entries(self._head, index, folder=path.parent)
        self._files: dict[str, CatalogueFile] = {}
        self._diagnostics: list[Diagnostic] = []
        self._include: Record | None = None
        self._is_stopped = False

    def load(self, now: datetime) -> Catalogue:
        root = self._open(self._path)
        self._read(root, self._read_root(root))
        if root.complete:
            self._report_missing(root)
        self._read_included()
        self._diagnostics += self._head.check_topics(now=now)
        self._diagnostics += self._find_repeats()
        head, entries = self._head, self._entries
        meaning = digest_value(["head", head.site, list(head.sections.items()), sorted(head.retired.items())])
        return Catalogue(
            site=head.site,
            sections=head.sections,
            retired=head.retired,
            retracted=tuple(entries.retracted),
            index=self._index,
            context=head.context,
            digest=f"{(meaning + entries.digest) % MODULUS:064x}",
            diagnostics=tuple(add_excerpts(self._diagnostics)),
            place=(root.name, root.keys["sections"])
            if "sections" in root.keys and head.section_keys is not None
            else None,
            topic_keys=head.topic_keys,
        )

    def _open(self, path: Path) -> CatalogueFile:
        file = CatalogueFile(path, name=path.as_posix(), roots=ROOT_KEYS, fields=_FIELDS)
        self._files[file.name] = file
        return file

    def _read(self, file: CatalogueFile, diagnostics: Iterator[Diagnostic]) -> None:
        """Collect what reading a file finds, and what was wrong with its text."""
        try:
            for one in diagnostics:
                self._diagnostics.append(one)
                if len(self._diagnostics) >= MAX_PROBLEMS:
                    self._stop_at(one)
                    return
        except NotRegularError:
            message = f"{file.name} is not a regular file"
            self._diagnostics.append(diagnose("not-a-regular-file", message, file=file.name, span=file.start))
        self._diagnostics += file.diagnostics

    def _stop_at(self, last: Diagnostic) -> None:
        """Leave the rest unread: what makes so many mistakes is no catalogue, or made to stall a run."""
        self._is_stopped = True
        span = Span(last.line, last.column, last.end_line, last.end_column)
        message = f"there are more than {MAX_PROBLEMS:,} problems: the rest was not read"
        found = diagnose("too-many-problems", message, file=last.file, span=span, help="mend some of them first")
        self._diagnostics.append(found)

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
                yield _refuse_key(record.key, root)

    def _take(self, record: Record, file: CatalogueFile) -> list[Diagnostic]:
        self._count += 1
        if self._count % _SELDOM == 0:
            self._on_read(self._count)
        return self._entries.take(record, beside=file.path.parent)

    def _look_ahead(self, root: CatalogueFile) -> Iterator[Diagnostic]:
        """Find the site and the sections, by which entries that stand before them are judged."""
        ahead = CatalogueFile(root.path, name=root.name, roots=ROOT_KEYS, fields=_FIELDS)
        for record in ahead.read(listed=LISTED, only=HEAD[:2]):
            if record.key in HEAD:
                yield from self._head.take(record)
            if self._head.taken >= {"site", "sections"}:
                return
        self._head.taken |= {"site", "sections"}  # one of them is not there to be read

    def _report_missing(self, root: CatalogueFile) -> None:
        for key, example in _EXAMPLES.items():
            if key not in root.keys or key in self._head.not_given:
                span = root.keys.get(key, root.start)
                found = diagnose("missing-field", f"{key} is missing", file=root.name, span=span, help=f"add {example}")
                self._diagnostics.append(found)

    def _read_included(self) -> None:
        if self._include is None or self._is_stopped:
            return
        paths, problems = find_included(self._include, root=self._path)
        self._diagnostics += problems
        for path in paths:
            if self._is_stopped:
                return
            file = self._open(path)
            self._read(file, self._read_entries(file))

    def _read_entries(self, file: CatalogueFile) -> Iterator[Diagnostic]:
        for record in file.read(listed=LISTED):
            if record.key in LISTED:
                yield from self._take(record, file)
            else:
                yield _refuse_included_key(record.key, file, home=self._path.name)

    def _find_repeats(self) -> Iterator[Diagnostic]:
        places = self._index.find_repeats()
        wanted = set(places)
        records: dict[Place, Record] = {}
        for name in sorted({place.file for place in wanted}):
            again = CatalogueFile(self._files[name].path, name=name, roots=ROOT_KEYS, fields=_FIELDS)
            for record in again.read(listed=LISTED, only=LISTED):
                place = Place(record.file, record.key, record.number)
                if place in wanted:
                    records[place] = record
        return report_repeats(places, records, authority=self._head.authority, context=self._head.context)


def _refuse_key(key: str, file: CatalogueFile) -> Diagnostic:
    meant = suggest_field(key, ROOT_KEYS, given=file.keys)
    mend = f'did you mean "{meant}"?' if meant else "a key that begins with x- may hold anything"
    if key[:1].isspace():
        mend = "indent the line with plain spaces; what stands before the key is another kind of space"
    elif key in file.fields and not meant:
        mend = "indent it as far as the fields of its entry"
    return diagnose("unknown-field", f"unknown key {quote(key)}", file=file.name, span=file.keys[key], help=mend)


def _refuse_included_key(key: str, file: CatalogueFile, *, home: str) -> Diagnostic:
    meant = suggest_field(key, LISTED, given=file.keys)
    mend = f'did you mean "{meant}"?' if meant else f"it may hold {', '.join(LISTED)}"
    if key in ROOT_KEYS:
        mend = f"move it to {home}"
    message = f"an included file has no key {quote(key)}"
    return diagnose("included-key", message, file=file.name, span=file.keys[key], help=mend)
