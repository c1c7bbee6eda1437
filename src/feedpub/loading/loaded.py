"""A catalogue as it was read: its head, its entries in an index, what is wrong, and where all of it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from feedpub.loading.again import read_records

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from feedpub.catalogue import Context, Retired, Retracted, Section, Site
    from feedpub.diagnostics import Diagnostic
    from feedpub.index import Index, Place
    from feedpub.index.stamps import Signature
    from feedpub.loading.entries import Entries
    from feedpub.loading.head import Head
    from feedpub.loading.pieced import Pieces
    from feedpub.loading.remarks import ReadEntry
    from feedpub.loading.templates import Template
    from feedpub.record import Record, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """A catalogue that was read: sound where it has a site and no diagnostic is an error.

    ``digest`` is what it means, in hexadecimal, ``frame`` what all of it but the entries does; ``place`` is the key
    `sections` (file and span), where a topic that has vanished is reported, or None where the sections could not be
    read. ``topic_keys`` are all keys that lead to a feed, those of sections and retired topics that have problems of
    their own included. ``head`` and ``entries`` know where all of it stands. ``templates`` are those of the site's own
    folder. ``seen`` are the files and folders that were read, each with its signature from before, ``digests`` those
    of files that were read in pieces (see `join_digests`).
    """

    site: Site | None
    sections: dict[str, Section]
    retired: dict[str, Retired]
    retracted: tuple[Retracted, ...]
    templates: tuple[Template, ...]
    index: Index
    context: Context
    digest: str
    frame: str
    diagnostics: tuple[Diagnostic, ...]
    place: tuple[str, Span] | None
    topic_keys: frozenset[str]
    head: Head
    entries: Entries
    pieces: Pieces | None
    paths: dict[str, Path]
    seen: dict[str, Signature]
    digests: dict[str, str]

    @property
    def is_complete(self) -> bool:
        """Whether every section could be read: then topics can be made of the entries that are sound."""
        return self.head.section_keys == self.sections.keys()

    def find_topic(self, key: str) -> tuple[str, Span] | None:
        """Return where a topic is defined (file and span), or None where the sections could not be read."""
        return self.head.find_section(key) or self.place

    def read_again(self, seqs: Iterable[int]) -> dict[int, ReadEntry]:
        """Return entries by their numbers in the index, with their places; what has gone since is left out.

        Raises OSError where a file cannot be read any more.
        """
        found: dict[int, Record] = {}
        others: dict[Place, int] = {}
        for seq in seqs:
            place, location = self.index.place_of(seq), self.index.locate(seq)
            if location is None or self.pieces is None:
                others[place] = seq
            else:
                found[seq] = replace(self.pieces.read_record(location), number=place.number)
        found |= {others[place]: record for place, record in read_records(others, paths=self.paths).items()}
        return {
            seq: self.entries.read(record, beside=self.paths[record.file].parent)
            for seq, record in sorted(found.items())
        }
