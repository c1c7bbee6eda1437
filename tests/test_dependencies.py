"""What feedpub needs of others is bounded below, by one bound for each package; ``nox -s lowest`` tries the bounds."""

from __future__ import annotations

import tomllib
from pathlib import Path

from packaging.requirements import Requirement

PROJECT = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
NEEDED = [
    Requirement(one)
    for some in (PROJECT["project"]["dependencies"], *PROJECT["project"]["optional-dependencies"].values())
    for one in some
]


def test_every_package_has_a_lower_bound_and_no_upper_one() -> None:
    assert [str(one) for one in NEEDED if [bound.operator for bound in one.specifier] != [">="]] == []


def test_extras_and_tests_want_the_same_of_a_package() -> None:
    tests = [Requirement(one) for one in PROJECT["dependency-groups"]["test"]]
    names = {one.name for one in NEEDED}
    bounds = {(one.name, str(one.specifier)) for one in [*NEEDED, *tests] if one.name in names}
    assert sorted(name for name, _ in bounds) == sorted(names)
