"""Slips in a key and its value, each told whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from diagnostics.pinned import fields, tell

if TYPE_CHECKING:
    from pathlib import Path

CASES = {
    "a colon ends a value in brackets": (
        "x-: {title: Storm:, url: x}\n",
        """\
catalogue.yaml:1:18: error[syntax]: a value in brackets that holds ":" needs quotes
   1 | x-: {title: Storm:, url: x}
     |                  ^
help: put the value in quotes
""",
    ),
    "a colon begins a value in brackets": (
        "x-: {title: :), url: x}\n",
        """\
catalogue.yaml:1:13: error[syntax]: a value that begins with ":" needs quotes
   1 | x-: {title: :), url: x}
     |             ^
help: put the value in quotes
""",
    ),
    "a file is nothing but three dots": (
        "...\n",
        """\
catalogue.yaml:1:1: error[syntax]: a value was expected here
   1 | ...
     | ^
help: write one, or remove what stands here
""",
    ),
    "no space after a colon": (
        fields("title:Storm", "url: x"),
        """\
catalogue.yaml:3:10: error[syntax]: a colon after a key needs a space
   3 |     title:Storm
     |          ^
help: write title: Storm
""",
    ),
    "no space after the colon of the last line": (
        fields("title: Storm", "rights:me"),
        """\
catalogue.yaml:4:11: error[syntax]: a colon after a key needs a space
   4 |     rights:me
     |           ^
help: write rights: me
""",
    ),
    "no space after the colon of a value that goes on": (
        fields("title:Storm", "  and: rain"),
        """\
catalogue.yaml:3:10: error[syntax]: a colon after a key needs a space
   3 |     title:Storm
     |          ^
help: write title: Storm
""",
    ),
    "a colon in a value, and on the next line one without a space": (
        fields("title: Storm: rain", "url:x"),
        """\
catalogue.yaml:3:17: error[syntax]: a value that holds ": " needs quotes
   3 |     title: Storm: rain
     |                 ^
help: write title: "Storm: rain"
""",
    ),
    "an equals sign for a colon": (
        fields("title = Storm", "url: x"),
        """\
catalogue.yaml:3:11: error[syntax]: a key takes a colon, not "="
   3 |     title = Storm
     |           ^
help: write title: Storm
""",
    ),
    "a colon in a value": (
        fields("title: Election: what now"),
        """\
catalogue.yaml:3:20: error[syntax]: a value that holds ": " needs quotes
   3 |     title: Election: what now
     |                    ^
help: write title: "Election: what now"
""",
    ),
    "a colon at the end of a value": (
        fields("title: The result:", "url: x"),
        """\
catalogue.yaml:3:22: error[syntax]: a value that holds ": " needs quotes
   3 |     title: The result:
     |                      ^
help: write title: "The result:"
""",
    ),
    "a colon and an apostrophe in a value": (
        fields("title: It's this: rain"),
        """\
catalogue.yaml:3:21: error[syntax]: a value that holds ": " needs quotes
   3 |     title: It's this: rain
     |                     ^
help: write title: "It's this: rain"
""",
    ),
    "a colon in a value before a comment": (
        fields("title: Storm: rain # check"),
        """\
catalogue.yaml:3:17: error[syntax]: a value that holds ": " needs quotes
   3 |     title: Storm: rain # check
     |                 ^
help: write title: "Storm: rain"
""",
    ),
    "a colon after brackets": (
        fields("title: [Live]: Election"),
        """\
catalogue.yaml:3:18: error[syntax]: a value that holds ": " needs quotes
   3 |     title: [Live]: Election
     |                  ^
help: write title: "[Live]: Election"
""",
    ),
    "a colon in the first field of an item": (
        "teasers:\n  - title: Storm: rain\n",
        """\
catalogue.yaml:2:17: error[syntax]: a value that holds ": " needs quotes
   2 |   - title: Storm: rain
     |                 ^
help: write title: "Storm: rain"
""",
    ),
    "a colon on a line too long to repeat": (
        fields("title: a: " + "s" * 100),
        """\
catalogue.yaml:3:13: error[syntax]: a value that holds ": " needs quotes
   3 |     title: a: ssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss…
     |             ^
help: put the value in quotes
""",
    ),
    "a percent sign begins a value": (
        fields("title: %50 off"),
        """\
