"""Which files a publication owns, as its manifest says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from feedpub.publish import Digest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feedpub.manifest import Manifest
    from feedpub.site import Document
    from feedpub.variants import Variant


def list_digests(manifest: Manifest) -> dict[str, Digest]:
    """Return the digest of what each file holds, by its path: of a variant, its document's."""
    return {
        path: Digest(one.sha256, one.size)
        for one in manifest.documents
        for path in (one.path, *(variant.path for variant in one.variants))
    }


def list_encodings(manifest: Manifest) -> dict[str, str]:
    """Return the content coding of each variant, by its path."""
    return {variant.path: variant.encoding for one in manifest.documents for variant in one.variants}


def list_kept(last: Manifest, documents: Iterable[Document | Variant]) -> set[str]:
    """Return what a partial run leaves alone: documents of the last publication that it does not make, and theirs."""
    made = {document.path for document in documents}
    return set(list_digests(replace(last, documents=tuple(one for one in last.documents if one.path not in made))))
