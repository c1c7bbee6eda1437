"""Any bytes are read as records, or as diagnostics that stand in the file.

What is read is what PyYAML reads, and what pieces of the file hold that are read alone.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import yaml

from faults.fuzzers.fuzzer import FindingError, Fuzzer, hold
from feedpub.loading.again import open_file
from feedpub.source import Seams, cut, legality, pieces, resuming, stream

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedpub.diagnostics import Diagnostic
    from feedpub.record import Record, Value
    from feedpub.source import CatalogueFile

    Node: TypeAlias = yaml.Node | None
    Held: TypeAlias = list[tuple[str, int, Value]]

LARGEST = 512
PATH = Path("c.yaml")
LISTED = ("articles", "teasers")
_SEPARATORS = (("\u2028", "\ufdd0"), ("\u2029", "\ufdd1"))
_WHOLE = stream.CHUNK
_CONSTANTS = (
    *((module, "CHUNK") for module in (stream, legality, resuming, pieces)),
    *((pieces, name) for name in ("LEAST", "_SELDOM", "_FINGERPRINT")),
)
_CHANGED = {"forbidden-character", "not-utf-8"}
"""Rules of bytes that are replaced before they are read."""


def try_one(data: bytes) -> None:
    """Read bytes as a file, in chunks of a size that follows from their number, and in pieces."""
    file = open_file(PATH, name="c.yaml", data=data)
    is_cut = len(data) <= LARGEST and len(data) % 2
    with in_chunks(1 + len(data) // 2 % 61 if is_cut else _WHOLE):
        records = list(file.read(listed=LISTED))
    check_diagnostics(file.diagnostics, data)
    is_told = (
        file.diagnostics or file.keys.keys() & file.fields
    )  # a field among the root keys is told by who reads them
    hold(file.complete or is_told, "nothing is said of a file that was not read to its end")
    for record in records[:2]:
        check_places(record)
    if len(data) > LARGEST:  # more brackets than that are too much for PyYAML
        return
    rules = {one.rule for one in file.diagnostics if one.severity == "error"}
    compare(data, records, file, rules)
    if not file.diagnostics:
        held = read_pieces(data)
        hold(held in (None, hold_values(records)), "other pieces:", held, hold_values(records))


@contextmanager
def in_chunks(size: int) -> Iterator[None]:
    """Let files be read so many bytes at a time, and cut wherever a line looks like an item's."""
    values = {"CHUNK": size, "LEAST": 1, "_SELDOM": 1, "_FINGERPRINT": 1}
    before = [(module, name, vars(module)[name]) for module, name in _CONSTANTS]
    for module, name, _ in before:
        setattr(module, name, values[name])
    try:
        yield
    finally:
        for module, name, value in before:
            setattr(module, name, value)


def read_pieces(data: bytes) -> Held | None:
    """Return what the pieces of a file hold, None where they are refused."""
    held: Held = []
    seams = Seams()
    with in_chunks(7):
        for piece in cut(BytesIO(data), listed=LISTED):
            part = data[piece.offset : piece.offset + piece.length]
            file = open_file(
                PATH, name="c.yaml", data=part if piece.key is None else piece.key.encode() + b":\n" + part
            )
            records = list(file.read(listed=LISTED))
            if file.ending is None or file.diagnostics or not seams.join(piece, file.ending):
                return None
            held += hold_values(records, lines=piece.line - (1 if piece.key is None else 2))
    return held


def hold_values(records: list[Record], *, lines: int = 0) -> Held:
    """Return what records hold, each with its line, which is moved; where a list has no item yet, nothing."""
    return [(one.key, one.line + lines, one.value) for one in records if one.value is not None]


