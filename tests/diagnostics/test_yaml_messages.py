"""What is wrong with a file's text and its YAML, each told whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from diagnostics.pinned import HEAD, teaser, tell

if TYPE_CHECKING:
    from pathlib import Path

CASES: dict[str, tuple[str | bytes, str]] = {
    "alias-to-itself": (
        f"{HEAD}x-a: &a [*a]\n",
        """\
catalogue.yaml:3:10: error[alias-to-itself]: the alias "*a" stands inside its own anchor
   3 | x-a: &a [*a]
     |          ^^
help: remove the alias
""",
    ),
    "duplicate-key, of the root": (
        f"{HEAD}articles: []\narticles: []\n",
        """\
catalogue.yaml:4:1: error[duplicate-key]: the key "articles" is given twice
   4 | articles: []
     | ^^^^^^^^
help: remove one of the two
""",
    ),
    "duplicate-key, of an entry": (
        teaser("title: U"),
        """\
catalogue.yaml:6:5: error[duplicate-key]: the key "title" is given twice
   6 |     title: T
     |     ^^^^^
help: remove one of the two
""",
    ),
    "duplicate-key, of a merge": (
        "x-m: &m {rights: R}\n" + teaser("<<: *m", "<<: *m"),
        """\
catalogue.yaml:6:5: error[duplicate-key]: the key "<<" is given twice
   6 |     <<: *m
     |     ^^
help: give it one list of aliases
""",
    ),
    "empty-file": (
        "# nothing\n",
        """\
catalogue.yaml:1:1: error[empty-file]: the file is empty
   1 | # nothing
     | ^
help: feedpub init writes a catalogue to begin with
""",
    ),
    "empty-file, of no bytes": (
        "",
        """\
catalogue.yaml:1:1: error[empty-file]: the file is empty
help: feedpub init writes a catalogue to begin with
""",
    ),
    "expands-too-far": (
        HEAD
        + "x-0: &a0 [a, a, a, a, a, a, a, a, a, a]\n"
        + "".join(f"x-{n}: &a{n} [" + ", ".join([f"*a{n - 1}"] * 10) + "]\n" for n in range(1, 9)),
        """\
catalogue.yaml:7:41: error[expands-too-far]: the aliases of this file repeat far more than it holds
   7 | x-4: &a4 [*a3, *a3, *a3, *a3, *a3, *a3, *a3, *a3, *a3, *a3]
     |                                         ^^^
help: use fewer aliases
""",
    ),
    "forbidden-character, raw": (
        teaser("rights: a\x08b"),
        """\
catalogue.yaml:4:14: error[forbidden-character]: U+0008 (backspace) cannot be published: XML and its readers do not \
carry it
   4 |   - rights: a\\u0008b
     |              ^^^^^^
help: delete it
""",
    ),
    "forbidden-character, several in a row": (
        teaser("rights: a\x85\x7f\x9fb"),
        """\
catalogue.yaml:4:14: error[forbidden-character]: U+0085 (next line) cannot be published: XML and its readers do not \
carry it
   4 |   - rights: a\\u0085\\u007f\\u009fb
     |              ^^^^^^^^^^^^^^^^^^
help: delete the 3 characters here
""",
    ),
    "forbidden-character, without a name": (
        teaser("rights: a\ufdd0b"),
        """\
catalogue.yaml:4:14: error[forbidden-character]: U+FDD0 cannot be published: XML and its readers do not carry it
   4 |   - rights: a\\ufdd0b
     |              ^^^^^^
help: delete it
""",
    ),
    "forbidden-character, as an escape": (
        teaser(r'rights: "a\x08b"'),
        """\
catalogue.yaml:4:15: error[forbidden-character]: U+0008 (backspace) cannot be published: XML and its readers do not \
carry it
   4 |   - rights: "a\\x08b"
     |               ^^^^
help: delete the escape
""",
    ),
    "forbidden-character, as an escape with a name": (
        teaser(r'rights: "a\0b"'),
        """\
catalogue.yaml:4:15: error[forbidden-character]: U+0000 (nul) cannot be published: XML and its readers do not carry it
   4 |   - rights: "a\\0b"
     |               ^^
help: delete the escape
""",
    ),
    "key-not-text, a list": (
        teaser("? [b]", ": c"),
        """\
catalogue.yaml:4:7: error[key-not-text]: a key must be plain text, not a list, a mapping or an alias
   4 |   - ? [b]
     |       ^
help: write a word before the colon
""",
    ),
    "key-not-text, an alias": (
        "x-k: &k rights\n" + teaser("*k : R"),
        """\
catalogue.yaml:5:5: error[key-not-text]: a key must be plain text, not a list, a mapping or an alias
   5 |   - *k : R
     |     ^^
help: write a word before the colon
""",
    ),
    "merge-not-mapping": (
        teaser("<<: R"),
        """\
catalogue.yaml:4:9: error[merge-not-mapping]: "<<" takes a mapping or a list of mappings
   4 |   - <<: R
     |         ^
help: write "<<: *name", with &name at a mapping further up
""",
    ),
    "not-utf-8, another encoding": (
        teaser("rights: © Desk").encode("latin-1"),
        """\
catalogue.yaml:4:13: error[not-utf-8]: the byte 0xA9 here is not UTF-8
   4 |   - rights: \\xa9 Desk
     |             ^^^^
help: save the file as "UTF-8" in your editor; it is probably in an older encoding, such as Windows-1252
""",
    ),
    "not-utf-8, UTF-16": (
        HEAD.encode("utf-16"),
        """\
