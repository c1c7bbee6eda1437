"""One very long value for each field that reads its values in a way of its own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from faults.floods.making import CATALOGUE, HEAD, add_flood, repeat, write_article

if TYPE_CHECKING:
    from pathlib import Path

_ENTRY = {
    "id": ("", "x", ""),
    "url": ("https://e.org/", "x", ""),
    "url of dots": ("url", "../", "x"),
    "url of percents": ("url", "%zz", ""),
    "url of a host": ("https://", "e.", "org/"),
    "published": ("", "9", ""),
    "sections": ("[", "x", "]"),
    "sections as text": ("sections", "x, ", ""),
    "tags": ("[", "x", "]"),
    "authors": ("[", "x", "]"),
    "email of an author": ("authors", "a@b.", "x}]"),
    "language": ("de", "-abcde", "-"),
    "rights": ("", "x ", ""),
    "guid": ("", "x", ""),
    "content": ("summary", "y", ""),
    "body_format": ("mark", "down", ""),
    "body_file": ("", "x", ".md"),
    "body_file of dots": ("body_file", "../", "x"),
    "draft": ("yes", "s", ""),
    "width of an image": ("image", "9 ", "}"),
    "type of an image": ("image", "x/", "}"),
    "alt of an image": ("image", "x", "}"),
}
_BEGINNINGS = {
    "email of an author": "authors: [{name: x, email: ",
    "width of an image": "image: {url: x, alt: x, width: ",
    "type of an image": "image: {url: x, alt: x, type: ",
    "alt of an image": "image: {url: x, alt: ",
}
_SITE = {
    "title": "x",
    "language": "en-",
    "timezone": "Europe/",
    "tag_authority": "e.",
    "permalink": "{id}/",
    "hubs": "x",
    "feeds_url": "x/",
    "limit": "9",
    "formats": "rss",
    "content": "full",
    "precompress": "gzip",
    "archive": "true",
    "templates": "x/",
    "body_format": "html",
    "icon": "x",
}


def _write_entry_value(folder: Path, size: int, *, begin: str, text: str, end: str, field: str) -> None:
    with (folder / CATALOGUE).open("w", encoding="utf-8") as file:
        file.write(HEAD + "articles:\n" + write_article(0, **{field: ""}) + f"  {begin}")
        file.writelines(repeat(text, size))
        file.write(end + "\n")


def _write_site_value(folder: Path, size: int, *, name: str, text: str) -> None:
    lines = {"title": "T", "url": "https://e.org/", "tag_authority": "'e.org,2026'"}
    lines.pop(name, None)
    with (folder / CATALOGUE).open("w", encoding="utf-8") as file:
        file.write("site:\n" + "".join(f"  {key}: {value}\n" for key, value in lines.items()))
        file.write(f"  {name}: '")
        file.writelines(repeat(text, size))
        file.write("'\nsections: {a: {title: A}}\n")


def _add_entry_values() -> None:
    for name, (begin, text, end) in _ENTRY.items():
        field = name.split(" ", 1)[0]
        if " of an " in name:
            field = _BEGINNINGS[name].split(":", 1)[0]
        start = _BEGINNINGS.get(name) or f"{field}: {'' if begin == field else begin}"
        write = partial(_write_entry_value, begin=start, text=text, end=end, field=field)
        add_flood(f"a long {name}", write)


_add_entry_values()
for _name, _text in _SITE.items():
    add_flood(f"a long {_name} of the site", partial(_write_site_value, name=_name, text=_text))
