"""Entries that are read without the parser are what the parser makes of them, in every style."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from feedpub.loading import plain
from feedpub.loading.plain import PlainReader
from feedpub.loading.recognising import read_plain_text
from feedpub.loading.stretches import Stretches
from loading.comparing import FRAME, compare, list_places
from loading.writing import write_piece

CASES = 4_000


def count_plain(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count the entries that are read without the parser."""
    counted = [0]
    read = PlainReader.read

    def count(self: PlainReader, data: bytes, start: int) -> Any:  # noqa: ANN401 - as the original
        found = read(self, data, start)
        counted[0] += found is not None
        return found

    monkeypatch.setattr(PlainReader, "read", count)
    return counted


def test_whatever_is_read_without_the_parser_is_what_it_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = count_plain(monkeypatch)
    accepted = sum(compare(*write_piece(random.Random(seed))) for seed in range(CASES))  # noqa: S311 - cases, no secrets
    assert accepted > CASES / 8
    assert counted[0] > CASES / 3


def article(**fields: str) -> str:
    known = {
        "id": "e1",
        "title": "Title",
        "url": "e1",
        "published": "2026-05-01T10:00:00Z",
        "sections": "[a]",
        "body": "Text of it.",
    } | fields
    lines = [f"{name}: {value}" if value[:1] != "\n" else f"{name}:{value}" for name, value in known.items() if value]
    return "  - " + "\n    ".join(lines) + "\n"


PLAIN: dict[str, dict[str, str]] = {
    "plain": {},
    "quoted": {
        "title": "'It''s “so”'",
        "summary": '"He said \\"no\\" \\\\ twice"',
        "url": '"e1"',
        "published": "'2026-05-01'",
    },
    "a literal block": {"body": "|\n      One.\n\n        Two.\n      # Three\n"},
    "a literal block without its end": {"body": "|-\n        One.\n        - Two: 2"},
    "a folded block": {"body": ">\n      One.\n      Two.\n\n      Three."},
    "a folded block without its end": {"summary": ">-\n     One.\n     Two."},
    "a block that keeps its end": {"body": "|+\n      Text.\n\n", "summary": ">+\n      One\n      two.\n\n\n\n"},
    "text over some lines": {"summary": "One\n      two\n        three.  # said"},
    "quotes over some lines": {"summary": "'It''s\n     so  \n     said'", "title": '"One\n      \\"two\\""'},
    "escapes": {"title": '"\\u0041\\xf3 a\\/b\\n"'},
    "lists in brackets over some lines": {"sections": "[\n      a,\n      b,\n    ]", "tags": "[ one,\n  'two' ]"},
    "people line by line": {"authors": "\n    - name: Li\n      email: li@e.org\n    - Ada"},
    "enclosures": {"enclosures": "[{url: https://e.org/a.mp3, length: 9, type: audio/mpeg}]"},
    "enclosures line by line": {"enclosures": "\n      - url: a.mp3\n        length: 9\n        type: 'audio/mpeg'"},
    "lists below each other": {"sections": "\n    - a\n    - b", "tags": "\n        - one\n        - 'two'"},
    "lists in brackets": {"sections": "[a, b]", "tags": '[one,two words, "three, four"]'},
    "people": {"authors": "[Ada, {name: Li, email: li@e.org}]"},
    "people below each other": {"authors": "\n      - Ada\n      - {name: Li, url: https://e.org/li}"},
    "a picture in braces": {
        "image": "{url: i.jpg, alt: Rain: heavy rain?, width: 8, height: 6}".replace(": heavy", " heavy").replace(
            "?", ""
        )
    },
    "a picture below": {"image": "\n      url: i.jpg\n      alt: 'Rain, and more'"},
    "comments": {"id": "e1  # checked", "title": "Title # as agreed", "tags": "[one]   # all"},
    "blank lines and comments between": {"title": "Title\n\n    # a comment\n# another"},
    "colons and marks within": {"title": "Title: no, a:b and x#y", "summary": "So it is."}
    | {"title": "Title a:b and x#y"},
    "a time elsewhere": {"published": "2026-05-01T10:00:00+02:00", "updated": "2026-05-01 12:00"},
    "another script": {"title": "東京の雨", "body": "|\n      雨。\n      “Rain” – so"},
    "many tags": {"tags": "[" + ", ".join(f"tag {number}" for number in range(60)) + "]"},
    "a language": {"language": "de-CH", "content": "'summary'", "rights": '"© 2026, all: “of it”"'},
    "a draft": {"draft": "true"},
    "no draft": {"draft": "false  # any more"},
    "rights in a block": {"rights": "|\n      Ours,\n      and theirs."},
    "long": {"body": "|\n" + "      All of it and more.\n" * 9000},
}


