"""Bytes → records: the only package that knows YAML.

It refuses what is not plain data in one UTF-8 document, and knows nothing of what a catalogue may say.
"""

from feedpub.source.legality import find_lines, name_character, read_lines, report_flaws
from feedpub.source.notes import MAX_NOTED
from feedpub.source.pieces import Ending, Piece, Seams, cut, digest_piece
from feedpub.source.reader import CatalogueFile
from feedpub.source.stream import (
    FORBIDDEN,
    LONGEST,
    CheckedStream,
    NotRegularError,
    open_regular,
    restore,
    whole_characters,
)

__all__ = [
    "FORBIDDEN",
    "LONGEST",
    "MAX_NOTED",
    "CatalogueFile",
    "CheckedStream",
    "Ending",
    "NotRegularError",
    "Piece",
    "Seams",
    "cut",
    "digest_piece",
    "find_lines",
    "name_character",
    "open_regular",
    "read_lines",
    "report_flaws",
    "restore",
    "whole_characters",
]
