"""Values that are empty, or of another shape than their field, each told whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from diagnostics.pinned import HEAD, SECTIONS, SITE, teaser, tell

if TYPE_CHECKING:
    from pathlib import Path

CASES = {
    "empty-value, text": (
        teaser('rights: " "'),
        """\
catalogue.yaml:4:13: error[empty-value]: teaser "x": rights is empty
   4 |   - rights: " "
     |             ^^^
help: give it a value, or remove the key
""",
    ),
    "empty-value, a required text": (
        teaser('title: ""', without="title"),
        """\
catalogue.yaml:4:12: error[empty-value]: teaser "x": title is empty
   4 |   - title: ""
     |            ^^
help: give it a value, or remove the key
""",
    ),
    "empty-value, an item": (
        teaser("tags:", "  - storm", "  -"),
        """\
catalogue.yaml:6:7: error[empty-value]: teaser "x": tag 2 is empty
   6 |       -
     |       ^
help: give it a value, or remove the item
""",
    ),
    "empty-value, an item in brackets": (
        teaser('tags: [storm, ""]'),
        """\
catalogue.yaml:4:19: error[empty-value]: teaser "x": tag 2 is empty
   4 |   - tags: [storm, ""]
     |                   ^^
help: give it a value, or remove the item
""",
    ),
    "empty-value, an author": (
        teaser("authors:", "  -"),
        """\
catalogue.yaml:5:7: error[empty-value]: teaser "x": author 1 is empty
   5 |       -
     |       ^
help: give it a value, or remove the item
""",
    ),
    "empty-value, an entry": (
        f"{HEAD}teasers:\n  -\n",
        """\
catalogue.yaml:4:3: error[empty-value]: teaser 1 is empty
   4 |   -
     |   ^
help: give it keys and values, or remove it
""",
    ),
    "empty-value, a section": (
        f"{SITE}sections:\n  a:\n",
        """\
catalogue.yaml:3:5: error[empty-value]: section "a" is empty
   3 |   a:
     |     ^
help: give it keys and values, or remove it
""",
    ),
    "empty-value, all sections": (
        f"{SITE}sections: {{}}\n",
        """\
catalogue.yaml:2:11: error[empty-value]: sections is empty
   2 | sections: {}
     |           ^^
help: give it a section, such as news: {title: News}
""",
    ),
    "empty-list": (
        teaser("tags: []"),
        """\
catalogue.yaml:4:11: error[empty-list]: teaser "x": tags is an empty list
   4 |   - tags: []
     |           ^^
help: give it an item, or remove the key
""",
    ),
    "empty-list, of sections": (
        teaser("sections: []", without="sections"),
        """\
catalogue.yaml:4:15: error[empty-list]: teaser "x": sections is an empty list
   4 |   - sections: []
     |               ^^
help: give it an item, or remove the key
""",
    ),
    "not-a-list, one text": (
        teaser("tags: storm"),
        """\
catalogue.yaml:4:11: error[not-a-list]: teaser "x": tags must be a list
   4 |   - tags: storm
     |           ^^^^^
help: write [storm]
""",
    ),
    "not-a-list, texts with commas": (
        teaser("tags: storm, rain"),
        """\
catalogue.yaml:4:11: error[not-a-list]: teaser "x": tags must be a list
   4 |   - tags: storm, rain
     |           ^^^^^^^^^^^
help: write [storm, rain]
""",
    ),
    "not-a-list, a long text": (
        teaser('tags: "storm: rain"'),
        """\
catalogue.yaml:4:11: error[not-a-list]: teaser "x": tags must be a list
   4 |   - tags: "storm: rain"
     |           ^^^^^^^^^^^^^
help: put it in brackets: [ ]
""",
    ),
    "not-a-list, dashes without spaces": (
        teaser("tags:", "  -storm", "  -rain"),
        """\
catalogue.yaml:5:7: error[not-a-list]: teaser "x": tags must be a list
   5 |       -storm
     |       ^^^^^^
help: put a space after each dash
""",
    ),
    "not-a-list, of entries": (
        f"{HEAD}teasers: {{id: x}}\n",
        """\
catalogue.yaml:3:10: error[not-a-list]: teasers must be a list
   3 | teasers: {id: x}
     |          ^^^^^^^
help: begin each item with "- "
""",
    ),
    "not-a-list, of files": (
        f"{HEAD}include: a.yaml\n",
        """\
