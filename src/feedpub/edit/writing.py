"""An entry's fields → the YAML that a person would write: plain text where it can be plain, else in quotes."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Field: TypeAlias = "str | list[str] | bool"

_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`][^\n\r\t]*(?<![\s:])|-[^\s]")
_NOT_PLAIN = re.compile(r":(?=\s|\Z)|\s#|^(?:null|true|false|~|yes|no|on|off|---|\.\.\.)\Z", re.IGNORECASE)
_FLOW = re.compile(r"[,\[\]{}]")


def read_field(value: Field) -> str:
    """Return what a field that is no list reads as."""
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def write_block(fields: Mapping[str, Field], *, dash: int, step: int, end: str) -> list[str]:
    """Return the lines of an item of a block list: its dash at a column from 0, its keys ``step`` columns behind."""
    indent = " " * (dash + step)
    lines: list[str] = []
    for name, value in fields.items():
        lines.append(f"{indent}{name}: {_write_value(value, indent=indent, end=end)}{end}")
    lines[0] = f"{' ' * dash}-{' ' * (step - 1)}{lines[0][len(indent) :]}"
    return lines


def write_flow(fields: Mapping[str, Field]) -> str:
    """Return an item of a list in brackets."""
    return "{" + ", ".join(f"{name}: {_write_inline(value)}" for name, value in fields.items()) + "}"


def write_scalar(text: str, *, in_flow: bool = False) -> str:
    """Return a text as a scalar that reads as the same text."""
    is_plain = _PLAIN.fullmatch(text) and not _NOT_PLAIN.search(text) and text.isprintable()
    if is_plain and not (in_flow and _FLOW.search(text)):
        return text
    return _quote(text)


def _quote(text: str) -> str:
    """Return a text in double quotes; of what JSON escapes, YAML knows all but surrogate pairs, which are not made."""
    quoted = json.dumps(text, ensure_ascii=False)
    return re.sub(r"[^\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", _escape, quoted)


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def _write_value(value: Field, *, indent: str, end: str) -> str:
    if not isinstance(value, str):
        return _write_inline(value)
    lines = value.split("\n")
    is_block = len(lines) > 1 and value.endswith("\n") and all(line.isprintable() for line in lines)
    if not is_block or lines[0][:1].isspace():
        return write_scalar(value)
    return f"|{end}" + end.join(f"{indent}  {line}" if line else "" for line in lines[:-1])


def _write_inline(value: Field) -> str:
    if isinstance(value, list):
        return f"[{', '.join(write_scalar(one, in_flow=True) for one in value)}]"
    if isinstance(value, bool):
        return read_field(value)
    return write_scalar(value, in_flow=True)
