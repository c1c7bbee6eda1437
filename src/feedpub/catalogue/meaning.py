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
_END_BYTES, _OPEN_BYTES, _CLOSE_BYTES = b"\x1f", b"\x02", b"\x03"


def digest_entry(kind: str, values: Mapping[str, object]) -> int:
    """Return the digest of an entry's or retraction's fields; a switch that is off says what an absent one does.

    ``kind`` keeps an article from meaning what a teaser does.
    """
    parts = [kind]
    _write_pairs(values.items(), parts)
    return _digest(_END.join(parts).encode())


def mark_digest(digest: int) -> str:
    """Return half of a digest, in hexadecimal: enough to tell entries apart."""
    return f"{digest >> 128:032x}"


def digest_encoded(kind: bytes, fields: Iterable[bytes]) -> int:
    """Return the digest of an entry from its fields, in the order of their names, each behind its `begin_field`."""
    return _digest(kind + _END_BYTES + encode_fields(fields))


def encode_fields(fields: Iterable[bytes]) -> bytes:
    """Return the bytes that stand for a mapping, from its fields as `digest_encoded` has them."""
    return _END_BYTES.join((_OPEN_BYTES, *fields, _CLOSE_BYTES))


def begin_field(name: str) -> bytes:
    """Return what stands before the `encode` of a value to make a field of it."""
    return name.encode() + _END_BYTES


def digest_value(value: object) -> int:
    """Return the digest of typed values: models, mappings, lists, texts, numbers and times."""
    return _digest(encode(value))


def encode(value: object) -> bytes:
    """Return the bytes that stand for a value in what is digested; of a text, the text."""
    parts: list[str] = []
    _write(value, parts)
    return _END.join(parts).encode()


def _digest(data: bytes) -> int:
    return int.from_bytes(sha256(data).digest())


def _write(value: object, parts: list[str]) -> None:
    kind = type(value)
    if kind is datetime:
        parts.append(value.isoformat())  # type: ignore[attr-defined] # it is the type that was just asked for
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
        parts.append(str(value))  # of a zone its name, of a text itself


def _write_pairs(pairs: Iterable[tuple[str, object]], parts: list[str]) -> None:
    parts.append(_OPEN)
    for name, one in sorted(pairs):
        if type(one) is str:
            parts += (name, one)
        elif one is not None and one is not False:
            parts.append(name)
            _write(one, parts)
    parts.append(_CLOSE)
