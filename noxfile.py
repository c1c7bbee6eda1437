"""Everything that is checked: lint, types, the layers, the tests. ``nox`` runs all of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nox
from packaging.requirements import Requirement

PACKAGES = ("yaml-language-server@1", "axe-core@4", "vnu-jar@26", "feedsmith@3", "rss-parser@3")
"""What tests have from npm: an editor's view of the schema, two judges of the pages, and two readers."""

LOWEST = ("golden", "formats", "markup", "source", "catalogue", "serving/test_server.py", "workers")
"""The tests that run with the lowest versions of what feedpub needs: those of what it has others do."""

TOGETHER = ("--numprocesses=auto", "--dist=loadfile")
"""What has pytest run several files of tests at once (pytest-xdist)."""

nox.options.sessions = ["lint", "types", "contract", "tests", "lowest", "hooks"]
nox.options.reuse_existing_virtualenvs = True

PROJECT = nox.project.load_toml("pyproject.toml")


def install_groups(session: nox.Session, *groups: str) -> None:
    """Install the development dependencies of some groups."""
    session.install(*nox.project.dependency_groups(PROJECT, *groups))


def make_other_python(session: nox.Session) -> dict[str, str]:
    """Install feedpub for a Python of another version, where the machine has one, and return what tells tests of it."""
    base = find_other_python()
    if base is None:
        return {}
    folder = Path(session.create_tmp()).resolve() / "other-python"
    python = str(folder / "bin" / "python")
    session.run(base, "-m", "venv", "--clear", str(folder), external=True)
    install = (python, "-m", "pip", "install", "--quiet", ".")
    # of a very new Python there may be no packages yet: then the tests that want it are skipped
    session.run(*install, external=True, success_codes=[0, 1])
    check = (python, "-c", "import feedpub.pipeline; print('there')")
    is_there = session.run(*check, external=True, silent=True, success_codes=[0, 1])
    return {"FEEDPUB_OTHER_PYTHON": python} if "there" in str(is_there).split() else {}


def find_other_python() -> str | None:
    """Return the newest Python of the machine or, where this is it, the oldest of those that feedpub runs on."""
    home = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    places = [
        *home.glob("versions/3.*/bin/python"),
        *filter(None, (shutil.which(f"python3.{n}") for n in range(11, 30))),
    ]
    found: dict[tuple[int, ...], str] = {}
    for place in map(str, places):
        ask = [place, "-c", "import ensurepip, sys, venv; print(*sys.version_info[:2])"]
        run = subprocess.run(ask, capture_output=True, text=True, check=False)  # noqa: S603 - of the machine itself
        version = tuple(map(int, run.stdout.split())) if run.returncode == 0 else ()
        if version >= (3, 11) and version != sys.version_info[:2]:
            found.setdefault(version, place)
    if not found:
        return None
    return found[max(found) if max(found) > sys.version_info[:2] else min(found)]


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
    folder = str(Path(session.create_tmp()).resolve())
    where = {"COVERAGE_FILE": f"{folder}/coverage"}
    where |= dict.fromkeys(("FEEDPUB_YAML_LANGUAGE_SERVER", "FEEDPUB_NPM", "FEEDPUB_NPM_READERS"), folder)
    where |= make_other_python(session)
    if shutil.which("npm"):  # without it, the tests that need one of the packages are skipped, or fail in CI
        session.run("npm", "install", "--silent", "--ignore-scripts", "--prefix", folder, *PACKAGES, external=True)
    pytest = ("pytest", "-W", "error")
    if session.posargs:
        session.run(*pytest, *session.posargs, env=where)
    else:
        measure = ("--cov", "--cov-report=term-missing:skip-covered")
        session.run(*pytest, *TOGETHER, *measure, "--ignore=tests/faults", env=where)
        session.run(*pytest, "tests/faults", env=where)  # alone: some of them measure
    session.run("feedpub", "render", "--check", "--allow-due")


@nox.session
def lowest(session: nox.Session) -> None:
    """Run the tests of what feedpub has others do with the lowest versions of them that pyproject.toml allows."""
    project = PROJECT["project"]
    extras = project["optional-dependencies"]
    wanted = map(Requirement, [*project["dependencies"], *(one for extra in extras.values() for one in extra)])
    bounds = {f"{one.name}=={bound.version}" for one in wanted for bound in one.specifier if bound.operator == ">="}
    constraints = Path(session.create_tmp()) / "lowest.txt"
    constraints.write_text("\n".join(sorted(bounds)), encoding="utf-8")
    groups = nox.project.dependency_groups(PROJECT, "test")
    session.install(f".[{','.join(extras)}]", *groups, "--constraint", str(constraints))
    session.run("pytest", "-W", "error", *(session.posargs or (*TOGETHER, *(f"tests/{name}" for name in LOWEST))))


@nox.session
def audit(session: nox.Session) -> None:
    """Ask whether known vulnerabilities touch what feedpub needs. It asks a service, so it runs only when asked for."""
    session.install(".[serve,brotli,dask]", "pip-audit>=2.10")
    session.run("pip-audit", "--strict", "--skip-editable", "--progress-spinner", "off", *session.posargs)


@nox.session
def mutants(session: nox.Session) -> None:
    """Try whether tests notice faults: ``nox -s mutants -- 50`` tries 50 mutants a package, in an hour or more."""
    session.install(".")
    install_groups(session, "mutants")
    session.run("python", "tests/mutants.py", *session.posargs)


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
    where = make_other_python(session)
    session.run("pytest", "-W", "error", "-p", "no:randomly", "--long", "--write-figures", *chosen, env=where)


@nox.session
def bench(session: nox.Session) -> None:
    """Measure: ``nox -s bench -- 100000``. It takes minutes and fails nothing, so it runs only when asked for."""
    session.install(".")
    for one in nox.project.dependency_groups(PROJECT, "bench"):
        session.install(one, success_codes=[0, 1, 2])  # what is not there is left out
    session.run("python", "benchmarks/report.py", *session.posargs)
