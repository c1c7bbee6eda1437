"""What is printed of problems: a report on stdout, and how many there are on stderr."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from feedpub.cli.options import wants_colour
from feedpub.errors import PublishError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedpub.diagnostics import Diagnostic

MOST = 200
"""Problems that are printed where nobody says how many."""
MOST_BYTES = 64 << 10
"""Bytes that these take at the most."""


def print_problems(
    diagnostics: Sequence[Diagnostic], *, report: str | None, most: int | None, ending: str, err: bool = False
) -> None:
    """Print diagnostics on stdout as a report, and how many there are on stderr; with ``err``, all on stderr.

    ``most`` bounds what is printed line by line (0: all, None: MOST, and MOST_BYTES of text); a report that is one
    document is always whole.
    """
    from feedpub.diagnostics.reports import DOCUMENTS, summarise_problems, write_report  # noqa: PLC0415 - only what has problems needs it

    name = choose_report(report)
    if not diagnostics and name not in DOCUMENTS:
        if name == "github":
            _write_summary(diagnostics)
        return
    found = [replace(one, file=_shorten(one.file)) for one in diagnostics] if name != "text" else diagnostics
    shown = found if name in DOCUMENTS else _choose(found, most)
    colour = name == "text" and wants_colour(sys.stderr if err else sys.stdout)
    click.echo(write_report(name, shown, colour=colour), color=colour, nl=name == "text", err=err)
    sys.stdout.flush()
    if diagnostics:
        rest = len(found) - len(shown)
        more = f" ({rest:,} not shown: --max-problems 0 shows all)" if rest else ""
        click.echo(f"{summarise_problems(diagnostics)}{more}{ending}.", err=True)
    if name == "github":  # last, since it may fail
        _write_summary(diagnostics)


def _choose(found: Sequence[Diagnostic], most: int | None) -> Sequence[Diagnostic]:
    """Return the first problems, as many as are printed."""
    if most is not None:
        return found[:most] if most else found
    from feedpub.diagnostics.reports import format_text  # noqa: PLC0415 - as above

    size = 0
    for count, one in enumerate(found[:MOST]):
        size += len(format_text([one]).encode(errors="replace")) + 1
        if size > MOST_BYTES:
            return found[: max(count, 1)]
    return found[:MOST]


def choose_report(report: str | None) -> str:
    """Return the report that is asked for, else what suits the place: `github` where GitHub runs, else `text`."""
    return report or ("github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text")


def is_document(report: str | None) -> bool:
    """Tell whether stdout belongs to a report that is one document: then all other words go to stderr."""
    from feedpub.diagnostics.reports import DOCUMENTS  # noqa: PLC0415 - loaded when a command runs

    return choose_report(report) in DOCUMENTS


def _shorten(file: str) -> str:
    """Return a file's name from the root of the repository, as reports want it; outside of one as it is."""
    home = os.environ.get("GITHUB_WORKSPACE") or os.environ.get("CI_PROJECT_DIR") or Path.cwd()
    path = os.path.relpath(file, home)
    return file if path.startswith("..") else path.replace(os.sep, "/")


def _write_summary(diagnostics: Sequence[Diagnostic]) -> None:
    """Add what was found to the page of a run on GitHub."""
    from feedpub.diagnostics.reports.github import write_summary  # noqa: PLC0415 - only GitHub needs it

    if path := os.environ.get("GITHUB_STEP_SUMMARY"):
        shown = [replace(one, file=_shorten(one.file)) for one in diagnostics]
        try:
            with Path(path).open("a", encoding="utf-8") as file:
                file.write(write_summary(shown, title="feedpub"))
        except OSError as error:
            raise PublishError(f"cannot write the summary {path}: {error.strerror or error}", path=path) from error
