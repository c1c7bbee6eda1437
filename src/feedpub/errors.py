"""The exceptions that feedpub raises, and the exit code that each kind ends in.

The one that carries a catalogue's problems, `CatalogueError`, stands with them in `diagnostics`.
"""

from __future__ import annotations

EXIT_OK = 0
EXIT_PROBLEMS = 1
EXIT_USAGE = 2
EXIT_OUTSIDE = 3


class FeedpubError(Exception):
    """The base of every exception that feedpub raises on purpose.

    ``str(error)`` is one clear sentence for a person; ``exit_code`` is what the command line ends with.
    """

    exit_code = EXIT_OUTSIDE


class UsageError(FeedpubError):
    """The call itself makes no sense: a file that is not there, a time that is none."""

    exit_code = EXIT_USAGE


class PublishError(FeedpubError):
    """The outside world refused: a disk that is full, a file of somebody else's, a lock.

    ``path`` names the file or folder that it is about, as the user would write it, where there is one.
    """

    def __init__(self, message: str, *, path: str | None = None) -> None:
        """Say what happened in one sentence, and to which path."""
        self.path = path
        super().__init__(message)
