"""What a catalogue includes: each pattern finds its files, in an order of their names, and none outside its folder."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path
from typing import Literal

import pytest

from diagnostics.pinned import HEAD, tell
from feedpub.catalogue.invalid import Invalid
from feedpub.loading.includes import match_files


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "home" / "articles.yaml"
    for name in ("articles.yaml", "b.yaml", "a.yml", "2026/01.yaml", "2026/02.yaml", "2026/old/01.yaml", ".x.yaml"):
        path = root.parent / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", encoding="utf-8")
    return root


def find(pattern: str, root: Path) -> list[str]:
    return [path.relative_to(root.parent).as_posix() for path in match_files(pattern, root=root)]


def refuse(pattern: str, root: Path) -> str:
    with pytest.raises(Invalid) as error:
        match_files(pattern, root=root)
    assert error.value.rule == "include"
    return error.value.message


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("b.yaml", ["b.yaml"]),
        ("*.y*ml", ["a.yml", "b.yaml"]),
        ("2026/*.yaml", ["2026/01.yaml", "2026/02.yaml"]),
        ("2026/0[2-9].yaml", ["2026/02.yaml"]),
        ("*/*.yaml", ["2026/01.yaml", "2026/02.yaml"]),
        ("**/01.yaml", ["2026/01.yaml", "2026/old/01.yaml"]),
        ("**", ["2026/01.yaml", "2026/02.yaml", "2026/old/01.yaml", "a.yml", "b.yaml"]),
        (".x.yaml", [".x.yaml"]),
    ],
)
def test_a_pattern_finds_files_in_the_order_of_their_names_but_not_the_root(
    pattern: str, expected: list[str], root: Path
) -> None:
    assert find(pattern, root) == expected


@pytest.mark.parametrize("pattern", ["none.yaml", "2026", "articles.yaml", "c/*.yaml", "B.yaml"])
def test_a_pattern_without_a_file_is_refused(pattern: str, root: Path) -> None:
    assert refuse(pattern, root) == f'"{pattern}" matches no file'


@pytest.mark.parametrize("pattern", ["../b.yaml", "/etc/*.yaml", "2026/../b.yaml", "~/b.yaml", "2026\\01.yaml"])
def test_a_pattern_that_leads_out_of_the_folder_is_refused(pattern: str, root: Path) -> None:
    assert "leads out of the catalogue's folder" in refuse(pattern, root)


def test_a_link_that_leads_out_of_the_folder_is_refused(root: Path) -> None:
    outside = root.parent.parent / "outside.yaml"
    outside.write_text("", encoding="utf-8")
    (root.parent / "link.yaml").symlink_to(outside)
    assert refuse("link.yaml", root) == '"link.yaml" lies outside the catalogue\'s folder'


def test_a_link_within_the_folder_is_followed(root: Path) -> None:
    (root.parent / "link.yaml").symlink_to("2026/01.yaml")
    assert find("link.yaml", root) == ["link.yaml"]


def test_a_folder_that_is_a_link_is_not_walked_by_two_stars(root: Path) -> None:
    (root.parent / "2026" / "again").symlink_to(root.parent)
    assert find("**/b.yaml", root) == ["b.yaml"]


def test_what_is_no_yaml_is_refused(root: Path) -> None:
    (root.parent / "notes.md").write_text("", encoding="utf-8")
    assert refuse("notes.*", root) == '"notes.md" is not a YAML file'


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_are_compared_in_one_normal_form(form: Literal["NFC", "NFD"], root: Path) -> None:
    name = unicodedata.normalize("NFD" if form == "NFC" else "NFC", "café.yaml")
    Path(root.parent, name).write_text("", encoding="utf-8")
    found = match_files(unicodedata.normalize(form, "café.yaml"), root=root)
    assert [os.fsdecode(path.name) for path in found] == [name]


def test_a_link_that_leads_in_a_circle_is_an_error_where_it_is_asked_for(root: Path) -> None:
    (root.parent / "2026" / "loop").symlink_to("loop")
    assert find("**/01.yaml", root) == ["2026/01.yaml", "2026/old/01.yaml"]
    with pytest.raises(Invalid, match='"loop" is a link that leads in a circle'):
        match_files("2026/l*/*.yaml", root=root)


def test_a_link_to_a_name_that_no_file_can_have_is_told_as_the_system_tells_it(root: Path) -> None:
    (root.parent / "link.yaml").symlink_to("x" * 300)
    with pytest.raises(OSError, match=r"File name too long: '.*link\.yaml'"):
        match_files("*.yaml", root=root)


def test_an_include_without_a_value_is_none(tmp_path: Path) -> None:
    assert tell(tmp_path, f"{HEAD}include:\nteasers: []\n") == ""


def test_an_include_that_cannot_be_read_is_one_problem_and_the_others_are_read(tmp_path: Path) -> None:
    told = tell(tmp_path, f"{HEAD}include: [*gone, other.yaml, none.yaml]\n", files={"other.yaml": "teasers: {}\n"})
    assert [line.partition(": ")[2] for line in told.splitlines() if "error[" in line] == [
        'error[unknown-alias]: no anchor "&gone" comes before this alias',
        'error[include]: include "none.yaml" matches no file',
        "error[not-a-list]: teasers must be a list",
    ]
    assert tell(tmp_path, f"{HEAD}include: *gone\nteasers: []\n").count("error[") == 1
