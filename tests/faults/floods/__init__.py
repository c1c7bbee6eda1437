"""Catalogues that flood a reader: each shape can be written at any size."""

from faults.floods import bodies, entries, files, scalars, structures, values
from faults.floods.making import CATALOGUE, FLOODS, HEAD, Flood, write_article

__all__ = [
    "CATALOGUE",
    "FLOODS",
    "HEAD",
    "Flood",
    "bodies",
    "entries",
    "files",
    "scalars",
    "structures",
    "values",
    "write_article",
]
