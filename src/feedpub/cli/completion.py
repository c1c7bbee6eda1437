"""``feedpub completion``: what a shell needs to complete feedpub's words."""

from __future__ import annotations

import click

from feedpub.cli.options import Choice, debug_option

SHELLS = ("bash", "zsh", "fish")


@click.command("completion")
@click.argument("shell", type=Choice(SHELLS))
@debug_option
def command(shell: str) -> None:
    """Print what makes SHELL (bash, zsh or fish) complete commands, options, sections and rules.

    Let the shell read it when it starts: eval "$(feedpub completion bash)" in ~/.bashrc, the same with zsh in ~/.zshrc;
    for fish write it into ~/.config/fish/completions/feedpub.fish.
    """
    from click.shell_completion import BashComplete, FishComplete, ZshComplete  # noqa: PLC0415 - loaded when it runs

    from feedpub.cli.main import group  # noqa: PLC0415 - which imports this module

    writers = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}
    click.echo(writers[shell](group, {}, "feedpub", "_FEEDPUB_COMPLETE").source())
