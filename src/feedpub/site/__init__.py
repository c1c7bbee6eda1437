"""Topics → documents: the name, the address and the bytes of every file of a publication but its manifest."""

from feedpub.site.making import make_documents
from feedpub.site.rendering import Document, Rendering

__all__ = ["Document", "Rendering", "make_documents"]
