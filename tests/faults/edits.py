"""The edits of a random sequence: of the catalogue, of what was published, of the cache, of the clock."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING, TypeAlias

from faults.newsroom import ROOT, WORDS, Item

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from faults.newsroom import Newsroom

MOST = 16  # items of a catalogue: it shall stay small
SITES = {
    "title": ("T", "U"),
    "limit": ("2", "3", "4"),
    "language": ("en", "cy"),
    "timezone": ("UTC", "Asia/Tokyo"),
    "url": ('"https://e.org/"', '"https://f.org/"'),
    "tag_authority": ('"e.org,2026"', '"f.org,2025"'),
    "body_format": ("markdown", "text"),
    "content": ("full", "summary"),
    "formats": ("[json]", "[json]", "[atom]", "[rss, atom, json]"),
    "rights": ("Mine", "Ours"),
    "precompress": ("[]", "[gzip]"),
    "lint": ("{ignore: [title-markup]}", "{error: [title-markup]}", "{ignore: []}"),
    "permalink": ('"{section}/{id}/"', '"{year}/{id}/"'),
}
"""Values of the site's fields, of which each edit takes another."""
SECTIONS = ("title: A", "title: B", 'title: A, limit: "1"', "title: B, description: D", "title: C, formerly: [old]")
MOMENTS = ("2026-05-20T00:00:00Z", "2026-06-01T00:00:00Z", "2026-06-01T00:00:00Z", "2026-06-03T00:00:00Z")
BROKEN = ('articles:\n  - {id: "x\n', "articles:\n  - {id: x}\n", "articles: []\n", "\x00", "site: {title: X}\n")

Edit: TypeAlias = "Callable[[Newsroom], object]"


def _items(room: Newsroom) -> list[Item]:
    return room.chance.choice(list(room.state.files.values()))


def _add(room: Newsroom) -> None:
    if sum(map(len, room.state.files.values())) < MOST:
        items = _items(room)
        items.insert(room.chance.randrange(len(items) + 1), room.state.make_item(room.chance))


def change(room: Newsroom) -> None:
    """Change a word of an entry for another of its length."""
    items = _items(room)
    if items:
        item = room.chance.choice(items)
        name = room.chance.choice([one for one in ("title", "body", "summary") if one in item.fields])
        for word in WORDS:
            item.fields[name] = item.fields[name].replace(word, room.chance.choice(WORDS), 1)


def _redo(room: Newsroom) -> None:
    items = _items(room)
    if items:
        items[room.chance.randrange(len(items))] = room.state.make_item(room.chance)


def _delete(room: Newsroom) -> None:
    items = _items(room)
    if len(items) > 1:
        items.pop(room.chance.randrange(len(items)))


def _move(room: Newsroom) -> None:
    items = _items(room)
    if len(items) > 1:
        _items(room).append(items.pop(room.chance.randrange(len(items))))


def _shuffle(room: Newsroom) -> None:
    room.chance.shuffle(_items(room))


def _restyle(room: Newsroom) -> None:
    for item in _items(room):
        if "|" not in item.fields.get("body", ""):
            item.style = room.chance.choice(["block", "flow", "comment"])


def _shards(room: Newsroom) -> list[str]:
    return [name for name in room.state.files if name != ROOT]


def _add_shard(room: Newsroom) -> None:
    if len(room.state.files) < 5:
        name = f"more/{room.chance.randrange(10)}.yaml"
        room.state.files.setdefault(name, [room.state.make_item(room.chance) for _ in range(2)])


def _rename_shard(room: Newsroom) -> None:
    name, other = room.chance.choice(_shards(room)), f"more/{room.chance.randrange(10)}.yaml"
    if other not in room.state.files:
        room.state.files[other] = room.state.files.pop(name)


def _delete_shard(room: Newsroom) -> None:
    if len(room.state.files) > 2:
        del room.state.files[room.chance.choice(_shards(room))]


def _swap_shards(room: Newsroom) -> None:
    """Give two files each other's names: each keeps its size and time."""
    files, names = room.state.files, _shards(room)
    one, other = room.chance.choice(names), room.chance.choice(names)
    files[one], files[other] = files[other], files[one]
    paths = [room.folder / one, room.folder / other]
    if one != other and all(path.exists() for path in paths):
        between = room.folder / "between"
        paths[0].rename(between)
        paths[1].rename(paths[0])
        between.rename(paths[1])


