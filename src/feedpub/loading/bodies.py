"""The bodies of a catalogue's entries: read from their files, and held within what may be published."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from feedpub import markup
from feedpub.catalogue import BODY_FORMATS
from feedpub.catalogue.invalid import Invalid
from feedpub.catalogue.texts import MAX_BODY, MAX_ENTRY, read_body
from feedpub.diagnostics import diagnose, quote
from feedpub.record import Span
from feedpub.source import CheckedStream, NotRegularError, open_regular, report_flaws, restore, whole_characters

if TYPE_CHECKING:
    from pathlib import Path

    from feedpub.diagnostics import Diagnostic
    from feedpub.record import Record

_START = Span(1, 1, 1, 1)


@dataclass(frozen=True, slots=True)
class BodyFile:
    """A body that stands in a file of its own: what diagnostics call the file, its text, and what is wrong."""

    name: str
    text: str
    diagnostics: list[Diagnostic]


def read_body_file(path: Path, *, name: str, home: Path, subject: str) -> BodyFile:
    """Return the text of a body_file with the lines' ends as LF; ``home`` is the catalogue's folder, resolved.

    Raises Invalid where there is no such file in the catalogue's folder, or none that can be read.
    """
    try:
        place = path.resolve()
    except (OSError, RuntimeError):  # links that lead in a circle, which Python told so before 3.13
        raise Invalid("body-file", f"is {quote(name)}, a link that leads in a circle", "name a text file") from None
    if not place.is_relative_to(home):
        raise Invalid("body-file", f"is {quote(name)}, outside the catalogue's folder", "move the file into the folder")
    try:
        with open_regular(path) as raw:
            stream = CheckedStream(raw)
            data = b""
            while len(data) <= MAX_BODY and (chunk := stream.read(MAX_BODY)):
                data += chunk
            raw.seek(0)
            flaws = report_flaws(_begin(raw, stream.size), file=name) if stream.flawed else []
    except FileNotFoundError:
        raise Invalid("body-file", f"is {quote(name)}, which is not there", "check the name") from None
    except (OSError, NotRegularError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not a regular file"
        raise Invalid("body-file", f"is {quote(name)}, which cannot be read: {reason}", "name a text file") from None
    text = restore(data.decode()).replace("\r\n", "\n").replace("\r", "\n")
    try:
        read_body(text)
    except Invalid as invalid:
        message = f"{subject}: the body {invalid.message}"
        flaws.append(diagnose(invalid.rule, message, file=name, span=_START, help=invalid.help))
    return BodyFile(name, text, flaws)


def _begin(raw: BinaryIO, size: int) -> BytesIO:
    """Return the first bytes of a file, as many as were read of it, without a character that they cut."""
    data = raw.read(size)
    return BytesIO(data if len(data) <= MAX_BODY else whole_characters(data)[0])


def nests_too_deep(text: str, *, body_format: object) -> bool:
    """Tell whether a body's markup nests too deep; in a format that is none, nothing does."""
    known = next((one for one in BODY_FORMATS if one == body_format), None)
    return known is not None and markup.nests_too_deep(text, body_format=known)


def is_too_long(record: Record, *, body: str = "") -> bool:
    """Tell whether an entry holds more text than may be published, in bytes of UTF-8."""
    if (record.size + len(body)) * 4 <= MAX_ENTRY:
        return False
    return _measure(record.value) + len(body.encode()) > MAX_ENTRY


def _measure(value: object) -> int:
    if isinstance(value, str):
        return len(value.encode())
    if isinstance(value, dict):
        return sum(map(_measure, value.values()))
    return sum(map(_measure, value)) if isinstance(value, list) else 0
