"""The bytes of documents as they were published, whatever becomes of their folder; how many are in memory is bounded.

All lie in a temporary file that has no name; those asked for last, and what was compressed of them, in memory.
"""

from __future__ import annotations

from collections import OrderedDict
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from feedpub.encodings import ENCODINGS
from feedpub.serving.negotiation import IDENTITY
from feedpub.spool import Spool

if TYPE_CHECKING:
    from collections.abc import Callable

    from feedpub.spool import Place

MEMORY: Final = 32 << 20
"""Bytes of documents that are kept in memory, compressed ones among them."""


def _compress_brotli(data: bytes) -> bytes:
    """Compress nearly as well as for a file, in a fraction of the time: somebody is waiting."""
    compressed: bytes = import_module("brotli").compress(data, quality=9)
    return compressed


_COMPRESSORS: dict[str, Callable[[bytes], bytes]] = {
    **({"br": _compress_brotli} if find_spec("brotli") else {}),
    "gzip": ENCODINGS["gzip"].compress,
}
CODINGS: tuple[str, ...] = tuple(_COMPRESSORS)
"""The content codings that can be had beside identity, the best first."""


class Contents:
    """Bytes that were put in once and can be had again, plain or compressed; `make` alone may run in any thread."""

    def __init__(self, *, memory: int = MEMORY) -> None:
        """Begin with nothing; ``memory`` bounds the bytes that are kept there."""
        self._memory = memory
        self._spool = Spool()
        self._held: OrderedDict[tuple[Place, str], bytes] = OrderedDict()
        self._held_size = 0

    def put(self, data: bytes) -> Place:
        """Keep some bytes. Raises OSError where the disk is full."""
        return self._spool.keep(data)

    def recall(self, place: Place, coding: str = IDENTITY) -> bytes | None:
        """Return bytes in a coding where that costs nothing: they are in memory."""
        found = self._held.get((place, coding))
        if found is not None:
            self._held.move_to_end((place, coding))
        return found

    def make(self, place: Place, coding: str = IDENTITY) -> bytes:
        """Read bytes from the file and compress them, which may take a while."""
        data = self._spool.read(place)
        return data if coding == IDENTITY else _COMPRESSORS[coding](data)

    def hold(self, place: Place, coding: str, data: bytes) -> None:
        """Keep in memory what `make` has made, and let go of what nobody has asked for since."""
        if len(data) > self._memory or (place, coding) in self._held:
            return
        self._held[place, coding] = data
        self._held_size += len(data)
        while self._held_size > self._memory:
            _, dropped = self._held.popitem(last=False)
            self._held_size -= len(dropped)
