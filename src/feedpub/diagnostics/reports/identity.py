"""What makes a problem the same as in the last run, although the lines above it have moved."""

from __future__ import annotations

import re
from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from feedpub.diagnostics.diagnostic import Diagnostic

_PLACE = re.compile(r"(\([^()]*):\d+\)")


def identify(diagnostics: Sequence[Diagnostic]) -> Iterator[str]:
    """Yield a fingerprint for each diagnostic, in hexadecimal: unique in a run, and free of line numbers.

    Problems that say the same of the same text are told apart by their order in the file.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    for one in diagnostics:
        what = (one.file, one.rule, _PLACE.sub(r"\1)", one.message), (one.excerpt or "").strip())
        seen[what] += 1
        yield sha256("\0".join((*what, str(seen[what]))).encode("utf-8", "surrogatepass")).hexdigest()
