"""Entries that are read without the parser are what the parser makes of them, in every style."""

from __future__ import annotations

import json
import random
import re
from array import array
from pathlib import Path
from typing import Any

import pytest

from feedpub import lint
from feedpub.catalogue import LISTED
from feedpub.loading.again import open_file
from feedpub.loading.harvesting import Frame
from feedpub.loading.plain import PlainReader
from feedpub.loading.recognising import read_plain_text
from feedpub.loading.stretches import Stretches

CASES = 4_000
FRAME = Frame(
    base="https://e.org/",
    zone="Europe/London",
    permalink=None,
    authority="e.org,2026",
    section_keys=frozenset(["a", "b", "two-words"]),
    body_format="markdown",
    folder=Path("/nowhere"),
    judge=lint.judge_entry,
)

WORDS = (
    "rain",
    "Łódź",
    "nobody's",
    "“quoted”",
    "日本",
    "a:b",
    "x#y",
    "C++",
    "50 %",
    "- dash",
    "null",
    "~",
    "*star*",
    "&amp",
)
PLAIN_WORDS = ("rain", "talks", "Łódź", "nobody's", "日本", "it", "2026", "met")
ODD_WORDS = (*PLAIN_WORDS, "no: one", "x #y", "<b>so</b>", "\u202e", "so:", "#", "it's", 'a "b"')
ESCAPES = ("\\x41", "\\u00e9", "\\n", "\\/", "\\t", "\\u202e", "\\x07", "\\U0001f600", "\\_", "\\x41 ")
SPOILERS = (
    *(
        '"',
        "'",
        ":",
        ": ",
        "#",
        " #",
        "# ",
        "- ",
        "-",
        "?",
        "? ",
        "&a ",
        "*a",
        "!t ",
        "|",
        ">",
        "%",
        "@",
        "`",
        "[",
        "]",
    ),
    *(
        "{",
        "}",
        ",",
        "\\",
        "\\n",
        "\n",
        "\n\n",
        " ",
        "  ",
        "    ",
        "\t",
        "\r",
        "\r\n",
        "\x85",
        "\u2028",
        "\ufeff",
        "\u202e",
    ),
    *("<<: *a", "null", "~", "---\n", "...\n", "é", "\u3000", "|+", "|2", ">2-", "''", '\\"', "<b>", "\x00", "\xa0"),
)


def write_words(chance: random.Random, most: int = 6) -> str:
    some = chance.choices((PLAIN_WORDS, WORDS, ODD_WORDS), (8, 2, 0.3))[0]
    return " ".join(chance.choices(some, k=chance.randint(1, most)))


def write_text(chance: random.Random, *, indent: int, is_long: bool = False) -> str:
    words = write_words(chance)
    style = chance.randrange(9 if is_long else 5)
    if style == 8 or (style < 5 and chance.random() < 0.15):
        words = break_lines(chance, words, indent=indent)
    if style == 0:
        words = words.replace("\\", "\\\\").replace('"', '\\"').replace("2026", chance.choice(ESCAPES))
        return f'"{words}"'
    if style == 1:
        return "'" + words.replace("'", "''") + "'"
    if style < 5 or style == 8:
        return words + chance.choice((*[""] * 9, " ", "  # said", " # said", " #said", "# said"))
    lines = [" " * chance.choice((0, 0, 0, 0, 2)) + write_words(chance) for _ in range(chance.randint(1, 4))]
    gaps = chance.choice(("\n", "\n\n", "\n\n\n", "\n\n\n\n"))
    margin = " " * (indent + chance.choice((1, 2, 2, 2, 4)))
    text = gaps.join(lines).replace("\n", f"\n{margin}").replace(f"\n{margin}\n", "\n\n")
    return (
        chance.choice(("|", "|-", ">", ">-", "|", ">", "|+", ">+", "|2"))
        + f"\n{margin}{text}"
        + chance.choice(("", "", "\n", "\n\n"))
    )


def break_lines(chance: random.Random, words: str, *, indent: int) -> str:
    """Return words in some lines, most of them indented as they should be."""
    for _ in range(chance.randint(1, 2)):
        margin = " " * (indent + chance.choice((1, 2, 2, 2, 6, 0)))
        words = words.replace(" ", chance.choice(("\n", "\n", "\n", " \n", "\n\n", "\\\n")) + margin, 1)
    return words


