"""What is wrong with entries, topics and files taken together, each told whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from diagnostics.pinned import HEAD, RETIRED, SITE, article, site, teaser, tell

if TYPE_CHECKING:
    from pathlib import Path

CASES: dict[str, tuple[str, str] | tuple[str, str, dict[str, str]]] = {
    "template, no folder": (
        site("templates: pages"),
        """\
catalogue.yaml:2:14: error[template]: site: templates is "pages", which is not there
   2 |   templates: pages
     |              ^^^^^
help: name a folder, or remove the line
""",
    ),
    "template, outside the folder": (
        site("templates: .."),
        """\
catalogue.yaml:2:14: error[template]: site: templates is "..", outside the catalogue's folder
   2 |   templates: ..
     |              ^^
help: name a folder inside it
""",
    ),
    "template, not closed": (
        site("templates: pages"),
        """\
pages/topic.html:2:1: error[template]: template topic.html: unexpected end of template. Jinja was looking for the \
following tags: 'endfor' or 'else'. The innermost block that needs to be closed is 'for'
   2 | {% for entry in topic.entries %}
     | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
help: mend the template, or remove it to have feedpub's own
""",
        {"pages/topic.html": "<p>\n{% for entry in topic.entries %}\n"},
    ),
    "body-file, not there": (
        article("body_file: b.md", without="body"),
        """\
catalogue.yaml:4:16: error[body-file]: article "x": body_file is "b.md", which is not there
   4 |   - body_file: b.md
     |                ^^^^
help: check the name
""",
    ),
    "body-file, outside the folder": (
        article("body_file: ../b.md", without="body"),
        """\
catalogue.yaml:4:16: error[body-file]: article "x": body_file is "../b.md", outside the catalogue's folder
   4 |   - body_file: ../b.md
     |                ^^^^^^^
help: move the file into the folder
""",
    ),
    "body-file, a folder": (
        article("body_file: texts", without="body"),
        """\
catalogue.yaml:4:16: error[body-file]: article "x": body_file is "texts", which cannot be read: not a regular file
   4 |   - body_file: texts
     |                ^^^^^
help: name a text file
""",
        {"texts/b.md": "B"},
    ),
    "empty-value, a body_file": (
        article("body_file: b.md", without="body"),
        """\
b.md:1:1: error[empty-value]: article "x": the body is empty
help: give it a value, or remove the key
""",
        {"b.md": " "},
    ),
    "duplicate-id": (
        teaser("rights: R") + article("id: x", "url: y", without="id url", head=""),
        """\
catalogue.yaml:12:9: error[duplicate-id]: article "x": id "x" is taken (catalogue.yaml:5)
  12 |   - id: x
     |         ^
help: give each entry an id of its own
""",
    ),
    "duplicate-url": (
        teaser("rights: R") + article("id: y", "url: /x", without="id url", head=""),
        """\
catalogue.yaml:13:10: error[duplicate-url]: article "y": url "https://e.org/x" is taken (catalogue.yaml:7)
  13 |     url: /x
     |          ^^
help: give each entry a url of its own
""",
    ),
    "duplicate-published-id": (
        teaser("guid: g") + article("id: y", "url: y", "guid: g", without="id url", head=""),
        """\
catalogue.yaml:14:11: error[duplicate-published-id]: article "y": the published id "g" is taken (catalogue.yaml:4)
  14 |     guid: g
     |           ^
help: give each entry an id and guid of its own
""",
    ),
    "duplicate-published-id, one made from an id": (
        teaser("rights: R") + article("id: y", "url: y", 'guid: "tag:e.org,2026:x"', without="id url", head=""),
        """\
catalogue.yaml:14:11: error[duplicate-published-id]: article "y": the published id "tag:e.org,2026:x" is taken \
(catalogue.yaml:5)
  14 |     guid: "tag:e.org,2026:x"
     |           ^^^^^^^^^^^^^^^^^^