catalogue.yaml:1:1: error[not-utf-8]: the file is UTF-16, not UTF-8
help: save the file as "UTF-8" in your editor
""",
    ),
    "not-utf-8, UTF-16 without its mark": (
        HEAD.encode("utf-16-be"),
        """\
catalogue.yaml:1:1: error[not-utf-8]: the file is UTF-16, not UTF-8
help: save the file as "UTF-8" in your editor
""",
    ),
    "not-utf-8, UTF-32": (
        HEAD.encode("utf-32-le"),
        """\
catalogue.yaml:1:1: error[not-utf-8]: the file is UTF-32, not UTF-8
help: save the file as "UTF-8" in your editor
""",
    ),
    "root-not-mapping, a list": (
        "- id: x\n",
        """\
catalogue.yaml:1:1: error[root-not-mapping]: the file must be keys with values, such as site: and articles:
   1 | - id: x
     | ^
help: feedpub init writes a catalogue to begin with
""",
    ),
    "root-not-mapping, text": (
        "Hello\n",
        """\
catalogue.yaml:1:1: error[root-not-mapping]: the file must be keys with values, such as site: and articles:
   1 | Hello
     | ^^^^^
help: feedpub init writes a catalogue to begin with
""",
    ),
    "second-document": (
        f"{HEAD}---\nx-a: b\n",
        """\
catalogue.yaml:3:1: error[second-document]: a catalogue is one YAML document
   3 | ---
     | ^^^
help: remove the --- line, or indent it if it belongs to a text
""",
    ),
    "second-document, at the end": (
        f"{HEAD}---\n",
        """\
catalogue.yaml:3:1: error[second-document]: a catalogue is one YAML document
   3 | ---
     | ^^^
help: remove the --- line, or indent it if it belongs to a text
""",
    ),
    "tag, of YAML": (
        teaser("rights: !!str R"),
        """\
catalogue.yaml:4:13: error[tag]: a catalogue has no YAML tags such as "!!str"
   4 |   - rights: !!str R
     |             ^^^^^^^
help: remove the tag, or put the value in quotes if it is text
""",
    ),
    "tag, of nobody": (
        teaser("title: !important", without="title"),
        """\
catalogue.yaml:4:12: error[tag]: a catalogue has no YAML tags such as "!important"
   4 |   - title: !important
     |            ^^^^^^^^^^
help: remove the tag, or put the value in quotes if it is text
""",
    ),
    "too-large": (
        teaser() + "".join(f"x-{number}:\n" for number in range(10_000)),
        """\
catalogue.yaml:10007:1: error[too-large]: the file has more than 10,000 root keys
10007 | x-9997:
      | ^^^^^^
help: leave some of them out
""",
    ),
    "too-deep": (
        teaser(f"rights: {'[' * 40}{']' * 40}"),
        """\
catalogue.yaml:4:42: error[too-deep]: more than 32 lists and mappings within each other
   4 |   - rights: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
     |                                          ^
help: write it with fewer brackets, or put it in quotes if it is text
""",
    ),
    "too-deep, for libyaml too": (
        teaser(f"rights: {'[' * 2_000}"),
        """\
catalogue.yaml:4:1010: error[too-deep]: more lists and mappings are open here than any catalogue needs
   4 | …[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[…
     |                           ^
help: put it in quotes if it is text
""",
    ),
    "too-deep, by an alias": (
        f"x-a: &a {'[' * 20}{']' * 20}\n" + teaser(f"rights: {'[' * 15}*a{']' * 15}"),
        """\
catalogue.yaml:5:28: error[too-deep]: more than 32 lists and mappings within each other
   5 |   - rights: [[[[[[[[[[[[[[[*a]]]]]]]]]]]]]]]
     |                            ^^
help: write it with fewer brackets, or put it in quotes if it is text
""",
    ),
    "unused-anchor": (
        teaser("rights: &co and more"),
        """\
catalogue.yaml:4:13: warning[unused-anchor]: "&co" is an anchor that no alias repeats, and no part of the text
   4 |   - rights: &co and more
     |             ^^^^^^^^^^^^
help: put the value in quotes if it is text
""",
    ),
    "duplicate-key, where a dash is missing": (
        teaser("rights: R", "id: y", "title: U", without="id title").replace(
            "    url: x", "    rights: S\n    id: z\n    url: x"
        ),
        """\
catalogue.yaml:7:5: error[duplicate-key]: the key "rights" is given twice, and so are those behind it
   7 |     rights: S
     |     ^^^^^^
help: begin the line with "- " if another item begins here
""",
    ),
    "unknown-alias": (
        teaser("rights: *nowhere"),
        """\
catalogue.yaml:4:13: error[unknown-alias]: no anchor "&nowhere" comes before this alias
   4 |   - rights: *nowhere
     |             ^^^^^^^^
help: put the value in quotes if it is text
""",
    ),
    "unknown-alias, a near miss": (
        f"{HEAD}x-a: &rights R\n" + teaser("rights: *right", head=""),
        """\
catalogue.yaml:5:13: error[unknown-alias]: no anchor "&right" comes before this alias
   5 |   - rights: *right
     |             ^^^^^^
help: did you mean "*rights"?
""",
    ),
}


@pytest.mark.parametrize(("catalogue", "told"), CASES.values(), ids=CASES)
def test_a_file_that_cannot_be_read_is_told_whole(catalogue: str | bytes, told: str, tmp_path: Path) -> None:
    assert tell(tmp_path, catalogue) == told
