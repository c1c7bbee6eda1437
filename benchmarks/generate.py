"""Write a catalogue of many entries in mixed styles: ``python benchmarks/generate.py 10000 FILE``.

Plain, quoted, folded and literal text, flow and block lists, comments, fields in any order, articles from 200 bytes
to 10 kB, teasers between them, and the fields that a newsroom fills in. The same number gives the same bytes.
"""

from __future__ import annotations

import random
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SECTIONS = ("politics", "tech", "asia")
HEAD = """\
site:
  title: Example News
  url: https://news.example.org/
  tag_authority: news.example.org,2026
  author: {name: Desk}
sections: {politics: {title: Politics}, tech: {title: Technology}, asia: {title: Asia}}
"""
TEXT = """the council met again and put off what it had come to decide to nobody's surprise ministers said that talks
would go on until spring while markets fell slightly and farmers waited for rain in Łódź and São Paulo"""
WORDS = TEXT.split()


def write_text(chance: random.Random, words: int) -> str:
    """Return words that form something like a sentence."""
    return " ".join(chance.choices(WORDS, k=words)).capitalize() + "."


def write_scalar(chance: random.Random, text: str) -> str:
    """Return a text as a plain, a single-quoted or a double-quoted scalar."""
    style = chance.randrange(4)
    if style == 0:
        return '"' + text.replace('"', '\\"') + '"'
    if style == 1:
        return "'" + text.replace("'", "''") + "'"
    return text


def write_block(chance: random.Random, words: int) -> str:
    """Return paragraphs as a literal or folded block, each line at six spaces."""
    paragraphs = [write_text(chance, min(60, words)) for _ in range(max(1, words // 60))]
    lines = "\n\n".join(paragraphs).replace(". ", ".\n")
    indented = "\n".join(f"      {line}" if line else "" for line in lines.split("\n"))
    return f"{chance.choice(('|', '>', '|-', '>-'))}\n{indented}"


def write_list(chance: random.Random, items: list[str]) -> str:
    """Return a list in brackets or on lines of its own."""
    if chance.random() < 0.6:
        return f"[{', '.join(items)}]"
    return "".join(f"\n      - {item}" for item in items)


def make_entry(number: int, *, is_article: bool) -> str:
    """Return an entry, about 1.2 kB on average."""
    chance = random.Random(number)
    moment = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=number)
    section = chance.choice(SECTIONS)
    fields = [
        f"title: {write_scalar(chance, write_text(chance, 9))}",
        f"url: {section}/entry-{number}",
        f"published: {moment:%Y-%m-%dT%H:%M:%SZ}",
        f"sections: {write_list(chance, sorted({section, chance.choice(SECTIONS)}))}",
    ]
    if not is_article or chance.random() < 0.7:
        fields.append(f"summary: {write_scalar(chance, write_text(chance, 25))}")
    if is_article:
        fields.append(f"body: {write_block(chance, chance.choice((20, 60, 120, 240, 600)))}")
    if chance.random() < 0.3:
        fields.append(f"updated: {moment + timedelta(hours=2):%Y-%m-%dT%H:%M:%SZ}")
    if chance.random() < 0.6:
        fields.append(f"authors: {write_list(chance, ['Ada Nowak', '{name: Li Wei, email: li@example.org}'])}")
    if chance.random() < 0.6:
        fields.append(f"tags: {write_list(chance, ['one', 'two words', 'three'])}")
    if chance.random() < 0.4:
        fields.append(f"image: {{url: images/{number}.jpg, alt: {write_text(chance, 5)}, width: 800, height: 600}}")
    chance.shuffle(fields)
    comment = "  # checked by the desk" if number % 3 == 0 else ""
    return "\n    ".join([f"  - id: entry-{number}{comment}", *fields]) + "\n"


def make_lines(count: int) -> Iterator[str]:
    """Yield the parts of a catalogue: three articles to each teaser."""
    yield HEAD
    for key, is_article in (("articles", True), ("teasers", False)):
        yield f"{key}:\n"
        for number in range(count):
            if (number % 4 != 0) == is_article:
                yield make_entry(number, is_article=is_article)


if __name__ == "__main__":
    with Path(sys.argv[2]).open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(make_lines(int(sys.argv[1])))
