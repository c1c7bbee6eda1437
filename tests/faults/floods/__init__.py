"""Catalogues that flood a reader: each shape can be written at any size."""

from faults.floods import bodies, entries, files, scalars, structures, values
from faults.floods.bombs import BOMBS
from faults.floods.making import CATALOGUE, FLOODS, HEAD, Flood, write_article

MODULES = (bodies, entries, files, scalars, structures, values)
"""Where the shapes are that have a size."""

__all__ = ["BOMBS", "CATALOGUE", "FLOODS", "HEAD", "MODULES", "Flood", "write_article"]
