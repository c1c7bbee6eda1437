"""What a catalogue may not say, before its place is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feedpub.record import Path


class Invalid(ValueError):  # noqa: N818 - it is a verdict on a value
    """A value breaks a rule.

    ``message`` goes on after the field's name ("has no time zone"), ``help`` is the mend where one is known.
    ``at_key`` says that the key is what is wrong, ``item`` which item of a list it is about, from 0.
    """

    def __init__(
        self,
        rule: str,
        message: str,
        help: str | None = None,  # noqa: A002 - the word of the reports
        *,
        at_key: bool = False,
        item: int | None = None,
    ) -> None:
        """Say which rule is broken, and how."""
        self.rule = rule
        self.message = message
        self.help = help
        self.at_key = at_key
        self.item = item
        super().__init__(message)


class Refused(ValueError):  # noqa: N818 - as above
    """A list or mapping holds what breaks rules: ``problems`` are all of it, each with the way that leads to it."""

    def __init__(self, problems: list[tuple[Path, Invalid]]) -> None:
        """Hold the problems; none where what is wrong has been reported before."""
        self.problems = problems
        super().__init__(f"{len(problems)} problems")


def missing(help: str | None = None) -> Invalid:  # noqa: A002 - the word of the reports
    """Return the verdict on a field that must be given and is not."""
    return Invalid("missing-field", "is missing", help)
