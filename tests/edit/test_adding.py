"""A new item stands where somebody who keeps the list would put it, and nothing around it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from feedpub.edit import CannotEditError, add_item
from feedpub.edit.writing import write_scalar
from source.reading import read_values

if TYPE_CHECKING:
    from pathlib import Path

    from feedpub.record import Value

HEAD = "site: {title: T}\nsections: {a: {title: A}}\n"
FIELDS = {"id": "new", "title": "New: one", "published": "2026-02-01T00:00:00Z"}

CASES = {
    "newest first": (
        "teasers:\n  - id: b\n    published: 2026-01-02\n  - id: a\n    published: 2026-01-01\n",
        (
            "teasers:\n"
            '  - id: new\n    title: "New: one"\n    published: 2026-02-01T00:00:00Z\n'
            "  - id: b\n    published: 2026-01-02\n  - id: a\n    published: 2026-01-01\n"
        ),
    ),
    "oldest first": (
        "teasers:\n- id: a\n  published: 2026-01-01\n- id: b\n  published: 2026-01-02\n\n# the end\n",
        (
            "teasers:\n- id: a\n  published: 2026-01-01\n- id: b\n  published: 2026-01-02\n"
            '- id: new\n  title: "New: one"\n  published: 2026-02-01T00:00:00Z\n\n# the end\n'
        ),
    ),
    "with gaps and wide dashes": (
        "teasers:\n  # ours\n\n  -   id: b # newest\n      published: 2026-01-02\n\n  -   id: a\n",
        (
            'teasers:\n  # ours\n\n  -   id: new\n      title: "New: one"\n      published: 2026-02-01T00:00:00Z\n\n'
            "  -   id: b # newest\n      published: 2026-01-02\n\n  -   id: a\n"
        ),
    ),
    "a list in brackets": (
        "teasers: [{id: a}, {id: b}] # all\n",
        'teasers: [{id: new, title: "New: one", published: 2026-02-01T00:00:00Z}, {id: a}, {id: b}] # all\n',
    ),
    "a list in brackets, oldest first": (
        "teasers: [\n  {id: a, published: 2026-01-01},\n  {id: b, published: 2026-01-02},\n]\n",
        (
            "teasers: [\n  {id: a, published: 2026-01-01},\n  {id: b, published: 2026-01-02}, "
            '{id: new, title: "New: one", published: 2026-02-01T00:00:00Z},\n]\n'
        ),
    ),
    "an empty list": (
        "teasers: [] # none yet\nx-y: 1\n",
        'teasers: # none yet\n  - id: new\n    title: "New: one"\n    published: 2026-02-01T00:00:00Z\nx-y: 1\n',
    ),
    "a key without a value": (
        "teasers:\nx-y: 1\n",
        'teasers:\n  - id: new\n    title: "New: one"\n    published: 2026-02-01T00:00:00Z\nx-y: 1\n',
    ),
    "no key": (
        "",
        'teasers:\n  - id: new\n    title: "New: one"\n    published: 2026-02-01T00:00:00Z\n',
    ),
    "an anchor on the list and on an item": (
        "teasers: &all\n  - &b\n    id: b\n  - id: a\n",
        (
            'teasers: &all\n  - id: new\n    title: "New: one"\n    published: 2026-02-01T00:00:00Z\n'
            "  - &b\n    id: b\n  - id: a\n"
        ),
    ),
    "an item below its dash": (
        "teasers:\n  -\n\n    # of b\n    id: b\n",
        (
            'teasers:\n  - id: new\n    title: "New: one"\n    published: 2026-02-01T00:00:00Z\n'
            "  -\n\n    # of b\n    id: b\n"
        ),
    ),
    "an item that is empty": (
        "teasers:\n  - \n  -   id: a\n",
        (
            'teasers:\n  -   id: new\n      title: "New: one"\n      published: 2026-02-01T00:00:00Z\n'
            "  - \n  -   id: a\n"
        ),
    ),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_item_is_added(name: str, mark: str, end: str) -> None:
    before, after = (mark + (HEAD + text).replace("\n", end) for text in CASES[name])
    assert add_item(before, key="teasers", fields=FIELDS, name="a.yaml") == after


@pytest.mark.parametrize("text", ["teasers:\n  - id: b\n  - id: a", "x-y: 1", "teasers: []"])
def test_a_file_without_a_final_line_end_stays_one(text: str) -> None:
    assert not add_item(HEAD + text, key="teasers", fields=FIELDS, name="a.yaml").endswith("\n")


@pytest.mark.parametrize("character", ["\x00", "\x7f", "\x85", "\udcff", "\ufffe"])
def test_a_character_that_no_catalogue_may_hold_is_refused(character: str) -> None:
    with pytest.raises(CannotEditError, match="nothing was changed"):
        add_item(HEAD, key="teasers", fields=FIELDS | {"title": f"a{character}b"}, name="a.yaml")


@pytest.mark.parametrize(
    "text",
    [
        "teasers:\n  - &a [1\n",
        "teasers: {a: b}\n",
        "teasers: text\n",
        "x-a: &a []\nteasers: *a\n",
    ],
)
def test_what_cannot_be_changed_safely_is_refused(text: str) -> None:
    with pytest.raises(CannotEditError, match="nothing was changed"):
        add_item(HEAD + text, key="teasers", fields=FIELDS, name="a.yaml")


@pytest.mark.parametrize(
    "text",
    [
        "plain", "two words", "Q: what", "a:b", "a #b", "a#b", "#a", "- a", "-a", "-", "", " a", "a ", "null", "~",
        "No", "true", "'a'",
        '"a"', "a\\b", "[a]", "{a}", "a, b", "&a", "*a", "!a", "%a", "@a", "`a`", "|", ">", "a\nb", "a\tb", "é", "日本",
        "\u2028", "\U0001f600", "---", "...", "a:", ": a", "?", "? a", "2026-01-01", "\xad", "\ue000",
    ],
)  # fmt: skip
@pytest.mark.parametrize("in_flow", [False, True])
def test_a_scalar_reads_as_the_text_that_it_was_written_for(
    text: str,
    in_flow: bool,  # noqa: FBT001 - pytest passes it by name
    tmp_path: Path,
) -> None:
    written = write_scalar(text, in_flow=in_flow)
    line = f"x: [{written}, end]\n" if in_flow else f"x: {written}\nend: end\n"
    expected: dict[str, Value] = {"x": [text, "end"]} if in_flow else {"x": text, "end": "end"}
    assert read_values(tmp_path, line) == expected
