"""What a catalogue's files may cost together: what is suggested, looked for, repeated and remarked has an end."""

from __future__ import annotations

import difflib
from contextlib import chdir
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import feedpub
from feedpub.catalogue.invalid import Invalid
from feedpub.diagnostics import diagnose
from feedpub.loading import entries, includes, problems, suggesting
from feedpub.loading.bodies import read_body_file
from feedpub.loading.includes import match_files
from feedpub.loading.remarks import MOST, Remark, pinpoint
from feedpub.record import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

NOW = datetime(2026, 6, 1, tzinfo=UTC)
HEAD = 'site: {title: T, url: "https://e.org/", tag_authority: "e.org,2026"}\nsections: {a: {title: A}}\n'


def write_teaser(number: int, **fields: str) -> str:
    known = {
        "id": f"e{number}",
        "title": f"T{number}",
        "url": f"e{number}",
        "published": "2026-05-01T09:00:00Z",
        "sections": "[a]",
        "summary": "S",
    } | fields
    return "- {" + ", ".join(f"{name}: {value}" for name, value in known.items() if value) + "}\n"


def check(folder: Path, text: str) -> list[feedpub.Diagnostic]:
    (folder / "articles.yaml").write_text(text, encoding="utf-8")
    with chdir(folder):
        return feedpub.check(now=NOW)


def test_after_many_suggestions_of_sections_none_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggesting, "_MAX_COMPARED", 10)
    calls: list[str] = []
    before = difflib.get_close_matches

    def count(word: str, possibilities: Iterable[str], n: int = 3) -> list[str]:
        calls.append(word)
        return before(word, possibilities, n=n)

    monkeypatch.setattr(difflib, "get_close_matches", count)
    teasers = "".join(write_teaser(number, sections=f"[a{number}]") for number in range(30))
    found = check(tmp_path, f"{HEAD}teasers:\n{teasers}")
    assert [one.rule for one in found] == ["unknown-section"] * 30
    assert len(calls) == 10
    assert found[-1].help == "add it to sections, or use one of a"


def test_repeats_end_where_there_are_too_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(problems, "MAX_PROBLEMS", 10)
    found = check(tmp_path, f"{HEAD}teasers:\n" + "".join(write_teaser(number, id="same") for number in range(50)))
    assert [one.rule for one in found] == ["duplicate-id"] * 10 + ["too-many-problems"]


def test_what_is_wrong_with_the_text_counts_among_too_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(problems, "MAX_PROBLEMS", 10)
    found = check(tmp_path, HEAD + "".join(f"? [{number}]\n: x\n" for number in range(20)))
    assert {one.rule for one in found} == {"key-not-text", "too-many-problems"}


def test_that_there_is_too_much_wrong_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(problems, "MAX_PROBLEMS", 10)
    same = "".join(write_teaser(0) for _ in range(5))
    found = check(tmp_path, f"{HEAD}teasers:\n{same}" + "".join(write_teaser(1, url="") for _ in range(50)))
    assert [one.rule for one in found if one.rule == "too-many-problems"] == ["too-many-problems"]


def test_behind_too_many_problems_no_further_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(problems, "MAX_PROBLEMS", 10)
    for name in ("first", "second"):
        (tmp_path / f"{name}.yaml").write_text("teasers:\n" + "- {}\n" * 50, encoding="utf-8")
    found = check(tmp_path, f"{HEAD}include: [first.yaml, second.yaml]\n")
    assert len(found) == 11
    assert {one.file for one in found} == {"first.yaml"}


def test_remarks_have_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries, "MAX_REMARKS", 10)
    teasers = "".join(write_teaser(number, title=f"<b>Title</b> {number}") for number in range(30))
    found = check(tmp_path, f"{HEAD}teasers:\n{teasers}")
    assert [one.rule for one in found] == ["title-markup"] * 10


