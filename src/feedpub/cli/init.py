"""``feedpub init``: a catalogue to begin with."""

from __future__ import annotations

import os
from importlib import resources
from pathlib import Path

import click

from feedpub.cli.options import debug_option
from feedpub.errors import PublishError


@click.command("init")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path())
@debug_option
def command(folder: str) -> None:
    """Write a commented articles.yaml, and its schema for editors, into DIR (here); nothing is overwritten."""
    from feedpub.catalogue.schema import write_schema  # noqa: PLC0415 - loaded when the command runs

    starter = resources.files("feedpub.cli").joinpath("starter.yaml").read_text(encoding="utf-8")
    files = {"articles.yaml": starter, "articles.schema.json": write_schema()}
    home = Path(folder)
    for name in files:
        if os.path.lexists(home / name):
            raise PublishError(f"{home / name} is there already; nothing was written", path=str(home / name))
    home.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    try:
        for name, text in files.items():
            with (home / name).open("x", encoding="utf-8", newline="\n") as file:
                written.append(home / name)
                file.write(text)
    except OSError:
        for path in written:  # half a catalogue is worse than none
            path.unlink(missing_ok=True)
        raise
    for path in written:
        click.echo(f"wrote {path}")
    click.echo("edit articles.yaml, then: feedpub render", err=True)
