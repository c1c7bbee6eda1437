"""Every rule of a catalogue, each with the place and the whole text of its message."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from feedpub.diagnostics import RULES
from feedpub.loading import load_catalogue

if TYPE_CHECKING:
    from pathlib import Path

    from feedpub.diagnostics import Diagnostic

NOW = datetime(2026, 3, 1, tzinfo=UTC)

HEAD = """\
site: {title: T, url: "https://e.org/", tag_authority: "e.org,2026"}
sections: {a: {title: A}}
"""
GOOD = "id: x, title: T, url: x, published: 2026-01-01T00:00:00Z, sections: [a]"


def teaser(fields: str, *, without: str = "") -> str:
    """Return a catalogue with one teaser on line 4; ``fields`` begin at its column 6."""
    rest = ", ".join(part for part in GOOD.split(", ") if not (without and part.startswith(f"{without}:")))
    return f"{HEAD}teasers:\n  - {{{fields}, {rest}, summary: S}}\n"


CASES: dict[str, tuple[str, str]] = {
    "duplicate-key": (f"{HEAD}articles: []\nsite: {{}}\n", '4:1 the key "site" is given twice | remove one of the two'),
    "empty-file": ("# nothing\n", "1:1 the file is empty | feedpub init writes a catalogue to begin with"),
    "forbidden-character": (
        f'{HEAD}x-a: "a\\u0008b"\nteasers: ["\\u0008"]\n',
        "4:12 U+0008 (backspace) cannot be published: XML and its readers do not carry it | delete the escape",
    ),
    "not-a-list": (teaser("tags: one, id: y", without="id"), '4:12 teaser "y": tags must be a list | write [one]'),
    "root-not-mapping": ("- a\n", "1:1 the file must be keys with values, such as site: and articles: | None"),
    "second-document": (f"{HEAD}---\na: b\n", "3:1 a catalogue is one YAML document | remove the --- line"),
    "syntax": (f'{HEAD}x: "open\n', '3:4 this quote is never closed | write x: "open"'),
    "tag": (
        teaser("rights: !!str R, id: y", without="id"),
        '4:14 a catalogue has no YAML tags such as "!!str" | remove the tag, or put the value in quotes if it is text',
    ),
    "unknown-alias": (
        teaser("rights: *nowhere, id: y", without="id"),
        '4:14 no anchor "&nowhere" comes before this alias | None',
    ),
    "missing-field": (teaser("rights: R", without="title"), '4:6 teaser "x": title is missing | add title: …'),
    "unknown-field": (
        teaser("titel: T, id: y", without="title").replace("id: x, ", ""),
        '4:6 teaser "y": unknown field "titel" | did you mean "title"?',
    ),
    "teaser-with-body": (
        teaser("body: B"),
        '4:6 teaser "x": a teaser has no body | to publish it in full, move the entry to articles',
    ),
    "empty-value": (
        teaser('rights: " "'),
        '4:14 teaser "x": rights is empty | give it a value, or remove the key',
    ),
    "empty-list": (teaser("tags: []"), '4:12 teaser "x": tags is an empty list | give it an item, or remove the key'),
    "repeated-item": (teaser("tags: [b, b]"), '4:16 teaser "x": tags names "b" twice | remove one of the two'),
    "not-text": (
        teaser("rights: [R]"),
        '4:14 teaser "x": rights must be text, not a list | put it in quotes if it begins with [',
    ),
    "not-a-mapping": (
        teaser("image: i.png"),
        '4:13 teaser "x": image must be a mapping of keys and values | write {url: i.png}',
    ),
    "boolean": (teaser("draft: yes"), '4:13 teaser "x": draft is "yes", not true or false | write true'),
    "choice": (
        teaser("content: ful"),
        '4:15 teaser "x": content is "ful", not full or summary | did you mean full?',
    ),
    "language": (
        teaser("language: en_GB"),
        '4:16 teaser "x": language is "en_GB", no language tag | write en-GB',
    ),
    "id": (
        teaser("id: Two Moons", without="id"),
        (
            '4:10 teaser "Two Moons": id "Two Moons" may hold only a–z, 0–9, ".", "_" and "-", and begins and ends '
            "with a letter or digit | write two-moons"
        ),
    ),
    "time": (
        teaser("published: 20260901", without="published"),
        '4:17 teaser "x": published is "20260901", not a time | write 2026-09-01T00:00:00Z with the right time of day',
    ),
    "time-without-offset": (
        teaser("published: 2026-02-12T03:04:05", without="published"),
        '4:17 teaser "x": published has no time zone | write 2026-02-12T03:04:05Z, or set site.timezone',
    ),
    "time-out-of-range": (
        teaser("published: 1800-01-01T00:00:00Z", without="published"),
        '4:17 teaser "x": published is in the year 1800, not between 1900 and 9998 | None',
    ),
    "too-long": (
        teaser(f"title: {'t' * 501}", without="title"),
        '4:13 teaser "x": title has 501 characters, more than 500 | shorten it',
    ),
    "updated-before-published": (
        teaser("updated: 2025-12-31T00:00:00Z"),
        '4:15 teaser "x": updated is earlier than published | give the later of the two times',
    ),
    "expires-before-published": (
        teaser("expires: 2026-01-01T00:00:00Z"),
        '4:15 teaser "x": expires is not after published | give a later time, or remove expires',
    ),
    "url-scheme": (
        teaser("url: 'ftp://x/y'", without="url"),
        '4:11 teaser "x": url is "ftp://x/y", which is not http or https | None',
    ),
    "url-space": (
        teaser("url: a b", without="url"),
        '4:11 teaser "x": url has white space in it: "a b" | write %20, or remove the space',
    ),
    "url-credentials": (
        teaser("url: 'https://me:pw@e.org/'", without="url"),
        '4:11 teaser "x": url has a user name or password in it | remove everything up to the @',
    ),
    "url-host": (
        teaser("url: 'https:e.org/x'", without="url"),
        '4:11 teaser "x": url is "https:e.org/x", which has no host | write https://e.org/x',
    ),
    "unbalanced-bidi": (
        teaser('rights: "a\\u202eb"'),
        '4:14 teaser "x": rights opens a bidirectional control that it does not close | end it with U+202C',
    ),
    "unknown-section": (
        teaser("sections: [b]", without="sections"),
        '4:17 teaser "x": section "b" does not exist | add it to sections, or use one of a',
    ),
    "reserved-key": (
        HEAD.replace("{a: {title: A}}", "{all: {title: A}}"),
        '2:12 the key "all" is reserved | choose another key',
    ),
    "timezone": (
        HEAD.replace("title: T,", "title: T, timezone: Europe/Londno,"),
        '1:28 site: timezone is "Europe/Londno", no zone of the IANA database | did you mean Europe/London?',
    ),
    "duplicate-id": (
        teaser("rights: R") + f"articles:\n  - {{{GOOD.replace('url: x', 'url: y')}, body: B}}\n",
        '6:10 article "x": id "x" is taken (catalogue.yaml:4) | give each entry an id of its own',
    ),
    "duplicate-url": (
        teaser("rights: R") + f"articles:\n  - {{{GOOD.replace('id: x', 'id: y')}, body: B}}\n",
        '6:28 article "y": url "https://e.org/x" is taken (catalogue.yaml:4) | give each entry a url of its own',
    ),
    "retracted-entry": (
        teaser("rights: R") + "retracted:\n  - {id: x, at: 2026-01-02T00:00:00Z}\n",
        '6:10 retraction "x": id "x" is still an entry (catalogue.yaml:4) | remove the entry that is retracted',
    ),
    "retired-in-future": (
        f"{HEAD}retired: {{b: {{title: B, at: 2027-01-01T00:00:00Z, notice: N}}}}\n",
        '3:29 retired "b": at is after now (2026-03-01T00:00:00Z) | retire the topic when the time has come',
    ),
    "include": (
        f"{HEAD}include: [none.yaml]\n",
        '3:11 include "none.yaml" matches no file | check the name, or remove the line',
    ),
    "body-nests-too-deep": (
        f"{HEAD}articles:\n  - {{{GOOD}, body: '{'>' * 200} deep'}}\n",
        '4:85 article "x": body nests markup more than 100 deep | make it flatter',
    ),
}


def find_problems(folder: Path, text: str) -> list[Diagnostic]:
    path = folder / "catalogue.yaml"
    path.write_text(text, encoding="utf-8")
    loaded = load_catalogue(path, now=NOW)
    loaded.index.close()
    return list(loaded.diagnostics)


@pytest.mark.parametrize("rule", CASES)
def test_a_broken_rule_is_told_whole_and_in_its_place(rule: str, tmp_path: Path) -> None:
    text, expected = CASES[rule]
    found = [one for one in find_problems(tmp_path, text) if one.rule == rule]
    told = [f"{one.line}:{one.column} {one.message} | {one.help}".replace(f"{tmp_path}/", "") for one in found]
    assert told[:1] == [expected]


@pytest.mark.parametrize(
    "rule", sorted(set(CASES) - {"forbidden-character", "duplicate-key", "syntax", "root-not-mapping"})
)
def test_one_mistake_is_one_problem(rule: str, tmp_path: Path) -> None:
    assert [one.rule for one in find_problems(tmp_path, CASES[rule][0])] == [rule]


def test_only_known_rules_are_pinned() -> None:
    assert set(CASES) <= set(RULES)


def test_a_problem_in_an_anchor_is_told_once(tmp_path: Path) -> None:
    text = f"{HEAD}x-s: &s [b]\nteasers:\n" + "".join(
        f"  - {{id: x{number}, title: T, url: x{number}, published: 2026-01-01, sections: *s, summary: S}}\n"
        for number in range(3)
    ).replace("2026-01-01", "2026-01-01T00:00:00Z")
    found = find_problems(tmp_path, text)
    assert [(one.rule, one.line, one.column) for one in found] == [("unknown-section", 3, 10)]


def test_line_separators_in_a_body_move_no_line_and_no_column(tmp_path: Path) -> None:
    text = f"{HEAD}articles:\n  - id: x\n    body: |\n      a\u2028b\u2029c\n    titel: T\n"
    found = [one for one in find_problems(tmp_path, text) if one.rule == "unknown-field"]
    assert [(one.line, one.column, one.excerpt) for one in found] == [(7, 5, "    titel: T")]
