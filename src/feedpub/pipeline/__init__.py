"""The whole way in one function each: check a catalogue, preview what publishing it would do, render, compare, host."""

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
