"""Bytes out of bytes: changes that a person might make, or an enemy, or a disk."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

_PLACE = re.compile(rb"[A-Za-z0-9_]+|\s+|.", re.DOTALL)
_VALUE = re.compile(rb"(?<=: )[^\n]+")
_FIELD = re.compile(rb"^( *(?:- )?)[\w-]+:", re.MULTILINE)

FLOODS = (1 << 12, 1 << 14, 1 << 16)
"""How many bytes a flood has."""


def mutate(
    data: bytes, chance: random.Random, *, fragments: Sequence[bytes], others: Sequence[bytes], largest: int
) -> bytes:
    """Return a few changes of some bytes: ``fragments`` put in, parts of ``others``, lines and values moved about."""
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 5, 8))):
        change = chance.randrange(len(_ALONE) + 6)
        if change < len(_ALONE):
            data = _ALONE[change](data, chance)
        elif change < len(_ALONE) + 3:
            data = _put_in(data, chance, chance.choice(fragments))
        elif change < len(_ALONE) + 5:
            values = _VALUE.findall(chance.choice(others)) if chance.random() < 0.6 else fragments
            data = _swap_value(data, chance, chance.choice(values or fragments))
        else:
            data = _cross(data, chance, chance.choice(others))
    return data[:largest]


def flood(data: bytes, chance: random.Random, *, fragments: Sequence[bytes], others: Sequence[bytes]) -> bytes:
    """Return some bytes with very much of the same within them: what takes longer than its length shows here."""
    lines = chance.choice(others).splitlines(keepends=True) or [b"\n"]
    parts = [
        chance.choice((chance.choice(fragments), chance.choice(lines))) for _ in range(chance.choice((1, 1, 2, 3)))
    ]
    piece = b"".join(parts) or b"x"
    place = _find_place(data, chance)
    return data[:place] + piece * (chance.choice(FLOODS) // len(piece)) + data[place:]


def _find_place(data: bytes, chance: random.Random) -> int:
    """Return a place between two words, as a rule."""
    place = chance.randint(0, len(data))
    found = _PLACE.search(data, place) if chance.random() < 0.7 else None
    return found.start() if found else place


def _put_in(data: bytes, chance: random.Random, what: bytes) -> bytes:
    place = _find_place(data, chance)
    length = chance.choice((0, 0, 0, 1, len(what)))
    return data[:place] + what + data[place + length :]


def _cross(data: bytes, chance: random.Random, other: bytes) -> bytes:
    """Go over to another text, at lines as a rule."""
    if chance.random() < 0.7:
        lines, others = data.splitlines(keepends=True), other.splitlines(keepends=True)
        start = chance.randint(0, len(others))
        some = others[start : start + chance.choice((1, 1, 2, 4, 8))]
        place = chance.randint(0, len(lines))
        lines[place : place + chance.choice((0, 0, 1, len(some)))] = some
        return b"".join(lines)
    return data[: _find_place(data, chance)] + other[_find_place(other, chance) :]


def _swap_value(data: bytes, chance: random.Random, value: bytes) -> bytes:
    """Give a field another value."""
    places = list(_VALUE.finditer(data))
    if not places:
        return data
    place = chance.choice(places)
    return data[: place.start()] + value + data[place.end() :]


def _drop(data: bytes, chance: random.Random) -> bytes:
    place = _find_place(data, chance)
    return data[:place] + data[place + chance.choice((1, 1, 1, 2, 4, 16, 64)) :]


def _repeat(data: bytes, chance: random.Random) -> bytes:
    place = _find_place(data, chance)
    part = data[place : place + chance.choice((1, 1, 2, 4, 8, 32))]
    return data[:place] + part * chance.choice((2, 2, 2, 3, 8, 40)) + data[place:]


def _flip(data: bytes, chance: random.Random) -> bytes:
    place = chance.randint(0, len(data))
    return data[:place] + bytes((chance.randrange(256),)) + data[place + 1 :]


def _move_line(data: bytes, chance: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    if not lines:
        return data
    line = chance.choice(lines)
    if chance.random() < 0.5:
        lines.remove(line)
    lines.insert(chance.randint(0, len(lines)), line)
    return b"".join(lines)


def _indent(data: bytes, chance: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    if not lines:
        return data
    place = chance.randrange(len(lines))
    if chance.random() < 0.5:
        lines[place] = b" " * chance.choice((1, 2, 2, 4)) + lines[place]
    else:
        lines[place] = lines[place].removeprefix(b" " * chance.choice((1, 2, 2, 4)))
    return b"".join(lines)


def _rename(data: bytes, chance: random.Random) -> bytes:
    """Give a field the name of another."""
    fields = list(_FIELD.finditer(data))
    if not fields:
        return data
    one, other = chance.choice(fields), chance.choice(fields)
    return data[: one.start()] + one[1] + other[0][len(other[1]) :] + data[one.end() :]


_ALONE = (_drop, _drop, _repeat, _flip, _move_line, _indent, _rename)
"""What needs nothing else; one that is here twice is done twice as often."""
