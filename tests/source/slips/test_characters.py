"""Slips with characters that cannot stand where they do, each told whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from diagnostics.pinned import fields, tell

if TYPE_CHECKING:
    from pathlib import Path

CASES = {
    "a tab indents a key": (
        "teasers:\n  - id: x\n\ttitle: T\n",
        """\
catalogue.yaml:3:1: error[syntax]: a tab cannot indent a line
   3 |     title: T
     | ^^^^
help: indent with spaces
""",
    ),
    "a tab after spaces indents a key": (
        "teasers:\n  - id: x\n  \t\ttitle: T\n",
        """\
catalogue.yaml:3:3: error[syntax]: a tab cannot indent a line
   3 |           title: T
     |   ^^^^^^^^
help: indent with spaces
""",
    ),
    "a tab indents an item": (
        "teasers:\n\t- id: x\n",
        """\
catalogue.yaml:2:1: error[syntax]: a tab cannot indent a line
   2 |     - id: x
     | ^^^^
help: indent with spaces
""",
    ),
    "a tab follows a dash": (
        "teasers:\n  -\tid: x\n    title: T\n",
        """\
catalogue.yaml:2:4: error[syntax]: a tab cannot stand here
   2 |   -    id: x
     |    ^^^^
help: write a space instead
""",
    ),
    "a tab indents a body": (
        fields("body: |") + "\tText.\n",
        """\
catalogue.yaml:4:1: error[syntax]: a tab cannot indent a line
   4 |     Text.
     | ^^^^
help: indent with spaces
""",
    ),
    "a tab indents a later line of a body": (
        fields("body: |", "  Text.") + "\tMore.\n",
        """\
catalogue.yaml:5:1: error[syntax]: a tab cannot indent a line
   5 |     More.
     | ^^^^
help: indent with spaces
""",
    ),
    "a no-break space indents a key": (
        fields("title: T") + "  \xa0\xa0url: x\n",
        """\
catalogue.yaml:4:3: error[syntax]: a space belongs here, not U+00A0 (no-break space)
   4 |   \u00a0\u00a0url: x
     |   ^^
help: write spaces instead
""",
    ),
    "a no-break space follows a colon": (
        fields("title:\xa0T", "url: x"),
        """\
catalogue.yaml:3:11: error[syntax]: a space belongs here, not U+00A0 (no-break space)
   3 |     title:\u00a0T
     |           ^
help: write title: T
""",
    ),
    "a no-break space follows a dash": (
        "teasers:\n  -\xa0id: x\n    title: T\n",
        """\
catalogue.yaml:2:4: error[syntax]: a space belongs here, not U+00A0 (no-break space)
   2 |   -\u00a0id: x
     |    ^
help: write a space instead
""",
    ),
    "a fullwidth colon follows a key": (
        fields("title：T", "url: x"),
        """\
catalogue.yaml:3:10: error[syntax]: a key ends with a colon, not with U+FF1A (fullwidth colon)
   3 |     title：T
     |          ^^
help: write title: T
""",
    ),
    "an en dash begins an item": (
        "teasers:\n  – id: x\n    title: T\n",
        """\
catalogue.yaml:2:3: error[syntax]: an item of a list begins with a hyphen, not with U+2013 (en dash)
   2 |   – id: x
     |   ^
help: write - id: x
""",
    ),
    "a bullet begins a later item": (
        fields("title: T") + "  • id: y\n    title: T\n",
        """\
catalogue.yaml:4:3: error[syntax]: an item of a list begins with a hyphen, not with U+2022 (bullet)
   4 |   • id: y
     |   ^
help: write - id: y
""",
    ),
    "a star begins an item of a list": (
        fields("tags:", "  * storm", "  * rain"),
        """\
catalogue.yaml:4:7: error[syntax]: an item of a list begins with a hyphen, not with U+002A (asterisk)
   4 |       * storm
     |       ^
help: write - storm
""",
    ),
    "a directive that nobody knows": (
        "%FOO bar\n---\nx-a: b\n",
        """\
catalogue.yaml:1:1: error[syntax]: a line cannot begin with "%"
   1 | %FOO bar
     | ^
help: remove the line
""",
    ),
    "a percent sign begins a line": (
        "x-a: b\n%x: y\n",
        """\
catalogue.yaml:2:1: error[syntax]: a line cannot begin with "%"
   2 | %x: y
     | ^
help: remove the line
""",
    ),
    "a version of YAML that is to come": (
        "%YAML 1.3\n---\nx-a: b\n",
        """\
catalogue.yaml:1:1: error[syntax]: this version of YAML is not known
   1 | %YAML 1.3
     | ^^^^^^^^^
help: remove the %YAML line
""",
    ),
}


@pytest.mark.parametrize(("catalogue", "told"), CASES.values(), ids=CASES)
def test_a_misplaced_character_is_told_in_its_place_with_a_mend(catalogue: str, told: str, tmp_path: Path) -> None:
    assert tell(tmp_path, catalogue) == told
