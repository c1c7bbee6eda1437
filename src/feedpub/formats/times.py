"""Times as the formats write them: RFC 3339 in Atom and JSON Feed, RFC 822 in RSS. No locale is asked."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from feedpub.formats.readback import DocumentError


def format_rfc3339(moment: datetime) -> str:
    """Return an aware time in UTC and whole seconds: ``2026-02-12T09:00:00Z`` (RFC 3339, section 5.6)."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def format_rfc822(moment: datetime) -> str:
    """Return an aware time in UTC and whole seconds: ``Thu, 12 Feb 2026 09:00:00 +0000``.

    RFC 822, section 5, with the four digits for the year that RSS 2.0 prefers.
    """
    return format_datetime(moment.astimezone(UTC))


def parse_rfc3339(text: str) -> datetime:
    """Return the aware time that a text gives by RFC 3339; raises DocumentError where it gives none."""
    try:
        return _require_offset(datetime.fromisoformat(text), text)
    except ValueError as error:
        raise DocumentError(f"not a time by RFC 3339: {text!r}") from error


def parse_rfc822(text: str) -> datetime:
    """Return the aware time that a text gives by RFC 822; raises DocumentError where it gives none."""
    try:
        return _require_offset(parsedate_to_datetime(text), text)
    except ValueError as error:
        raise DocumentError(f"not a time by RFC 822: {text!r}") from error


def _require_offset(moment: datetime, text: str) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"no offset: {text!r}")
    return moment
