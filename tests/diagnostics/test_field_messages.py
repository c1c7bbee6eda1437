"""Fields that are missing, unknown, or too many, each told whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from diagnostics.pinned import HEAD, SECTIONS, SITE, article, site, teaser, tell

if TYPE_CHECKING:
    from pathlib import Path

CASES: dict[str, tuple[str, str] | tuple[str, str, dict[str, str]]] = {
    "missing-field, a root key": (
        SITE,
        """\
catalogue.yaml:1:1: error[missing-field]: sections is missing
   1 | site: {title: T, url: "https://e.org/", tag_authority: "e.org,2026"}
     | ^^^^
help: add sections: {news: {title: News}}
""",
    ),
    "missing-field, the other root key": (
        SECTIONS,
        """\
catalogue.yaml:1:1: error[missing-field]: site is missing
   1 | sections: {a: {title: A}}
     | ^^^^^^^^
help: add site: {title: …, url: …, tag_authority: …}
""",
    ),
    "missing-field, a root key without a value": (
        f"site:\n{SECTIONS}",
        """\
catalogue.yaml:1:1: error[missing-field]: site is missing
   1 | site:
     | ^^^^
help: add site: {title: …, url: …, tag_authority: …}
""",
    ),
    "missing-field, of the site": (
        f"site: {{title: T, url: 'https://e.org/'}}\n{SECTIONS}",
        """\
catalogue.yaml:1:8: error[missing-field]: site: tag_authority is missing
   1 | site: {title: T, url: 'https://e.org/'}
     |        ^^^^^
help: add tag_authority: news.example.org,2026
""",
    ),
    "missing-field, of a section": (
        f"{SITE}sections: {{a: {{description: D}}}}\n",
        """\
catalogue.yaml:2:16: error[missing-field]: section "a": title is missing
   2 | sections: {a: {description: D}}
     |                ^^^^^^^^^^^
help: add title: …
""",
    ),
    "missing-field, of an entry": (
        teaser("rights: R", without="title"),
        """\
catalogue.yaml:4:5: error[missing-field]: teaser "x": title is missing
   4 |   - rights: R
     |     ^^^^^^
help: add title: …
""",
    ),
    "missing-field, without a value": (
        teaser("title:", without="title"),
        """\
catalogue.yaml:4:5: error[missing-field]: teaser "x": title is missing
   4 |   - title:
     |     ^^^^^
help: add title: …
""",
    ),
    "missing-field, an id": (
        teaser("title: Storm über Köln", without="id title"),
        """\
catalogue.yaml:4:5: error[missing-field]: teaser 1: id is missing
   4 |   - title: Storm über Köln
     |     ^^^^^
help: add id: storm-uber-koln
""",
    ),
    "missing-field, an id that cannot be made": (
        teaser("title: 北京", without="id title"),
        """\
catalogue.yaml:4:5: error[missing-field]: teaser 1: id is missing
   4 |   - title: 北京
     |     ^^^^^
help: add an id of a–z, 0–9 and hyphens, such as storm-warning
""",
    ),
    "missing-field, a url": (
        teaser("rights: R", without="url"),
        """\
catalogue.yaml:4:5: error[missing-field]: teaser "x": url is missing
   4 |   - rights: R
     |     ^^^^^^
help: give its page, or set site.permalink
""",
    ),
    "missing-field, a body": (
        article("rights: R", without="body"),
        """\
catalogue.yaml:4:5: error[missing-field]: article "x": body is missing
   4 |   - rights: R
     |     ^^^^^^
help: give it a body or a body_file, or make it a teaser
""",
    ),
    "missing-field, sections": (
        teaser("rights: R", without="sections"),
        """\
catalogue.yaml:4:5: error[missing-field]: teaser "x": sections is missing
   4 |   - rights: R
     |     ^^^^^^
help: add sections: [politics]
""",
    ),
    "missing-field, a summary": (
        teaser("rights: R", without="summary"),
        """\
catalogue.yaml:4:5: error[missing-field]: teaser "x": summary is missing
   4 |   - rights: R
     |     ^^^^^^
help: add summary: …
""",
    ),
    "missing-field, of an enclosure": (
        teaser("enclosures: [{url: x, type: audio/mpeg}]"),
        """\
catalogue.yaml:4:19: error[missing-field]: teaser "x": length of enclosure 1 is missing
   4 |   - enclosures: [{url: x, type: audio/mpeg}]
     |                   ^^^
help: add length: 5120000
""",
    ),
    "missing-field, of an author": (
        teaser("authors: [{email: a@e.org}]"),
        """\
catalogue.yaml:4:16: error[missing-field]: teaser "x": name of author 1 is missing
   4 |   - authors: [{email: a@e.org}]
     |                ^^^^^
help: add name: …
""",
    ),
    "missing-field, of a retraction": (
        f"{HEAD}retracted:\n  - id: y\n",
        """\
catalogue.yaml:4:5: error[missing-field]: retraction "y": at is missing
   4 |   - id: y
     |     ^^
