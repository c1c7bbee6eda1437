"""A value that a catalogue may not say, before its place is known."""

from __future__ import annotations


class Invalid(ValueError):  # noqa: N818 - pydantic wants a ValueError; it is a verdict on a value
    """A value breaks a rule.

    ``message`` goes on after the field's name ("has no time zone"), ``help`` is the mend where one is known.
    ``at_key`` says that the key is what is wrong, ``missing`` that there is no value to point at, ``item`` which
    item of a list it is about, from 0.
    """

    def __init__(
        self,
        rule: str,
        message: str,
        help: str | None = None,  # noqa: A002 - the word of the reports
        *,
        at_key: bool = False,
        missing: bool = False,
        item: int | None = None,
    ) -> None:
        """Say which rule is broken, and how."""
        self.rule = rule
        self.message = message
        self.help = help
        self.at_key = at_key
        self.missing = missing
        self.item = item
        super().__init__(message)
