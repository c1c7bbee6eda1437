"""What a fuzzer is: a claim about any bytes at all, and what helps to find the bytes that break it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Callable

CORPUS = Path(__file__).parent / "corpus"
DICTIONARIES = Path(__file__).parent / "dictionaries"
_ESCAPE = re.compile(r'\\(?:x([0-9a-f]{2})|(["\\]))')

NAMES = ("source", "documents", "markup", "words", "conditions", "plain")
"""The fuzzers that there are, each in the module ``of_NAME``."""


class FindingError(AssertionError):
    """Some bytes broke a claim, took too long or too much memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fuzzer:
    """``try_one`` raises where bytes break its claim; what else it lets through is a finding too.

    ``largest`` is how many bytes there are at most.
    """

    name: str
    try_one: Callable[[bytes], None]
    largest: int

    def read_corpus(self, more: Path | None = None) -> list[bytes]:
        """Return what is kept in the repository to begin with, and what a folder holds beside."""
        folders = [CORPUS / self.name] if more is None else [CORPUS / self.name, more]
        return [path.read_bytes() for folder in folders for path in sorted(folder.iterdir())]

    @property
    def dictionary(self) -> Path:
        """Where it is written what the bytes are likely to be made of, as libFuzzer reads it: a line in quotes each."""
        return DICTIONARIES / f"{self.name}.dict"

    def read_dictionary(self) -> list[bytes]:
        """Return what the bytes are likely to be made of."""
        lines = self.dictionary.read_text(encoding="ascii").splitlines()
        return [_ESCAPE.sub(_unescape, line[1:-1]).encode("latin-1") for line in lines]


def load_fuzzer(name: str) -> Fuzzer:
    """Return a fuzzer by its name; it is loaded only now, so that what it imports can be instrumented."""
    return cast("Fuzzer", import_module(f"faults.fuzzers.of_{name}").FUZZER)


def hold(claim: object, sentence: str, *about: object) -> None:
    """Raise where a claim does not hold; what it is about is written out only then."""
    if not claim:
        raise FindingError(f"{sentence} {' / '.join(map(repr, about))}")


def _unescape(found: re.Match[str]) -> str:
    return chr(int(found[1], 16)) if found[1] else str(found[2])
