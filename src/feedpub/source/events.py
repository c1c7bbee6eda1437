"""libyaml's events as PyYAML's C parser gives them: the one place that imports PyYAML.

The types are written down here because PyYAML's stubs describe both of its parsers: here every event has marks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, cast

import yaml.cyaml

__all__ = [
    "AliasEvent",
    "DocumentEndEvent",
    "DocumentStartEvent",
    "Event",
    "MappingEndEvent",
    "MappingStartEvent",
    "Mark",
    "MarkedYAMLError",
    "ScalarEvent",
    "SequenceEndEvent",
    "SequenceStartEvent",
    "StreamEndEvent",
    "YAMLError",
    "open_events",
]

if TYPE_CHECKING:
    from collections.abc import Callable

    class Mark:
        """A place in the text: all three count from 0, ``column`` and ``index`` in code points."""

        line: int
        column: int
        index: int

    class Event:
        """A step of the parser; ``tag`` and ``anchor`` are None where an event has none or cannot have any."""

        start_mark: Mark
        end_mark: Mark
        tag: str | None
        anchor: str | None

    class ScalarEvent(Event):
        """A scalar; ``style`` is empty for a plain one, else the character that begins it."""

        value: str
        style: str

    class YAMLError(Exception):
        """What PyYAML raises."""

    class MarkedYAMLError(YAMLError):
        """A refusal of libyaml; ``context`` is what it was doing, and where that began."""

        context: str | None
        context_mark: Mark | None
        problem: str | None
        problem_mark: Mark | None

    class AliasEvent(Event):
        """An alias; ``anchor`` is the name that it repeats."""

        anchor: str

    class MappingStartEvent(Event):
        """The start of a mapping; ``flow_style`` says that it is in braces."""

        flow_style: bool

    class MappingEndEvent(Event):
        """The end of a mapping."""

    class SequenceStartEvent(Event):
        """The start of a sequence; ``flow_style`` says that it is in brackets."""

        flow_style: bool

    class SequenceEndEvent(Event):
        """The end of a sequence."""

    class DocumentStartEvent(Event):
        """The start of a document."""

    class DocumentEndEvent(Event):
        """The end of a document; ``explicit`` says that a line with three dots makes it."""

        explicit: bool

    class StreamEndEvent(Event):
        """The end of the file."""

else:
    from yaml._yaml import Mark
    from yaml.error import MarkedYAMLError, YAMLError
    from yaml.events import (
        AliasEvent,
        DocumentEndEvent,
        DocumentStartEvent,
        Event,
        MappingEndEvent,
        MappingStartEvent,
        ScalarEvent,
        SequenceEndEvent,
        SequenceStartEvent,
        StreamEndEvent,
    )


class Readable(Protocol):
    """What gives bytes in chunks of any size, and none at its end."""

    def read(self, size: int, /) -> bytes:
        """Return the next chunk."""
        ...


def open_events(stream: Readable) -> Callable[[], Event]:
    """Return the function that returns the next event of a stream of UTF-8; it raises YAMLError and ValueError."""
    parser: Any = yaml.cyaml.CParser(stream)  # type: ignore[attr-defined, arg-type] # as above: the stubs' view is another
    return cast("Callable[[], Event]", parser.get_event)
