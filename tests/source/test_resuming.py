"""One mistake in the YAML hides no other: reading goes on behind it, and invents nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from feedpub.source import CatalogueFile
from feedpub.source.resuming import MAX_RESUMED
from source.reading import LISTED, show

if TYPE_CHECKING:
    from pathlib import Path

    from feedpub.record import Record

ROOTS = ("site", "sections", *LISTED)


def read(folder: Path, text: str) -> tuple[list[Record], CatalogueFile]:
    path = folder / "catalogue.yaml"
    path.write_bytes(text.encode())
    file = CatalogueFile(path, name="catalogue.yaml", roots=ROOTS)
    return list(file.read(listed=LISTED)), file


def outline(folder: Path, text: str) -> list[str]:
    """Return the line, number and id of each item that was read, and whether it was cut."""
    records, _ = read(folder, text)
    ids = [one.value.get("id") if isinstance(one.value, dict) else one.value for one in records]
    return [
        f"{one.line} {one.key} {one.number} {identifier}{' cut' if one.is_cut else ''}"
        for one, identifier in zip(records, ids, strict=True)
    ]


@pytest.mark.parametrize(
    ("slip", "at"),
    [
        ('title: "open', 3),
        ("title: 'open", 3),
        ("title: a: b", 3),
        ("title: [Live] now", 3),
        ("title: @home", 3),
        ("title: {a", 3),
        ('title: "C:\\new"x', 3),
        ("just a line", 3),
        ("  title: T", 3),
        ("\ttitle: T", 3),
    ],
)
def test_reading_goes_on_with_the_next_entry(slip: str, at: int, tmp_path: Path) -> None:
    text = f"teasers:\n  - id: a\n    {slip}\n    url: x\n  - id: b\n    title: T\n  - id: c\n"
    told = outline(tmp_path, text)
    assert told[-2:] == ["5 teasers 2 b", "7 teasers 3 c"]
    _, file = read(tmp_path, text)
    assert [(one.rule, one.line) for one in file.diagnostics] == [("syntax", at)]
    assert not file.complete


def test_reading_goes_on_with_the_next_root_key(tmp_path: Path) -> None:
    text = 'articles:\n  - id: a\n    title: "open\nteasers:\n  - id: b\nsite: {title: T}\n'
    assert outline(tmp_path, text) == ["2 articles 1 a cut", "5 teasers 1 b", "6 site 0 None"]


def test_a_line_of_text_that_looks_like_an_unknown_key_is_no_place_to_go_on(tmp_path: Path) -> None:
    text = 'articles:\n  - id: a\n    body: "open\nNote: this is text\n  - id: b\n'
    _, file = read(tmp_path, text)
    assert list(file.keys) == ["articles"]
    assert outline(tmp_path, text)[-1] == "5 articles 2 b"


def test_each_of_many_mistakes_is_told(tmp_path: Path) -> None:
    text = "teasers:\n" + "".join(f"  - id: x{number}\n    title: a: b\n" for number in range(9))
    _, file = read(tmp_path, text)
    assert [one.line for one in file.diagnostics] == list(range(3, 20, 2))


def test_a_flood_of_mistakes_ends(tmp_path: Path) -> None:
    text = "teasers:\n" + "  - id: a: b\n" * (MAX_RESUMED + 5)
    _, file = read(tmp_path, text)
    assert len(file.diagnostics) == MAX_RESUMED


def test_what_was_read_of_the_broken_entry_is_kept_with_its_places(tmp_path: Path) -> None:
    text = "teasers:\n  - id: a\n    tags: [x, y]\n    image: {url: i}\n    title: a: b\n    url: u\n"
    (record,), _ = read(tmp_path, text)
    assert record.value == {"id": "a", "tags": ["x", "y"], "image": {"url": "i"}}
    assert record.is_cut
    assert show(record.places.value(("tags", 1))) == "3:15-3:16"
    assert show(record.places.key(("image", "url"))) == "4:13-4:16"


def test_what_was_read_of_the_site_is_kept(tmp_path: Path) -> None:
    (record,), _ = read(tmp_path, "site:\n  title: T\n  url: a: b\n")
    assert (record.key, record.value, record.is_cut) == ("site", {"title": "T"}, True)


def test_anchors_from_before_the_mistake_are_known_behind_it_and_those_in_it_are_no_problem(tmp_path: Path) -> None:
    text = (
        "x-s: &s [a]\nteasers:\n  - id: a\n    sections: *s\n    title: &t a: b\n"
        "  - id: b\n    sections: *s\n    title: *t\n"
    )
    records, file = read(tmp_path, text)
    assert [one.rule for one in file.diagnostics] == ["syntax"]
    last = records[-1].value
    assert isinstance(last, dict)
    assert last["sections"] == ["a"]


def test_both_versions_of_a_merge_conflict_are_passed_over(tmp_path: Path) -> None:
    text = (
        "teasers:\n  - id: a\n<<<<<<< HEAD\n  - id: b\n    title: One\n=======\n  - id: b\n    title: Two\n"
        ">>>>>>> other\n  - id: c\n"
    )
    assert outline(tmp_path, text)[-1] == "10 teasers 2 c"
    _, file = read(tmp_path, text)
    assert [(one.rule, one.line) for one in file.diagnostics] == [("syntax", 3)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_at_every_line_end(end: str, tmp_path: Path) -> None:
    text = 'teasers:\n- id: é\n  title: "o\n- id: b\n'.replace("\n", end)
    assert outline(tmp_path, text) == ["2 teasers 1 é cut", "4 teasers 2 b"]


def test_a_forbidden_character_behind_the_mistake_is_told(tmp_path: Path) -> None:
    _, file = read(tmp_path, "teasers:\n  - id: a: b\n  - id: b\x01\n")
    assert sorted((one.line, one.rule) for one in file.diagnostics) == [(2, "syntax"), (3, "forbidden-character")]
