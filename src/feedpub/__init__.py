"""Publish RSS, Atom and JSON feeds from a YAML catalogue of articles and teasers.

`check` finds everything that is wrong with a catalogue, `render` publishes it into a folder, `preview` says what
that would do. Diagnostics come back as data; nothing is printed, and the clock is never read: *now* is an argument.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

__all__ = [
    "CatalogueError",
    "Diagnostic",
    "Entry",
    "Feed",
    "FeedpubError",
    "Publication",
    "PublishError",
    "UsageError",
    "check",
    "preview",
    "render",
]

if TYPE_CHECKING:
    from feedpub.diagnostics import CatalogueError, Diagnostic
    from feedpub.errors import FeedpubError, PublishError, UsageError
    from feedpub.feed import Entry, Feed
    from feedpub.pipeline import Publication, check, preview, render

_HOMES = {
    "CatalogueError": "feedpub.diagnostics",
    "Diagnostic": "feedpub.diagnostics",
    "Entry": "feedpub.feed",
    "Feed": "feedpub.feed",
    "FeedpubError": "feedpub.errors",
    "Publication": "feedpub.pipeline",
    "PublishError": "feedpub.errors",
    "UsageError": "feedpub.errors",
    "check": "feedpub.pipeline",
    "preview": "feedpub.pipeline",
    "render": "feedpub.pipeline",
}


def __getattr__(name: str) -> object:
    """Load what the package exports when it is first asked for (PEP 562): ``feedpub --help`` needs none of it."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """Return what the package exports, loaded or not."""
    return sorted({*globals(), *__all__})
