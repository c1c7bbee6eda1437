"""What is read of a piece of a file without the parser is what the parser reads of it.

The first line says which list goes on, and where its dashes stand: ``articles 2``.
"""

from __future__ import annotations

import re

from faults.fuzzers.fuzzer import Fuzzer
from loading.comparing import compare

_LIST = re.compile(rb"(articles|teasers) ([0-8])\n")


def try_one(data: bytes) -> None:
    """Read a piece both ways."""
    found = _LIST.match(data)
    key, column = (found[1].decode(), int(found[2])) if found else ("articles", 2)
    if piece := data[found.end() if found else 0 :]:  # there are no pieces of nothing
        compare(piece, key, column)


FUZZER = Fuzzer(name="plain", try_one=try_one, largest=1024)