def write_list(chance: random.Random, items: list[str], *, indent: int) -> str:
    if chance.random() < 0.6:
        inside = chance.choice((", ", ", ", ",", f",\n{' ' * (indent + 2)}", " , ")).join(items)
        return f"[{inside}]" if chance.random() < 0.7 else f"[\n{' ' * (indent + 2)}{inside},\n{' ' * indent}]"
    margin = " " * (indent + chance.choice((0, 2, 2, 4)))
    return "".join(f"\n{margin}- {item}" for item in items)


def write_mapping(chance: random.Random, pairs: dict[str, str], *, indent: int) -> str:
    if chance.random() < 0.7:
        return "{" + ", ".join(f"{key}: {value}" for key, value in pairs.items()) + "}"
    margin = " " * (indent + 2)
    return "".join(f"\n{margin}{key}: {value}" for key, value in pairs.items())


def write_entry(chance: random.Random, number: int, *, column: int, is_article: bool) -> str:
    """Return an entry whose fields stand in any order and style; most are sound."""
    indent = column + 2
    quote = chance.choice(("", "", "", '"', "'"))
    times = (
        "2026-05-01T10:00:00Z",
        "2026-05-01T10:00:00Z",
        "2026-05-01",
        "2026-05-01T10:00",
        "2026-05-01 10:00:00+01:00",
    )
    fields = {
        "id": f"{quote}e{number}{quote}",
        "title": write_text(chance, indent=indent),
        "url": chance.choice(
            (
                f"a/e{number}",
                f"a/b_{number}/",
                f"https://e.org/{number}",
                f"e{number}.html",
                f"HTTPS://E.org/{number}",
                f"e{number}?q=1",
            )
        ),
        "published": chance.choice(times),
        "sections": write_list(chance, chance.sample(["a", "b", "two-words"], k=chance.randint(1, 3)), indent=indent),
    }
    if not is_article or chance.random() < 0.6:
        fields["summary"] = write_text(chance, indent=indent, is_long=True)
    if is_article or chance.random() < 0.05:
        fields["body"] = write_text(chance, indent=indent, is_long=True)
    if chance.random() < 0.3:
        fields["updated"] = chance.choice((*["2026-05-02T00:00:00Z"] * 9, *["2026-05-03"] * 5, "2026-04-02T00:00:00Z"))
    if chance.random() < 0.1:
        fields["expires"] = chance.choice((*["2027-05-02T00:00:00Z"] * 5, "2026-05-01T10:00:00Z"))
    if chance.random() < 0.4:
        people = ["Ada Nowak", '"Li, Wei"', "{name: Li Wei, email: li@e.org}", "{name: 'Ben', url: https://e.org/ben}"]
        people += [f"name: Ben{chr(10)}{' ' * (indent + chance.choice((2, 4, 4, 4, 6)))}email: ben@e.org"]
        fields["authors"] = write_list(chance, chance.choices(people, k=chance.randint(1, 3)), indent=indent)
    if chance.random() < 0.4:
        tags = [*PLAIN_WORDS * 2, '"a, b"', "'c'", "two words", "null"]
        fields["tags"] = write_list(chance, chance.sample(tags, k=chance.randint(1, 3)), indent=indent)
    if chance.random() < 0.3:
        image = {
            "url": "i/1.jpg",
            "alt": write_words(chance),
            "width": "800",
            "height": chance.choice((*["600"] * 9, "0", "006")),
        }
        fields["image"] = write_mapping(chance, image, indent=indent)
    if chance.random() < 0.05:
        name = chance.choice(("draft", "guid", "language", "rights", "titel", "x", "id", "title"))
        fields[f"{name} " if name in fields else name] = chance.choice(("true", "en", "urn:x:1"))
    lines = [f"{key.strip()}:{value if value.startswith(chr(10)) else ' ' + value}" for key, value in fields.items()]
    chance.shuffle(lines)
    gaps = ("", "", "", "", "\n", f"\n{' ' * indent}# a comment", "\n# a comment", "\n      # deep")
    text = "".join(f"{' ' * indent}{line}{chance.choice(gaps)}\n" for line in lines)
    return f"{' ' * column}- {text[indent:]}"


