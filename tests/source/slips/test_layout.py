"""Slips in how lines stand to each other, each told whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from diagnostics.pinned import fields, tell

if TYPE_CHECKING:
    from pathlib import Path

CASES = {
    "a mark of a merge conflict between root keys": (
        "x-a: b\n<<<<<<< HEAD\nx-c: d\n=======\nx-c: e\n>>>>>>> storm\n",
        """\
catalogue.yaml:2:1: error[syntax]: this line marks a merge conflict
   2 | <<<<<<< HEAD
     | ^^^^^^^^^^^^
help: keep one of the two versions between <<<<<<< and >>>>>>>, and delete the lines with the marks
""",
    ),
    "a mark of a merge conflict in an entry": (
        "teasers:\n  - id: x\n    title: T\n<<<<<<< HEAD\n    url: x\n=======\n    url: y\n>>>>>>> storm\n",
        """\
catalogue.yaml:4:1: error[syntax]: this line marks a merge conflict
   4 | <<<<<<< HEAD
     | ^^^^^^^^^^^^
help: keep one of the two versions between <<<<<<< and >>>>>>>, and delete the lines with the marks
""",
    ),
    "a mark of a merge conflict in a body": (
        "articles:\n  - id: x\n    body: |\n      A.\n<<<<<<< HEAD\n      B.\n=======\n      C.\n>>>>>>> x\n",
        """\
catalogue.yaml:5:1: error[syntax]: this line marks a merge conflict
   5 | <<<<<<< HEAD
     | ^^^^^^^^^^^^
help: keep one of the two versions between <<<<<<< and >>>>>>>, and delete the lines with the marks
""",
    ),
    "the end of a merge conflict alone": (
        "x-a: b\n>>>>>>> storm\nx-c: d\n",
        """\
catalogue.yaml:2:1: error[syntax]: this line marks a merge conflict
   2 | >>>>>>> storm
     | ^^^^^^^^^^^^^
help: keep one of the two versions between <<<<<<< and >>>>>>>, and delete the lines with the marks
""",
    ),
    "no space after the dash of an item": (
        "teasers:\n  -id: x\n    title: T\n",
        """\
catalogue.yaml:2:3: error[syntax]: a dash needs a space after it
   2 |   -id: x
     |   ^
help: write - id: x
""",
    ),
    "no space after the dash of a later item": (
        fields("title: T") + "  -id: y\n    title: T\n",
        """\
catalogue.yaml:4:3: error[syntax]: a dash needs a space after it
   4 |   -id: y
     |   ^
help: write - id: y
""",
    ),
    "no space after the second of two dashes": (
        fields("sections:", "  - a", "  -b", "url: x"),
        """\
catalogue.yaml:5:7: error[syntax]: a dash needs a space after it
   5 |       -b
     |       ^
help: write - b
""",
    ),
    "a body that is not indented": (
        fields("body: |", "Text here.", "More."),
        """\
catalogue.yaml:4:5: error[syntax]: this line is indented too little to belong to the text of "body"
   4 |     Text here.
     |     ^^^^^^^^^^
help: indent it by 6 spaces
""",
    ),
    "a line of a body that is indented too little": (
        fields("body: |", "    Text here.", " More."),
        """\
catalogue.yaml:5:6: error[syntax]: this line is indented too little to belong to the text of "body"
   5 |      More.
     |      ^^^^^
help: indent it by 8 spaces
""",
    ),
    "a paragraph of a body at the first column": (
        fields("body: |", "  Text here.") + "\nMore.\nAnd more.\n",
        """\
catalogue.yaml:6:1: error[syntax]: this line is indented too little to belong to the text of "body"
   6 | More.
     | ^^^^^
help: indent it by 6 spaces
""",
    ),
    "a list in a body that is not indented": (
        fields("body: |", "- Text here.", "- More."),
        """\
catalogue.yaml:4:5: error[syntax]: this line is indented too little to belong to the text of "body"
   4 |     - Text here.
     |     ^^^^^^^^^^^^
help: indent it by 6 spaces
""",
    ),
    "a list of stars in a body that is not indented": (
        fields("body: |", "* Text here.", "* More."),
        """\
catalogue.yaml:4:5: error[syntax]: this line is indented too little to belong to the text of "body"
   4 |     * Text here.
     |     ^^^^^^^^^^^^
help: indent it by 6 spaces
""",
    ),
    "a heading in a folded summary that is not indented": (
        fields("summary: >-", "Text here.", "More."),
        """\
catalogue.yaml:4:5: error[syntax]: this line is indented too little to belong to the text of "summary"
   4 |     Text here.
     |     ^^^^^^^^^^
help: indent it by 6 spaces
""",
    ),
    "a blank line in a body that is indented further": (
        fields("body: |", "      ", "  Text here."),
        """\
catalogue.yaml:5:7: error[syntax]: a blank line above this text is indented further
   5 |       Text here.
     |       ^^^^^^^^^^
help: remove the spaces on the blank lines above
""",
    ),
    "a key that is indented further": (
        "teasers:\n  - id: x\n     title: T\n",
        """\
