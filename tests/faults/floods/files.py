"""Catalogues of very many files, and files that are none."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from faults.floods.making import CATALOGUE, HEAD, flood, write_article

if TYPE_CHECKING:
    from pathlib import Path

_FILE = 6_000  # bytes of an included file


def _write_parts(folder: Path, size: int, **fields: str) -> None:
    part = folder / "parts"
    part.mkdir()
    each = _FILE // len(write_article(0, **fields)) + 1
    for number in range(max(size // _FILE, 1)):
        text = "".join(write_article(number * each + one, **fields) for one in range(each))
        (part / f"{number}.yaml").write_text(f"articles:\n{text}", encoding="utf-8")


def _write_root(folder: Path, include: str, more: str = "") -> None:
    (folder / CATALOGUE).write_text(f"{HEAD}include: {include}\n{more}", encoding="utf-8")


@flood
def included_files(folder: Path, size: int) -> None:
    _write_parts(folder, size, body="x")
    _write_root(folder, "['parts/*.yaml']")


@flood
def included_files_with_mistakes(folder: Path, size: int) -> None:
    _write_parts(folder, size, title="")
    _write_root(folder, "['parts/*.yaml']")


@flood
def included_files_with_warnings(folder: Path, size: int) -> None:
    _write_parts(folder, size, title="<b>x</b> y")
    _write_root(folder, "['parts/*.yaml']")


@flood
def included_files_that_are_empty(folder: Path, size: int) -> None:
    (folder / "parts").mkdir()
    for number in range(max(size // _FILE, 1)):
        (folder / "parts" / f"{number}.yaml").touch()
    _write_root(folder, "['parts/*.yaml']")


@flood
def included_files_that_are_no_yaml(folder: Path, size: int) -> None:
    (folder / "parts").mkdir()
    for number in range(max(size // _FILE, 1)):
        (folder / "parts" / f"{number}.yaml").write_text("articles: [\n" + "x: [\n" * 1_000, encoding="utf-8")
    _write_root(folder, "['parts/*.yaml']")


@flood
def globs_that_match_all_the_same(folder: Path, size: int) -> None:
    _write_parts(folder, min(size // 8, 2 << 20))
    _write_root(folder, "\n" + "- parts/*.yaml\n" * 300)


@flood
def globs_that_match_nothing(folder: Path, size: int) -> None:
    _write_root(folder, "\n" + "".join(f"- parts{number}/*.yaml\n" for number in range(size // 20)))


@flood
def globs_full_of_stars(folder: Path, size: int) -> None:
    _write_parts(folder, min(size // 8, 2 << 20))
    for number in range(200):
        (folder / ("a" * 100 + f"{number}")).touch()
    _write_root(folder, "['" + "*a" * 100 + "b.yaml', '" + "**/" * 30 + "*.yaml']")


@flood
def folders_in_folders(folder: Path, size: int) -> None:
    _write_parts(folder, size // 8)
    deep = folder
    for _ in range(60):
        deep = deep / "d"
        deep.mkdir()
        (deep / "e").mkdir()
    _write_root(folder, "['" + "**/" * 12 + "*.yaml']")


@flood
def links_in_a_circle(folder: Path, size: int) -> None:
    _write_parts(folder, size // 8)
    (folder / "parts" / "self").symlink_to(folder / "parts")
    (folder / "parts" / "a.yaml").symlink_to("b.yaml")
    (folder / "parts" / "b.yaml").symlink_to("a.yaml")
    (folder / "parts" / "root.yaml").symlink_to(folder / CATALOGUE)
    _write_root(folder, "['**/*.yaml']")


@flood
def folders_that_link_to_each_other(folder: Path, size: int) -> None:
    _write_parts(folder, min(size // 8, 1 << 20))
    for number in range(6):
        (folder / "parts" / f"l{number}").symlink_to(folder / "parts")
    _write_root(folder, "['" + "*/" * 12 + "*.yaml']")


@flood
def files_that_include_each_other(folder: Path, size: int) -> None:
    (folder / "parts").mkdir()
    for number in range(max(size // _FILE, 1)):
        (folder / "parts" / f"{number}.yaml").write_text("include: ['*.yaml', '../*.yaml']\n", encoding="utf-8")
    _write_root(folder, "['parts/*.yaml']")


@flood
def a_pipe_as_catalogue(folder: Path, size: int) -> None:  # noqa: ARG001 - a pipe has no size
    os.mkfifo(folder / CATALOGUE)


@flood
def a_folder_as_catalogue(folder: Path, size: int) -> None:  # noqa: ARG001 - nor has a folder
    (folder / CATALOGUE).mkdir()


@flood
def a_device_as_catalogue(folder: Path, size: int) -> None:  # noqa: ARG001 - it never ends
    (folder / CATALOGUE).symlink_to("/dev/zero")


@flood
def pipes_as_included_files(folder: Path, size: int) -> None:
    (folder / "parts").mkdir()
    for number in range(max(min(size // _FILE, 1_000), 1)):
        os.mkfifo(folder / "parts" / f"{number}.yaml")
    _write_root(folder, "['parts/*.yaml']")


@flood
def pipes_as_bodies(folder: Path, size: int) -> None:
    os.mkfifo(folder / "body.md")
    some = (write_article(number, body_file="body.md") for number in range(size // 200))
    (folder / CATALOGUE).write_text(HEAD + "articles:\n" + "".join(some), encoding="utf-8")


@flood
def a_device_as_a_body(folder: Path, size: int) -> None:
    (folder / "body.md").symlink_to("/dev/zero")
    some = (write_article(number, body_file="body.md") for number in range(size // 200))
    (folder / CATALOGUE).write_text(HEAD + "articles:\n" + "".join(some), encoding="utf-8")


@flood
def a_large_body_file(folder: Path, size: int) -> None:
    (folder / "body.md").write_bytes(b"words and " * (size // 10))
    (folder / CATALOGUE).write_text(HEAD + "articles:\n" + write_article(0, body_file="body.md"), encoding="utf-8")


@flood
def a_large_body_file_again_and_again(folder: Path, size: int) -> None:
    (folder / "body.md").write_bytes(b"words and " * (size // 10))
    some = (write_article(number, body_file="body.md") for number in range(50))
    (folder / CATALOGUE).write_text(HEAD + "articles:\n" + "".join(some), encoding="utf-8")


@flood
def a_large_body_file_of_nuls(folder: Path, size: int) -> None:
    (folder / "body.md").write_bytes(b"x\0\n" * (size // 3))
    some = (write_article(number, body_file="body.md") for number in range(10))
    (folder / CATALOGUE).write_text(HEAD + "articles:\n" + "".join(some), encoding="utf-8")


@flood
def a_large_body_file_that_is_no_utf_8(folder: Path, size: int) -> None:
    (folder / "body.md").write_bytes(b"\xff" * size)
    (folder / CATALOGUE).write_text(HEAD + "articles:\n" + write_article(0, body_file="body.md"), encoding="utf-8")


@flood
def body_files(folder: Path, size: int) -> None:
    (folder / "bodies").mkdir()
    number = max(size // (512 << 10), 1)
    for one in range(number):
        (folder / "bodies" / f"{one}.md").write_text("words and\n" * ((511 << 10) // 10), encoding="utf-8")
    some = (write_article(one, body_file=f"bodies/{one}.md") for one in range(number))
    (folder / CATALOGUE).write_text(HEAD + "articles:\n" + "".join(some), encoding="utf-8")


@flood
def one_body_file_of_all(folder: Path, size: int) -> None:
    (folder / "body.md").write_text("words and\n" * ((511 << 10) // 10), encoding="utf-8")
    number = max(size // (512 << 10), 1)
    some = (write_article(one, body_file="body.md") for one in range(number))
    (folder / CATALOGUE).write_text(HEAD + "articles:\n" + "".join(some), encoding="utf-8")