@pytest.mark.parametrize("name", PLAIN)
def test_an_entry_in_a_plain_style_needs_no_parser(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = count_plain(monkeypatch)
    data = (article(**PLAIN[name]) + article(id="e2", url="e2")).encode()
    assert compare(data, "articles", 2)
    assert counted == [2]
    assert read_plain_text(article(**PLAIN[name]).encode()) is not None


BRACED = {
    "one line": "{id: e1, title: T a, url: e1, published: 2026-05-01T10:00:00Z, sections: [a, b], body: x:y}",
    "as JSON": '{"id": "e1", "title": "T, \\"a\\"", "url":"https://e.org/a", "published": "2026-05-01",'
    ' "sections": ["a"], "body": "x: y"}',
    "some lines": "{id: e1, title: 'It''s',\n     url: e1, published: 2026-05-01,\n     sections: [a\n      ],"
    " body: x,\n     }",
    "all of it": "{id: e1, title: T, url: e1, published: 2026-05-01, sections: [a], body: x, tags: [one, 'two'],"
    " image: {url: i.jpg, alt: Rain}, authors: [Ada, {name: Li}], language: de, content: full, rights: ours,"
    " updated: 2026-05-02, expires: 2027-01-01, enclosures: [{url: a.mp3, length: 9, type: audio/mpeg}]}  # said",
}


@pytest.mark.parametrize("name", BRACED)
def test_an_entry_in_braces_needs_no_parser(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = count_plain(monkeypatch)
    data = f"  - {BRACED[name]}\n".encode()
    assert compare(data + article(id="e2", url="e2").encode(), "articles", 2)
    assert counted == [2]
    assert read_plain_text(data) is not None


@pytest.mark.parametrize(
    "permalink", ["{year}/{month}/{day}/{id}/", "https://E.org/{section}/{id}", "/{id}.html", "{id}"]
)
def test_an_entry_with_a_url_by_the_permalink_needs_no_parser(permalink: str, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = count_plain(monkeypatch)
    texts = [
        article(url="", published="2026-05-01T00:30:00+02:00"),
        article(id="e2", url="e2"),
        article(id="e3", url=""),
    ]
    assert compare("".join(texts).encode(), "articles", 2, frame=replace(FRAME, permalink=permalink))
    assert counted == [1 if "E.org" in permalink else 3]


NOT_BRACED = (
    "{id: e1, title: T, url: e1, published: 2026-05-01, sections: [a], body: x, id: e1}",
    "{id: e1, title: T, url: e1, published: 2026-05-01, sections: [a], body: x: y}",
    "{id: e1, title: null, url: e1, published: 2026-05-01, sections: [a], body: x}",
    "{id: e1, title: &t T, url: e1, published: 2026-05-01, sections: [a], body: x}",
    "{id: e1, title: T, url: e1, published: 2026-05-01, sections: [a]}",
    "{id: e1, title: T, url: e1, published: 2026-05-01, sections: [a], body: x} y",
    "{id: e1, title: T, url: e1, published: 2026-05-01, sections: [a], body: x, guid: g}",
    "{id: e1, ? title : T, url: e1, published: 2026-05-01, sections: [a], body: x}",
)


@pytest.mark.parametrize("text", NOT_BRACED)
def test_what_is_not_plain_in_braces_is_left_to_the_parser(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = count_plain(monkeypatch)
    compare(f"  - {text}\n".encode() + article(id="e2", url="e2").encode(), "articles", 2)
    assert counted[0] <= 1


NOT_PLAIN: dict[str, dict[str, str]] = {
    "an anchor": {"title": "&t Title"},
    "an alias": {"title": "*t"},
    "a tag": {"title": "!!str Title"},
    "text with an empty line": {"summary": "one\n\n      two"},
    "a quote with an empty line": {"summary": '"one\n\n      two"'},
    "an escape of what is not printed": {"title": '"a\\u00a0b"'},
    "an escaped line break": {"summary": '"one\\\n      two"'},
    "a block that says how deep": {"body": "|2\n      Text."},
    "a folded block with a list": {"body": ">\n      One.\n        * Two."},
    "nothing": {"summary": "null"},
    "nothing in a list": {"tags": "[one, ~]"},
    "a field twice": {"url": "e1\n    url: e1"},
    "an unknown field": {"titel": "x"},
    "a section that there is not": {"sections": "[c]"},
    "a section twice": {"sections": "[a, a]"},
    "no time": {"published": "2026-02-30T00:00:00Z"},
    "an hour that there is not": {"published": "2026-02-03T24:00:00Z"},
    "updated before": {"updated": "2026-04-01"},
    "a long title": {"title": "x" * 501},
    "a title with a warning": {"title": "<b>x</b>"},
    "a picture without an alt text": {"image": "{url: i.jpg}"},
    "a picture of no width": {"image": "{url: i.jpg, alt: x, width: 0}"},
    "a key twice in braces": {"image": "{url: i.jpg, alt: x, alt: x}"},
    "a control that turns the text": {"title": "x \u202e y"},
    "a comment that may be text": {"title": "Round #72"},
    "no body": {"body": ""},
    "no url": {"url": ""},
    "an id that is none": {"id": "E1"},
    "a tab": {"title": "x\ty"},
    "a url of another case": {"url": "HTTPS://E.org/x"},
    "deep markup": {"body": ">" * 60 + " x"},
    "deep markup in a block": {"body": "|\n      " + "> " * 200 + "x"},
}


@pytest.mark.parametrize("name", NOT_PLAIN)
def test_what_is_not_plain_is_left_to_the_parser(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = count_plain(monkeypatch)
    data = (article(**NOT_PLAIN[name]) + article(id="e2", url="e2")).encode()
    compare(data, "articles", 2)
    assert counted[0] <= 1


@pytest.mark.parametrize(
    ("data", "taken"),
    [
        (article() + "teasers:\n" + article(body="", summary="So."), 2),
        ("teasers:\n- " + article(body="", summary="So.").replace("\n    ", "\n  ")[4:], 1),
        ("# a shard\narticles:\n" + article() + article(id="e2", url="e2", guid="x") + article(id="e3", url="e3"), 2),
        (article(authors="[&a Ada]") + article(id="e2", url="e2") + article(id="e3", url="e3", authors="[*a]"), 0),
        (article() + "x-more: {a: 1}\nteasers:\n" + article(body="", summary="So."), 2),
        (article() + "teasers:  # more\n\n  # of them\n" + article(body="", summary="So."), 2),
        (article() + "teasers: []\n", 1),
        (article() + "more: 1\n", 0),
        (article() + "...\n", 0),
    ],
)
def test_root_keys_and_other_entries_stand_between(data: str, taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = count_plain(monkeypatch)
    is_continued = data.startswith("  - ")
    mixed = Stretches(data.encode(), Path("f.yaml"), name="f.yaml", frame=FRAME, see=lambda _: None)
    was_read = mixed.read_mixed("articles" if is_continued else None, 2)
    assert (counted[0] if was_read else 0) == taken
    if was_read and is_continued:
        assert compare(data.encode(), "articles", 2)


def test_a_place_leads_back_to_the_entry() -> None:
    texts = [article(id="e1"), article(id="e2", url="e2", guid="x") + "  # between\n", article(id="e3", url="e3")]
    mixed = Stretches("".join(texts).encode(), Path("f.yaml"), name="f.yaml", frame=FRAME, see=lambda _: None)
    assert mixed.read_mixed("articles", 2)
    text = "".join(texts)
    assert [text[start : start + length] for start, length in list_places(mixed)] == texts


def test_bytes_that_are_no_utf_8_are_left_to_the_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = count_plain(monkeypatch)
    assert not compare(article(title="Café").encode("latin-1"), "articles", 2)
    assert counted == [0]


def test_of_many_different_lists_few_are_remembered_and_all_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "_MANY", 2)
    counted = count_plain(monkeypatch)
    texts = [article(id=f"e{number}", url=f"e{number}", tags=f"[t{number % 3}]") for number in range(9)]
    assert compare("".join(texts).encode(), "articles", 2)
    assert counted == [9]
    assert len(plain._remember_lists(FRAME.context)) <= 2


def test_where_nobody_judges_entries_none_has_remarks(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = count_plain(monkeypatch)
    data = article(title="<b>x</b>").encode()
    for judge, taken in ((FRAME.judge, 0), (None, 1)):
        counted[0] = 0
        mixed = Stretches(data, Path("f.yaml"), name="f.yaml", frame=replace(FRAME, judge=judge), see=lambda _: None)
        assert mixed.read_mixed("articles", 2)
        assert counted == [taken]
