"""How a value is written in YAML: in one of the styles that editors and their tools use, picked by chance."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import random

INDENT = "      "  # of what belongs to a field of an entry
WORDS = 16  # of a line of text that goes on in the next one

# What a plain scalar may neither begin with, hold nor end in; ours have no other reserved characters.
_NOT_PLAIN = re.compile(r"^[^\w]|: | #|:$|\n|[\[\]{}]")
_NOT_FOLDED = re.compile(r"(?:^|\n)[ \t]")  # such a line keeps its breaks


def write_text(chance: random.Random, text: str, *, in_flow: bool = False) -> str:
    """Return a text in one line, or in several of a plain, quoted or folded scalar."""
    style = chance.randrange(10)
    is_broken = len(text) > 120 and style % 2 == 0 and not in_flow
    if style >= 8 and not in_flow and len(text) > 60:
        return f">-\n{INDENT}{_break(text)}"
    if style < 5 and not _NOT_PLAIN.search(text) and not (in_flow and "," in text):
        return _break(text) if is_broken else text
    if style < 6:
        text = text.replace("'", "''")
        return f"'{_break(text) if is_broken else text}'"
    return f'"{_break(_escape(chance, text)) if is_broken else _escape(chance, text)}"'


def write_block(chance: random.Random, text: str) -> str:
    """Return a text of several lines as a literal or folded block, now and then in double quotes."""
    style = chance.randrange(20)
    end = chance.choice(("", "", "", "-", "-", "-", "-", "+"))
    is_foldable = not _NOT_FOLDED.search(text)
    if style == 0 and is_foldable and len(text) < 5_000:
        return f'"{_break(_escape(chance, text))}"'
    if style < 12 or not is_foldable:
        lines = text.split("\n")
        return f"|{end}\n" + "\n".join(f"{INDENT}{line}" if line else "" for line in lines)
    lines = [f"{INDENT}{_break(line)}" if line else "" for line in re.sub(r"\n+", r"\g<0>\n", text).split("\n")]
    return f">{end}\n" + "\n".join(lines)


def write_list(chance: random.Random, items: list[Any]) -> str:
    """Return a list in brackets, on one line or several, or on lines of its own, indented or not."""
    style = chance.randrange(20)
    if style < 10:
        return f"[{', '.join(_write_inside(chance, item) for item in items)}]"
    if style == 10:
        inside = f",\n{INDENT}".join(_write_inside(chance, item) for item in items)
        return f"[\n{INDENT}{inside},\n    ]"
    dash = "\n      - " if style < 16 else "\n    - "
    return "".join(dash + _write_item(chance, item, indent=" " * (len(dash) - 1)) for item in items)


def write_mapping(chance: random.Random, value: dict[str, Any]) -> str:
    """Return a mapping in braces or on lines of its own."""
    if chance.random() < 0.5:
        return _write_inside(chance, value)
    return "".join(f"\n{INDENT}{key}: {_write_inside(chance, one)}" for key, one in value.items())


def write_time(chance: random.Random, text: str) -> str:
    """Return a time, ``YYYY-MM-DDTHH:MM:SSZ``, as one of those that mean the same."""
    style = chance.randrange(10)
    if style == 0:
        return f'"{text}"'
    if style == 1:
        return text.replace("T", " ")
    if style == 2:
        return text.replace("Z", "+00:00")
    if style == 3:
        return text.replace("Z", ".250Z")
    return text


def _write_item(chance: random.Random, item: Any, *, indent: str) -> str:  # noqa: ANN401 - any value
    """Return an item of a list: behind its dash, or in lines below it."""
    if isinstance(item, dict) and chance.random() < 0.5:
        return f"\n{indent}".join(f"{key}: {_write_inside(chance, value)}" for key, value in item.items())
    return _write_inside(chance, item)


def _write_inside(chance: random.Random, value: Any) -> str:  # noqa: ANN401 - any value
    """Return a value as it may stand in brackets, too."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_write_inside(chance, one)}" for key, one in value.items()) + "}"
    return write_text(chance, value, in_flow=True) if isinstance(value, str) else str(value)


def _escape(chance: random.Random, text: str) -> str:
    """Return the inside of a double-quoted scalar; some tools escape all that is not ASCII."""
    escaped = json.dumps(text, ensure_ascii=False)[1:-1]
    return escaped.replace("ó", "\\xf3").replace("ź", "\\u017a") if chance.random() < 0.3 else escaped


def _break(text: str) -> str:
    """Return a text in lines of WORDS words, which are one line to whoever reads them."""
    words = text.split(" ")
    return f"\n{INDENT}".join(" ".join(words[start : start + WORDS]) for start in range(0, len(words), WORDS))
