"""Entries as they were written last: one that several topics show is converted once per format, not once per topic."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedpub.feed import Entry, Person

MOST = 8 << 20
"""Bytes of entries that are kept of a format; those that were not wanted for longest go first."""

Key: TypeAlias = "tuple[Entry, tuple[Person, ...]]"
"""All that the bytes of an entry are made of: the entry, and the authors that it takes from its feed."""


class Written(NamedTuple):
    """An entry in a format, from the line break before it to its last byte, and the prefixes that it uses."""

    data: bytes
    prefixes: frozenset[str]


class KeptEntries:
    """The entries that were written in an XML format, each beginning with ``start``, before the ``end`` of a document.

    Both are a line break and a tag, which no text holds: there ``<`` is always escaped.
    """

    def __init__(self, *, start: bytes, end: bytes) -> None:
        """Begin with none."""
        self._start = start
        self._end = end
        self._size = 0
        self._entries: dict[Key, Written] = {}

    def find(self, keys: Sequence[Key]) -> dict[Key, Written]:
        """Return those that are kept, and let them stay for longer."""
        found: dict[Key, Written] = {}
        for key in keys:
            if (one := self._entries.pop(key, None)) is not None:
                self._entries[key] = found[key] = one
        return found

    def join(
        self, document: bytes, keys: Sequence[Key], *, known: dict[Key, Written], prefixes: dict[Key, frozenset[str]]
    ) -> bytes:
        """Return a document with the entries of ``keys``, in order: it holds those that are not ``known`` yet.

        ``prefixes`` are theirs, in the order in which the document holds them; they are kept.
        """
        head, parts, tail = self._split(document)
        new = {key: Written(part, prefixes[key]) for key, part in zip(prefixes, parts, strict=True)}
        self._keep(new)
        return head + b"".join((known.get(key) or new[key]).data for key in keys) + tail

    def _split(self, document: bytes) -> tuple[bytes, list[bytes], bytes]:
        """Return what stands before the entries of a document, they, and what stands behind."""
        end = document.rindex(self._end)
        first = document.find(self._start)
        first = end if first < 0 else first
        parts = document[first:end].split(self._start)[1:]
        return document[:first], [self._start + part for part in parts], document[end:]

    def _keep(self, new: dict[Key, Written]) -> None:
        for key, one in new.items():
            if len(one.data) <= MOST // 16 and key not in self._entries:
                self._entries[key] = one
                self._size += len(one.data)
        while self._size > MOST:
            self._size -= len(self._entries.pop(next(iter(self._entries))).data)
