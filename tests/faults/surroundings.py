"""What a run of feedpub may find around it, and what is the same whatever that is: one hash of all that it writes."""

from __future__ import annotations

import gzip
import os
import random
import shutil
import subprocess
import sys
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations, product
from typing import TYPE_CHECKING

from faults.running import make_environment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

OTHER_PYTHON = "FEEDPUB_OTHER_PYTHON"
"""Names a Python of another version that has feedpub and what it needs; nox looks for one."""

HERE = "this Python"
CLOCKS = {"right": (), "ten years back": ("-10y",), "ten years on": ("+10y",)}
FACTORS: dict[str, tuple[str, ...]] = {
    "seed": ("0", "1", "42", "random"),
    "zone": ("UTC", "America/St_Johns", "Pacific/Apia"),
    "locale": ("C", "C.UTF-8", "tr_TR.UTF-8"),
    "clock": tuple(CLOCKS),
    "cache": ("cold", "warm", "of other files"),
    "workers": ("1", "3"),
}


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """One choice of each factor."""

    seed: str = "0"
    zone: str = "UTC"
    locale: str = "C.UTF-8"
    clock: str = "right"
    cache: str = "cold"
    workers: str = "1"
    python: str = HERE

    @property
    def command(self) -> list[str]:
        """The interpreter, below what turns its clock."""
        offset = CLOCKS[self.clock]
        python = sys.executable if self.python == HERE else self.python
        return [*(("faketime", "-f", *offset) if offset else ()), python]

    def make_environment(self, folder: Path) -> dict[str, str]:
        """Return the variables of a run; a folder holds the user's caches, and the locales made for these tests."""
        kept = {
            name: value
            for name, value in make_environment(folder).items()
            if not name.startswith(("LC_", "LANG", "PYTHONUTF8", "SOURCE_DATE"))
        }
        return kept | {
            "PYTHONHASHSEED": self.seed,
            "TZ": self.zone,
            "LC_ALL": self.locale,
            "LOCPATH": str(folder),
            "PYTHONUTF8": "0",
            "PYTHONCOERCECLOCALE": "0",
        }


def make_locale(folder: Path) -> bool:
    """Put a Turkish locale, whose small letters are not English's, where `make_environment` has it looked for."""
    made = None
    if shutil.which("localedef"):
        command = ["localedef", "-i", "tr_TR", "-f", "UTF-8", str(folder / "tr_TR.UTF-8")]
        made = subprocess.run(command, capture_output=True, check=False, timeout=60)
    return made is not None and made.returncode == 0


def list_surroundings(factors: Mapping[str, Sequence[str]]) -> Iterator[Surroundings]:
    """Yield every combination of the factors' choices."""
    for choices in product(*factors.values()):
        yield Surroundings(**dict(zip(factors, choices, strict=True)))


def cover_pairs(factors: Mapping[str, Sequence[str]]) -> list[Surroundings]:
    """Return few surroundings, the same each time, in which every two choices of two factors meet."""
    chooser = random.Random(10)  # noqa: S311 - no secret
    left = {
        ((one, a), (two, b)) for one, two in combinations(factors, 2) for a, b in product(factors[one], factors[two])
    }
    found = []
    while left:
        tries = [{name: chooser.choice(choices) for name, choices in factors.items()} for _ in range(60)]
        met, best = max(
            ((left & set(combinations(one.items(), 2)), one) for one in tries), key=lambda pair: len(pair[0])
        )
        if met:
            left -= met
            found.append(Surroundings(**best))
    return found


def render(catalogue: Path, *options: str, output: Path, folder: Path, around: Surroundings) -> None:
    """Publish a catalogue; a folder holds what such runs keep."""
    command = [*around.command, "-m", "feedpub", "render", catalogue.name, "-q", "-o", str(output)]
    run = subprocess.run(
        [*command, "--workers", around.workers, *options],
        cwd=catalogue.parent,
        env=around.make_environment(folder),
        capture_output=True,
        check=False,
        timeout=300,
    )
    assert run.returncode == 0, (around, run.stdout, run.stderr)


def ask(code: str, *, folder: Path, around: Surroundings) -> str:
    """Return what Python code prints there."""
    environment = around.make_environment(folder)
    run = subprocess.run([*around.command, "-c", code], env=environment, capture_output=True, check=True, timeout=60)
    return run.stdout.decode("ascii").strip()


def hash_documents(folder: Path) -> dict[str, str]:
    """Return a digest of each file, of what is in it where it is compressed: another zlib writes other bytes."""
    found = {}
    for path in sorted(folder.rglob("*")):
        data = path.read_bytes()
        found[path.relative_to(folder).as_posix()] = sha256(
            gzip.decompress(data) if path.suffix == ".gz" else data
        ).hexdigest()
    return found


def find_other_python() -> str | None:
    """Return the Python of another version that there is, if any."""
    return os.environ.get(OTHER_PYTHON)
