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
    from feedpub.index import Place
    from feedpub.record import Record

_RULES = {"id": "duplicate-id", "url": "duplicate-url", "published": "duplicate-published-id"}


@dataclass(frozen=True, slots=True)
class _Holder:
    record: Record
    field: str


def report_repeats(
    places: Iterable[Place], records: dict[Place, Record], *, authority: str, context: Context
) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each name that was taken before, at the later of the two.

    ``places`` are those that may share a name, in the order of reading, ``records`` what stands there.
    """
    first: dict[str, _Holder] = {}
    for place in places:
        record = records.get(place)
        if record is None:  # the file has changed since
            continue
        repeated_id = False
        names = list_names(read_entry(record, context=context).values, authority=authority)
        for name in sorted(names):  # an id before the published id that it gives
            holder = _Holder(record, names[name])
            other = first.setdefault(name, holder)
            if other is holder or (name.startswith("published ") and repeated_id):
                continue
            repeated_id = repeated_id or name.startswith("id ")
            yield _report(name, other, holder)


def _report(name: str, first: _Holder, second: _Holder) -> Diagnostic:
    kind, _, text = name.partition(" ")
    record, other = second.record, first.record
    place = other.places.use((first.field,))
    where = f"{other.file}:{place.line}"
    rule = _RULES[kind]
    is_retraction = [one.key == "retracted" for one in (other, record)]
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
    return diagnose(rule, subject + message, file=record.file, span=record.places.use((second.field,)), help=mend)
