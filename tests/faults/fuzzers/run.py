"""Run one fuzzer in a process of its own: ``python -m faults.fuzzers.run NAME --runs 1000 --seed 1 --last FILE``.

With ``--guided FOLDER`` atheris chooses the inputs, by what of feedpub they reach, and keeps those that reach more in
the folder; else the inputs follow from the seed. What it found is on standard error, and the exit code is not 0.
"""

from __future__ import annotations

import argparse
import atexit
import json
import os
import random
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from faults.fuzzers.fuzzer import CORPUS, NAMES, load_fuzzer
from faults.fuzzers.guarding import Guard, measure_memory
from faults.fuzzers.mutating import mutate
from faults.fuzzers.seeded import try_inputs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from faults.fuzzers.fuzzer import Fuzzer

PATIENCE = 60
"""Seconds by the clock after which atheris ends a run that does not end."""


def main(words: Sequence[str]) -> None:
    """Do what the command line says, and print the figures as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("name", choices=(*NAMES, "planted"))
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--seconds", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--last", type=Path, required=True)
    parser.add_argument("--guided", type=Path)
    asked = parser.parse_args(words)
    if asked.guided is None:
        fuzzer = load_fuzzer(asked.name)
        guard = Guard(fuzzer.try_one, last=asked.last)
        try_inputs(fuzzer, count=asked.runs, seed=asked.seed, try_one=guard)
        print_figures(guard)
    else:
        run_guided(asked)


def print_figures(guard: Guard) -> None:
    """Print how many inputs were tried, and the worst of them."""
    figures = {"runs": guard.count, "slowest": round(guard.slowest, 3), "mebibytes": measure_memory() >> 10}
    print(json.dumps(figures), flush=True)  # noqa: T201 - for the process that began this one


def run_guided(asked: argparse.Namespace) -> None:
    """Let atheris choose; the process ends here."""
    import atheris  # noqa: PLC0415 - not everywhere to be had

    with atheris.instrument_imports(include=["feedpub", "faults.fuzzers.of_planted"], enable_loader_override=False):
        fuzzer = load_fuzzer(asked.name)
        for data in fuzzer.read_corpus():  # what is imported with the first use is instrumented too
            fuzzer.try_one(data)
    guard = Guard(fuzzer.try_one, last=asked.last)
    options = [
        f"-atheris_runs={asked.runs}",
        f"-seed={asked.seed}",
        f"-max_len={fuzzer.largest}",
        f"-timeout={PATIENCE}",
        "-rss_limit_mb=0",  # the guard looks at it
        f"-dict={fuzzer.dictionary}",
        f"-artifact_prefix={asked.last}-",
    ]
    asked.guided.mkdir(parents=True, exist_ok=True)
    folders = [str(asked.guided), str(CORPUS / fuzzer.name)]
    atheris.Setup(
        [sys.argv[0], *options, *folders],
        stop_in_time(guard, asked.seconds),
        custom_mutator=make_mutator(fuzzer, atheris),
    )
    atheris.Fuzz()


def stop_in_time(guard: Guard, seconds: int) -> Callable[[bytes], None]:
    """Return what tries an input, and ends the process, with the figures, when there have been enough or it is time."""
    end = time.monotonic() + seconds if seconds else float("inf")

    def try_one(data: bytes) -> None:
        if time.monotonic() > end:
            print_figures(guard)
            os._exit(0)  # libFuzzer takes any other end for a crash
        guard(data)

    atexit.register(print_figures, guard)
    return try_one


def make_mutator(fuzzer: Fuzzer, atheris: Any) -> Any:  # noqa: ANN401 - it has no types
    """Return what makes another input of one, half of the time as libFuzzer would."""
    corpus, fragments = fuzzer.read_corpus(), fuzzer.read_dictionary()

    def make_other(data: bytes, largest: int, seed: int) -> bytes:
        chance = random.Random(seed)  # noqa: S311 - inputs, no secrets
        if chance.random() < 0.4:
            return bytes(atheris.Mutate(data, largest))
        return mutate(data, chance, fragments=fragments, others=corpus, largest=largest)

    return make_other


if __name__ == "__main__":
    main(sys.argv[1:])
