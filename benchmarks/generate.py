"""Write a catalogue of many entries in mixed styles: ``python benchmarks/generate.py 10000 FILE``.

Plain, quoted, folded and literal text, flow and block lists, comments, fields in any order, and the fields that a
newsroom fills in; two of five entries have about 200 bytes, one of 500 about 100 kB. ``--order`` says which come first,
``--sections`` how many there are; with ``--shards`` the entries stand in so many files that the catalogue includes.
``--json`` writes what the entries mean instead. The same number gives the same bytes, wherever an entry stands, and
nothing is held but the numbers.
"""

from __future__ import annotations

import argparse
import json
import random
from array import array
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from styles import write_block, write_list, write_mapping, write_text, write_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ORDERS = ("oldest-first", "newest-first", "shuffled")
SECTIONS = ("politics", "tech", "asia")
BEGIN = datetime(2005, 1, 1, tzinfo=UTC)  # an entry a minute from then on: ten million are published by now
HEAD = """\
site:
  title: Example News
  url: https://news.example.org/
  tag_authority: news.example.org,2026
  author: {name: Desk}
"""
LONG, LONG_SENTENCES = 373, 950  # one article of so many has a body of so many sentences, about 100 kB; a prime

_TEXT = """the council met again and put off what it had come to decide to nobody's surprise ministers said that talks
would go on until spring while markets fell slightly and farmers waited for rain in Łódź and São Paulo where AT&T and
the mayor's office signed what they called a first step of three at 5:30 in the morning (local time)"""


def _make_sentences(count: int) -> list[str]:
    """Return sentences to choose from: to put each together word by word would take most of the time."""
    chance, words = random.Random(0), _TEXT.split()
    found = []
    for number in range(count):
        text = " ".join(chance.choices(words, k=chance.randrange(8, 30))).lstrip("(").capitalize()
        if number % 8 == 0:
            text += ': "that is all" – for now'
        found.append(f"{text}.")
    return found


SENTENCES = _make_sentences(1_000)
SHORT = [one for one in SENTENCES[:500] if len(one) < 80]
HEADLINES = [one[:50].rpartition(" ")[0] for one in SENTENCES[500:]]


def make_values(
    number: int, *, is_article: bool, sections: Sequence[str] = SECTIONS, revision: int = 0
) -> dict[str, Any]:
    """Return what an entry means; a revision other than 0 changes its title and the time of its last change."""
    chance = random.Random(number)
    moment = BEGIN + timedelta(minutes=number)
    first = sections[number % len(sections)]
    values: dict[str, Any] = {
        "id": f"entry-{number}",
        "title": f"{chance.choice(HEADLINES)} {number}",
        "url": f"{first}/entry-{number}",
        "published": _write_moment(moment),
        "sections": [first],
    }
    if revision:
        values |= {
            "title": f"{values['title']} ({revision})",
            "updated": _write_moment(moment + timedelta(days=revision)),
        }
    is_long = is_article and number % LONG == 7
    if not is_long and chance.random() < 0.4:  # what comes by the hundred: nothing more than it needs
        return values | {"body" if is_article else "summary": chance.choice(SHORT)}
    if len(sections) == len(SECTIONS) and chance.random() < 0.3:
        values["sections"] = [first, sections[(number + 1) % len(sections)]]
    if not is_article or chance.random() < 0.7:
        values["summary"] = " ".join(chance.choices(SENTENCES[:500], k=2))
    if is_article:
        sentences = LONG_SENTENCES if is_long else chance.choice((1, 4, 9, 16, 30))
        values["body"] = _make_body(chance, sentences)
    if chance.random() < 0.3:
        values.setdefault("updated", _write_moment(moment + timedelta(hours=2)))
    return values | _make_extras(chance, number)


def _make_extras(chance: random.Random, number: int) -> dict[str, Any]:
    """Return the fields that an entry may have beside its text."""
    values: dict[str, Any] = {}
    if chance.random() < 0.6:
        values["authors"] = ["Ada Nowak", {"name": "Li Wei", "email": "li@example.org"}][: chance.randrange(1, 3)]
    if chance.random() < 0.6:
        values["tags"] = ["one", "two words", "three"]
    if chance.random() < 0.4:
        image = {"url": f"images/{number}.jpg", "alt": chance.choice(SHORT), "width": 800, "height": 600}
        values["image"] = image
    if chance.random() < 0.05:
        file = {"url": f"https://media.example.org/{number}.mp3", "length": 1_000 + number, "type": "audio/mpeg"}
        values["enclosures"] = [file]
    return values


def _make_body(chance: random.Random, sentences: int) -> str:
    """Return Markdown: paragraphs, and in longer bodies headings, lists, quotes and code."""
    parts = []
    while sentences > 0:
        some = chance.choices(SENTENCES, k=min(sentences, chance.randrange(2, 6)))
        sentences -= len(some)
        style = chance.randrange(12) if len(parts) > 1 else 12
        if style == 0:
            parts.append(f"## {some[0][:40].rstrip()}\n\n{' '.join(some)}")
        elif style == 1:
            parts.append("\n".join(f"- {one}" for one in some))
        elif style == 2:
            parts.append("\n".join(f"> {one}" for one in some))
        elif style == 3:
            parts.append(f"```\nif rain:\n    {some[0]}\n```")
        elif style == 4:
            parts.append("\n".join([*some, "More **at length** in [the minutes](https://example.org/minutes)."]))
        else:
            parts.append(" ".join(some))
    return "\n\n".join(parts)