catalogue.yaml:3:10: error[not-a-list]: include must be a list
   3 | include: a.yaml
     |          ^^^^^^
help: write [a.yaml]
""",
    ),
    "not-a-list, a mapping of files": (
        f"{HEAD}include: {{a: b}}\n",
        """\
catalogue.yaml:3:10: error[not-a-list]: include must be a list
   3 | include: {a: b}
     |          ^^^^^^
help: begin each item with "- "
""",
    ),
    "not-a-mapping, an image": (
        teaser("image: i.png"),
        """\
catalogue.yaml:4:12: error[not-a-mapping]: teaser "x": image must be a mapping of keys and values
   4 |   - image: i.png
     |            ^^^^^
help: write {url: i.png}
""",
    ),
    "not-a-mapping, an author": (
        teaser("authors: [[A]]"),
        """\
catalogue.yaml:4:15: error[not-a-mapping]: teaser "x": author 1 must be a mapping of keys and values
   4 |   - authors: [[A]]
     |               ^^^
help: write each field as key: value
""",
    ),
    "not-a-mapping, an entry": (
        f"{HEAD}teasers:\n  - Storm\n",
        """\
catalogue.yaml:4:5: error[not-a-mapping]: teaser 1 must be a mapping of keys and values
   4 |   - Storm
     |     ^^^^^
help: write each field as key: value
""",
    ),
    "not-a-mapping, the site": (
        f"site: Example News\n{SECTIONS}",
        """\
catalogue.yaml:1:7: error[not-a-mapping]: site must be a mapping of keys and values
   1 | site: Example News
     |       ^^^^^^^^^^^^
help: write each field as key: value
""",
    ),
    "not-a-mapping, a section": (
        f"{SITE}sections: {{a: Asia}}\n",
        """\
catalogue.yaml:2:15: error[not-a-mapping]: section "a" must be a mapping of keys and values
   2 | sections: {a: Asia}
     |               ^^^^
help: write {title: Asia}
""",
    ),
    "not-a-mapping, the sections": (
        f"{SITE}sections: [a, b]\n",
        """\
catalogue.yaml:2:11: error[not-a-mapping]: sections must be a mapping of keys to sections
   2 | sections: [a, b]
     |           ^^^^^^
help: write each as key: {title: …}
""",
    ),
    "not-a-mapping, the retired topics": (
        f"{HEAD}retired: [b]\n",
        """\
catalogue.yaml:3:10: error[not-a-mapping]: retired must be a mapping of topics
   3 | retired: [b]
     |          ^^^
help: write each as key: {title: …, at: …, notice: …}
""",
    ),
    "not-text, a list": (
        teaser("title: [Live]", without="title"),
        """\
catalogue.yaml:4:12: error[not-text]: teaser "x": title must be text, not a list
   4 |   - title: [Live]
     |            ^^^^^^
help: write it as text; what begins with [ or a dash needs quotes
""",
    ),
    "not-text, a mapping": (
        teaser("title: {Live}", without="title"),
        """\
catalogue.yaml:4:12: error[not-text]: teaser "x": title must be text, not a mapping
   4 |   - title: {Live}
     |            ^^^^^^
help: put it in quotes if it begins with { or holds ": "
""",
    ),
    "not-text, a block of keys": (
        teaser("title:", "  Storm: rain", without="title"),
        """\
catalogue.yaml:5:7: error[not-text]: teaser "x": title must be text, not a mapping
   5 |       Storm: rain
     |       ^^^^^^^^^^^
help: put it in quotes if it begins with { or holds ": "
""",
    ),
    "repeated-item, a tag": (
        teaser("tags: [b, c, b]"),
        """\
catalogue.yaml:4:18: error[repeated-item]: teaser "x": tags names "b" twice
   4 |   - tags: [b, c, b]
     |                  ^
help: remove one of the two
""",
    ),
    "repeated-item, a section": (
        teaser("sections: [a, a]", without="sections"),
        """\
catalogue.yaml:4:19: error[repeated-item]: teaser "x": sections names "a" twice
   4 |   - sections: [a, a]
     |                   ^
help: remove one of the two
""",
    ),
}


@pytest.mark.parametrize(("catalogue", "told"), CASES.values(), ids=CASES)
def test_a_wrong_shape_is_told_whole(catalogue: str, told: str, tmp_path: Path) -> None:
    assert tell(tmp_path, catalogue) == told
