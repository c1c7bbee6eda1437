"""Content codings: what is written is read back, and what is read is bounded and whole."""

from __future__ import annotations

import gzip
import sys
import zlib

import pytest

from feedpub.catalogue import ENCODING_NAMES
from feedpub.encodings import ENCODINGS
from feedpub.errors import FeedpubError

DATA = b"<rss>" + bytes(range(256)) * 200


def test_the_catalogue_and_the_table_name_the_same() -> None:
    assert tuple(ENCODINGS) == ENCODING_NAMES
    assert [one.suffix for one in ENCODINGS.values()] == [".gz", ".br"]


@pytest.mark.parametrize("name", ENCODING_NAMES)
@pytest.mark.parametrize("data", [b"", b"x", DATA])
def test_what_is_compressed_is_read_back(name: str, data: bytes) -> None:
    encoding = ENCODINGS[name]
    assert encoding.decompress(encoding.compress(data), len(data)) == data
    assert encoding.compress(data) == encoding.compress(data)


@pytest.mark.parametrize("name", ENCODING_NAMES)
def test_what_grows_a_thousandfold_is_read_back_whole(name: str) -> None:
    encoding = ENCODINGS[name]
    data = bytes(1 << 24)
    assert encoding.decompress(encoding.compress(data), len(data)) == data


@pytest.mark.parametrize("name", ENCODING_NAMES)
def test_what_holds_more_than_it_may_is_nothing(name: str) -> None:
    encoding = ENCODINGS[name]
    bomb = encoding.compress(bytes(1 << 26))
    assert encoding.decompress(bomb, 1 << 16) is None
    assert encoding.decompress(encoding.compress(DATA), len(DATA) - 1) is None


@pytest.mark.parametrize("name", ENCODING_NAMES)
def test_what_is_not_one_whole_stream_is_nothing(name: str) -> None:
    encoding = ENCODINGS[name]
    whole = encoding.compress(DATA)
    for broken in (b"", DATA, whole[:-1], whole[: len(whole) // 2], whole + b"more", whole + whole):
        assert encoding.decompress(broken, 2 * len(DATA)) is None


def test_gzip_names_no_time_and_no_file() -> None:
    data = ENCODINGS["gzip"].compress(DATA)
    assert data[3:8] == bytes(5)  # RFC 1952, section 2.3: no flags (so no name), no time


def test_another_compressor_s_bytes_hold_the_same() -> None:
    other = gzip.compress(DATA, compresslevel=1, mtime=1_700_000_000)
    assert ENCODINGS["gzip"].decompress(other, len(DATA)) == DATA
    assert ENCODINGS["gzip"].decompress(zlib.compress(DATA), len(DATA)) is None


def test_brotli_that_is_not_installed_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "brotli", None)
    told = r"^site.precompress: br needs brotli: pip install 'feedpub\[brotli\]'$"
    with pytest.raises(FeedpubError, match=told):
        ENCODINGS["br"].compress(b"")
    with pytest.raises(FeedpubError, match=told):
        ENCODINGS["br"].decompress(b"", 1)
