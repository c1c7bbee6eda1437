"""How much the tests of faults try, and where their figures go.

In ``nox`` they try a little of everything; ``nox -s faults`` (``--long``) tries what docs/reliability.md tells.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"

told = pytest.StashKey[dict[str, str]]()


class Scale(Protocol):
    """How many of something are tried."""

    def __call__(self, *, short: int, long: int) -> int:
        """Return *long* where everything is tried, else *short*."""


@pytest.fixture(scope="session")
def scale(request: pytest.FixtureRequest) -> Scale:
    """Return how a test learns how much it tries."""
    is_long = request.config.getoption("--long")

    def choose(*, short: int, long: int) -> int:
        return long if is_long else short

    return choose


@pytest.fixture(scope="session")
def tell(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Return what takes a part's one line of figures: ``tell("kill points", "312 points, …")``.

    The lines are printed at the end of the run; with ``--write-figures`` they go into docs/reliability.md.
    """
    figures: dict[str, str] = request.config.stash.setdefault(told, {})

    def add(part: str, line: str) -> None:
        figures[part] = line

    return add


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the figures, and write them down where that is wanted."""
    figures = config.stash.get(told, {})
    if not figures:
        return
    terminalreporter.section("figures")
    for part, line in sorted(figures.items()):
        terminalreporter.write_line(f"{part}: {line}")
    if config.getoption("--write-figures"):
        PAGE.write_text(_write(PAGE.read_text(encoding="utf-8"), figures), encoding="utf-8")


def _write(page: str, figures: dict[str, str]) -> str:
    """Put each part's figures into the last column of its row: ``| part | what | command | figures |``."""
    lines = page.splitlines(keepends=True)
    for number, line in enumerate(lines):
        cells = line.strip().strip("|").split("|")
        if line.startswith("|") and (part := cells[0].strip()) in figures:
            lines[number] = "|".join(["", *cells[:-1], f" {figures[part]} ", "\n"])
    return "".join(lines)
