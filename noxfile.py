"""Everything that is checked: lint, types, the layers, the tests. ``nox`` runs all of it."""

from __future__ import annotations

import nox

nox.options.sessions = ["lint", "types", "contract", "tests"]
nox.options.reuse_existing_virtualenvs = True

PROJECT = nox.project.load_toml("pyproject.toml")


def install_groups(session: nox.Session, *groups: str) -> None:
    """Install the development dependencies of some groups."""
    session.install(*nox.project.dependency_groups(PROJECT, *groups))


@nox.session
def lint(session: nox.Session) -> None:
    """Check style and formatting."""
    install_groups(session, "lint")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """Check types, strictly, in src and tests."""
    session.install(".")
    install_groups(session, "types")
    session.run("mypy")


@nox.session
def contract(session: nox.Session) -> None:
    """Check that data flows one way."""
    session.install("-e", ".")
    install_groups(session, "contract")
    session.run("lint-imports")


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests against the installed package, and hold the sample's feeds against its catalogue."""
    session.install(".")
    install_groups(session, "test")
    measure = () if session.posargs else ("--cov", "--cov-report=term-missing:skip-covered")
    where = {"COVERAGE_FILE": f"{session.create_tmp()}/coverage"}
    session.run("pytest", "-W", "error", *measure, *session.posargs, env=where)
    session.run("feedpub", "render", "--check", "--allow-due")
