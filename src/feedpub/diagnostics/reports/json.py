"""Diagnostics as JSON: a list of objects, their places counted from 1, the end exclusive."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from feedpub.diagnostics.quoting import reveal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedpub.diagnostics.diagnostic import Diagnostic


def write(diagnostics: Sequence[Diagnostic]) -> str:
    """Return a JSON array, one object a diagnostic."""
    found = [
        one.as_dict() | {"message": reveal(one.message), "help": None if one.help is None else reveal(one.help)}
        for one in diagnostics
    ]
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"
