"""A fault that is there to be found: only who keeps what came nearer to it comes to it."""

from __future__ import annotations

from faults.fuzzers.fuzzer import Fuzzer, hold


def try_one(data: bytes) -> None:
    """Break at one word, a letter of which is a step."""
    first, second, third, fourth, fifth = (data[place : place + 1] for place in range(5))
    is_word = first == b"T" and second == b"I" and third == b"D" and fourth == b"A" and fifth == b"L"
    hold(not is_word, "the planted fault")


FUZZER = Fuzzer(name="planted", try_one=try_one, largest=16)