help: add at: 2026-02-12T09:00:00Z
""",
    ),
    "missing-field, of a retired topic": (
        f"{HEAD}retired: {{b: {{title: B, at: 2026-01-01T00:00:00Z}}}}\n",
        """\
catalogue.yaml:3:15: error[missing-field]: retired "b": notice is missing
   3 | retired: {b: {title: B, at: 2026-01-01T00:00:00Z}}
     |               ^^^^^
help: add notice: …
""",
    ),
    "unknown-field, of the root": (
        f"{HEAD}teaser: []\n",
        """\
catalogue.yaml:3:1: error[unknown-field]: unknown key "teaser"
   3 | teaser: []
     | ^^^^^^
help: did you mean "teasers"?
""",
    ),
    "unknown-field, of the root and like nothing": (
        f"{HEAD}paper: []\n",
        """\
catalogue.yaml:3:1: error[unknown-field]: unknown key "paper"
   3 | paper: []
     | ^^^^^
help: a key that begins with x- may hold anything
""",
    ),
    "unknown-field, of an entry at the root": (
        f"{HEAD}summary: S\n",
        """\
catalogue.yaml:3:1: error[unknown-field]: unknown key "summary"
   3 | summary: S
     | ^^^^^^^
help: indent it as far as the fields of its entry
""",
    ),
    "unknown-field, indented with another kind of space": (
        f"{HEAD}\xa0\xa0rights: S\n",
        """\
catalogue.yaml:3:1: error[unknown-field]: unknown key "\u00a0\u00a0rights"
   3 | \u00a0\u00a0rights: S
     | ^^^^^^^^
help: indent the line with plain spaces; what stands before the key is another kind of space
""",
    ),
    "unknown-field, of an entry": (
        teaser("titel: T", without="title"),
        """\
catalogue.yaml:4:5: error[unknown-field]: teaser "x": unknown field "titel"
   4 |   - titel: T
     |     ^^^^^
help: did you mean "title"?
""",
    ),
    "unknown-field, of an entry and like nothing": (
        teaser("mood: dark"),
        """\
catalogue.yaml:4:5: error[unknown-field]: teaser "x": unknown field "mood"
   4 |   - mood: dark
     |     ^^^^
help: remove it, or write updated, authors, tags, image, enclosures, language, expires, rights, guid, content or draft
""",
    ),
    "unknown-field, another system's word": (
        teaser("date: 2026-01-01T00:00:00Z", without="published"),
        """\
catalogue.yaml:4:5: error[unknown-field]: teaser "x": unknown field "date"
   4 |   - date: 2026-01-01T00:00:00Z
     |     ^^^^
help: did you mean "published"?
""",
    ),
    "unknown-field, of an image": (
        teaser("image: {url: x, atl: A}"),
        """\
catalogue.yaml:4:21: error[unknown-field]: teaser "x": unknown field "atl" in image
   4 |   - image: {url: x, atl: A}
     |                     ^^^
help: did you mean "alt"?
""",
    ),
    "unknown-field, of an author": (
        teaser("authors: [{name: A, mail: a@e.org}]"),
        """\
catalogue.yaml:4:25: error[unknown-field]: teaser "x": unknown field "mail" in author 1
   4 |   - authors: [{name: A, mail: a@e.org}]
     |                         ^^^^
help: did you mean "email"?
""",
    ),
    "unknown-field, of the site": (
        site("lang: en"),
        """\
catalogue.yaml:2:3: error[unknown-field]: site: unknown field "lang"
   2 |   lang: en
     |   ^^^^
help: did you mean "language"?
""",
    ),
    "unknown-field, without a space after its colon": (
        f"{HEAD}teasers:\n  - {{id: x, title: T, url: x, published: 2026-01-01T00:00:00Z, sections: [a], summary:S}}\n",
        """\
catalogue.yaml:4:79: error[unknown-field]: teaser "x": unknown field "summary:S"
   4 |   - {id: x, title: T, url: x, published: 2026-01-01T00:00:00Z, sections: [a], summary:S}
     |                                                                               ^^^^^^^^^
help: did you mean "summary"?
""",
    ),
    "teaser-with-body": (
        teaser("body: B"),
        """\
catalogue.yaml:4:5: error[teaser-with-body]: teaser "x": a teaser has no body
   4 |   - body: B
     |     ^^^^
help: to publish it in full, move the entry to articles
""",
    ),
    "teaser-with-body, in a file": (
        teaser("body_file: b.md"),
        """\
catalogue.yaml:4:5: error[teaser-with-body]: teaser "x": a teaser has no body_file
   4 |   - body_file: b.md
     |     ^^^^^^^^^
help: to publish it in full, move the entry to articles
""",
    ),
    "two-bodies": (
        article("body_file: b.md"),
        """\
catalogue.yaml:4:5: error[two-bodies]: article "x": body_file stands beside body
   4 |   - body_file: b.md
     |     ^^^^^^^^^
help: keep one of the two
""",
        {"b.md": "B"},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_wrong_field_is_told_whole(name: str, tmp_path: Path) -> None:
    catalogue, told, *files = CASES[name]
    assert tell(tmp_path, catalogue, files=files[0] if files else None) == told