help: give each entry an id and guid of its own
""",
    ),
    "duplicate-id, of two retractions": (
        f"{HEAD}retracted:\n  - {{id: y, at: 2026-01-01T00:00:00Z}}\n  - {{id: y, at: 2026-01-02T00:00:00Z}}\n",
        """\
catalogue.yaml:5:10: error[duplicate-id]: retraction "y": id "y" is retracted twice (catalogue.yaml:4)
   5 |   - {id: y, at: 2026-01-02T00:00:00Z}
     |          ^
help: remove one of the two
""",
    ),
    "duplicate-id, in an included file": (
        teaser("rights: R") + "include: [more.yaml]\n",
        """\
more.yaml:3:9: error[duplicate-id]: teaser "x": id "x" is taken (catalogue.yaml:5)
   3 |     id: x
     |         ^
help: give each entry an id of its own
""",
        {"more.yaml": teaser("url: y", without="url", head="")},
    ),
    "retracted-entry, at the retraction": (
        teaser("rights: R") + "retracted:\n  - {id: x, at: 2026-01-02T00:00:00Z}\n",
        """\
catalogue.yaml:12:10: error[retracted-entry]: retraction "x": id "x" is still an entry (catalogue.yaml:5)
  12 |   - {id: x, at: 2026-01-02T00:00:00Z}
     |          ^
help: remove the entry that is retracted
""",
    ),
    "retracted-entry, at the entry": (
        f"{HEAD}retracted:\n  - {{id: x, at: 2026-01-02T00:00:00Z}}\n" + teaser("rights: R", head=""),
        """\
catalogue.yaml:7:9: error[retracted-entry]: teaser "x": id "x" is retracted (catalogue.yaml:4)
   7 |     id: x
     |         ^
help: remove the entry, or give it a new id if it is another one
""",
    ),
    "include, matches nothing": (
        f"{HEAD}include: [none.yaml]\n",
        """\
catalogue.yaml:3:11: error[include]: include "none.yaml" matches no file
   3 | include: [none.yaml]
     |           ^^^^^^^^^
help: check the name, or remove the line
""",
    ),
    "include, leads out": (
        f"{HEAD}include: [../x.yaml]\n",
        """\
catalogue.yaml:3:11: error[include]: include "../x.yaml" leads out of the catalogue's folder
   3 | include: [../x.yaml]
     |           ^^^^^^^^^
help: name files below that folder
""",
    ),
    "include, is no YAML file": (
        f"{HEAD}include: ['*.txt']\n",
        """\
catalogue.yaml:3:11: error[include]: include "a.txt" is not a YAML file
   3 | include: ['*.txt']
     |           ^^^^^^^
help: narrow the pattern, such as to *.yaml
""",
        {"a.txt": ""},
    ),
    "empty-value, a pattern of files": (
        f"{HEAD}include: ['']\n",
        """\
catalogue.yaml:3:11: error[empty-value]: include is empty
   3 | include: ['']
     |           ^^
help: give it a value, or remove the key
""",
    ),
    "included-key, of the root": (
        f"{HEAD}include: [more.yaml]\n",
        """\
more.yaml:1:1: error[included-key]: an included file has no key "site"
   1 | site: {title: T, url: "https://e.org/", tag_authority: "e.org,2026"}
     | ^^^^
help: move it to catalogue.yaml
""",
        {"more.yaml": SITE},
    ),
    "included-key, a near miss": (
        f"{HEAD}include: [more.yaml]\n",
        """\
more.yaml:1:1: error[included-key]: an included file has no key "article"
   1 | article: []
     | ^^^^^^^
help: did you mean "articles"?
""",
        {"more.yaml": "article: []\n"},
    ),
    "included-key, like nothing": (
        f"{HEAD}include: [more.yaml]\n",
        """\
more.yaml:1:1: error[included-key]: an included file has no key "paper"
   1 | paper: []
     | ^^^^^
