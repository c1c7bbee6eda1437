"""Run the command line: ``python -m feedpub``."""

from feedpub.cli import main

main()
