"""An item taken out of one of a catalogue's lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedpub.edit.reading import Text, ensure_same

if TYPE_CHECKING:
    from feedpub.edit.reading import Item


def remove_item(text: str, *, key: str, number: int, name: str) -> str:
    """Return a catalogue's text without an item of a root key, counted from 1; every other byte is kept.

    Comments and blank lines around the item stay. ``name`` is what a refusal calls the file.
    Raises CannotEditError where that cannot be done safely: where something else repeats a part of the item.
    """
    read = Text(text, name=name)
    items = read.list_items(key)
    item = items[number - 1]
    if item.dash is None:
        changed = _remove_from_brackets(read, items, number - 1)
    else:
        end = read.find_end(items, number - 1)
        changed = read.mark + "".join([*read.lines[: item.line], *read.lines[end:]])
    expected = read.group_values()
    del expected[key][number - 1]
    ensure_same(changed, name=name, expected=expected, problems=read.problems)
    return changed


def _remove_from_brackets(read: Text, items: list[Item], position: int) -> str:
    """Take an item out with the comma that sets it apart."""
    spans = [item.record.places.use(()) for item in items]
    start, end = _offset(read, spans[position].line, spans[position].column), 0
    if position + 1 < len(spans):
        end = _offset(read, spans[position + 1].line, spans[position + 1].column)
    else:
        end = _offset(read, spans[position].end_line, spans[position].end_column)
        if position > 0:
            start = _offset(read, spans[position - 1].end_line, spans[position - 1].end_column)
    whole = "".join(read.lines)
    return read.mark + whole[:start] + whole[end:]


def _offset(read: Text, line: int, column: int) -> int:
    return sum(map(len, read.lines[: line - 1])) + column - 1