def spoil(chance: random.Random, text: str) -> str:
    """Return a text with a change or two that a person, or an enemy, might make."""
    for _ in range(chance.choice((0, 0, 0, 0, 1, 1, 1, 2))):
        place = chance.randrange(len(text) + 1)
        kind = chance.randrange(4)
        if kind == 0:
            text = text[:place] + chance.choice(SPOILERS) + text[place:]
        elif kind == 1:
            text = text[:place] + text[place + chance.choice((1, 1, 2, 5)) :]
        elif kind == 2:
            lines = text.splitlines(keepends=True)
            lines.insert(chance.randrange(len(lines) + 1), chance.choice(lines) if lines else "")
            text = "".join(lines)
        else:
            text = text[:place] + chance.choice(SPOILERS) + text[place + 1 :]
    return text


def write_piece(chance: random.Random) -> tuple[bytes, str, int]:
    """Return the text of a piece, the root key that goes on there, and the column of its dashes."""
    column = chance.choice((0, 2, 2, 2, 4))
    key = chance.choice(("articles", "articles", "teasers"))
    listed, text = key, ""
    for number in range(chance.randint(1, 4)):
        text += write_entry(chance, number, column=column, is_article=listed == "articles")
        if chance.random() < 0.1:
            listed = "teasers" if listed == "articles" else "articles"
            text += f"{listed}:\n"
    return spoil(chance, text).encode("utf-8", "surrogatepass"), key, column


def describe(found: Stretches) -> dict[str, Any]:
    """Return all that is known of a piece but the places of entries."""
    packed = found.collector.pack()
    return {
        "ending": found.ending,
        "digest": found.digest,
        "retracted": found.retracted,
        "diagnostics": sorted(map(str, found.diagnostics)),
        "rows": [row[:8] for row in json.loads(packed.rows)],
        "pairs": sorted(zip(*[iter(array("q", packed.pairs))] * 2, strict=True)),
        "runs": packed.runs,
        "newest": packed.newest,
        "first_expiry": packed.first_expiry,
    }


def list_places(found: Stretches) -> list[tuple[int, int]]:
    return [tuple(row[8:]) for row in json.loads(found.collector.pack().rows)]


def compare(data: bytes, key: str, column: int) -> bool:
    """Hold what is read without the parser against what the parser reads; tell whether it was read so at all."""
    mixed = Stretches(data, Path("f.yaml"), name="f.yaml", frame=FRAME, see=lambda _: None)
    if not mixed.read_mixed(key, column):
        return False
    whole = Stretches(data, Path("f.yaml"), name="f.yaml", frame=FRAME, see=lambda _: None)
    assert whole.read(0, len(data), key=key, column=column), data.decode()
    assert describe(mixed) == describe(whole), data.decode()
    compare_texts(data, key, column)
    for ours, theirs in zip(list_places(mixed), list_places(whole), strict=True):
        assert theirs == (0, 0) or (ours[0] == theirs[0] and ours[1] <= theirs[1]), data.decode()
    return True


def compare_texts(data: bytes, key: str, column: int) -> None:
    """Hold the text of each item that is read alone, without the parser, against what the parser reads."""
    file = open_file(Path("f.yaml"), name="f.yaml", data=f"{key}:\n".encode() + data)
    records = [record for record in file.read(listed=LISTED) if record.number]
    places = [found.start() + 1 for found in re.finditer(rb"\n {%d}- " % column, b"\n" + data)]
    if len(places) != len(records):
        return
    for record, start, end in zip(
        records, [place - 1 for place in places], [*(p - 1 for p in places[1:]), None], strict=True
    ):
        found = read_plain_text(data[start:end])
        assert found in (None, record.value), data[start:end].decode()


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
    "long": {"body": "|\n" + "      All of it and more.\n" * 9000},
}


@pytest.mark.parametrize("name", PLAIN)
def test_an_entry_in_a_plain_style_needs_no_parser(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = count_plain(monkeypatch)
    data = (article(**PLAIN[name]) + article(id="e2", url="e2")).encode()
    assert compare(data, "articles", 2)
    assert counted == [2]
    assert read_plain_text(article(**PLAIN[name]).encode()) is not None


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
    "an id that is none": {"id": "E1"},
    "a tab": {"title": "x\ty"},
    "a url of another case": {"url": "HTTPS://E.org/x"},
    "deep markup": {"body": ">" * 60 + " x"},
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
