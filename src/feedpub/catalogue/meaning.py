"""What a part of a catalogue means, as a number: the same for the same meaning, however it is written.

Parts add up modulo 2**256, so that neither the order of entries nor the files they stand in matter.
"""

from __future__ import annotations

import json
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feedpub.catalogue.models import Model

MODULUS = 1 << 256


def digest_meaning(kind: str, model: Model) -> int:
    """Return the digest of one typed mapping; ``kind`` keeps an article from meaning what a teaser does."""
    return digest_value([kind, model])


def digest_value(value: object) -> int:
    """Return the digest of typed values: models, lists, mappings (in order), texts, numbers and times."""
    text = json.dumps(value, default=_plain, ensure_ascii=False, separators=(",", ":"))
    return int.from_bytes(sha256(text.encode()).digest())


def _plain(value: Any) -> Any:  # noqa: ANN401 - json's signature
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, ZoneInfo):
        return value.key
    return given_fields(value)


def given_fields(model: Model) -> Mapping[str, Any]:
    """Return a model's fields that have a value, in the order of the model."""
    return {name: value for name, value in model.__dict__.items() if value is not None}
