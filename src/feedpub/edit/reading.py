"""A catalogue file's text as it is edited: its lines, and where the items of its lists stand in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from feedpub.catalogue import LISTED
from feedpub.errors import UsageError
from feedpub.source import CatalogueFile

if TYPE_CHECKING:
    from feedpub.record import Record, Value

BOM = "\ufeff"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_DASH = re.compile(r"( *)-( +)(?:&\S+ +)?")
_LONE_DASH = re.compile(r"( *)-[ \t]*(?:&\S+[ \t]*)?(?:#.*)?")


class CannotEditError(UsageError):
    """The text cannot be changed without a risk for what stands around: somebody has to do it by hand."""


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list: its record, and the place of its dash in code points from 0, None in a list in brackets.

    ``line`` counts from 0 and is that of the dash, else that of the item.
    """

    record: Record
    line: int
    dash: int | None


class Text:
    """A file's text, read: ``lines`` have their ends, the byte order mark is kept apart.

    ``keys`` are the places of the root keys. Raises CannotEditError for a text that has problems of its own.
    """

    def __init__(self, text: str, *, name: str) -> None:
        """Read a text; ``name`` is what a refusal calls it."""
        self.name = name
        self.mark = BOM if text.startswith(BOM) else ""
        self.lines = _LINE.findall(text.removeprefix(BOM))
        file = CatalogueFile(Path(name), name=name, data=text.encode())
        self._records = list(file.read(listed=LISTED))
        self.keys = file.keys
        self.problems = len(file.diagnostics)
        if not file.complete or any(one.severity == "error" for one in file.diagnostics):
            raise CannotEditError(f"{name} has mistakes: feedpub check shows them; nothing was changed")

    @property
    def end(self) -> str:
        """How the file ends its lines."""
        first = self.lines[0] if self.lines else ""
        return "\r\n" if first.endswith("\r\n") else "\r" if first.endswith("\r") else "\n"

    def list_items(self, key: str) -> list[Item]:
        """Return the items under a root key, in order."""
        return [self._find(record) for record in self._records if record.key == key and record.number > 0]

    def group_values(self) -> dict[str, list[Value]]:
        """Return everything that the text says, by root keys; the items of a list in their order."""
        groups: dict[str, list[Value]] = {}
        for one in self._records:
            if one.number > 0 or one.value not in (None, []):
                groups.setdefault(one.key, []).append(one.value)
        return groups

    def line_of(self, number: int) -> str:
        """Return a line, from 0, without its end."""
        return self.lines[number].rstrip("\r\n") if number < len(self.lines) else ""

    def find_end(self, items: list[Item], position: int) -> int:
        """Return the line, from 0, behind an item of a block list, without blank lines and comments that follow it.

        A comment that is indented further than the item's dash belongs to the item.
        """
        item = items[position]
        if position + 1 < len(items):
            bound = items[position + 1].line
        else:
            below = [span.line - 1 for span in self.keys.values() if span.line - 1 > item.line]
            bound = min(below, default=len(self.lines))
        last = item.line
        for number in range(item.line + 1, bound):
            line = self.line_of(number)
            indent = len(line) - len(line.lstrip(" "))
            is_inside = item.dash is not None and indent > item.dash
            if line.strip() and (is_inside or not line.lstrip().startswith(("#", "...", "---"))):
                last = number
        return last + 1

    def _find(self, record: Record) -> Item:
        span = record.places.use(())
        line, column = span.line - 1, span.column - 1
        before = self.line_of(line)[:column]
        if match := _DASH.fullmatch(before):
            return Item(record, line, len(match[1]))
        match = _DASH.match(self.line_of(line))
        if match and len(match[1]) <= column <= match.end():  # an item that is empty, or an anchor's
            return Item(record, line, len(match[1]))
        above = line
        while not before.strip() and above > 0:
            above -= 1
            if match := _LONE_DASH.fullmatch(self.line_of(above)):
                return Item(record, above, len(match[1]))
            if self.line_of(above).strip() and not self.line_of(above).lstrip().startswith("#"):
                break
        return Item(record, line, None)


def ensure_same(text: str, *, name: str, expected: dict[str, list[Value]], problems: int) -> None:
    """Raise CannotEditError unless a text reads as expected: what was put together wrongly is never returned.

    Line ends at the very end of a value make no difference: a text in a block that ends with the file, and had no line
    end there, gets one where something follows it.
    """
    try:
        again = Text(text, name=name)
    except CannotEditError:
        again = None
    wanted = {key: values for key, values in expected.items() if values}
    if again is None or _strip(again.group_values()) != _strip(wanted) or again.problems > problems:
        raise CannotEditError(
            f"{name} is written in a way that cannot be changed safely: something repeats or continues what stands "
            "there; nothing was changed"
        )


def _strip(value: object) -> object:
    """Return a value whose texts have no line ends behind them."""
    if isinstance(value, dict):
        return {key: _strip(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_strip(one) for one in value]
    return value.rstrip("\n") if isinstance(value, str) else value
