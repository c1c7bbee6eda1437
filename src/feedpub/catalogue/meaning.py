"""What a part of a catalogue means, as a number: the same for the same meaning, however it is written.

Parts add up modulo 2**256, so that neither the order of entries nor the files they stand in matter.
"""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from feedpub.catalogue.mapping import shape_of
from feedpub.catalogue.models import Model

MODULUS = 1 << 256

# Control characters, which no text of a catalogue may hold, mark where a value begins and ends.
_OPEN, _BETWEEN, _CLOSE, _NOTHING = "\x02", "\x1f", "\x03", "\x00"


def digest_meaning(kind: str, model: Model) -> int:
    """Return the digest of one typed mapping; ``kind`` keeps an article from meaning what a teaser does."""
    return digest_value([kind, model])


def digest_value(value: object) -> int:
    """Return the digest of typed values: models, lists, pairs, texts, numbers and times."""
    return int.from_bytes(sha256(_write(value).encode()).digest())


def _write(value: object) -> str:
    if type(value) is str:
        return value
    if isinstance(value, list | tuple):
        return f"{_OPEN}{_BETWEEN.join(map(_write, value))}{_CLOSE}"
    if isinstance(value, Model):
        given = [(name, one) for name in shape_of(type(value)).readers if (one := getattr(value, name)) is not None]
        return _write([part for pair in given for part in pair])
    return _NOTHING if value is None else _write_plain(value)


def _write_plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    return value.key if isinstance(value, ZoneInfo) else str(value)
