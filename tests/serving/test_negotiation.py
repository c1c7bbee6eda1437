"""Which content coding is chosen (RFC 9110, section 12.5.3)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedpub.serving.negotiation import choose_coding

CODINGS = ("br", "gzip")


@pytest.mark.parametrize(
    ("accept", "coding"),
    [
        (None, "identity"),
        ("", "identity"),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("GZIP", "gzip"),
        ("x-gzip", "gzip"),
        ("compress, gzip", "gzip"),
        ("deflate", "identity"),
        ("*", "br"),
        ("*;q=0.5, gzip", "gzip"),
        ("br;q=0, *", "gzip"),
        ("gzip;q=0", "identity"),
        ("gzip;q=0.000", "identity"),
        ("gzip; q=0.5, br ;Q=0.4", "gzip"),
        ("gzip;q=1.0, br;q=1.000", "br"),
        ("identity, gzip;q=0.5", "identity"),
        ("identity;q=0.5, gzip;q=0.5", "gzip"),
        ("gzip, *;q=0", "gzip"),
        ("identity;q=0, gzip;q=0.1", "gzip"),
        ("identity;q=0", None),
        ("*;q=0", None),
        ("*;q=0, identity", "identity"),
        ("gzip;q=0, br;q=0, identity;q=0", None),
        ("br;q=0, gzip;q=0, *;q=0", None),
        ("gzip;q=2, gzip;q=-1, gzip;q=, gzip;level=9, =, ;q=1", "identity"),
        ("gzip;q=0.1234", "identity"),
        ("gzip;q=0, gzip", "identity"),
    ],
)
def test_the_best_that_is_accepted_is_chosen(accept: str | None, coding: str | None) -> None:
    assert choose_coding(accept, codings=CODINGS) == coding


def test_what_cannot_be_made_is_never_chosen() -> None:
    assert choose_coding("br, gzip;q=0.1", codings=("gzip",)) == "gzip"
    assert choose_coding("br", codings=()) == "identity"


@given(st.text(st.characters(max_codepoint=0xFF)))
def test_no_value_is_too_much(accept: str) -> None:
    assert choose_coding(accept, codings=CODINGS) in (*CODINGS, "identity", None)


@pytest.mark.parametrize("part", [",", "a;", "gzip ", "gzip;q=0.", "a,", " ", ";q=1"])
def test_a_value_of_a_megabyte_is_read_in_time(part: str) -> None:
    assert choose_coding(part * (1_000_000 // len(part)), codings=CODINGS) == "identity"
