"""What the catalogue holds, remembered in SQLite: a cache, never the only copy.

`Index` is the catalogue's entries while a run lasts; `Memory` is what a run found, kept for the next one.
"""

from feedpub.index.rows import Index, Place, Row

__all__ = ["Index", "Place", "Row"]