help: it may hold articles, teasers, retracted
""",
        {"more.yaml": "paper: []\n"},
    ),
    "retired, still a section": (
        f"{HEAD}retired: {{a: {{title: B, at: 2026-01-01T00:00:00Z, notice: N}}}}\n",
        """\
catalogue.yaml:3:11: error[retired]: retired "a" is a section
   3 | retired: {a: {title: B, at: 2026-01-01T00:00:00Z, notice: N}}
     |           ^
help: remove it from sections, or from retired
""",
    ),
    "retired, a former key": (
        SITE + "sections: {a: {title: A, formerly: [b]}}\n" + RETIRED,
        """\
catalogue.yaml:3:11: error[retired]: retired "b" is a former key of section "a"
   3 | retired: {b: {title: B, at: 2026-01-01T00:00:00Z, notice: N}}
     |           ^
help: remove it from sections, or from retired
""",
    ),
    "retired-in-future": (
        f"{HEAD}retired: {{b: {{title: B, at: 2027-01-01T00:00:00Z, notice: N}}}}\n",
        """\
catalogue.yaml:3:29: error[retired-in-future]: retired "b": at is after now (2026-03-01T00:00:00Z)
   3 | retired: {b: {title: B, at: 2027-01-01T00:00:00Z, notice: N}}
     |                             ^^^^^^^^^^^^^^^^^^^^
help: retire the topic when the time has come
""",
    ),
    "topic-taken, by a section": (
        f"{SITE}sections: {{a: {{title: A}}, b: {{title: B, formerly: [a]}}}}\n",
        """\
catalogue.yaml:2:52: error[topic-taken]: section "b": the former key "a" is a section
   2 | sections: {a: {title: A}, b: {title: B, formerly: [a]}}
     |                                                    ^
help: remove it from one of the two
""",
    ),
    "topic-taken, by another's former key": (
        f"{SITE}sections: {{a: {{title: A, formerly: [c]}}, b: {{title: B, formerly: [c]}}}}\n",
        """\
catalogue.yaml:2:67: error[topic-taken]: section "b": the former key "c" is a former key of section "a"
   2 | sections: {a: {title: A, formerly: [c]}, b: {title: B, formerly: [c]}}
     |                                                                   ^
help: remove it from one of the two
""",
    ),
    "unknown-section, like nothing": (
        teaser("sections: [z]", without="sections"),
        """\
catalogue.yaml:4:16: error[unknown-section]: teaser "x": section "z" does not exist
   4 |   - sections: [z]
     |                ^
help: add it to sections, or use one of a
""",
    ),
    "unknown-section, a title": (
        f"{SITE}sections: {{a: {{title: World News}}}}\n"
        + teaser("sections: [world news]", without="sections", head=""),
        """\
catalogue.yaml:4:16: error[unknown-section]: teaser "x": section "world news" does not exist
   4 |   - sections: [world news]
     |                ^^^^^^^^^^
help: did you mean "a"?
""",
    ),
    "unknown-section, of a retraction": (
        f"{HEAD}retracted:\n  - {{id: y, at: 2026-01-01T00:00:00Z, sections: [z]}}\n",
        """\
catalogue.yaml:4:50: error[unknown-section]: retraction "y": section "z" does not exist
   4 |   - {id: y, at: 2026-01-01T00:00:00Z, sections: [z]}
     |                                                  ^
help: add it to sections, or use one of a
""",
    ),
    "unknown-topic": (
        f"{HEAD}retired: {{b: {{title: B, at: 2026-01-01T00:00:00Z, notice: N, to: c}}}}\n",
        """\
catalogue.yaml:3:66: error[unknown-topic]: retired "b": to names "c", which is no section
   3 | retired: {b: {title: B, at: 2026-01-01T00:00:00Z, notice: N, to: c}}
     |                                                                  ^
help: use one of a, all
""",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_does_not_go_together_is_told_whole(name: str, tmp_path: Path) -> None:
    catalogue, told, *files = CASES[name]
    assert tell(tmp_path, catalogue, files=files[0] if files else None) == told
