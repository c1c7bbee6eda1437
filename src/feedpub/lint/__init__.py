"""What is allowed but hurts subscribers: warnings about entries, topics, documents and what has changed.

It stops nothing: who asks decides by `Switches` what is told, and what counts as an error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedpub.lint.bodies import find_in_body
from feedpub.lint.history import judge_changes
from feedpub.lint.shown import find_in_bodies, is_quiet, judge_bodies, judge_titles
from feedpub.lint.sizes import judge_sizes, may_be_large
from feedpub.lint.switches import Switches
from feedpub.lint.texts import find_in_texts, is_unremarkable
from feedpub.lint.topics import judge_pace
from feedpub.lint.trouble import place_trouble

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedpub.loading.remarks import ReadEntry, Remark

__all__ = [
    "Switches",
    "find_in_bodies",
    "is_quiet",
    "judge_bodies",
    "judge_changes",
    "judge_entry",
    "judge_pace",
    "judge_sizes",
    "judge_texts",
    "judge_titles",
    "may_be_large",
]


def judge_texts(entry: ReadEntry) -> list[Remark]:
    """Return what is to be said of an entry without a look at its body: quick enough for every entry of a render."""
    values = entry.values
    return [] if is_unremarkable(values) else [place_trouble(trouble, entry) for trouble in find_in_texts(values)]


def judge_entry(entry: ReadEntry) -> Iterator[Remark]:
    """Yield all that is to be said of an entry."""
    yield from judge_texts(entry)
    for trouble in find_in_body(entry.values, body=entry.body, body_format=entry.body_format):
        yield place_trouble(trouble, entry)
