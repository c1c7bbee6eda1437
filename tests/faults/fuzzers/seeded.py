"""A bounded number of mutations, the same ones from the same seed: needs nothing that is not installed anyhow."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from faults.fuzzers.fuzzer import FindingError
from faults.fuzzers.mutating import flood, mutate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from faults.fuzzers.fuzzer import Fuzzer

SELDOM = 2_000
"""One input of so many is a flood: larger than its fuzzer's others, to see how long it takes."""


def list_inputs(fuzzer: Fuzzer, *, count: int, seed: int, more: Path | None = None) -> Iterator[bytes]:
    """Yield the corpus, with what another folder holds, then so many mutations of it."""
    corpus = fuzzer.read_corpus(more)
    yield from corpus
    fragments = fuzzer.read_dictionary()
    chance = random.Random(seed)  # noqa: S311 - inputs, no secrets
    for number in range(count):
        one = chance.choice(corpus)
        if number % SELDOM == 0:
            yield flood(one, chance, fragments=fragments, others=corpus)
        else:
            yield mutate(one, chance, fragments=fragments, others=corpus, largest=fuzzer.largest)


def try_inputs(fuzzer: Fuzzer, *, count: int, seed: int, try_one: Callable[[bytes], None] | None = None) -> None:
    """Try the corpus and its mutations. Raises FindingError with the input that broke the claim, from what it was."""
    for data in list_inputs(fuzzer, count=count, seed=seed):
        try:
            (try_one or fuzzer.try_one)(data)
        except Exception as error:
            raise FindingError(f"{fuzzer.name}: {data!r}: {type(error).__name__}: {error}") from error
