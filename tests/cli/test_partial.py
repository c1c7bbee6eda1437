"""A run for some sections or formats touches what it names and nothing else."""

from __future__ import annotations

import json
from contextlib import chdir
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import feedpub
from feedpub.cli.render import command

if TYPE_CHECKING:
    from collections.abc import Iterator

    from click.testing import Result

CATALOGUE = """\
site: {title: T, url: "https://e.org/", tag_authority: "e.org,2026"}
sections: {politics: {title: P}, tech: {title: T, formerly: [it]}}
teasers:
  - {id: x, title: X, url: x, published: 2026-01-01T00:00:00Z, sections: [politics], summary: S}
  - {id: y, title: Y, url: y, published: 2026-01-02T00:00:00Z, sections: [tech], summary: S}
"""
NOW = ("--now", "2026-06-01T00:00:00Z")
FORMATS = ("rss", "atom", "json", "html")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, [*arguments, *NOW], standalone_mode=False)


def read() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path("feeds").iterdir()}


def edit(word: str) -> None:
    path = Path("articles.yaml")
    path.write_text(path.read_text().replace("summary: S", f"summary: {word}"))


@pytest.fixture(autouse=True)
def home(tmp_path: Path) -> Iterator[None]:
    (tmp_path / "articles.yaml").write_text(CATALOGUE)
    with chdir(tmp_path):
        run()
        edit("Other")
        yield


def test_a_section_is_published_alone(home: None) -> None:  # noqa: ARG001 - what it stands in
    before = read()
    done = run("--section", "tech")
    assert "8 written, 0 unchanged, 0 removed" in done.stdout
    after = read()
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {"manifest.json", *(f"{key}.{name}" for key in ("tech", "it") for name in FORMATS)}
    assert set(after) == set(before)
    old, new = (json.loads(one["manifest.json"]) for one in (before, after))
    assert new["catalogue"] == old["catalogue"]
    assert new["topics"]["tech"] != old["topics"]["tech"]
    assert {key: new["topics"][key] for key in ("politics", "all")} == {
        key: old["topics"][key] for key in ("politics", "all")
    }
    assert {one["path"]: one["sha256"] for one in new["documents"]}.keys() == {one["path"] for one in old["documents"]}


def test_parts_add_up_to_the_whole() -> None:
    run("--section", "tech")
    run("--section", "politics", "--section", "all")
    parts = read()
    assert run("--check").return_value == 1  # the manifest still tells another catalogue
    run()
    whole = read()
    assert {name for name in whole if whole[name] != parts[name]} == {"manifest.json"}
    assert run("--check").return_value == 0


def test_a_format_is_published_alone_and_its_topics_stay_as_they_were_told() -> None:
    before = read()
    done = run("--format", "atom", "--section", "all")
    after = read()
    assert "1 written" in done.stdout
    assert {name for name in after if after[name] != before[name]} == {"manifest.json", "all.atom"}
    assert json.loads(after["manifest.json"])["topics"] == json.loads(before["manifest.json"])["topics"]
    assert "changed silently" in run("--dry-run", "--diff").stdout


def test_a_part_that_is_current_writes_nothing() -> None:
    run("--section", "tech")
    before = {path.name: path.stat().st_mtime_ns for path in Path("feeds").iterdir()}
    assert run("--section", "tech", "--check").return_value == 0
    run("--section", "tech")
    assert {path.name: path.stat().st_mtime_ns for path in Path("feeds").iterdir()} == before
    assert run("--section", "politics", "--check").return_value == 1


def test_a_first_part_lists_only_itself() -> None:
    run("-o", "new", "--section", "politics", "--format", "rss")
    assert sorted(path.name for path in Path("new").iterdir()) == ["manifest.json", "politics.rss"]
    assert "8 written, 1 unchanged" not in run("-o", "new").stdout
    assert sorted(path.name for path in Path("new").iterdir()) == sorted(read())


def test_a_broken_catalogue_publishes_no_part() -> None:
    edit("[]")
    Path("articles.yaml").write_text(
        Path("articles.yaml").read_text().replace("published: 2026-01-01", "published: 2026-13-01")
    )
    before = read()
    assert run("--section", "tech").return_value == 1
    assert read() == before


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--section", "tehc"), "there is no topic 'tehc': did you mean tech?"),
        (("--section", "xyz"), "there is no topic 'xyz': there are politics, tech, all"),
    ],
)
def test_what_there_is_not_is_refused(arguments: tuple[str, ...], sentence: str) -> None:
    done = run(*arguments)
    assert isinstance(done.exception, feedpub.UsageError)
    assert str(done.exception) == sentence


def test_a_verbose_run_tells_where_the_time_went() -> None:
    done = run("-v")
    line = next(line for line in done.stderr.splitlines() if line.startswith("time: "))
    stages = [part.split()[0] for part in line.removeprefix("time: ").split(", ")]
    assert stages == ["read", "select", "render", "lint", "plan", "verify", "write"]
