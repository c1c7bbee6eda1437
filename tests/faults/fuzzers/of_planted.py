"""A fault that is there to be found: only who sees what its comparisons want comes to it."""

from __future__ import annotations

from faults.fuzzers.fuzzer import Fuzzer, hold


def try_one(data: bytes) -> None:
    """Break at one word of four bytes, of the four thousand million that there are."""
    found = data[:4]
    hold(
        not (found[:1] == b"T" and found[1:2] == b"I" and found[2:3] == b"D" and found[3:] == b"E"), "the planted fault"
    )


FUZZER = Fuzzer(name="planted", try_one=try_one, largest=16)
