"""The whole way in one function each: check a catalogue, preview what publishing it would do, render, compare, host."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feedpub.pipeline.checking import check
    from feedpub.pipeline.comparing import Comparison, compare
    from feedpub.pipeline.discovering import discover
    from feedpub.pipeline.hosting import describe_hosting
    from feedpub.pipeline.publishing import Publication, Status, preview, render

__all__ = [
    "Comparison",
    "Publication",
    "Status",
    "check",
    "compare",
    "describe_hosting",
    "discover",
    "preview",
    "render",
]

_HOMES = {
    "Comparison": "comparing",
    "Publication": "publishing",
    "Status": "publishing",
    "check": "checking",
    "compare": "comparing",
    "describe_hosting": "hosting",
    "discover": "discovering",
    "preview": "publishing",
    "render": "publishing",
}


def __getattr__(name: str) -> object:
    """Load one way when it is first asked for (PEP 562): the others need modules of their own."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
