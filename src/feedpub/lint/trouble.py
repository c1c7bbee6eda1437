"""Something that is to be said of an entry, before its place is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from feedpub.catalogue import name_entry
from feedpub.diagnostics import diagnose
from feedpub.loading.remarks import Remark
from feedpub.record import Span

if TYPE_CHECKING:
    from feedpub.loading.remarks import ReadEntry
    from feedpub.record import Path


@dataclass(frozen=True, slots=True)
class Trouble:
    """What breaks a rule of advice: the message and the mend, the field's path, and the words in it that matter.

    ``lacks`` says that the field is a mapping in which something is missing.
    """

    rule: str
    message: str
    mend: str
    path: Path
    written: tuple[str, ...] = ()
    lacks: bool = False


def place_trouble(trouble: Trouble, entry: ReadEntry) -> Remark:
    """Return the remark on an entry: at the field that it is about, in the body_file where the body stands there."""
    record, path = entry.record, trouble.path
    file = record.file
    if path == ("body",) and entry.body_file is not None:
        file, span = entry.body_file, Span(1, 1, (entry.body or "").count("\n") + 1, 1)
    elif trouble.lacks:
        span = record.places.first_key(path)
    else:
        span = record.places.value(path)
    message = f"{name_entry(record)}: {trouble.message}"
    return Remark(diagnose(trouble.rule, message, file=file, span=span, help=trouble.mend), trouble.written)
