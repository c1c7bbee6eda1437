"""Try whether the tests notice faults: mutmut, on a random sample of each package's mutants, the same each time.

``nox -s mutants -- 50`` tries 50 mutants of each package, and all of the server's conditional requests. What is killed,
and what survives, is printed and written to ``mutants/survivors.diff``.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

PACKAGES = ("source", "catalogue", "select", "publish", "index", "markup")
WHOLE = "serving"
SEED = 7
RESULTS = Path("mutants")
STATES = {
    None: "not tried",
    0: "survived",
    1: "killed",
    3: "killed",
    33: "untested",
    -24: "timeout",
    24: "timeout",
    152: "timeout",
}
"""What mutmut's exit codes of a mutant mean to us; whatever else ended a test run, it ended it."""


def main(count: int) -> None:
    """Try a number of mutants of each package."""
    _run(f"feedpub.{WHOLE}.conditional.*")  # which makes the mutants of all packages, and learns which tests reach them
    mutants = list_mutants()
    chosen = {WHOLE: sorted(mutants[WHOLE])}
    for package in PACKAGES:
        every = sorted(mutants[package])
        chooser = random.Random(f"{SEED} {package}")  # noqa: S311 - no secret
        chosen[package] = chooser.sample(every, min(count, len(every)))
        _run(*chosen[package])
    found = list_mutants()
    survivors = []
    for package, names in chosen.items():
        states = Counter(STATES.get(found[package][name], "killed") for name in names)
        _say(f"{package}: {len(names)} of {len(mutants[package])} mutants: {dict(states.most_common())}")
        survivors += [name for name in names if STATES.get(found[package][name]) in ("survived", "untested")]
    (RESULTS / "survivors.diff").write_text("".join(map(_show, survivors)), encoding="utf-8")


def list_mutants() -> dict[str, dict[str, int | None]]:
    """Return the names of all mutants, and how the tests of each ended, by package."""
    found: dict[str, dict[str, int | None]] = {}
    for path in RESULTS.rglob("*.py.meta"):
        codes = json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
        package = path.relative_to(RESULTS / "src" / "feedpub").parts[0].split(".")[0]
        found.setdefault(package, {}).update(codes)
    return found


def _run(*names: str) -> None:
    run = subprocess.run(["mutmut", "run", "--max-children", "1", *names], check=False)
    if run.returncode:
        sys.exit(run.returncode)


def _show(name: str) -> str:
    run = subprocess.run(["mutmut", "show", name], capture_output=True, text=True, check=True)
    return f"{run.stdout}\n"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50)
