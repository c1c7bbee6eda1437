"""Everything that is checked: lint, types, the layers, the tests. ``nox`` runs all of it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import nox

PACKAGES = ("yaml-language-server@1", "axe-core@4", "vnu-jar@26", "feedsmith@3", "rss-parser@3")
"""What tests have from npm: an editor's view of the schema, two judges of the pages, and two readers."""

nox.options.sessions = ["lint", "types", "contract", "tests", "hooks"]
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
    session.run("check-jsonschema", "--builtin-schema", "vendor.github-actions", "action.yml")
    session.run("zizmor", "--offline", "--no-progress", "action.yml")
    session.run("pre-commit", "validate-manifest", ".pre-commit-hooks.yaml")


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
    folder = str(Path(session.create_tmp()).resolve())
    where = {"COVERAGE_FILE": f"{folder}/coverage"}
    where |= dict.fromkeys(("FEEDPUB_YAML_LANGUAGE_SERVER", "FEEDPUB_NPM", "FEEDPUB_NPM_READERS"), folder)
    if shutil.which("npm"):  # without it, the tests that need one of the packages are skipped, or fail in CI
        session.run("npm", "install", "--silent", "--ignore-scripts", "--prefix", folder, *PACKAGES, external=True)
    session.run("pytest", "-W", "error", *measure, *session.posargs, env=where)
    session.run("feedpub", "render", "--check", "--allow-due")


@nox.session
def hooks(session: nox.Session) -> None:
    """Try the hooks of pre-commit in a repository of their own: sound, they pass; broken, they fail."""
    home = Path.cwd()
    if not (shutil.which("git") and (home / ".git").exists()):
        leave = session.error if os.environ.get("CI") == "true" else session.skip
        leave("pre-commit wants git, and a clone of this project")
    install_groups(session, "hooks")
    folder = Path(session.create_tmp()) / "newsroom"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name in ("articles.yaml", "articles.schema.json"):
        shutil.copy(home / name, folder)
    shutil.copytree(home / "feeds", folder / "feeds")
    where = {"PRE_COMMIT_HOME": str(folder.parent / "hooks")}
    with session.chdir(folder):
        session.run("git", "init", "--quiet", external=True)
        session.run("git", "add", ".", external=True)
        for hook in ("feedpub-check", "feedpub-render-check"):
            session.run("pre-commit", "try-repo", str(home), hook, "--all-files", env=where)
        catalogue = Path("articles.yaml")
        catalogue.write_text(catalogue.read_text(encoding="utf-8").replace("title: ", "titel: "), encoding="utf-8")
        session.run("pre-commit", "try-repo", str(home), "feedpub-check", "--all-files", env=where, success_codes=[1])


@nox.session
def faults(session: nox.Session) -> None:
    """Try every promise under faults, at length: ``nox -s faults``, ``nox -s faults -- tests/faults/test_kills.py``."""
    session.install(".")
    install_groups(session, "test")
    for one in nox.project.dependency_groups(PROJECT, "faults"):
        session.install(one, success_codes=[0, 1, 2])  # where it cannot be had, what needs it is skipped
    chosen = session.posargs or ("tests/faults",)
    session.run("pytest", "-W", "error", "-p", "no:randomly", "--long", "--write-figures", *chosen)


@nox.session
def bench(session: nox.Session) -> None:
    """Measure: ``nox -s bench -- 100000``. It takes minutes and fails nothing, so it runs only when asked for."""
    session.install(".")
    for one in nox.project.dependency_groups(PROJECT, "bench"):
        session.install(one, success_codes=[0, 1, 2])  # what is not there is left out
    session.run("python", "benchmarks/report.py", *session.posargs)
