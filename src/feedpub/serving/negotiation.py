"""Which content coding a client gets (RFC 9110, section 12.5.3)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

IDENTITY: Final = "identity"
_ALIASES = {"x-gzip": "gzip"}  # section 8.4.1.3
_MEMBER = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?:[ \t]*;[ \t]*[qQ]=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?))?")


def choose_coding(accept: str | None, *, codings: Sequence[str]) -> str | None:
    """Return the coding that a client likes best, `IDENTITY` for none, or None where it refuses all that there are.

    ``accept`` is the value of Accept-Encoding, its lines joined by commas, None where there is none; ``codings`` are
    those that can be had beside identity, the best first. Without the field, and with one that names nothing known,
    the client gets what everybody understands. Members that are malformed count as not given.
    """
    if accept is None:
        return IDENTITY
    weights = read_weights(accept)
    rest = weights.get("*")
    best, most = None, 0.0
    for coding in codings:
        weight = weights.get(coding, rest) or 0.0
        if weight > most:
            best, most = coding, weight
    plain = weights.get(IDENTITY)
    if plain is not None and plain > most:
        return IDENTITY
    if best is not None:
        return best
    is_refused = plain == 0.0 or (plain is None and rest == 0.0)
    return None if is_refused else IDENTITY


def read_weights(accept: str) -> dict[str, float]:
    """Return the codings that a list names, in lower case, with their weights; of one named twice, the first."""
    weights: dict[str, float] = {}
    for member in accept.split(","):
        if found := _MEMBER.fullmatch(member.strip(" \t")):
            name = found[1].lower()
            weights.setdefault(_ALIASES.get(name, name), 1.0 if found[2] is None else float(found[2]))
    return weights
