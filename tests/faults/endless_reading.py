"""A process that reads published files, again and again, and looks whether each is one that was published, whole.

Run as a script: the folder, the folder that holds one folder for each publication, how many reads, a seed.
"""

from __future__ import annotations

import json
import random
import sys
import time
from pathlib import Path

HALVES = 50
"""Of how many reads one is made in two halves, between which others may replace the file."""


def read_endlessly(folder: Path, versions: Path, *, most: int, seed: int) -> dict[str, object]:
    """Read so many files; return how many, how often another version was seen than before, and what was wrong."""
    known: dict[str, set[bytes]] = {}
    all_versions = sorted(versions.iterdir())
    for version in all_versions:
        for path in version.iterdir():
            known.setdefault(path.name, set()).add(path.read_bytes())
    lasting = {name for name in known if all((version / name).exists() for version in all_versions)}
    names, chance = sorted(known), random.Random(seed)  # noqa: S311 - no secret
    last: dict[str, bytes] = {}
    wrong: list[str] = []
    count = changes = 0
    while count < most and len(wrong) < 10:
        name = chance.choice(names)
        try:
            with open(folder / name, "rb", buffering=0) as file:  # noqa: PTH123 - a million times
                data = file.read(100) if count % HALVES == 0 else b""
                if data:
                    time.sleep(0)
                data += file.read()
        except FileNotFoundError:
            if name in lasting:
                wrong.append(f"{name} is not there")
            continue
        count += 1
        if data not in known[name]:
            wrong.append(f"{name} has {len(data)} bytes that were never published")
        changes += last.get(name, data) != data
        last[name] = data
    return {"reads": count, "changes": changes, "wrong": wrong}


if __name__ == "__main__":
    folder, versions, most, seed = sys.argv[1:]
    print(json.dumps(read_endlessly(Path(folder), Path(versions), most=int(most), seed=int(seed))))  # noqa: T201 - the answer
