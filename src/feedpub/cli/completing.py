"""What a shell completes a word to: rules, warnings, and the sections of the catalogue that a command is about."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import click

DEFAULT_CATALOGUE = "articles.yaml"


def complete_rules(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:  # noqa: ARG001 - click's signature, here and below
    """Return the rules that begin with what has been typed."""
    from feedpub.diagnostics import RULES  # noqa: PLC0415 - loaded when a word is completed, here and below

    return [code for code in sorted(RULES) if code.startswith(incomplete)]


def complete_warnings(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:  # noqa: ARG001
    """Return lists of warnings that go on from what has been typed, of which the last may be unfinished."""
    from feedpub.diagnostics import WARNINGS  # noqa: PLC0415

    before, comma, last = incomplete.rpartition(",")
    return [before + comma + code for code in sorted(WARNINGS) if code.startswith(last)]


def complete_sections(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:  # noqa: ARG001
    """Return the sections of the catalogue that begin with what has been typed; none where it cannot be read."""
    from feedpub.errors import FeedpubError  # noqa: PLC0415

    try:
        keys = list(_read_sections(Path(_find_catalogue(ctx))))
    except (OSError, FeedpubError):
        return []
    return [key for key in keys if key.startswith(incomplete)]


def _find_catalogue(ctx: click.Context) -> str:
    """Return the catalogue that a command line names; what its last option lacks keeps click from naming arguments."""
    names = [one.name for one in ctx.command.params if one.param_type_name == "argument"]
    found: str | None = dict(zip(names, ctx.args, strict=False)).get("catalogue") or ctx.params.get("catalogue")
    return found or DEFAULT_CATALOGUE


def _read_sections(path: Path) -> Iterator[str]:
    from feedpub.source import CatalogueFile  # noqa: PLC0415

    for record in CatalogueFile(path, name=str(path)).read(listed=(), only=("sections",)):
        if isinstance(record.value, dict):
            yield from record.value
