"""Pieces of a large file, cut where an item of a list or a root key begins: each can be read alone.

A cut is a guess by what a line looks like. It holds where the piece before it, read alone, ends as `Ending` says that
it must; whoever reads the pieces compares them (`Seams`), and reads the file whole where one does not fit.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, BinaryIO, NamedTuple
from zlib import crc32

from feedpub.source.stream import CHUNK

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

LEAST, MOST = 256 << 10, 1 << 20
"""Bytes of a piece: a cut is made behind the one where the content says so, behind the other at the next chance."""
_LONGEST = 8 << 20  # a piece that finds no end within this is none
_SELDOM = 64  # of how many places one is a cut
_FINGERPRINT = 64  # bytes of an item's beginning that decide

_ROOT_KEY = rb"\n(?=[A-Za-z])"
_KEY = rb"([A-Za-z][A-Za-z0-9_-]*):(?=[ \r\n])"
_FIRST_DASH = rb"\n( *)-[ \r\n]"


ANY_COLUMN = -1
"""Where the dashes stand of a list that has no item yet."""


class Piece(NamedTuple):
    """A stretch of a file: where it begins and how long it is in bytes, and the line, from 1, on which it begins.

    ``key`` is the root key whose list goes on in it, with its dashes at ``column``; None for the first piece.
    ``digest`` is that of its bytes, in hexadecimal, where it was asked for.
    """

    offset: int
    length: int
    line: int
    key: str | None
    column: int
    digest: str = ""


class Ending(NamedTuple):
    """How a piece ended that was read alone: in the block list of ``key`` with its dashes at ``column``, or in none.

    ``keys`` are the root keys that it holds, ``anchors`` the names of its anchors.
    """

    key: str | None
    column: int
    keys: tuple[str, ...]
    anchors: tuple[str, ...]


def cut(
    raw: BinaryIO,
    *,
    listed: Collection[str],
    digest: bool = False,
    known: Sequence[Piece] = (),
    grown: int = 0,
    hashed: Mapping[tuple[int, int], str] | None = None,
    is_root: bool = False,
) -> Iterator[Piece]:
    """Yield the pieces of a file, in order; the last goes to its end. ``listed`` are the root keys that list items.

    With ``digest``, each has that of its bytes. The same bytes behind the same cut give the same pieces, wherever they
    stand in the file. ``known`` are the pieces, with digests, that it had when it was ``grown`` bytes smaller: where
    one is still there, its end need not be searched. ``hashed`` are digests of stretches of it, by offset and length,
    that need not be taken again. The first piece of a root file holds the head alone.
    """
    return _Cutter(raw, listed, known, grown, hashed or {}, first=0 if is_root else LEAST).cut(digest=digest)


def digest_piece(data: bytes | memoryview) -> str:
    """Return what the digest of a piece is, from its bytes."""
    return sha256(data).hexdigest()


class Seams:
    """The pieces of one file as they are read: whether they are the same read alone as they would be in one."""

    def __init__(self) -> None:
        """Begin before the first piece."""
        self._last: Ending | None = None
        self._keys: set[str] = set()
        self._anchors: set[str] = set()

    def join(self, piece: Piece, ending: Ending) -> bool:
        """Tell whether a piece may follow what came before; it was read alone and ended so."""
        last = self._last
        if last is not None and (last.key != piece.key or last.column not in (piece.column, ANY_COLUMN)):
            return False
        keys = {key for key in ending.keys if key != piece.key}
        if not self._keys.isdisjoint(keys) or not self._anchors.isdisjoint(ending.anchors):
            return False
        self._keys |= keys
        self._anchors.update(ending.anchors)
        self._last = ending
        return True


class _Cutter:
    """The data of a file from where the next piece begins, and the list that goes on there."""

    def __init__(
        self,
        raw: BinaryIO,
        listed: Collection[str],
        known: Sequence[Piece],
        grown: int,
        hashed: Mapping[tuple[int, int], str],
        *,
        first: int,
    ) -> None:
        self._raw = raw
        self._listed = frozenset(listed)
        self._known = known
        self._starts = {piece.offset: number for number, piece in enumerate(known)}
        self._grown = grown
        self._hashed = hashed
        self._offset = 0
        self._least = first
        self._next = 0
        self._data = bytearray()
        self._is_whole = False
        self._key: str | None = None
        self._column = 0
        self._root_key, self._name, self._first_dash = map(re.compile, (_ROOT_KEY, _KEY, _FIRST_DASH))

    def cut(self, *, digest: bool) -> Iterator[Piece]:
        offset, line = 0, 1
        while True:
            found = self._recall()
            if found is None:
                end, key, column = self._find_end()
                mark = self._digest(end) if digest else ""
                lines = _count_lines(self._data, end)
            else:
                piece, following = found
                end, mark, lines, key, column = piece.length, piece.digest, 0, None, 0
                if following is not None:
                    lines, key, column = following.line - piece.line, following.key, following.column
            yield Piece(offset, end, line, self._key, self._column, mark)
            if key is None:
                return
            self._offset = offset = offset + end
            line += lines
            del self._data[:end]
            self._least = LEAST
            self._key, self._column = key, column
            self._next = self._starts.get(offset, self._starts.get(offset - self._grown, len(self._known)))

    def _recall(self) -> tuple[Piece, Piece | None] | None:
        """Return the known piece that the data begins with, and the one that follows it, which begins as it did.

        None follows the last one, which goes to the end of the file.
        """
        piece, following = (*self._known[self._next : self._next + 2], None, None)[:2]
        if piece is None or (piece.key, piece.column) != (self._key, self._column):
            return None
        while len(self._data) < piece.length + _FINGERPRINT and not self._is_whole:
            self._read(all_of_it=False)
        is_last = following is None
        if is_last != (len(self._data) == piece.length) or self._digest(piece.length) != piece.digest:
            return None
        if following is None:
            return (piece, None) if self._least else None
        mark = b" " * following.column + b"- "
        is_cut = piece.length >= MOST or self._least == 0 or self._decides(piece.length)
        return (piece, following) if is_cut and self._data.startswith(mark, piece.length) else None

    def _digest(self, end: int) -> str:
        known = self._hashed.get((self._offset, end))
        if known is not None:
            return known
        with memoryview(self._data) as data, data[:end] as piece:
            return digest_piece(piece)

    def _decides(self, place: int) -> bool:
        """Tell whether what begins at a place makes it a cut."""
        return crc32(self._data[place : place + _FINGERPRINT]) % _SELDOM == 0

    def _find_end(self) -> tuple[int, str | None, int]:
        """Return where the piece ends that the data begins with, and the list that goes on there; at the end none."""
        sought, looked, key, column = 0, 0, self._key, self._column  # what was looked at is not again
        if key is None:
            key, column = self._read_list(0)
        while True:
            end, sought = self._find_item(key, column, max(sought, self._least))
            limit = len(self._data) if end is None else end
            root = self._root_key.search(self._data, looked, limit)
            looked = max(looked, limit - 1)
            if root is not None:
                sought = looked = root.end()
                key, column = self._read_list(looked)
            elif end is not None:
                return end, key, column
            elif self._is_whole:
                return len(self._data), None, 0
            else:
                self._read(all_of_it=len(self._data) > _LONGEST)

    def _read_list(self, root: int) -> tuple[str | None, int]:
        """Return the root key that stands at a place and the column of its dashes, no key where it lists no items."""
        looked = root  # what was looked at is not again
        while True:
            name = self._name.match(self._data, root)
            if name is not None and name[1].decode() not in self._listed:
                return None, 0
            dash = self._first_dash.search(self._data, looked)
            following = self._root_key.search(self._data, looked)
            if name and dash and (following is None or dash.start() < following.start()):
                return name[1].decode(), len(dash[1])
            if following is not None or self._is_whole:
                return None, 0
            if dash is None:
                looked = max(looked, self._data.rfind(b"\n", looked))
            self._read(all_of_it=len(self._data) - root > _LONGEST)

    def _find_item(self, key: str | None, column: int, start: int) -> tuple[int | None, int]:
        """Return the first place from ``start`` on at which an item begins and a piece may end, None where none is.

        With it comes the place from which to go on when there is more.
        """
        mark = b"\n" + b" " * column + b"- "
        while key is not None:
            found = self._data.find(mark, start)
            place = found + 1
            if found < 0:
                return None, max(start, len(self._data) - len(mark))
            if place + _FINGERPRINT > len(self._data) and not self._is_whole:
                return None, found
            if place >= MOST or self._least == 0 or self._decides(place):
                return place, place
            start = place
        return None, start

    def _read(self, *, all_of_it: bool) -> None:
        data = self._raw.read() if all_of_it else self._raw.read(CHUNK)
        self._is_whole = all_of_it or not data
        self._data += data


def _count_lines(data: bytearray, end: int) -> int:
    """Return how many lines end before a place, as LF, CRLF or CR."""
    lines = data.count(b"\n", 0, end)
    return lines + (data.count(b"\r", 0, end) - data.count(b"\r\n", 0, end) if b"\r" in data else 0)
