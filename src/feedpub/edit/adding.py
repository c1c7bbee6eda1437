"""A new item in one of a catalogue's lists, where somebody who keeps the list's order would put it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feedpub.catalogue import look_up
from feedpub.catalogue.invalid import Invalid
from feedpub.catalogue.times import read_time
from feedpub.edit.reading import CannotEditError, Text, ensure_same
from feedpub.edit.writing import read_field, write_block, write_flow

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from feedpub.edit.reading import Item
    from feedpub.edit.writing import Field
    from feedpub.record import Value

_TIMES = {"articles": "published", "teasers": "published", "retracted": "at"}
_NOTHING = re.compile(r"\[[ \t]*\]|~|null")
_STEP = 2


def add_item(text: str, *, key: str, fields: Mapping[str, Field], name: str) -> str:
    """Return a catalogue's text with one more item under a root key (`articles`, `teasers` or `retracted`).

    It stands first in a list that begins with its newest item, else last, in the style and indentation of those beside
    it; every other byte is kept. ``name`` is what a refusal calls the file.
    Raises CannotEditError where that cannot be done safely.
    """
    read = Text(text, name=name)
    items = read.list_items(key)
    is_first = not items or _begins_with_newest(items, _TIMES[key])
    changed = _add_beside(read, items, fields, is_first=is_first) if items else _begin_list(read, key, fields)
    expected = read.group_values()
    meant: dict[str, Value] = {
        name: list(one) if isinstance(one, list) else read_field(one) for name, one in fields.items()
    }
    expected.setdefault(key, []).insert(0 if is_first else len(items), meant)
    ensure_same(changed, name=name, expected=expected, problems=read.problems)
    return changed


def _begins_with_newest(items: list[Item], field: str) -> bool:
    """Tell whether a list goes from new to old; of a list that does neither, the new item becomes the first."""
    times = [moment for moment in (_read_moment(item, field) for item in items) if moment is not None]
    return len(times) < 2 or times[0] >= times[-1]  # noqa: PLR2004 - one says nothing of an order


def _read_moment(item: Item, field: str) -> datetime | None:
    from datetime import UTC  # noqa: PLC0415 - beside what it is for

    try:
        return read_time(look_up(item.record.value, (field,)), zone=UTC)
    except Invalid:
        return None


def _add_beside(read: Text, items: list[Item], fields: Mapping[str, Field], *, is_first: bool) -> str:
    neighbour = items[0] if is_first else items[-1]
    if neighbour.dash is None:
        return _add_in_brackets(read, neighbour, fields, is_first=is_first)
    step = _measure_step(items)
    lines = write_block(fields, dash=neighbour.dash, step=step, end=read.end)
    gap = [read.end] if _has_gaps(read, items) else []
    if is_first:
        at = neighbour.line
        return read.mark + "".join([*read.lines[:at], *lines, *gap, *read.lines[at:]])
    at = read.find_end(items, len(items) - 1)
    before = read.lines[:at]
    if before and not before[-1].endswith(("\r", "\n")):
        before[-1] += read.end
        lines[-1] = lines[-1].rstrip("\r\n")  # a file without a final line end stays one
    return read.mark + "".join([*before, *gap, *lines, *read.lines[at:]])


def _measure_step(items: list[Item]) -> int:
    """Return how far behind their dashes the items of a list have their keys."""
    for item in items:
        span = item.record.places.value(())
        if item.dash is not None and span.line - 1 == item.line and isinstance(item.record.value, dict):
            return max(span.column - 1 - item.dash, _STEP)
    return _STEP


def _has_gaps(read: Text, items: list[Item]) -> bool:
    """Tell whether empty lines stand between the items of a list."""
    return len(items) > 1 and all(not read.line_of(item.line - 1).strip() for item in items[1:])


def _add_in_brackets(read: Text, neighbour: Item, fields: Mapping[str, Field], *, is_first: bool) -> str:
    span = neighbour.record.places.use(())
    line, column = (span.line, span.column) if is_first else (span.end_line, span.end_column)
    written = f"{write_flow(fields)}, " if is_first else f", {write_flow(fields)}"
    lines = list(read.lines)
    lines[line - 1] = lines[line - 1][: column - 1] + written + lines[line - 1][column - 1 :]
    return read.mark + "".join(lines)


def _begin_list(read: Text, key: str, fields: Mapping[str, Field]) -> str:
    """Write the first item of a list that is absent, empty or not given."""
    lines = list(read.lines)
    written = write_block(fields, dash=_STEP, step=_STEP, end=read.end)
    place = read.keys.get(key)
    if place is None:
        return read.mark + "".join(_append_key(read, key, written))
    number = place.line - 1
    head, rest = lines[number][: place.end_column - 1], lines[number][place.end_column - 1 :]
    colon, _, value = rest.partition(":")
    kept = _NOTHING.sub("", value, count=1).rstrip() if _NOTHING.match(value.strip()) else value.rstrip()
    if kept.strip() and not kept.strip().startswith("#"):
        raise CannotEditError(f"{key} in {read.name} is no list that can be added to; nothing was changed")
    lines[number] = f"{head}{colon}:{' ' + kept.strip() if kept.strip() else ''}{read.end}"
    if number + 1 == len(lines) and not rest.endswith(("\r", "\n")):
        written[-1] = written[-1].rstrip("\r\n")
    return read.mark + "".join([*lines[: number + 1], *written, *lines[number + 1 :]])


def _append_key(read: Text, key: str, written: list[str]) -> list[str]:
    lines = list(read.lines)
    at = next((number for number, line in enumerate(lines) if line.rstrip() == "..."), len(lines))
    before, after = lines[:at], lines[at:]
    if before and not before[-1].endswith(("\r", "\n")):
        before[-1] += read.end
        written[-1] = written[-1].rstrip("\r\n")
    gap = [read.end] if len(read.keys) > 1 and not _is_after_text(read, max(read.keys.values()).line - 2) else []
    return [*before, *gap, f"{key}:{read.end}", *written, *after]


def _is_after_text(read: Text, number: int) -> bool:
    return bool(read.line_of(number).strip())
