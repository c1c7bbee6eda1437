from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedpub.source import FORBIDDEN, CheckedStream, NotRegularError, open_regular, restore
from feedpub.source.stream import BOM, CHUNK


class Trickle(io.RawIOBase):
    """A file that gives a few bytes at a time, whatever is asked for."""

    def __init__(self, data: bytes, *, step: int) -> None:
        super().__init__()
        self._data = data
        self._step = step

    def read(self, size: int = -1) -> bytes:  # noqa: ARG002 - that is the point of it
        chunk, self._data = self._data[: self._step], self._data[self._step :]
        return chunk


def drain(data: bytes, *, step: int = CHUNK) -> tuple[str, CheckedStream]:
    """Return all that a stream gives as text, and the stream."""
    stream = CheckedStream(Trickle(data, step=step))  # type: ignore[arg-type] # all that is read of it is there
    chunks = iter(lambda: stream.read(1), b"")
    return b"".join(chunks).decode(), stream


def test_sound_text_passes_as_it_is() -> None:
    text = "a: é 한 😀\t\r\n" * 3
    given_back, stream = drain(text.encode())
    assert given_back == text
    assert (stream.flawed, stream.swapped, stream.size) == (False, False, len(text.encode()))


@pytest.mark.parametrize("step", [1, 2, 3, 4, CHUNK])
def test_a_byte_order_mark_is_skipped_at_the_start_alone(step: int) -> None:
    text, stream = drain(BOM + b"a" + BOM + b"b", step=step)
    assert text == "a\ufeffb"
    assert drain(BOM + BOM, step=step)[0] == "\ufeff"
    assert drain(b"a", step=step)[0] == "a"
    assert not stream.flawed


@pytest.mark.parametrize("step", [1, 2, 3, 5, 7])
def test_a_character_may_lie_across_chunks(step: int) -> None:
    text = "é한😀\u2028a\u2029\ufeff" * 5
    given_back, stream = drain(text.encode(), step=step)
    assert restore(given_back) == text
    assert stream.swapped
    assert not stream.flawed


@pytest.mark.parametrize("step", [1, 2, 3, CHUNK])
@pytest.mark.parametrize("character", [*"\x00\x08\x0b\x1f\x7f\x80\x85\x9f\ufdd0\ufdef\ufffe\uffff\U0001fffe\U0010ffff"])
def test_a_forbidden_character_becomes_a_replacement_and_is_noted(character: str, step: int) -> None:
    text, stream = drain(f"a{character}é".encode(), step=step)
    assert text == "a\ufffdé"
    assert stream.flawed


@pytest.mark.parametrize("character", [*"\t\n\r ~\xa0\ud7ff\ue000\ufdcf\ufdf0\ufffd\U00010000\U0010fffd"])
def test_the_characters_beside_the_forbidden_ones_pass(character: str) -> None:
    text, stream = drain(f"a{character}b".encode())
    assert text == f"a{character}b"
    assert not stream.flawed


@pytest.mark.parametrize(
    "data", [b"a\xe9b", b"a\xc3", b"\xf0\x9f\x98", b"a\xed\xa0\x80b", b"\xc0\x80", b"\xf5\x80\x80\x80", b"\x80"]
)
@pytest.mark.parametrize("step", [1, CHUNK])
def test_what_is_no_utf_8_arrives_as_replacements_and_is_noted(data: bytes, step: int) -> None:
    text, stream = drain(data, step=step)
    assert "\ufffd" in text
    assert stream.flawed


@settings(database=None, deadline=None)
@given(st.text(), st.integers(3, 9))
def test_any_text_passes_but_for_what_is_forbidden(text: str, step: int) -> None:
    given_back, stream = drain(BOM + text.encode("utf-8", "replace"), step=step)
    expected = text.encode("utf-8", "replace").decode()
    assert restore(given_back) == FORBIDDEN.sub("\ufffd", expected)
    assert stream.flawed == bool(FORBIDDEN.search(expected))


@settings(database=None, deadline=None)
@given(st.binary(), st.integers(3, 9))
def test_any_bytes_become_utf_8(data: bytes, step: int) -> None:
    text, stream = drain(data, step=step)
    assert not FORBIDDEN.search(restore(text))
    assert stream.flawed or restore(text).encode() == data.removeprefix(BOM)


def test_a_regular_file_is_opened_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"text")
    (tmp_path / "b").symlink_to("a")
    with open_regular(tmp_path / "b") as raw:
        assert raw.read() == b"text"


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotRegularError, match="is not a regular file"):
        open_regular(tmp_path)


def test_a_pipe_that_nobody_writes_to_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NotRegularError) as caught:
        open_regular(tmp_path / "pipe")
    assert caught.value.path == str(tmp_path / "pipe")


def test_a_device_is_refused() -> None:
    with pytest.raises(NotRegularError):
        open_regular(Path(os.devnull))


def test_a_file_that_is_not_there_is_the_systems_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        open_regular(tmp_path / "none")


@pytest.mark.parametrize("character", ["\U00010ffe", "\U00020ffe", "\U00020fff", "\U0002bffe", "\U000e0ffe"])
def test_a_letter_whose_number_ends_like_a_noncharacters_passes(character: str) -> None:
    text, stream = drain(f"a{character}b".encode())
    assert text == f"a{character}b"
    assert not stream.flawed


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="/proc/self/mem: not there")
@pytest.mark.parametrize("size", [1, -1])
def test_a_file_that_fails_while_it_is_read_is_named(size: int) -> None:
    with open_regular(Path("/proc/self/mem")) as raw, pytest.raises(OSError, match="Input/output error") as caught:
        raw.read(size)
    assert caught.value.filename == "/proc/self/mem"