catalogue.yaml:3:12: error[syntax]: a value that begins with "%" needs quotes
   3 |     title: %50 off
     |            ^
help: write title: "%50 off"
""",
    ),
    "an at sign begins a value": (
        fields("title: @desk"),
        """\
catalogue.yaml:3:12: error[syntax]: a value that begins with "@" needs quotes
   3 |     title: @desk
     |            ^
help: write title: "@desk"
""",
    ),
    "a backtick begins a value": (
        fields("title: `feedpub` is out"),
        """\
catalogue.yaml:3:12: error[syntax]: a value that begins with "`" needs quotes
   3 |     title: `feedpub` is out
     |            ^
help: write title: "`feedpub` is out"
""",
    ),
    "an at sign begins a value in brackets of a field": (
        fields("image: {url: x, alt: @desk}"),
        """\
catalogue.yaml:3:26: error[syntax]: a value that begins with "@" needs quotes
   3 |     image: {url: x, alt: @desk}
     |                          ^
help: put the value in quotes
""",
    ),
    "an at sign begins a value in brackets": (
        "teasers:\n  - {id: x, title: @desk}\n",
        """\
catalogue.yaml:2:20: error[syntax]: a value that begins with "@" needs quotes
   2 |   - {id: x, title: @desk}
     |                    ^
help: put the value in quotes
""",
    ),
    "a value in asterisks": (
        fields("title: *Breaking*"),
        """\
catalogue.yaml:3:12: error[syntax]: a value that begins with "*" needs quotes
   3 |     title: *Breaking*
     |            ^
help: write title: "*Breaking*"
""",
    ),
    "an entity begins a value": (
        fields("title: &amp; more"),
        """\
catalogue.yaml:3:12: error[syntax]: a value that begins with "&" needs quotes
   3 |     title: &amp; more
     |            ^
help: write title: "&amp; more"
""",
    ),
    "a question mark begins a value": (
        fields("title: ? or not"),
        """\
catalogue.yaml:3:12: error[syntax]: a value that begins with "? " needs quotes
   3 |     title: ? or not
     |            ^
help: write title: "? or not"
""",
    ),
    "a closing bracket begins a value": (
        fields("title: ] said the mayor"),
        """\
catalogue.yaml:3:12: error[syntax]: a value that begins with "]" needs quotes
   3 |     title: ] said the mayor
     |            ^
help: write title: "] said the mayor"
""",
    ),
    "exclamation marks with a name begin a value": (
        fields("title: !storm!surge now"),
        """\
catalogue.yaml:3:12: error[syntax]: a value that begins with "!" needs quotes
   3 |     title: !storm!surge now
     |            ^
help: write title: "!storm!surge now"
""",
    ),
    "a dash begins a value": (
        fields("title: - Storm"),
        """\
catalogue.yaml:3:12: error[syntax]: a list does not begin on the line of its key
   3 |     title: - Storm
     |            ^
help: begin it on the next line, or write title: "- Storm" if it is text
""",
    ),
    "a list begins on the line of its key": (
        fields("sections: - a", "  - b"),
        """\
catalogue.yaml:3:15: error[syntax]: a list does not begin on the line of its key
   3 |     sections: - a
     |               ^
help: begin it on the next line, or write sections: "- a" if it is text
""",
    ),
    "a greater-than sign begins a value": (
        fields("title: > 50 dead"),
        """\
catalogue.yaml:3:14: error[syntax]: after ">" the text begins on the next line
   3 |     title: > 50 dead
     |              ^
help: move the text to the next line, indented, or write title: "> 50 dead" if that is all of it
""",
    ),
    "text stands beside a bar": (
        fields("body: | Text here.", "  More."),
        """\
catalogue.yaml:3:13: error[syntax]: after "|" the text begins on the next line
   3 |     body: | Text here.
     |             ^
help: move the text to the next line, indented, or write body: "| Text here." if that is all of it
""",
    ),
    "an indicator of no indentation": (
        fields("body: |0", "  Text here."),
        """\
catalogue.yaml:3:12: error[syntax]: this number cannot stand here
   3 |     body: |0
     |            ^
help: remove it
""",
    ),
}


@pytest.mark.parametrize(("catalogue", "told"), CASES.values(), ids=CASES)
def test_a_slip_in_a_value_is_told_in_its_place_with_a_mend(catalogue: str, told: str, tmp_path: Path) -> None:
    assert tell(tmp_path, catalogue) == told
