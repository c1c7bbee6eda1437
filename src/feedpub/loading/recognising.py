"""Which entries are recognised as plain, and what stands in one, as text."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from feedpub.source.plain import (
    compile_braced_item,
    compile_item,
    is_plain,
    read_block,
    read_list,
    read_mapping,
    read_scalar,
)

if TYPE_CHECKING:
    import re

    from feedpub.record import Value

_ID = r"(?!null[^a-z0-9._-])[a-z0-9][a-z0-9._-]{0,127}+(?<![._-])"
_URL = r"(?!null[^a-zA-Z0-9._/:-])[A-Za-z0-9][A-Za-z0-9_~./:-]*+(?<!:)"
_LANGUAGE = r"(?!null(?![A-Za-z0-9-]))[A-Za-z]{2,8}+(?:-[A-Za-z0-9]{1,8}+)*+"
_TIME = r"[0-9]{4}-[0-9Tt:Zz+.-]{5,30}+(?: [0-9][0-9:Zz+.-]{4,24}+)?+"
KINDS = {
    "title": "text",
    "url": _URL,
    "published": _TIME,
    "sections": "list",
    "summary": "text",
    "body": "text",
    "tags": "list",
    "authors": "mixed",
    "enclosures": "mixed",
    "image": "mapping",
    "updated": _TIME,
    "id": _ID,
    "expires": _TIME,
    "language": _LANGUAGE,
    "rights": "text",
    "content": r"full|summary",
    "draft": r"true|false",
}
"""The fields of a plain entry and what each may hold (see `compile_item`), the likeliest first."""


@cache
def compile_entry(column: int) -> re.Pattern[bytes]:
    """Return the expression of an entry whose dash stands at a column."""
    return compile_item(column, KINDS)


@cache
def compile_braced_entry(column: int) -> re.Pattern[bytes]:
    """Return the expression of an entry in braces whose dash stands at a column."""
    return compile_braced_item(column, KINDS)


def read_plain_text(data: bytes) -> dict[str, Value] | None:
    """Return what stands in the bytes of one item, as text; None where the parser has to read it."""
    column = len(data) - len(data.lstrip(b" "))
    if not data.startswith(b"- ", column) or not is_plain(data):
        return None
    is_braced = data.startswith(b"{", column + 2)
    found = (compile_braced_entry if is_braced else compile_entry)(column).match(data)
    if found is None or found.end() != len(data):
        return None
    try:
        return {name: _read_field(found, name, kind) for name, kind in KINDS.items() if found[f"{name}_"] is not None}
    except ValueError:
        return None


def _read_field(found: re.Match[bytes], name: str, kind: str) -> Value:
    raw = found[name]
    if kind == "text":
        return read_text(raw, found[f"{name}_block"], found[f"{name}_in"]).decode()
    if kind == "mapping":
        return read_mapping(raw or found[f"{name}_lines"])
    if kind in ("list", "mixed"):
        return read_list(raw or found[f"{name}_lines"])
    return str(raw.decode())


def read_text(line: bytes | None, block: bytes | None, indent: bytes | None) -> bytes:
    """Return the UTF-8 of a text, from what is matched of it. Raises ValueError where it says nothing."""
    data = read_scalar(line) if line is not None else read_block(block, indent) if block and indent else None
    if data is None:
        raise ValueError("says nothing, or cannot be read here")
    return data
