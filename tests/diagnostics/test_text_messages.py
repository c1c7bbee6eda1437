"""Texts that break a bound, or cannot be names, each told whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from diagnostics.pinned import SITE, article, teaser, tell

if TYPE_CHECKING:
    from pathlib import Path

CASES: dict[str, tuple[str, str] | tuple[str, str, dict[str, str]]] = {
    "body-nests-too-deep": (
        article(f"body: '{'>' * 200} deep'", without="body"),
        """\
catalogue.yaml:4:11: error[body-nests-too-deep]: article "x": body nests markup more than 100 deep
   4 |   - body: '>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>…
     |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
help: make it flatter
""",
    ),
    "body-nests-too-deep, in a file": (
        article("body_file: b.md", without="body"),
        """\
b.md:1:1: error[body-nests-too-deep]: article "x": body nests markup more than 100 deep
   1 | >>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>>…
     | ^
help: make it flatter
""",
        {"b.md": ">" * 200 + " deep"},
    ),
    "body-too-long": (
        article(f"body: {'b' * (512 * 1024 + 1)}", without="body"),
        """\
catalogue.yaml:4:11: error[body-too-long]: article "x": body is 524,289 bytes long, more than 524,288
   4 |   - body: bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb…
     |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
help: split the article
""",
    ),
    "body-too-long, in a file": (
        article("body_file: b.md", without="body"),
        """\
b.md:1:1: error[body-too-long]: article "x": the body is 526,336 bytes long, more than 524,288
   1 | b
     | ^
help: split the article
""",
        {"b.md": "b\n" * (257 * 1024)},
    ),
    "entry-too-long": (
        teaser(f"rights: {'r' * (1 << 20)}"),
        """\
catalogue.yaml:4:5: error[entry-too-long]: teaser "x": the entry holds more than 1,048,576 bytes of text
   4 |   - rights: rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr…
     |     ^^^^^^
help: split it
""",
    ),
    "id, with capitals and spaces": (
        teaser("id: Two Moons", without="id"),
        """\
catalogue.yaml:4:9: error[id]: teaser "Two Moons": id "Two Moons" may hold only a–z, 0–9, ".", "_" and "-", and \
begins and ends with a letter or digit
   4 |   - id: Two Moons
     |         ^^^^^^^^^
help: write two-moons
""",
    ),
    "id, that begins with a dot": (
        teaser("id: .moons", without="id"),
        """\
catalogue.yaml:4:9: error[id]: teaser ".moons": id ".moons" may hold only a–z, 0–9, ".", "_" and "-", and begins \
and ends with a letter or digit
   4 |   - id: .moons
     |         ^^^^^^
help: write moons
""",
    ),
    "id, without any letter that may stand in one": (
        teaser("id: 北京", without="id"),
        """\
catalogue.yaml:4:9: error[id]: teaser "北京": id "北京" may hold only a–z, 0–9, ".", "_" and "-", and begins and ends \
with a letter or digit
   4 |   - id: 北京
     |         ^^^^
help: choose another id
""",
    ),
    "id-too-long": (
        teaser(f"id: {'i' * 129}", without="id"),
        """\
catalogue.yaml:4:9: error[id-too-long]: teaser "iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii…": id \
has 129 characters, more than 128
   4 |   - id: iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii…
     |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
help: choose a shorter id
""",
    ),
    "key": (
        f"{SITE}sections: {{World News: {{title: A}}}}\n",
        """\
catalogue.yaml:2:12: error[key]: the key "World News" may hold only a–z and 0–9, with single hyphens between them
   2 | sections: {World News: {title: A}}
     |            ^^^^^^^^^^
help: write world-news
""",
    ),
    "key, without any letter that may stand in one": (
        f"{SITE}sections: {{北京: {{title: A}}}}\n",
        """\
catalogue.yaml:2:12: error[key]: the key "北京" may hold only a–z and 0–9, with single hyphens between them
   2 | sections: {北京: {title: A}}
     |            ^^^^