catalogue.yaml:3:6: error[syntax]: this line is indented as if it went on with the value of "id", and holds ": "
   3 |      title: T
     |      ^^^^^
help: begin it in column 5 if it is a key, or put that value in quotes
""",
    ),
    "a line that goes on and holds a colon": (
        fields("summary: The storm came at night.", "  One thing is clear: it rained."),
        """\
catalogue.yaml:4:7: error[syntax]: this line is indented as if it went on with the value of "summary", and holds ": "
   4 |       One thing is clear: it rained.
     |       ^^^^^^^^^^^^^^^^^^
help: begin it in column 5 if it is a key, or put that value in quotes
""",
    ),
    "a key that is indented less": (
        fields("title: T") + "   url: x\n",
        """\
catalogue.yaml:4:4: error[syntax]: this key begins in column 4, "title" above it in column 5
   4 |    url: x
     |    ^^^
help: begin it in the column of the keys that it stands beside
""",
    ),
    "a key below the dash of its item": (
        fields("title: T") + "  url: x\n",
        """\
catalogue.yaml:4:3: error[syntax]: this key begins in column 3, "title" above it in column 5
   4 |   url: x
     |   ^^^
help: begin it in the column of the keys that it stands beside
""",
    ),
    "a key of a mapping that is indented less": (
        fields("image:", "  url: x", " alt: y"),
        """\
catalogue.yaml:5:6: error[syntax]: this key begins in column 6, "url" above it in column 7
   5 |      alt: y
     |      ^^^
help: begin it in the column of the keys that it stands beside
""",
    ),
    "a root key that is indented": (
        "x-a: b\n  x-c: d\n",
        """\
catalogue.yaml:2:3: error[syntax]: this line is indented as if it went on with the value of "x-a", and holds ": "
   2 |   x-c: d
     |   ^^^
help: begin it in column 1 if it is a key, or put that value in quotes
""",
    ),
    "a root key that is indented less than the fields above": (
        "x-a:\n  b: c\n x-d: e\n",
        """\
catalogue.yaml:3:2: error[syntax]: this key begins in column 2, "b" above it in column 3
   3 |  x-d: e
     |  ^^^
help: begin it in the column of the keys that it stands beside
""",
    ),
    "an item that is indented less": (
        fields("title: T") + " - id: y\n",
        """\
catalogue.yaml:4:2: error[syntax]: this item begins in another column than the items above it
   4 |  - id: y
     |  ^
help: begin all items of a list in the same column
""",
    ),
    "an item that is indented further": (
        fields("title: T") + "    - id: y\n",
        """\
catalogue.yaml:4:5: error[syntax]: this item begins in another column than the items above it
   4 |     - id: y
     |     ^
help: begin all items of a list in the same column
""",
    ),
    "items of a list in two columns": (
        fields("sections:", "  - a", " - b"),
        """\
catalogue.yaml:5:6: error[syntax]: this item begins in another column than the items above it
   5 |      - b
     |      ^
help: begin all items of a list in the same column
""",
    ),
    "a line of text between items": (
        fields("title: T") + "  and more\n",
        """\
catalogue.yaml:4:3: error[syntax]: this line is neither a key with a value nor part of the value above
   4 |   and more
     |   ^^^^^^^^
help: write it as key: value, or indent it to continue the value above
""",
    ),
    "a line of text between keys": (
        fields("title: T", "and more", "url: x"),
        """\
catalogue.yaml:4:5: error[syntax]: this line is neither a key with a value nor part of the value above
   4 |     and more
     |     ^^^^^^^^
help: write it as key: value, or indent it to continue the value above
""",
    ),
    "a line of text at the end": (
        fields("title: T", "and more"),
        """\
catalogue.yaml:4:5: error[syntax]: this line is neither a key with a value nor part of the value above
   4 |     and more
     |     ^^^^^^^^
help: write it as key: value, or indent it to continue the value above
""",
    ),
    "the first root key alone is indented": (
        "  x-a: b\nx-c: d\n",
        """\
catalogue.yaml:2:1: error[syntax]: the catalogue ends above this line
   2 | x-c: d
     | ^
help: begin every root key in the first column
""",
    ),
    "text after three dots": (
        "x-a: b\n...\nmore\n",
        """\
catalogue.yaml:3:1: error[syntax]: the catalogue ends above this line
   3 | more
     | ^
help: remove the line of three dots
""",
    ),
    "two anchors on one value": (
        fields("title: &a &b T"),
        """\
catalogue.yaml:3:15: error[syntax]: a key was expected here
   3 |     title: &a &b T
     |               ^
help: check that it begins in the same column as the keys beside it, and that brackets and quotes close
""",
    ),
}


@pytest.mark.parametrize(("catalogue", "told"), CASES.values(), ids=CASES)
def test_a_slip_in_the_layout_is_told_in_its_place_with_a_mend(catalogue: str, told: str, tmp_path: Path) -> None:
    assert tell(tmp_path, catalogue) == told
