"""What was read from a catalogue: text, and where it stood. No YAML, no rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol, TypeAlias

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"
"""Text, nothing, or lists and mappings of them: a scalar is never more than its text here."""


class Unread(str):
    """The text of a value that could not be read; its problem is reported, and it may cause no other."""

    __slots__ = ()


UNREAD: Final = Unread()

REST: Final = "<<"
"""A mapping of which a part could not be read holds UNREAD under this key: more fields may have been given."""

Path: TypeAlias = tuple[str | int, ...]
"""The way to a value within its record: keys of mappings and positions in lists, from 0."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a file: lines and columns count from 1, columns in code points, the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Places(Protocol):
    """Where the values of one record stand in its file; worked out only when somebody asks."""

    def value(self, path: Path) -> Span:
        """Return the place of a value; of an aliased one, the place of what the alias stands for."""
        ...

    def use(self, path: Path) -> Span:
        """Return the place where a value is used: of an aliased one, the place of the alias."""
        ...

    def key(self, path: Path) -> Span:
        """Return the place of the key under which a value stands; in a list, the value's own."""
        ...

    def first_key(self, path: Path) -> Span:
        """Return the place of the first key of the mapping at a path (of an empty one, its own place)."""
        ...


@dataclass(slots=True)
class Record:
    """One thing that was read: the value of a root key, or one item of a root key that lists entries.

    ``key`` is the root key it stood under, ``number`` counts the items of that key from 1 (0 where the record
    is the key's whole value), ``line`` is where it starts. ``size`` is its text in code points or more, after
    aliases; a record whose exact size matters is measured only when this says that it might be too large.
    ``is_cut`` says that reading broke off right behind it: it may have been meant to hold more.
    """

    file: str
    key: str
    number: int
    line: int
    size: int
    value: Value
    places: Places
    is_cut: bool = False
