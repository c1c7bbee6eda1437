"""Publish RSS, Atom and JSON feeds from a YAML catalogue of articles and teasers."""

__version__ = "0.1.0"