def test_remarks_on_one_value_share_its_lines(tmp_path: Path) -> None:
    lines = [f"word{number}" for number in range(MOST)]
    file = tmp_path / "a.md"
    file.write_text("\n".join(lines), encoding="utf-8")
    span = Span(1, 1, len(lines), 1)
    remarks = [
        Remark(diagnose("title-markup", word, file=str(file), span=span), (f"no {word}", word)) for word in lines
    ]
    found = list(pinpoint(remarks))
    assert [(one.message, one.line, one.column, one.end_column) for one in found] == [
        (f"word{int(one.message[4:])}", int(one.message[4:]) + 1, 1, len(one.message) + 1) for one in found
    ]
    assert len(found) == MOST


def refuse(pattern: str, root: Path) -> str:
    with pytest.raises(Invalid) as error:
        match_files(pattern, root=root)
    return error.value.message


def test_a_link_that_leads_in_a_circle_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").symlink_to("b.yaml")
    (tmp_path / "b.yaml").symlink_to("a.yaml")
    found = check(tmp_path, f"{HEAD}include: ['?.yaml']\nteasers:\n{write_teaser(0)}")
    assert [one.severity for one in found] == ["error"]
    (tmp_path / "a.yaml").unlink()
    (tmp_path / "b.yaml").unlink()
    (tmp_path / "body.md").symlink_to("body.md")
    with pytest.raises(Invalid) as error:
        read_body_file(tmp_path / "body.md", name="body.md", home=tmp_path.resolve(), subject="x")
    assert error.value.rule == "body-file"


def test_folders_within_each_other_have_an_end(tmp_path: Path) -> None:
    deep = Path(tmp_path, *["d"] * 150)
    deep.mkdir(parents=True)
    (deep / "a.yaml").touch()
    root = tmp_path / "articles.yaml"
    assert refuse("**/a.yaml", root) == 'leads through more than 100 folders, to "d"'
    assert refuse("*/" * 101 + "a.yaml", root).endswith('" leads through more than 100 folders')


def test_what_patterns_look_at_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(includes, "MAX_LOOKED", 100)
    for number in range(3):
        (tmp_path / f"l{number}").symlink_to(tmp_path)
    assert "more than 100 files and folders" in refuse("*/" * 30 + "*.yaml", tmp_path / "articles.yaml")


def test_stars_that_stand_for_any_folders_lead_to_each_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(includes, "MAX_LOOKED", 2_000)
    deep = Path(tmp_path, *["d"] * 20)
    deep.mkdir(parents=True)
    (deep / "a.yaml").touch()
    assert match_files("**/" * 20 + "a.yaml", root=tmp_path / "articles.yaml") == [deep / "a.yaml"]


def test_patterns_that_match_nothing_have_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(includes, "MAX_REFUSED", 5)
    found = check(tmp_path, HEAD + "include:\n" + "".join(f"- {number}.yaml\n" for number in range(50)))
    assert [one.rule for one in found] == ["include"] * 5


def test_of_a_large_body_file_only_the_beginning_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "body.md").write_bytes(b"x" * 700_000 + b"\0" + "é".encode() * 200_000 + b"\0\n" * 100_000)
    teaser = write_teaser(0, summary="", body_file="body.md")
    found = check(tmp_path, f"{HEAD}articles:\n{teaser}")
    assert sorted(one.rule for one in found) == ["body-too-long", "forbidden-character"]


def test_a_list_a_path_and_unknown_fields_have_bounds(tmp_path: Path) -> None:
    tags = ", ".join(f"t{number}" for number in range(1_001))
    (found,) = check(tmp_path, f"{HEAD}teasers:\n{write_teaser(0, tags=f'[{tags}]')}")
    assert found.message == 'teaser "e0": tags has 1,001 items, more than 1,000'
    fields = {f"unknown{number}": "x" for number in range(1_500)}
    assert len(check(tmp_path, f"{HEAD}teasers:\n{write_teaser(0, **fields)}")) == 1_000
    entry = write_teaser(0, summary="", body_file="a/" * 600)
    (found,) = check(tmp_path, f"{HEAD}articles:\n{entry}")
    assert found.message == 'article "e0": body_file has 1,200 characters, more than 1,000'