def check_diagnostics(diagnostics: list[Diagnostic], data: bytes) -> None:
    """Want every diagnostic within the file."""
    if not diagnostics:
        return
    lines = re.split("\r\n|\n|\r", data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape"))
    for one in diagnostics:
        hold(1 <= one.line <= one.end_line <= len(lines), "not in the file:", one)
        hold(1 <= one.column <= len(lines[one.line - 1]) + 1, "not on its line:", one)
        hold(1 <= one.end_column <= len(lines[one.end_line - 1]) + 2, "not on its last line:", one)
        hold((one.line, one.column) <= (one.end_line, one.end_column), "ends before it begins:", one)


def check_places(record: Record) -> None:
    """Want a place for every value of a record."""
    places = record.places
    for path in list_paths(record.value):
        for place in (places.value, places.use, places.key, places.first_key):
            span = place(path)
            hold((1, 1) <= (span.line, span.column) <= (span.end_line, span.end_column), "no place:", path, span)


def list_paths(value: Value, path: tuple[str | int, ...] = (), *, most: int = 8) -> list[tuple[str | int, ...]]:
    """Return the paths to a value and to what is below it, no more than a few."""
    found = [path]
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, one in below:
        if len(found) > most:
            break
        if step != "<<":  # where a part could not be read
            found += list_paths(one, (*path, step), most=most - len(found))
    return found


def compare(data: bytes, records: list[Record], file: CatalogueFile, rules: set[str]) -> None:
    """Hold what was read against what PyYAML's C loader makes of the same bytes, where both read them."""
    try:
        text = data.decode().removeprefix("\ufeff")  # libyaml takes one itself, so that two do no harm
        for separator, stand_in in _SEPARATORS:  # at which libyaml would break lines
            text = text.replace(separator, stand_in)
        root = yaml.compose(text, Loader=yaml.CBaseLoader)
    except (yaml.YAMLError, ValueError) as error:
        is_more = "duplicate anchor" in str(error) or b"x-" in data  # what stands below x- is passed over
        hold(rules or not file.complete or is_more, "read without a word, but PyYAML says", error)
        return
    hold("syntax" not in rules or rules & _CHANGED, "PyYAML finds no fault with the syntax:", file.diagnostics)
    if rules or not file.complete:
        return
    theirs = read_root(root)
    ours: dict[str, Value] = {}
    for record in records:
        if record.number:
            items = ours.setdefault(record.key, [])
            if not isinstance(items, list):
                raise FindingError(f"{record.key} is a list and is none")
            items.append(record.value)
        else:
            ours[record.key] = record.value
    ours |= {key: [] for key, value in theirs.items() if key in LISTED and value == []}  # of which there is no item
    hold(ours == theirs, "ours, theirs:", ours, theirs)


def read_root(node: Node) -> dict[str, Value]:
    """Return what PyYAML has read of a file, as text; keys that begin with ``x-`` are left out."""
    if not isinstance(node, yaml.MappingNode):
        raise FindingError("the root is no mapping")
    return {restore(key.value): read_node(value) for key, value in node.value if not key.value.startswith("x-")}


def read_node(node: Node) -> Value:
    """Return what a node says: its text, nothing, or a list or mapping of such, with what it merges."""
    if isinstance(node, yaml.SequenceNode):
        return [read_node(one) for one in node.value]
    if isinstance(node, yaml.MappingNode):
        merged: dict[str, Value] = {}
        found: dict[str, Value] = {}
        for key, one in node.value:
            value = read_node(one)
            if key.value == "<<" and key.style in ("", None):
                for source in value if isinstance(value, list) else [value]:
                    for name, inner in source.items() if isinstance(source, dict) else ():
                        merged.setdefault(name, inner)
            else:
                found[restore(key.value)] = value
        return {**merged, **found}
    if not isinstance(node, yaml.ScalarNode):
        raise FindingError("there is no node")
    is_nothing = node.style in ("", None) and node.value in ("", "~", "null")
    return None if is_nothing else restore(node.value)


def restore(text: str) -> str:
    """Return a text with its separators."""
    for separator, stand_in in _SEPARATORS:
        text = text.replace(stand_in, separator)
    return text


FUZZER = Fuzzer(name="source", try_one=try_one, largest=LARGEST)
