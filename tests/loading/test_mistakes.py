"""What is wrong with entries is told the same of a catalogue in pieces as of one that is read whole."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from faults.floods.entries import MISTAKES
from faults.floods.making import HEAD, write_article
from feedpub.loading import entries, load_catalogue, loader, opening, pieced, problems
from feedpub.source import pieces

if TYPE_CHECKING:
    from feedpub.diagnostics import Diagnostic
    from feedpub.loading import Catalogue

NOW = datetime(2026, 6, 1, tzinfo=UTC)
HEADS = (
    *[HEAD] * 6,
    'site: {title: T, url: "ftp://e.org/", tag_authority: "e.org,2026"}\nsections: {a: {title: A}}\n',
    "site: {title: T, timezone: Europe/Londn}\nsections: {a: {title: A}, B: {}}\n",
    'site: {title: T, url: "https://e.org/", tag_authority: "e.org,2026", limt: 4}\nsections: {a: {titel: x}}\n',
    'site: {title: T, url: "https://e.org/", tag_authority: "e.org,2026"}\nsections: [a]\n',
    f"x-all: &A [a]\n{HEAD}",
    f"retired: {{b: {{at: 2026-01-01, to: zz}}}}\n{HEAD}",
)
ODD: tuple[dict[str, str], ...] = (
    *({"tags": "*A"}, {"sections": "*A"}, {"tags": "&A [x]"}, {"title": "*nope"}, {"title": "!!str x"}),
    *({"title": "x #y"}, {"id": ""}, {"title": '"\\u0000"'}, {"title": "a: b"}, {"title": '"unclosed'}, {"? [x]": "y"}),
    *({"title ": "a\n  title: b"}, {"sections": "[teck]"}, {"body": "|\n    x\n   - y"}, {"draft": "true"}),
    *({"body": "|\n    x\n    - id: e9\n      title: x"}, {"guid": "tag:e.org,2026:e3"}, {"url": "e1"}, {"id": "e1"}),
    *({"\tx": "y"}, {"title": "<b>x"}, {"body": "[x](javascript:1)"}, {"summary": "'a\n- id: e4\n  title: b'"}),
)
BETWEEN = ("# x\n", "\n", "  # y\n", "- \n", "- x\n", "- [a]\n", "...\n", "title: x\n", "- {id: e5, title: T}\n")
SLIPS = (b" ", b"\n", b":", b'"', b"'", b"- ", b"\t", b"#", b"\r\n", b"\xff", b"[", b"}", b"&a ", b"*a ", b"\0")


def write_list(chance: random.Random, key: str) -> str:
    """Return a root key with entries under it, of which some are wrong."""
    parts = [f"{key}:\n"]
    for _ in range(chance.randrange(1, 14)):
        number = chance.randrange(12) if chance.random() < 0.15 else chance.randrange(10**6)
        fields = {"summary": "S", "body": ""} if key == "teasers" else {}
        if chance.random() < 0.35:
            fields |= chance.choice([*MISTAKES, *ODD])
        if key == "retracted":
            parts.append(f"- {{id: e{number}, at: {chance.choice(['2026-05-01', 'never'])}}}\n")
        else:
            parts.append(write_article(number, **fields))
        if chance.random() < 0.05:
            parts.append(chance.choice(BETWEEN))
    return "".join(parts)


def write_catalogue(chance: random.Random) -> bytes:
    keys = chance.sample(["articles", "teasers", "retracted"], chance.randrange(1, 4))
    data = bytearray("".join([chance.choice(HEADS), *(write_list(chance, key) for key in keys)]).encode())
    if chance.random() < 0.2:
        place = chance.randrange(len(data))
        data[place : place + chance.randrange(3)] = chance.choice(SLIPS)
    return bytes(data)


class Reader:
    """Reads catalogues whole or in pieces."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch
        self.wholes = 0
        load = opening._load

        def count(*arguments: object) -> Catalogue:
            self.wholes += arguments[-1] is None
            return load(*arguments)  # type: ignore[arg-type] # whatever they are

        patch.setattr(opening, "_load", count)
        patch.setattr(pieces, "LEAST", 1)

    def read(self, *, large: int, seldom: int = 1) -> tuple[list[Diagnostic], str, list[str]]:
        """Return what is told of articles.yaml, what it means, and the ids of all entries that may be published."""
        self._patch.setattr(loader, "LARGE", large)
        self._patch.setattr(pieces, "_SELDOM", seldom)
        loaded = load_catalogue(Path("articles.yaml"), now=NOW)
        with loaded.index as index:
            ids = [row.id for row in index.select_newest(None, now=1 << 40, limit=1_000)]
        return sorted(loaded.diagnostics, key=repr), loaded.digest, ids


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Reader:
    monkeypatch.chdir(tmp_path)
    return Reader(monkeypatch)


