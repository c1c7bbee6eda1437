"""Slips with brackets, and the commas in them, each told whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from diagnostics.pinned import fields, tell

if TYPE_CHECKING:
    from pathlib import Path

CASES = {
    "brackets are open at the end of the file": (
        f"x-a: {'[' * 20}\n",
        """\
catalogue.yaml:1:25: error[syntax]: a bracket is still open at the end of the file
   1 | x-a: [[[[[[[[[[[[[[[[[[[[
     |                         ^
help: close it with ] or }
""",
    ),
    "a list is never closed": (
        fields("sections: [a", "url: x"),
        """\
catalogue.yaml:3:15: error[syntax]: this bracket is never closed
   3 |     sections: [a
     |               ^
help: close it with ], or write sections: "[a" if it is text
""",
    ),
    "a list is never closed at the file's end": (
        "x: [a",
        """\
catalogue.yaml:1:4: error[syntax]: this bracket is never closed
   1 | x: [a
     |    ^
help: close it with ], or write x: "[a" if it is text
""",
    ),
    "a mapping is never closed": (
        fields("image: {url: x", "url: x"),
        """\
catalogue.yaml:3:12: error[syntax]: this bracket is never closed
   3 |     image: {url: x
     |            ^
help: close it with }, or write image: "{url: x" if it is text
""",
    ),
    "a list in a list is never closed": (
        "x: [[a]\n",
        """\
catalogue.yaml:1:4: error[syntax]: this bracket is never closed
   1 | x: [[a]
     |    ^
help: close it with ], or write x: "[[a]" if it is text
""",
    ),
    "a list is closed with a curly bracket": (
        fields("sections: [a}"),
        """\
catalogue.yaml:3:17: error[syntax]: "[" cannot be closed with "}"
   3 |     sections: [a}
     |                 ^
help: close it with ]
""",
    ),
    "a mapping is closed with a square bracket": (
        fields("image: {url: x]"),
        """\
catalogue.yaml:3:19: error[syntax]: "{" cannot be closed with "]"
   3 |     image: {url: x]
     |                   ^
help: close it with }
""",
    ),
    "a list is closed twice": (
        fields("sections: [a]]"),
        """\
catalogue.yaml:3:18: error[syntax]: this bracket closes nothing
   3 |     sections: [a]]
     |                  ^
help: remove it
""",
    ),
    "a mapping is closed twice": (
        fields("image: {url: x}}"),
        """\
catalogue.yaml:3:20: error[syntax]: this bracket closes nothing
   3 |     image: {url: x}}
     |                    ^
help: remove it
""",
    ),
    "a comma is missing in a mapping": (
        fields("image: {url: x alt: y}"),
        """\
catalogue.yaml:3:23: error[syntax]: this colon cannot stand here
   3 |     image: {url: x alt: y}
     |                       ^
help: put a comma before alt, or the value in quotes
""",
    ),
    "a comma is missing after quotes": (
        fields('image: {url: "x" alt: "y"}'),
        """\
catalogue.yaml:3:22: error[syntax]: a comma is missing before this
   3 |     image: {url: "x" alt: "y"}
     |                      ^
help: put a comma before it
""",
    ),
    "a comma is missing in a list": (
        fields('tags: ["a" "b"]'),
        """\
catalogue.yaml:3:16: error[syntax]: a comma is missing before this
   3 |     tags: ["a" "b"]
     |                ^
help: put a comma before it
""",
    ),
    "a comma is missing at the end of a line": (
        '{"x-a": "b"\n "x-c": "d"}\n',
        """\
catalogue.yaml:2:2: error[syntax]: a comma is missing before this
   2 |  "x-c": "d"}
     |  ^
help: put a comma before it
""",
    ),
    "two commas follow each other": (
        '{"x-a": "b",, "x-c": "d"}\n',
        """\
catalogue.yaml:1:13: error[syntax]: a value is missing before this
   1 | {"x-a": "b",, "x-c": "d"}
     |             ^
help: write the value, or remove what is too much
""",
    ),
    "a colon stands in a value in brackets": (
        fields("image: {url: x, alt: Storm: a view}"),
        """\
catalogue.yaml:3:31: error[syntax]: this colon cannot stand here
   3 |     image: {url: x, alt: Storm: a view}
     |                               ^
help: put a comma before Storm, or the value in quotes
""",
    ),
    "a word in brackets begins a value": (
        fields("title: [Live] Election"),
        """\
catalogue.yaml:3:19: error[syntax]: there is text after the closing bracket
   3 |     title: [Live] Election
     |                   ^
help: write title: "[Live] Election"
""",
    ),
    "a word in curly brackets begins a value": (
        fields("title: {Live} Election"),
        """\
catalogue.yaml:3:19: error[syntax]: there is text after the closing bracket
   3 |     title: {Live} Election
     |                   ^
help: write title: "{Live} Election"
""",
    ),
    "a comma follows a list": (
        fields("sections: [a],", "url: x"),
        """\
catalogue.yaml:3:18: error[syntax]: there is a comma after the closing bracket
   3 |     sections: [a],
     |                  ^
help: remove it
""",
    ),
}


@pytest.mark.parametrize(("catalogue", "told"), CASES.values(), ids=CASES)
def test_a_slip_with_brackets_is_told_in_its_place_with_a_mend(catalogue: str, told: str, tmp_path: Path) -> None:
    assert tell(tmp_path, catalogue) == told