help: choose another key
""",
    ),
    "key, a former one": (
        f"{SITE}sections: {{a: {{title: A, formerly: [Old A]}}}}\n",
        """\
catalogue.yaml:2:37: error[key]: section "a": former key 1 "Old A" may hold only a–z and 0–9, with single hyphens \
between them
   2 | sections: {a: {title: A, formerly: [Old A]}}
     |                                     ^^^^^
help: write old-a
""",
    ),
    "key-too-long": (
        f"{SITE}sections: {{{'k' * 65}: {{title: A}}}}\n",
        """\
catalogue.yaml:2:12: error[key-too-long]: the key "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk…" \
has 65 characters, more than 64
   2 | sections: {kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk: {title: A}}
     |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
help: choose a shorter key
""",
    ),
    "reserved-key, a file of ours": (
        f"{SITE}sections: {{all: {{title: A}}}}\n",
        """\
catalogue.yaml:2:12: error[reserved-key]: the key "all" is reserved
   2 | sections: {all: {title: A}}
     |            ^^^
help: choose another key
""",
    ),
    "reserved-key, a device": (
        f"{SITE}sections: {{com1: {{title: A}}}}\n",
        """\
catalogue.yaml:2:12: error[reserved-key]: the key "com1" is reserved
   2 | sections: {com1: {title: A}}
     |            ^^^^
help: choose another key
""",
    ),
    "too-long, a title": (
        teaser(f"title: {'t' * 501}", without="title"),
        """\
catalogue.yaml:4:12: error[too-long]: teaser "x": title has 501 characters, more than 500
   4 |   - title: ttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt…
     |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
help: shorten it
""",
    ),
    "too-long, a guid": (
        teaser(f"guid: {'g' * 1001}"),
        """\
catalogue.yaml:4:11: error[too-long]: teaser "x": guid has 1,001 characters, more than 1,000
   4 |   - guid: gggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggg…
     |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
help: shorten it
""",
    ),
    "too-long, a url": (
        teaser(f"url: {'u' * 2001}", without="url"),
        """\
catalogue.yaml:4:10: error[too-long]: teaser "x": url has 2,001 characters, more than 2,000
   4 |   - url: uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu…
     |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
help: shorten it
""",
    ),
    "too-long, a url when resolved": (
        teaser(f"url: ?{'u' * 1990}", without="url"),
        """\
catalogue.yaml:4:10: error[too-long]: teaser "x": url has 2,005 characters when resolved, more than 2,000
   4 |   - url: ?uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu…
     |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
help: shorten it
""",
    ),
    "unbalanced-bidi, opened": (
        teaser(r'rights: "a\u202eb"'),
        """\
catalogue.yaml:4:13: error[unbalanced-bidi]: teaser "x": rights opens a bidirectional control that it does not close
   4 |   - rights: "a\\u202eb"
     |             ^^^^^^^^^^
help: end it with U+202C
""",
    ),
    "unbalanced-bidi, an isolate": (
        teaser(r'rights: "a\u2067b"'),
        """\
catalogue.yaml:4:13: error[unbalanced-bidi]: teaser "x": rights opens a bidirectional control that it does not close
   4 |   - rights: "a\\u2067b"
     |             ^^^^^^^^^^
help: end it with U+2069
""",
    ),
    "unbalanced-bidi, closed": (
        teaser(r'rights: "a\u2069b"'),
        """\
catalogue.yaml:4:13: error[unbalanced-bidi]: teaser "x": rights closes a bidirectional control (U+2069) that is not \
open
   4 |   - rights: "a\\u2069b"
     |             ^^^^^^^^^^
help: delete the U+2069, which nobody sees
""",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_wrong_text_is_told_whole(name: str, tmp_path: Path) -> None:
    catalogue, told, *files = CASES[name]
    assert tell(tmp_path, catalogue, files=files[0] if files else None) == told
