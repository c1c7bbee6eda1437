"""Bytes stay what they were, and memory has a bound."""

from __future__ import annotations

import gzip

from feedpub.serving.contents import CODINGS, Contents


def test_what_was_put_in_is_had_again() -> None:
    contents = Contents()
    places = [contents.put(data) for data in (b"one", b"", b"three" * 100_000)]
    assert [contents.make(place) for place in places] == [b"one", b"", b"three" * 100_000]


def test_compressing_twice_gives_the_same_bytes() -> None:
    contents = Contents()
    place = contents.put(b"tide " * 1000)
    for coding in CODINGS:
        assert contents.make(place, coding) == contents.make(place, coding)
    assert gzip.decompress(contents.make(place, "gzip")) == b"tide " * 1000


def test_memory_holds_what_was_asked_for_last() -> None:
    contents = Contents(memory=10)
    first, second, third, large = (contents.put(data) for data in (b"11111", b"22222", b"33333", b"4" * 11))
    for place in (first, second):
        contents.hold(place, "identity", contents.make(place))
    assert contents.recall(first) == b"11111"
    contents.hold(third, "identity", contents.make(third))
    contents.hold(large, "identity", contents.make(large))
    assert [contents.recall(place) for place in (first, second, third, large)] == [b"11111", None, b"33333", None]
    assert contents.recall(first, "gzip") is None


def test_what_is_held_twice_counts_once() -> None:
    contents = Contents(memory=10)
    places = [contents.put(data) for data in (b"11111", b"22222")]
    for _ in range(3):
        for place in places:
            contents.hold(place, "identity", contents.make(place))
    assert [contents.recall(place) for place in places] == [b"11111", b"22222"]
