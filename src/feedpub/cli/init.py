"""``feedpub init``: a catalogue to begin with."""

from __future__ import annotations

import os
from contextlib import suppress
from importlib import resources
from pathlib import Path

import click

from feedpub.cli.options import NamedPath, debug_option
from feedpub.errors import PublishError


@click.command("init")
@click.argument("folder", metavar="[DIR]", default=".", type=NamedPath(readable=False))
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
            path = home / name
            with path.open("x", encoding="utf-8", newline="\n") as file:
                written.append(path)
                file.write(text)
    except OSError as error:
        for one in written:  # half a catalogue is worse than none
            with suppress(OSError):
                one.unlink()
        raise PublishError(f"cannot write {path}: {error.strerror or error}", path=str(path)) from error
    for path in written:
        click.echo(f"wrote {path}")
    click.echo("edit articles.yaml, then: feedpub render", err=True)