def _touch(room: Newsroom) -> None:
    path = room.folder / room.chance.choice([*room.state.files, *room.state.texts])
    when = room.chance.choice([None, (1, 1), (1.5, 1.5), (2e9 + 0.5, 2e9 + 0.5)])
    with suppress(FileNotFoundError):
        os.utime(path, when)


def _revert(room: Newsroom) -> None:
    if room.past:
        room.revert(room.chance.randrange(len(room.past)))


def _change_site(room: Newsroom) -> None:
    name = room.chance.choice(sorted(SITES))
    value = room.chance.choice(SITES[name])
    if name in room.state.site and room.chance.random() < 0.3 and name not in ("title", "url", "tag_authority"):
        del room.state.site[name]
    else:
        room.state.site[name] = value


def _change_section(room: Newsroom) -> None:
    sections = room.state.sections
    key = room.chance.choice([*sections, "c"])
    if key == "c" and key in sections and room.chance.random() < 0.5:
        del sections[key]
    else:
        sections[key] = room.chance.choice(SECTIONS)


def _reorder_sections(room: Newsroom) -> None:
    sections = list(room.state.sections.items())
    room.chance.shuffle(sections)
    room.state.sections = dict(sections)


def _change_more(room: Newsroom) -> None:
    retracted = "retracted:\n  - {id: gone, at: 2026-05-02, sections: [a]}\n"
    retired = "retired: {c: {title: C, at: 2026-05-30, notice: It ended.}}\n"
    room.state.more = room.chance.choice(["", retracted, retired, "x-anchors: &one {a: b}\n"])


def _change_text(room: Newsroom) -> None:
    name = room.chance.choice(sorted(room.state.texts))
    word = room.chance.choice(WORDS)
    room.state.texts[name] = f"p {{color: {word}}}\n" if name.endswith(".css") else f"{word} *and* more"


def _break(room: Newsroom) -> None:
    room.state.texts["more/x.yaml"] = room.chance.choice(BROKEN)


def _mend(room: Newsroom) -> None:
    room.state.texts.pop("more/x.yaml", None)


def _set_clock(room: Newsroom) -> None:
    room.now = room.chance.choice(MOMENTS)


def _upgrade(room: Newsroom) -> None:
    room.version = room.chance.choice("12")


def _choose_published(room: Newsroom) -> Path | None:
    paths = sorted(room.folder.glob("feeds/*.*"))
    return room.chance.choice(paths) if paths else None


def _alter_published(room: Newsroom) -> None:
    if (path := _choose_published(room)) is not None and not path.is_symlink():
        data, before = path.read_bytes(), path.stat()
        path.write_bytes(data.replace(b"e", b"i", 1) if room.chance.random() < 0.7 else b"<<<<<<< HEAD\n")
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _lose_published(room: Newsroom) -> None:
    if (path := _choose_published(room)) is not None:
        path.unlink()


def _link_published(room: Newsroom) -> None:
    if (path := _choose_published(room)) is not None and not path.is_symlink():
        path.rename(room.folder.parent / path.name)
        path.symlink_to(f"../../{path.name}")


def _clear_published(room: Newsroom) -> None:
    shutil.rmtree(room.folder / "feeds", ignore_errors=True)


EDITS: Mapping[Edit, int] = {
    _add: 6,
    change: 12,
    _redo: 6,
    _delete: 4,
    _move: 3,
    _shuffle: 2,
    _restyle: 2,
    _add_shard: 3,
    _rename_shard: 3,
    _delete_shard: 2,
    _swap_shards: 3,
    _touch: 5,
    _revert: 6,
    _change_site: 6,
    _change_section: 4,
    _reorder_sections: 1,
    _change_more: 2,
    _change_text: 4,
    _break: 1,
    _mend: 1,
    _set_clock: 4,
    _upgrade: 2,
    _alter_published: 2,
    _lose_published: 2,
    _link_published: 1,
    _clear_published: 1,
}
"""Every edit, and how often it is made beside the others."""


def edit(room: Newsroom) -> list[str]:
    """Make some edits; return their names."""
    chosen = room.chance.choices(list(EDITS), weights=list(EDITS.values()), k=room.chance.choice([0, 0, 1, 1, 2, 3]))
    return make(room, chosen)


def make(room: Newsroom, chosen: Iterable[Edit]) -> list[str]:
    """Make these edits; return their names."""
    chosen = list(chosen)
    for one in chosen:
        one(room)
        if room.chance.random() < 0.3:
            room.sync()
    room.sync()
    return [getattr(one, "__name__", "").strip("_") for one in chosen]