def _write_moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def make_entry(number: int, *, is_article: bool, sections: Sequence[str] = SECTIONS, revision: int = 0) -> str:
    """Return an entry as it is written, about 1.3 kB on average."""
    values = make_values(number, is_article=is_article, sections=sections, revision=revision)
    chance = random.Random(-number)
    fields = [f"{key}: {_write_field(chance, key, value)}".replace(": \n", ":\n", 1) for key, value in values.items()]
    if number % 2:
        chance.shuffle(fields)
    if number % 3 == 0 and "\n" not in fields[0] and fields[0][-1] not in "|>":
        fields[0] += "  # checked by the desk"
    if number % 7 == 0:
        fields.insert(1, "# what follows is the agency's")
    above = "  # --- a new day ---\n\n" if number % 60 == 0 else "\n" if number % 5 == 0 else ""
    return f"{above}  - " + "\n    ".join(fields) + "\n"


def _write_field(chance: random.Random, key: str, value: Any) -> str:  # noqa: ANN401 - any value
    if key in {"published", "updated"}:
        return write_time(chance, value)
    if key == "body" and len(value) > 80:
        return write_block(chance, value)
    if key in {"title", "summary", "body"}:
        return write_text(chance, value)
    if isinstance(value, list):
        return write_list(chance, value)
    return write_mapping(chance, value) if isinstance(value, dict) else value


def name_sections(count: int) -> Sequence[str]:
    """Return the keys of so many sections."""
    return SECTIONS if count == len(SECTIONS) else [f"section-{number:03}" for number in range(count)]


def list_numbers(count: int, order: str) -> Iterable[int]:
    """Return the numbers of all entries in an order; the oldest has the least."""
    if order == "shuffled":
        numbers = array("I", range(count))
        random.Random(count).shuffle(numbers)
        return numbers
    return range(count) if order == "oldest-first" else range(count - 1, -1, -1)


def is_article(number: int) -> bool:
    """Tell what an entry is: there are three articles to each teaser."""
    return number % 4 != 0


def make_head(sections: Sequence[str]) -> str:
    """Return what stands above the entries."""
    return f"{HEAD}sections:\n" + "".join(f"  {key}: {{title: {key.capitalize()}}}\n" for key in sections)


def make_lists(numbers: Iterable[int], *, sections: Sequence[str] = SECTIONS) -> Iterator[str]:
    """Yield the entries of some numbers: the articles, then the teasers."""
    for key, are_articles in (("articles", True), ("teasers", False)):
        begin = f"{key}:\n"
        for number in numbers:
            if is_article(number) == are_articles:
                yield begin + make_entry(number, is_article=are_articles, sections=sections)
                begin = ""


def make_lines(count: int, *, order: str = ORDERS[0], sections: Sequence[str] = SECTIONS) -> Iterator[str]:
    """Yield the parts of a catalogue."""
    yield make_head(sections)
    yield from make_lists(list_numbers(count, order), sections=sections)


def make_json(count: int, *, sections: Sequence[str] = SECTIONS) -> Iterator[str]:
    """Yield the parts of a list of what the entries mean, as JSON."""
    begin = "[\n"
    for number in range(count):
        values = make_values(number, is_article=is_article(number), sections=sections)
        yield begin + json.dumps(values, ensure_ascii=False)
        begin = ",\n"
    yield "\n]\n"


def name_shard(number: int, *, count: int, shards: int) -> str:
    """Return the file, beside the catalogue, that holds an entry, where the oldest come first."""
    return f"more/{number * shards // count:03}.yaml"


def write_shards(path: Path, count: int, *, shards: int, sections: Sequence[str] = SECTIONS) -> None:
    """Write a catalogue that includes its entries from so many files."""
    (path.parent / "more").mkdir(exist_ok=True)
    write_parts(path, [make_head(sections), "include: ['more/*.yaml']\n"])
    for shard in range(shards):
        numbers = range(-(-shard * count // shards), -(-(shard + 1) * count // shards))
        if numbers:
            write_parts(path.parent / "more" / f"{shard:03}.yaml", make_lists(numbers, sections=sections))


def write_parts(path: Path, parts: Iterable[str]) -> None:
    """Write a text as it comes."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(parts)


def main() -> None:
    """Write what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("path", type=Path)
    parser.add_argument("--order", choices=ORDERS, default=ORDERS[0])
    parser.add_argument("--sections", type=int, default=len(SECTIONS))
    parser.add_argument("--shards", type=int, default=0)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    sections = name_sections(asked.sections)
    if asked.json:
        write_parts(asked.path, make_json(asked.count, sections=sections))
    elif asked.shards:
        write_shards(asked.path, asked.count, shards=asked.shards, sections=sections)
    else:
        write_parts(asked.path, make_lines(asked.count, order=asked.order, sections=sections))


if __name__ == "__main__":
    main()
