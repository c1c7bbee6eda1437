"""Write an entry of a generated catalogue anew: ``python benchmarks/revise.py FILE NUMBER REVISION [SECTIONS]``."""

from __future__ import annotations

import sys
from pathlib import Path

from generate import is_article, make_entry, name_sections


def revise(path: Path, number: int, revision: int, sections: int = 3) -> None:
    """Replace the revision of an entry before this one; the first is 1."""
    data = path.read_bytes()
    old, new = (
        make_entry(number, is_article=is_article(number), sections=name_sections(sections), revision=one).encode()
        for one in (revision - 1, revision)
    )
    if data.count(old) != 1:
        raise SystemExit(f"{path} does not hold entry {number} as it was before revision {revision}")
    path.write_bytes(data.replace(old, new))


if __name__ == "__main__":
    revise(Path(sys.argv[1]), *map(int, sys.argv[2:]))
