"""A catalogue that is edited at random: what it holds as data, and how an edit reaches the disk."""

from __future__ import annotations

import os
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from pathlib import Path

ROOT = "articles.yaml"
WORDS = ("Rain", "Snow", "Wind", "Hail", "Tide", "Mist")
"""Of one length, so that an edit may keep a file's size."""


@dataclass
class Item:
    """An entry: its fields as they stand in the file, the root key above it, and the style that it is written in."""

    key: str
    fields: dict[str, str]
    style: str

    def write(self) -> str:
        """Return the item as YAML."""
        fields = [f"{name}: {value}" for name, value in self.fields.items()]
        if self.style == "flow":
            return f"  - {{{', '.join(fields)}}}\n"
        if self.style == "comment":
            fields.insert(1, "# checked twice")
        return "  - " + "\n    ".join(fields) + "\n"


@dataclass
class State:
    """All that a catalogue holds: the items of each of its files, its head, and texts that stand beside."""

    site: dict[str, str]
    sections: dict[str, str]
    files: dict[str, list[Item]]
    texts: dict[str, str] = field(default_factory=dict)
    more: str = ""
    number: int = 0

    def write(self) -> dict[str, str]:
        """Return the text of each file, by its path."""
        head = f"site: {{{', '.join(f'{name}: {value}' for name, value in self.site.items())}}}\n"
        head += "sections:\n" + "".join(f"  {key}: {{{value}}}\n" for key, value in self.sections.items())
        head += 'include: ["more/*.yaml"]\n' + self.more
        return {name: (head if name == ROOT else "") + _write_lists(items) for name, items in self.files.items()} | {
            name: text for name, text in self.texts.items() if text
        }

    def make_item(self, chance: random.Random) -> Item:
        """Return a new item, of one kind or another."""
        self.number += 1
        name = f"e{self.number:03}"
        key = chance.choice(["articles", "articles", "articles", "teasers"])
        fields = {
            "id": name,
            "title": f"{chance.choice(WORDS)} {self.number:03}",
            "url": name,
            "published": f"2026-05-{chance.randrange(10, 29)}T{chance.randrange(10, 24)}:00:00",
            "sections": chance.choice(["[a]", "[b]", "[a, b]"]),
        }
        fields |= {"body": chance.choice(WORDS)} if key == "articles" else {"summary": chance.choice(WORDS)}
        item = Item(key, fields, chance.choice(["block", "block", "block", "flow", "comment"]))
        self._adorn(item, chance)
        return item

    def _adorn(self, item: Item, chance: random.Random) -> None:
        """Let an item have something that few have."""
        what = chance.randrange(12)
        if what == 0:
            item.fields["expires"] = "2026-06-02T12:00:00"
        elif what == 1:
            item.fields["published"] = "2026-06-02T12:00:00"
        elif what == 2:
            item.fields["title"] = f'"<b>{chance.choice(WORDS)}</b> {self.number:03}"'
        elif what == 3:
            item.fields["updated"] = "2026-05-30"
        elif what == 4:
            item.fields["draft"] = "true"
        elif what == 5 and item.style != "flow" and item.key == "articles":
            item.fields["body"] = "|\n      Rain *words*: [here](x).\n\n      <iframe src='https://e.org/x'></iframe>"
        elif what == 6 and item.key == "articles":
            del item.fields["body"]
            item.fields["body_file"] = "text.md"


def _write_lists(items: list[Item]) -> str:
    text = ""
    for key in ("articles", "teasers"):
        some = [item for item in items if item.key == key]
        text += f"{key}:\n{''.join(item.write() for item in some)}" if some else ""
    return text


class Newsroom:
    """A catalogue in a folder, and what it was before."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        """Write a catalogue of a root file, two shards, a body in a file and a page's template."""
        self.folder = folder
        self.chance = chance
        self.state = State(
            site={"title": "T", "url": '"https://e.org/"', "tag_authority": '"e.org,2026"', "timezone": "UTC"},
            sections={"a": "title: A", "b": "title: B"},
            files={ROOT: [], "more/1.yaml": [], "more/2.yaml": []},
            texts={"more/text.md": "Rain", "text.md": "Snow", "pages/style.css": "p {color: black}\n"},
        )
        self.state.site |= {"limit": "3", "formats": "[json]"}
        if chance.random() < 0.1:  # they take time
            self.state.site["templates"] = "pages"
        for name in self.state.files:
            self.state.files[name] = [self.state.make_item(chance) for _ in range(3)]
        self.past: list[State] = []
        self.now = "2026-06-01T00:00:00Z"
        self.version = "1"
        self.sync()

    def remember(self) -> None:
        """Keep the state as it is for `revert`."""
        self.past = [*self.past[-5:], deepcopy(self.state)]

    def revert(self, number: int = -1) -> None:
        """Take back what was edited since a state of the past."""
        self.state, count = deepcopy(self.past[number]), self.state.number
        self.state.number = count

    def sync(self) -> None:
        """Write what differs from the disk, each file in one way or another, and remove what is no more."""
        wanted = self.state.write()
        there = {
            path.relative_to(self.folder).as_posix(): path
            for path in self.folder.rglob("*")
            if path.is_file() and "feeds" not in path.relative_to(self.folder).parts
        }
        for name, path in there.items():
            if name not in wanted:
                twin = next(
                    (one for one, text in wanted.items() if one not in there and text == path.read_text()), None
                )
                if twin is None:
                    path.unlink()
                else:
                    path.rename(self.folder / twin)
        for name, text in wanted.items():
            path = self.folder / name
            if not path.exists() or path.read_text() != text:
                self._write(path, text)

    def _write(self, path: Path, text: str) -> None:
        """Write a file in its place or as another, some with the times of what was there."""
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.stat() if path.exists() else None
        if self.chance.random() < 0.5:
            path.write_text(text)
        else:
            draft = path.with_name(f"{path.name}.draft")
            draft.write_text(text)
            draft.replace(path)
        if before is not None and self.chance.random() < 0.5:
            os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
