"""The command line: one module per command; arguments, exit codes and all printing.

The only reader of *now* and of the environment. It imports click alone: what a command needs is loaded when the
command runs, so that ``feedpub --help`` and ``--version`` answer at once.
"""

from __future__ import annotations

from feedpub.cli.main import main

__all__ = ["main"]
