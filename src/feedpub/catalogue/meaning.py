"""What a part of a catalogue means, as a number: the same for the same meaning, however it is written.

Parts add up modulo 2**256, so that neither the order of entries nor the files they stand in matter.
"""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from feedpub.catalogue.mapping import shape_of
from feedpub.catalogue.models import Model

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MODULUS = 1 << 256

# Control characters, which no text of a catalogue may hold, mark where a value ends and a list or model begins.
_END, _OPEN, _CLOSE = "\x1f", "\x02", "\x03"


def digest_entry(kind: str, values: Mapping[str, object]) -> int:
    """Return the digest of an entry's or retraction's fields; a switch that is off says what an absent one does.

    ``kind`` keeps an article from meaning what a teaser does.
    """
    parts = [kind]
    _write_pairs(values.items(), parts)
    return _digest(parts)


def digest_value(value: object) -> int:
    """Return the digest of typed values: models, mappings, lists, texts, numbers and times."""
    parts: list[str] = []
    _write(value, parts)
    return _digest(parts)


def _digest(parts: list[str]) -> int:
    return int.from_bytes(sha256(_END.join(parts).encode()).digest())


def _write(value: object, parts: list[str]) -> None:
    kind = type(value)
    if kind is str:
        parts.append(value)  # type: ignore[arg-type] # it is the type that was just asked for
    elif isinstance(value, dict):
        _write_pairs(value.items(), parts)
    elif isinstance(value, list | tuple):
        parts.append(_OPEN)
        for one in value:
            if type(one) is str:
                parts.append(one)
            else:
                _write(one, parts)
        parts.append(_CLOSE)
    elif isinstance(value, Model):
        _write_pairs([(name, getattr(value, name)) for name in shape_of(type(value)).names], parts)
    else:
        parts.append(value.isoformat() if isinstance(value, datetime) else str(value))  # of a zone its name


def _write_pairs(pairs: Iterable[tuple[str, object]], parts: list[str]) -> None:
    parts.append(_OPEN)
    for name, one in sorted(pairs):
        if type(one) is str:
            parts += (name, one)
        elif one is not None and one is not False:
            parts.append(name)
            _write(one, parts)
    parts.append(_CLOSE)
