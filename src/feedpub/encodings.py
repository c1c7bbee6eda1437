"""Content codings (RFC 9110, section 8.4.1) in which files can be kept: how they are written and read."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from feedpub.errors import FeedpubError

if TYPE_CHECKING:
    from collections.abc import Callable

_GZIP = zlib.MAX_WBITS | 16  # how zlib is told to read and write gzip


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """A content coding: its name, what it adds to a file's name, and both ways.

    ``decompress`` gets some bytes and how many they may hold at most; it returns None where they hold more, or are
    not one whole stream and nothing else.
    """

    name: str
    suffix: str
    compress: Callable[[bytes], bytes]
    decompress: Callable[[bytes, int], bytes | None]


def _write_gzip(data: bytes) -> bytes:
    stream = zlib.compressobj(level=zlib.Z_BEST_COMPRESSION, wbits=_GZIP)  # RFC 1952, with no time and no name
    return stream.compress(data) + stream.flush()


def _read_gzip(data: bytes, most: int) -> bytes | None:
    stream = zlib.decompressobj(wbits=_GZIP)
    try:
        found = stream.decompress(data, most + 1)
    except zlib.error:
        return None
    return found if len(found) <= most and stream.eof and not stream.unused_data else None


def _write_brotli(data: bytes) -> bytes:
    compressed: bytes = _load_brotli().compress(data)
    return compressed


def _read_brotli(data: bytes, most: int) -> bytes | None:
    brotli = _load_brotli()
    stream = brotli.Decompressor()
    try:
        found: bytes = stream.process(data, output_buffer_limit=most + 1)  # all that there is, where it is less
    except brotli.error:
        return None
    return found if len(found) <= most and stream.is_finished() else None


def _load_brotli() -> Any:  # noqa: ANN401 - it ships no types
    try:
        return import_module("brotli")
    except ModuleNotFoundError:
        raise FeedpubError("site.precompress: br needs brotli: pip install 'feedpub[brotli]'") from None


ENCODINGS = {
    one.name: one
    for one in (
        Encoding(name="gzip", suffix=".gz", compress=_write_gzip, decompress=_read_gzip),
        Encoding(name="br", suffix=".br", compress=_write_brotli, decompress=_read_brotli),
    )
}
"""Every coding by its name, as servers and `site.precompress` call it."""
