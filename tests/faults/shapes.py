"""One catalogue in many shapes: other files, orders, quotes and breaks, the same meaning."""

from __future__ import annotations

import copy
import json
import random
import shutil
from typing import TYPE_CHECKING, Any

import yaml

from golden.cases import GOLDEN

if TYPE_CHECKING:
    from pathlib import Path

FULL = GOLDEN / "full"
LISTS = ("articles", "teasers", "retracted")
ORDERED = ("sections",)
"""Mappings whose order says something."""


def read_catalogue(*, more: int) -> dict[str, Any]:
    """Return the golden catalogue that has every field, as text, and so many articles more."""
    root = _load(FULL / "articles.yaml")
    for path in sorted((FULL / "more").glob("*.yaml")):
        for key, entries in _load(path).items():
            root[key] += entries
    root = {key: value for key, value in root.items() if key != "include" and not key.startswith("x-")}
    root["site"] |= {"precompress": ["gzip"], "timezone": "Europe/London"}
    for key in LISTS:
        root[key] = [entry.pop("<<", {}) | entry for entry in root[key]]
    root["articles"] += [_make_article(number) for number in range(more)]
    return root


def write_shape(root: dict[str, Any], folder: Path, *, seed: int) -> Path:
    """Write a catalogue into a new folder in the shape that a seed gives, and return its root file."""
    chooser = random.Random(seed)  # noqa: S311 - no secret
    folder.mkdir(parents=True)
    shutil.copytree(FULL / "pages", folder / "pages")
    for place in (folder, folder / "more"):  # a body's file is looked for beside the file that names it
        shutil.copytree(FULL / "bodies", place / "bodies")
    parts: list[dict[str, Any]] = [{key: value for key, value in root.items() if key not in LISTS}, {}, {}]
    weights = [1, *chooser.choice([(10, 10), (1, 30)])]  # what is included is large enough for several processes
    for key in LISTS:
        for entry in chooser.sample(root[key], len(root[key])):
            chooser.choices(parts, weights)[0].setdefault(key, []).append(entry)
    names = chooser.sample(["zebra", "Apfel", "ähre", "i", "I"], 2)
    # in a locale of ASCII alone, a name's other letters are bytes, which no letter of a pattern stands for
    patterns = [f"more/{name.replace('ä', '*')}.yaml" for name in names]
    parts[0]["include"] = chooser.choice([["more/*.yaml"], patterns])
    for part, name in zip(parts, ["articles", *(f"more/{name}" for name in names)], strict=True):
        path = folder / f"{name}.yaml"
        path.write_bytes(_write(_shuffle(part, chooser), chooser))
    return folder / "articles.yaml"


def _load(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - text only
    return found


def _make_article(number: int) -> dict[str, Any]:
    """Return an article of about 4 kB; a few are new enough to be shown."""
    day, section = 1 + number % 28, ("harbour", "weather", "letters")[number % 3]
    year = 2026 if number < len("newest") else 2000 + number % 25
    return {
        "id": f"log-{number}",
        "title": f"İstanbul to Iğdır: day {number} & night",
        "url": f"log/{number}",
        "published": f"{year}-02-{day:02}T{number % 24:02}:{number % 60:02}:00+02:00",
        "sections": [section],
        "summary": f"What the watch of day {number} wrote down: wind, water, and a ship’s name.",
        "authors": ["Night desk", f"Watch {number % 7}"],
        "body": f"At **{number % 24} h** the water stood high.\n\n"
        + " ".join(["Nothing else was seen, and nobody slept."] * 100)
        + "\n",
    }


def _shuffle(value: object, chooser: random.Random, *, is_ordered: bool = False) -> Any:  # noqa: ANN401 - YAML's values
    if isinstance(value, dict):
        names = list(value) if is_ordered else chooser.sample(list(value), len(value))
        return {name: _shuffle(value[name], chooser, is_ordered=name in ORDERED) for name in names}
    if isinstance(value, list):
        return [_shuffle(one, chooser) for one in value]
    return copy.copy(value)


def _write(part: dict[str, Any], chooser: random.Random) -> bytes:
    text = "".join(
        f"{key}:\n" + "".join(_write_entry(entry, chooser) for entry in value)
        if key in LISTS
        else _dump({key: value}, chooser)
        for key, value in part.items()
    )
    if chooser.random() < 0.2:
        text = text.replace("\n", "\r\n")
    return (b"\xef\xbb\xbf" if chooser.random() < 0.2 else b"") + text.encode()


def _write_entry(entry: dict[str, Any], chooser: random.Random) -> str:
    """Write an entry as people do, where it is simple enough for that, or as a dumper does."""
    if entry["id"].startswith("log-") and chooser.random() < 0.9:
        lines = [line for key, value in entry.items() for line in _write_field(key, value)]
    else:
        lines = _dump(entry, chooser).splitlines()
    return "".join(f"{'  - ' if number == 0 else '    '}{line}\n" for number, line in enumerate(lines))


def _write_field(key: str, value: str | list[str]) -> list[str]:
    if key == "body":
        return [f"{key}: |", *(f"  {line}" if line else "" for line in str(value).splitlines())]
    return [f"{key}: {json.dumps(value, ensure_ascii=False)}"]


def _dump(value: object, chooser: random.Random) -> str:
    return yaml.dump(
        value,
        Dumper=yaml.CSafeDumper,
        sort_keys=False,
        allow_unicode=chooser.random() < 0.5,
        default_style=chooser.choice([None, '"', "'"]),
        default_flow_style=chooser.choice([None, False]),
        width=chooser.choice([40, 80, 10_000]),
    )
