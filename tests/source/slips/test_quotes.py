"""Slips with quotes, and with backslashes in them, each told whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from diagnostics.pinned import fields, tell

if TYPE_CHECKING:
    from pathlib import Path

CASES = {
    "a double quote is never closed": (
        fields('title: "Storm', "url: x"),
        """\
catalogue.yaml:3:12: error[syntax]: this quote is never closed
   3 |     title: "Storm
     |            ^
help: write title: "Storm"
""",
    ),
    "a single quote is never closed": (
        fields("title: 'Storm", "url: x"),
        """\
catalogue.yaml:3:12: error[syntax]: this quote is never closed
   3 |     title: 'Storm
     |            ^
help: write title: 'Storm', or "'Storm" if the quote belongs to the text
""",
    ),
    "an apostrophe begins a value": (
        fields("title: 'Tis the season", "url: x"),
        """\
catalogue.yaml:3:12: error[syntax]: this quote is never closed
   3 |     title: 'Tis the season
     |            ^
help: write title: 'Tis the season', or "'Tis the season" if the quote belongs to the text
""",
    ),
    "a quote is never closed in brackets": (
        'teasers:\n  - {id: x, title: "Storm, url: x}\n',
        """\
catalogue.yaml:2:20: error[syntax]: this quote is never closed
   2 |   - {id: x, title: "Storm, url: x}
     |                    ^
help: close it at the end of the value
""",
    ),
    "a quote before a key is never closed": (
        fields('"title: Storm', "url: x"),
        """\
catalogue.yaml:3:5: error[syntax]: this quote is never closed
   3 |     "title: Storm
     |     ^
help: close it at the end of the value
""",
    ),
    "a double quote is closed by the next value's": (
        fields('title: "Storm', 'summary: "It came."'),
        """\
catalogue.yaml:3:12: error[syntax]: this quote is closed only on line 4
   3 |     title: "Storm
     |            ^
help: write title: "Storm"
""",
    ),
    "a single quote is closed by the next apostrophe": (
        fields("title: 'Storm", "summary: It's here"),
        """\
catalogue.yaml:3:12: error[syntax]: this quote is closed only on line 4
   3 |     title: 'Storm
     |            ^
help: write title: 'Storm', or "'Storm" if the quote belongs to the text
""",
    ),
    "quotes stand in double quotes": (
        fields('summary: "He said "yes" today"'),
        """\
catalogue.yaml:3:24: error[syntax]: there is text after the closing quote
   3 |     summary: "He said "yes" today"
     |                        ^
help: write summary: 'He said "yes" today'
""",
    ),
    "an apostrophe stands in single quotes": (
        fields("title: 'It's here'"),
        """\
catalogue.yaml:3:16: error[syntax]: there is text after the closing quote
   3 |     title: 'It's here'
     |                ^
help: write title: "It's here"
""",
    ),
    "both kinds of quotes stand in double quotes": (
        fields('title: "It\'s "here" now"'),
        """\
catalogue.yaml:3:19: error[syntax]: there is text after the closing quote
   3 |     title: "It's "here" now"
     |                   ^
help: write title: "It's \\"here\\" now"
""",
    ),
    "a quoted word begins a value": (
        fields('title: "Storm" warning'),
        """\
catalogue.yaml:3:20: error[syntax]: there is text after the closing quote
   3 |     title: "Storm" warning
     |                    ^
help: write title: '"Storm" warning'
""",
    ),
    "a word in single quotes begins a value": (
        fields("title: 'Storm' warning"),
        """\
catalogue.yaml:3:20: error[syntax]: there is text after the closing quote
   3 |     title: 'Storm' warning
     |                    ^
help: write title: "'Storm' warning"
""",
    ),
    "a quote is closed twice": (
        fields('title: "Storm""'),
        """\
catalogue.yaml:3:19: error[syntax]: there is text after the closing quote
   3 |     title: "Storm""
     |                   ^
help: remove it
""",
    ),
    "a comma follows a closing quote": (
        fields('title: "Storm",', "url: x"),
        """\
catalogue.yaml:3:19: error[syntax]: there is text after the closing quote
   3 |     title: "Storm",
     |                   ^
help: remove the comma
""",
    ),
    "a semicolon follows a closing quote": (
        fields('title: "Storm";'),
        """\
catalogue.yaml:3:19: error[syntax]: there is text after the closing quote
   3 |     title: "Storm";
     |                   ^
help: remove the semicolon
""",
    ),
    "quotes stand in quotes in a list": (
        fields('tags: ["a "b" c"]'),
        """\
catalogue.yaml:3:16: error[syntax]: there is text after the closing quote
   3 |     tags: ["a "b" c"]
     |                ^
help: a quote inside a value in quotes is written \\"
""",
    ),
    "a path has backslashes": (
        fields(r'title: "C:\path"'),
        """\
catalogue.yaml:3:15: error[syntax]: in double quotes a backslash begins an escape, and this is none
   3 |     title: "C:\\path"
     |               ^^
help: write title: 'C:\\path', in single quotes, where a backslash is only itself
""",
    ),
    "a path has a backslash and a U": (
        fields(r'title: "C:\Users"'),
        """\
catalogue.yaml:3:15: error[syntax]: in double quotes a backslash begins an escape, and this is none
   3 |     title: "C:\\Users"
     |               ^^
help: write title: 'C:\\Users', in single quotes, where a backslash is only itself
""",
    ),
    "a backslash and an apostrophe": (
        fields(r'''title: "it\'s"'''),
        """\
catalogue.yaml:3:15: error[syntax]: in double quotes a backslash begins an escape, and this is none
   3 |     title: "it\\'s"
     |               ^^
help: write ' without a backslash
""",
    ),
    "a backslash stands beside an apostrophe": (
        fields(r'''title: "it's \d"'''),
        """\
catalogue.yaml:3:18: error[syntax]: in double quotes a backslash begins an escape, and this is none
   3 |     title: "it's \\d"
     |                  ^^
help: write the backslash twice: \\\\
""",
    ),
    "an escape is not hexadecimal": (
        fields(r'title: "\xZZ"'),
        """\
catalogue.yaml:3:13: error[syntax]: in double quotes a backslash begins an escape, and this is none
   3 |     title: "\\xZZ"
     |             ^^
help: write title: '\\xZZ', in single quotes, where a backslash is only itself
""",
    ),
    "a pair of surrogates is written as in JSON": (
        fields(r'title: "wink \ud83d\ude09"'),
        """\
catalogue.yaml:3:18: error[syntax]: YAML writes a character beyond U+FFFF as one escape, not as two
   3 |     title: "wink \\ud83d\\ude09"
     |                  ^^^^^^^^^^^^
help: write "\\U0001F609"
""",
    ),
    "the second of two pairs of surrogates": (
        fields(r'title: "\U0001F609 \uD83D\uDE0A"'),
        """\
catalogue.yaml:3:24: error[syntax]: YAML writes a character beyond U+FFFF as one escape, not as two
   3 |     title: "\\U0001F609 \\uD83D\\uDE0A"
     |                        ^^^^^^^^^^^^
help: write "\\U0001F60A"
""",
    ),
    "half of a pair of surrogates": (
        fields(r'title: "wink \ud83d"'),
        """\
catalogue.yaml:3:18: error[syntax]: this escape is only half of a character
   3 |     title: "wink \\ud83d"
     |                  ^^^^^^
help: write the character itself, or delete the escape
""",
    ),
    "an escape beyond the last character": (
        fields(r'title: "\UFFFFFFFF"'),
        """\
catalogue.yaml:3:13: error[syntax]: no character has this number
   3 |     title: "\\UFFFFFFFF"
     |             ^^^^^^^^^^
help: write the character itself, or delete the escape
""",
    ),
    "a quote within a value on a line too long to repeat": (
        fields('title: "So" ' + "s" * 100),
        """\
catalogue.yaml:3:17: error[syntax]: there is text after the closing quote
   3 |     title: "So" ssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss…
     |                 ^
help: a quote inside a value in quotes is written \\"
""",
    ),
    "a quote on a line too long to repeat": (
        fields('title: "' + "s" * 100),
        """\
catalogue.yaml:3:12: error[syntax]: this quote is never closed
   3 |     title: "ssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss…
     |            ^
help: close it at the end of the value
""",
    ),
}


@pytest.mark.parametrize(("catalogue", "told"), CASES.values(), ids=CASES)
def test_a_slip_with_quotes_is_told_in_its_place_with_a_mend(catalogue: str, told: str, tmp_path: Path) -> None:
    assert tell(tmp_path, catalogue) == told
