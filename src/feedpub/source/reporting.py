"""Who is told of what is wrong while a file is read, and how reading ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from feedpub.source.events import Event, ScalarEvent
    from feedpub.source.suspects import Suspect


class StopReading(Exception):  # noqa: N818 - it ends the reading of a file; what is wrong has been reported
    """Nothing after this place can be read."""


class Reporter(Protocol):
    """What is told of each thing that is wrong."""

    def report(self, rule: str, message: str, event: Event, help: str | None = None) -> None:  # noqa: A002 - the word of the reports
        """Note a problem at an event."""
        ...

    def report_escape(self, event: ScalarEvent, text: str) -> None:
        """Note that a scalar's escapes put a forbidden character into its text."""
        ...

    def report_cut(self, event: ScalarEvent, suspect: Suspect) -> None:
        """Note that a plain scalar ends before what may be its text."""
        ...


class Silence:
    """Hears again what has been reported."""

    def report(self, rule: str, message: str, event: Event, help: str | None = None) -> None:  # noqa: A002 - as above
        """Do nothing."""

    def report_escape(self, event: ScalarEvent, text: str) -> None:
        """Do nothing."""

    def report_cut(self, event: ScalarEvent, suspect: Suspect) -> None:
        """Do nothing."""
