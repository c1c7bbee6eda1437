"""``feedpub explain``: what a rule is for, and what breaks it."""

from __future__ import annotations

import click

from feedpub.cli.completing import complete_rules
from feedpub.cli.options import debug_option


@click.command("explain")
@click.argument("rule", required=False, shell_complete=complete_rules)
@debug_option
def command(rule: str | None) -> None:
    """Print what RULE is for, with an example; without RULE, list all."""
    from feedpub.diagnostics import RULES  # noqa: PLC0415 - loaded when the command runs
    from feedpub.diagnostics.advice import SOURCES  # noqa: PLC0415 - as above
    from feedpub.diagnostics.examples import EXAMPLES  # noqa: PLC0415 - as above

    if rule is None:
        width = max(map(len, RULES))
        for one in RULES.values():
            click.echo(f"{one.code:<{width}}  {one.severity:<7}  {one.purpose}")
        return
    if rule not in RULES:
        from difflib import get_close_matches  # noqa: PLC0415 - only a mistyped rule needs it

        close = get_close_matches(rule, RULES, n=1)
        raise click.UsageError(f"There is no rule {rule!r}." + (f" Did you mean {close[0]}?" if close else ""))
    found, example = RULES[rule], EXAMPLES[rule]
    click.echo(f"{found.code} ({found.severity})\n\n{found.purpose}")
    for word, text in (("breaks it", example.bad), ("keeps it", example.good)):
        lines = "\n".join(f"    {line[:100]}{'…' if len(line) > 100 else ''}" for line in text.splitlines())  # noqa: PLR2004 - a terminal's width
        click.echo(f"\n{word}:\n\n{lines}")
    if rule in SOURCES:
        click.echo(f"\nsource: {SOURCES[rule]}")
