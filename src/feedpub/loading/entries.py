"""What becomes of a record of `articles`, `teasers` or `retracted`: judged, and remembered in the index."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from feedpub.catalogue import Retracted, digest_entry, explain_entry, look_up, mark_digest, name_entry, read_entry
from feedpub.catalogue.invalid import Invalid
from feedpub.catalogue.texts import MAX_ENTRY, MAX_ITEMS, MAX_PATH
from feedpub.diagnostics import diagnose, quote
from feedpub.index import Place, Row
from feedpub.loading.bodies import BodyFile, is_too_long, nests_too_deep, read_body_file
from feedpub.loading.facts import hash_names
from feedpub.loading.remarks import ReadEntry, Remark
from feedpub.loading.suggesting import SectionSuggestions
from feedpub.markup import MAX_NESTING
from feedpub.record import Span, Unread

if TYPE_CHECKING:
    import pathlib
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from feedpub.catalogue import Context, Section
    from feedpub.diagnostics import Diagnostic
    from feedpub.markup import BodyFormat
    from feedpub.record import Record, Value

MAX_REMARKS = 100_000
"""Remarks after which no entry is judged any more: who has so many reads none of those that come last."""
MAX_RETRACTED = 100_000
"""Retractions of one catalogue: all of them are kept in memory, and in the manifest."""

_NO_BODY = BodyFile("", "", [])

Judge: TypeAlias = "Callable[[ReadEntry], Iterable[Remark]]"
"""Who is asked about each entry that was read."""


class Bearings(Protocol):
    """What reading entries needs of the rest of the catalogue; a `Head` has it."""

    @property
    def context(self) -> Context: ...  # noqa: D102 - as in Head, here and below
    @property
    def authority(self) -> str: ...  # noqa: D102
    @property
    def section_keys(self) -> frozenset[str] | None: ...  # noqa: D102
    @property
    def sections(self) -> Mapping[str, Section]: ...  # noqa: D102
    @property
    def body_format(self) -> BodyFormat: ...  # noqa: D102


class Store(Protocol):
    """What remembers entries; an `Index` does."""

    def add_record(self, place: Place, *, hashes: Iterable[int]) -> int: ...  # noqa: D102
    def add_entry(self, row: Row, *, key: str, value: Value, sections: Sequence[str]) -> None: ...  # noqa: D102


class Entries:
    """The entries of a catalogue, taken one after another in the order of reading.

    ``digest`` sums up what those mean that may be published, ``retracted`` holds the retractions, ``remarks`` what the
    ``judge`` has to say.
    """

    def __init__(
        self,
        head: Bearings,
        index: Store,
        *,
        folder: pathlib.Path,
        judge: Judge | None = None,
        see: Callable[[pathlib.Path], None] = lambda _: None,
        suggestions: SectionSuggestions | None = None,
    ) -> None:
        """Read entries by a head, and remember them in an index; ``see`` hears of every file before it is read.

        ``suggestions`` are those for sections that do not exist, where others of the catalogue's entries have some.
        """
        self.digest = 0
        self.retracted: list[Retracted] = []
        self.remarks: list[Remark] = []
        self._judge = judge
        self._see = see
        self._head = head
        self._index = index
        self._folder = folder
        self._suggestions = suggestions

    def take(self, record: Record, *, beside: pathlib.Path) -> list[Diagnostic]:
        """Take a record and return what is wrong with it; ``beside`` is the folder of the file that holds it."""
        if record.number == 0:
            return _refuse_no_list(record)
        reading = read_entry(record, context=self._head.context)
        values = reading.values
        hashes = hash_names(values, authority=self._head.authority)
        seq = self._index.add_record(Place(record.file, record.key, record.number), hashes=hashes)
        problems = explain_entry(record, reading.problems) if reading.problems else []
        problems += self._check_sections(record, values)
        body, unfit = _NO_BODY, []
        if record.key == "articles":
            body = self._read_body(record, beside)
            unfit = body.diagnostics + self._check_nesting(record, values, body)
            problems += unfit
        if is_too_long(record, body=body.text):
            problems.append(_refuse_length(record))
        if self._judge is not None and record.key != "retracted" and len(self.remarks) < MAX_REMARKS:
            self.remarks += self._judge(self._make_entry(record, values, body, is_fit=not unfit))
        if reading.is_sound and not problems:
            self._remember(seq, record, values, body)
            if len(self.retracted) > MAX_RETRACTED:
                problems.append(_refuse_retraction(record))
        return problems

    def read(self, record: Record, *, beside: pathlib.Path) -> ReadEntry:
        """Return the entry that a record of `articles` or `teasers` holds; nothing is judged or remembered."""
        values = read_entry(record, context=self._head.context).values
        body = self._read_body(record, beside) if record.key == "articles" else _NO_BODY
        return self._make_entry(record, values, body, is_fit=not body.diagnostics)

    def read_text(self, record: Record, *, beside: pathlib.Path) -> Value:
        """Return the text of a sound record of `articles` or `teasers`, with the body that a body_file holds."""
        body = self._read_body(record, beside) if record.key == "articles" else _NO_BODY
        text = record.value
        return _embed(text, body.text) if body is not _NO_BODY and isinstance(text, dict) else text

    def _make_entry(self, record: Record, values: dict[str, Any], body: BodyFile, *, is_fit: bool) -> ReadEntry:
        text = values.get("body") if body is _NO_BODY else body.text
        return ReadEntry(
            record=record,
            values=values,
            body=text if is_fit else None,
            body_file=body.name or None,
            body_format=values.get("body_format") or self._head.body_format,
        )

    def _remember(self, seq: int, record: Record, values: dict[str, Any], body: BodyFile) -> None:
        """Keep what a sound record says; a draft is published nowhere."""
        text = record.value
        if values.get("draft"):
            return
        if body is not _NO_BODY and isinstance(text, dict):
            text = _embed(text, body.text)
            values = {key: one for key, one in values.items() if key != "body_file"} | {"body": body.text}
        digest = digest_entry(record.key, values)
        self.digest += digest
        if record.key == "retracted":
            self.retracted.append(Retracted(**values))
            return
        updated, expires = values.get("updated"), values.get("expires")
        row = Row(
            seq,
            values["id"],
            int(values["published"].timestamp()),
            int(updated.timestamp()) if updated else None,
            int(expires.timestamp()) if expires else None,
            mark_digest(digest),
        )
        self._index.add_entry(row, key=record.key, value=text, sections=values["sections"])

    def _check_sections(self, record: Record, values: dict[str, Any]) -> list[Diagnostic]:
        known = self._head.section_keys
        if known is None or ("sections" in values and known.issuperset(values["sections"])):
            return []
        keys = look_up(record.value, ("sections",))
        if not isinstance(keys, list) or len(keys) > MAX_ITEMS:  # too many are one problem, which has been told
            return []
        unknown = [
            (position, key)
            for position, key in enumerate(keys)
            if isinstance(key, str) and key not in known and key.strip() and key.strip() not in known
        ]
        return [
            diagnose(
                "unknown-section",
                f"{name_entry(record)}: section {quote(key)} does not exist",
                file=record.file,
                span=record.places.value(("sections", position)),
                help=self.suggestions.suggest(key),
            )
            for position, key in unknown
        ]

    @cached_property
    def suggestions(self) -> SectionSuggestions:
        """What to do about sections that do not exist."""
        return self._suggestions or SectionSuggestions(self._head.section_keys or (), self._head.sections)

    @cached_property
    def _home(self) -> pathlib.Path:
        return self._folder.resolve()

    def _read_body(self, record: Record, beside: pathlib.Path) -> BodyFile:
        """Return the entry's body_file with what is wrong with it, if it has one."""
        named, beside_it = look_up(record.value, ("body_file",)), look_up(record.value, ("body",))
        if beside_it is not None or not isinstance(named, str) or isinstance(named, Unread):
            return _NO_BODY
        if not 0 < len(named.strip()) <= MAX_PATH:
            return _NO_BODY
        path = beside / named.strip()
        self._see(path)
        try:
            return read_body_file(path, name=path.as_posix(), home=self._home, subject=name_entry(record))
        except Invalid as invalid:
            span = record.places.value(("body_file",))
            message = f"{name_entry(record)}: body_file {invalid.message}"
            found = diagnose(invalid.rule, message, file=record.file, span=span, help=invalid.help)
            return BodyFile("", "", [found])

    def _check_nesting(self, record: Record, values: dict[str, Any], body: BodyFile) -> list[Diagnostic]:
        text = body.text or look_up(record.value, ("body",))
        own_format = values.get("body_format") or look_up(record.value, ("body_format",)) or self._head.body_format
        if type(text) is not str or not nests_too_deep(text, body_format=own_format):
            return []
        message = f"{name_entry(record)}: body nests markup more than {MAX_NESTING} deep"
        file, span = (body.name, Span(1, 1, 1, 1)) if body.text else (record.file, record.places.value(("body",)))
        return [diagnose("body-nests-too-deep", message, file=file, span=span, help="make it flatter")]


def _embed(text: dict[str, Value], body: str) -> dict[str, Value]:
    """Return an entry's text with the body that stands in a file."""
    return {key: one for key, one in text.items() if key != "body_file"} | {"body": body}


def _refuse_no_list(record: Record) -> list[Diagnostic]:
    """Refuse a root key that should list entries and does not; one without a value is not given."""
    if record.value is None or isinstance(record.value, Unread):
        return []
    message, span = f"{record.key} must be a list", record.places.value(())
    return [diagnose("not-a-list", message, file=record.file, span=span, help='begin each item with "- "')]


def _refuse_retraction(record: Record) -> Diagnostic:
    message = f"there are more than {MAX_RETRACTED:,} retractions: what follows was not read"
    span = record.places.first_key(())
    return diagnose(
        "too-large", message, file=record.file, span=span, help="leave out the oldest: no reader shows them any more"
    )


def _refuse_length(record: Record) -> Diagnostic:
    message = f"{name_entry(record)}: the entry holds more than {MAX_ENTRY:,} bytes of text"
    return diagnose("entry-too-long", message, file=record.file, span=record.places.first_key(()), help="split it")
