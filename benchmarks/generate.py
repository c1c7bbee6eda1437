"""Write a catalogue of many entries in mixed YAML styles: ``python benchmarks/generate.py 10000 FILE``."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SECTIONS = ("politics", "tech", "asia")
SENTENCE = "The council met again and put off what it had come to decide, to nobody's surprise. "
HEAD = """\
site:
  title: Example News
  url: https://news.example.org/
  tag_authority: news.example.org,2026
  author: {name: Desk}
sections: {politics: {title: Politics}, tech: {title: Technology}, asia: {title: Asia}}
articles:
"""


def make_entry(number: int) -> str:
    """Return an entry of about 1.2 kB, in one of three styles."""
    section = SECTIONS[number % 3]
    moment = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=number)
    body = "".join(f"      {SENTENCE}\n" for _ in range(12))
    title = (f"Number {number} – a report", f'"Number {number}: a \\"report\\""', f"'It''s number {number}'")[
        number % 3
    ]
    sections = f"[{section}]" if number % 2 else f"\n      - {section}"
    return (
        f"  - id: entry-{number}\n    title: {title}\n    url: {section}/entry-{number}\n"
        f"    published: {moment:%Y-%m-%dT%H:%M:%SZ}\n    sections: {sections}\n"
        f"    tags: [one, two]  # a comment\n    body: {'>-' if number % 5 == 0 else '|'}\n{body}\n"
    )


def make_lines(count: int) -> Iterator[str]:
    """Yield the parts of a catalogue."""
    yield HEAD
    for number in range(count):
        yield make_entry(number)


if __name__ == "__main__":
    with Path(sys.argv[2]).open("w", encoding="utf-8") as file:
        file.writelines(make_lines(int(sys.argv[1])))
