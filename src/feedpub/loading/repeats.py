"""Names that two entries share: found by the index, made certain by reading the places again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from feedpub.catalogue import name_entry, read_entry
from feedpub.diagnostics import diagnose, quote
from feedpub.loading.facts import list_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from feedpub.catalogue import Context
    from feedpub.diagnostics import Diagnostic
    from feedpub.record import Record, Span

_RULES = {"id": "duplicate-id", "url": "duplicate-url", "published": "duplicate-published-id"}


@dataclass(frozen=True, slots=True)
class _Holder:
    """Who took a name first; no more of it is kept, for there may be very many."""

    file: str
    line: int
    is_retraction: bool


def report_repeats(records: Iterable[Record], *, authority: str, context: Context) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each name that was taken before, at the later of the two.

    ``records`` are those that may share a name, in the order of reading.
    """
    first: dict[str, _Holder] = {}
    for record in records:
        repeated_id = False
        names = list_names(read_entry(record, context=context).values, authority=authority)
        for name in sorted(names):  # an id before the published id that it gives
            span = record.places.use((names[name],))
            if name not in first:
                first[name] = _Holder(record.file, span.line, record.key == "retracted")
                continue
            if name.startswith("published ") and repeated_id:
                continue
            repeated_id = repeated_id or name.startswith("id ")
            yield _report(name, first[name], record, span)


def _report(name: str, other: _Holder, record: Record, span: Span) -> Diagnostic:
    kind, _, text = name.partition(" ")
    where = f"{other.file}:{other.line}"
    rule = _RULES[kind]
    is_retraction = [other.is_retraction, record.key == "retracted"]
    subject = f"{name_entry(record)}: "
    if kind == "id" and any(is_retraction) and not all(is_retraction):
        rule = "retracted-entry"
        message, mend = (
            (f"id {quote(text)} is retracted ({where})", "remove the entry, or give it a new id if it is another one")
            if is_retraction[0]
            else (f"id {quote(text)} is still an entry ({where})", "remove the entry that is retracted")
        )
    elif kind == "published":
        message = f"the published id {quote(text)} is taken ({where})"
        mend = "give each entry an id and guid of its own"
    else:
        message = f"{kind} {quote(text)} is taken ({where})"
        mend = f"give each entry {'an id' if kind == 'id' else 'a url'} of its own"
        if all(is_retraction):
            message, mend = f"id {quote(text)} is retracted twice ({where})", "remove one of the two"
    return diagnose(rule, subject + message, file=record.file, span=span, help=mend)