def write(*entries: str) -> None:
    Path("articles.yaml").write_text("".join([HEAD, "articles:\n", *entries]))


def test_whatever_is_wrong_is_told_the_same_in_pieces(reader: Reader) -> None:
    wrong = 0
    for seed in range(200):
        chance = random.Random(seed)  # noqa: S311 - the same in every run
        Path("articles.yaml").write_bytes(write_catalogue(chance))
        before = reader.wholes
        found = reader.read(large=1, seldom=chance.choice([1, 2, 5]))
        wrong += reader.wholes == before and any(one.severity == "error" for one in found[0])
        assert found == reader.read(large=1 << 40), seed
    assert wrong > 50


@pytest.mark.parametrize(
    "mistake", [*MISTAKES, {"title": "!!str x"}, {"title": '"\\u0000"'}, {"title ": "a\n  title: b"}]
)
def test_a_mistake_does_not_have_a_catalogue_read_whole(reader: Reader, mistake: dict[str, str]) -> None:
    write(*map(write_article, range(9)), write_article(9, **mistake), *map(write_article, range(10, 19)))
    found = reader.read(large=1)
    assert reader.wholes == 0
    assert found == reader.read(large=1 << 40)
    assert any(one.severity == "error" for one in found[0])


def test_an_entry_without_an_id_is_called_by_its_number_in_the_file(reader: Reader) -> None:
    write(*map(write_article, range(7)), write_article(7, id=""), write_article(8))
    told, _, _ = reader.read(large=1)
    assert [one.message for one in told] == ["article 8: id is missing"]


@pytest.mark.parametrize("few", [0, 20])
def test_a_name_that_is_taken_does_not_have_a_catalogue_read_whole(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(pieced, "_FEW", few)
    write(*map(write_article, range(9)), write_article(3, url="other"), write_article(4, draft="true"))
    found = reader.read(large=1, seldom=2)
    assert reader.wholes == 0
    assert found == reader.read(large=1 << 40)
    assert {one.rule for one in found[0]} == {"duplicate-id", "duplicate-url"}


def test_a_file_that_changes_before_a_taken_name_is_looked_at_is_read_as_it_is_then(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(*map(write_article, range(9)), write_article(3, url="other"))
    look = pieced.Pieces.read_records

    def change(self: pieced.Pieces, number: int, first: int, seqs: list[int]) -> object:
        write(*map(write_article, range(9)), write_article(3, url="still another"))
        return look(self, number, first, seqs)

    monkeypatch.setattr(pieced.Pieces, "read_records", change)
    monkeypatch.setattr(loader, "LARGE", 1)
    loaded = load_catalogue(Path("articles.yaml"), now=NOW)
    loaded.index.close()
    assert reader.wholes == 1
    assert any(one.message.startswith('article "e3": url ') for one in loaded.diagnostics)


def test_after_too_many_mistakes_no_piece_is_read(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(problems, "MAX_PROBLEMS", 3)
    write(*(write_article(number, title="") for number in range(9)))
    found = reader.read(large=1)
    assert reader.wholes == 0
    assert found == reader.read(large=1 << 40)
    assert [one.rule for one in found[0]].count("missing-field") == 3


def test_after_too_many_mistakes_in_an_included_file_no_more_is_read(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(problems, "MAX_PROBLEMS", 3)
    Path("articles.yaml").write_text(f"{HEAD}include: ['[ab].yaml']\n")
    for number, name in enumerate("ab"):
        texts = (write_article(10 * number + one, title="") for one in range(9))
        Path(f"{name}.yaml").write_text("articles:\n" + "".join(texts))
    found = reader.read(large=1)
    assert reader.wholes == 0
    assert found == reader.read(large=1 << 40)


def test_behind_too_many_retractions_nothing_is_read(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (entries, loader):
        monkeypatch.setattr(module, "MAX_RETRACTED", 3)
    lines = [f"- {{id: gone-{number}, at: 2026-05-01T00:00:00Z}}\n" for number in range(9)]
    write(write_article(1), "retracted:\n", *lines[:3])
    assert not any(one.severity == "error" for one in reader.read(large=1)[0])
    write(write_article(1), "retracted:\n", *lines, write_article(2, title=""))
    told, _, _ = reader.read(large=1)
    assert reader.read(large=1 << 40)[0] == told
    assert [(one.rule, one.line) for one in told if one.severity == "error"] == [("too-large", 14)]
