"""The group of all commands, and what becomes of an error."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import NoReturn

import click

from feedpub import __version__
from feedpub.cli.streams import OutputError, abandon_streams, complain, open_streams
from feedpub.errors import EXIT_OUTSIDE, FeedpubError

COMMANDS = {
    "render": "Publish a catalogue's feeds into a folder.",
    "check": "Find everything that is wrong with a catalogue.",
    "due": "Tell whether rendering now would change something, and when it next will.",
    "init": "Write a catalogue to begin with.",
    "new": "Add an article or a teaser to a catalogue.",
    "retract": "Take an entry back, so that feeds announce it.",
    "diff": "Show what subscribers will notice.",
    "schema": "Print the JSON Schema of a catalogue, for editors.",
    "serve": "Serve the feeds of a folder over HTTP.",
    "status": "Show how each topic is doing.",
    "snippet": "Print the tags by which readers find the feeds of a site.",
    "hostconfig": "Print the configuration of a web server for the feeds.",
    "explain": "Tell what a rule is for, and what breaks it.",
    "completion": "Print what makes a shell complete feedpub's words.",
}
"""Every command, in the order of the help, each with the sentence that the help shows."""

EXIT_INTERRUPTED = 130
"""What a shell expects of a program that Ctrl-C has ended."""

_MOMENT = 0.01  # seconds: by then, what drops exceptions has ended


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the commands in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Load a command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"feedpub.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is meant; of a mistyped one, say which it probably is."""
        is_mistyped = bool(args) and args[0] not in COMMANDS and not args[0].startswith("-")
        if is_mistyped and not ctx.resilient_parsing:  # as it is while a shell completes a word
            from difflib import get_close_matches  # noqa: PLC0415 - only a mistyped command needs it

            close = get_close_matches(args[0], COMMANDS, n=1)
            hint = f" Did you mean {close[0]}?" if close else ""
            ctx.fail(f"There is no command {args[0]!r}.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """Write the commands into the help without loading any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="feedpub", message="%(prog)s %(version)s")
@click.option("--debug", is_flag=True, expose_value=False, help="Show the traceback of an error.")
def group() -> None:
    """Publish RSS, Atom and JSON feeds from a YAML catalogue of articles and teasers."""


def main() -> NoReturn:
    """Run a command and end the process with its exit code.

    0: done. 1: problems in the catalogue, or stale output. 2: usage. 3: the outside world (disk, permissions).
    """
    sys.unraisablehook = _keep_interrupt
    open_streams()
    try:
        code = group.main(prog_name="feedpub", standalone_mode=False)
        sys.stdout.flush()
    except BaseException as error:
        if "--debug" in sys.argv[1:] and not isinstance(error, click.ClickException | SystemExit):
            raise
        code = explain_error(error)
    abandon_streams()
    sys.exit(code if isinstance(code, int) else 0)


def explain_error(error: BaseException) -> int:
    """Say in one sentence on stderr what happened, and return the exit code."""
    if isinstance(error, click.ClickException):
        with suppress(OSError):  # as `complain` does
            error.show()
        return error.exit_code
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else EXIT_OUTSIDE
    if isinstance(error, KeyboardInterrupt | click.Abort):
        complain("feedpub: interrupted; what is published is as it was or is finished by the next run")
        return EXIT_INTERRUPTED
    if isinstance(error, FeedpubError):
        if not isinstance(error, OutputError) or not error.is_unheard:
            complain(f"feedpub: {error}")
        return error.exit_code
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else "" if _is_somewhere() else "the current folder: "
        complain(f"feedpub: {where}{error.strerror or error}")
        return EXIT_OUTSIDE
    complain(f"feedpub: unexpected {type(error).__name__}: {error}; this is a bug, --debug shows where it is")
    return EXIT_OUTSIDE


def _is_somewhere() -> bool:
    """Tell whether the folder that feedpub runs in is there."""
    try:
        os.getcwd()  # noqa: PTH109 - pathlib would be loaded for this alone
    except OSError:
        return False
    return True


def _keep_interrupt(lost: sys.UnraisableHookArgs) -> None:
    """Interrupt again, a moment later, where Ctrl-C struck code whose exceptions Python drops, as those of imports."""
    if not isinstance(lost.exc_value, KeyboardInterrupt):
        sys.__unraisablehook__(lost)
        return
    import signal  # noqa: PLC0415 - seldom needed

    signal.signal(signal.SIGALRM, signal.default_int_handler)
    signal.setitimer(signal.ITIMER_REAL, _MOMENT)
