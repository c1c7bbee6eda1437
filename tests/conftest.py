"""What pytest is told on its command line, beyond its own options."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

settings.register_profile("feedpub", deadline=None)  # how fast one example is says more of the machine than of feedpub
settings.load_profile("feedpub")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite-golden",
        action="store_true",
        help="write what is rendered now over tests/golden/*/expected; review the difference before it is committed",
    )
    parser.addoption("--long", action="store_true", help="tests/faults: try everything, which takes hours")
    parser.addoption("--write-figures", action="store_true", help="tests/faults: write figures to docs/reliability.md")


@pytest.fixture(scope="session", autouse=True)
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Keep what is remembered between runs below the tests' own folder."""
    folder = str(tmp_path_factory.mktemp("cache"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", folder)
        yield folder
