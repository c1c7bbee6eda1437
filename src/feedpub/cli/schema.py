"""``feedpub schema``: the JSON Schema of a catalogue."""

from __future__ import annotations

import click

from feedpub.cli.options import debug_option


@click.command("schema")
@debug_option
def command() -> None:
    """Print the JSON Schema (2020-12) of a catalogue, for completion and hover in an editor."""
    from feedpub.catalogue.schema import write_schema  # noqa: PLC0415 - loaded when the command runs

    click.echo(write_schema(), nl=False)
