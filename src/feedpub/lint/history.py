"""What hurts subscribers in how entries differ from the last publication."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedpub.catalogue import name_entry
from feedpub.diagnostics import diagnose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from feedpub.diagnostics import Diagnostic
    from feedpub.loading import Catalogue
    from feedpub.manifest import Change
    from feedpub.select import Selection


def judge_changes(changes: Iterable[Change], *, selection: Selection, loaded: Catalogue) -> Iterator[Diagnostic]:
    """Yield a warning for each entry whose `updated` does not tell what has changed since the last publication."""
    found = {
        seq: change
        for change in changes
        if (change.kind == "changed silently" or change.fields == ("updated",))
        and (seq := selection.shown.get(change.id)) is not None
    }
    records = loaded.read_again(found) if found else {}
    for seq, entry in sorted(records.items()):
        change, record = found[seq], entry.record
        is_given = "updated" in entry.values
        span = record.places.value(("updated",)) if is_given else record.places.first_key(())
        if change.kind == "changed silently":
            rule, mend = "changed-without-update", "readers show it again if updated is the time of the change"
            message = f"{', '.join(change.fields)} changed since the last publication, and updated did not"
        else:
            rule, mend = "updated-without-change", "leave updated as it was: some readers show the entry as new"
            message = "updated moved since the last publication, and nothing else changed"
        yield diagnose(rule, f"{name_entry(record)}: {message}", file=record.file, span=span, help=mend)
