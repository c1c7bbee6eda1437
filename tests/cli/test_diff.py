"""``feedpub diff`` says what subscribers will notice, to people, to scripts, and by its exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
site: {title: T, url: "https://e.org/", tag_authority: "e.org,2026"}
sections: {a: {title: A}, b: {title: B}}
teasers:
"""
FIRST = "  - {id: x, title: X, url: x, published: 2026-01-01T00:00:00Z, sections: [a], summary: S}\n"
SECOND = "  - {id: y, title: Y, url: y, published: 2026-01-02T00:00:00Z, sections: [a, b], summary: S}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, HEAD + FIRST + SECOND)
    run(tmp_path, "render", "-q")
    return tmp_path


def write(folder: Path, text: str) -> None:
    (folder / "articles.yaml").write_text(text, encoding="utf-8")


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    places = ("GITHUB", "GITLAB", "SOURCE_DATE_EPOCH")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(places)}
    return subprocess.run(
        [sys.executable, "-m", "feedpub", *arguments],
        cwd=folder,
        env=clean | {"SOURCE_DATE_EPOCH": "1772323200"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


def test_nothing_is_told_where_nothing_changed(folder: Path) -> None:
    done = run(folder, "diff", "--exit-code")
    assert (done.returncode, done.stdout) == (0, "nothing that subscribers would notice\n")


def test_each_topic_tells_its_entries(folder: Path) -> None:
    write(folder, HEAD + FIRST.replace("title: X", "title: Z") + SECOND.replace("id: y", "id: renamed"))
    done = run(folder, "diff", "--exit-code")
    assert done.stdout == (
        "a\n"
        '  + unread again: tag:e.org,2026:renamed "Y" (known as tag:e.org,2026:y)\n'
        '  ~ changed silently: tag:e.org,2026:x "Z" (title)\n'
        "b\n"
        '  + unread again: tag:e.org,2026:renamed "Y" (known as tag:e.org,2026:y)\n'
        "all\n"
        '  + unread again: tag:e.org,2026:renamed "Y" (known as tag:e.org,2026:y)\n'
        '  ~ changed silently: tag:e.org,2026:x "Z" (title)\n'
    )
    assert done.returncode == 1


def test_what_does_no_harm_exits_0(folder: Path) -> None:
    third = SECOND.replace("id: y", "id: z").replace("url: y", "url: z").replace("title: Y", "title: Z")
    write(folder, HEAD + FIRST + SECOND + third)
    assert run(folder, "diff", "--exit-code").returncode == 0


def test_a_topic_that_would_vanish_is_shown(folder: Path) -> None:
    write(folder, HEAD.replace(", b: {title: B}", "") + FIRST + SECOND.replace("[a, b]", "[a]"))
    done = run(folder, "diff", "--exit-code")
    assert done.stdout.splitlines()[0] == "topic b is gone"
    assert done.returncode == 1


def test_an_event_is_told_once_however_many_topics_it_is_in(folder: Path) -> None:
    third = SECOND.replace("id: y", "id: z").replace("url: y", "url: z").replace("title: Y", "title: Z")
    write(folder, HEAD + FIRST + SECOND + third)
    (event,) = map(json.loads, run(folder, "diff", "--output-format", "jsonl").stdout.splitlines())
    assert event == {
        "event": "new",
        "id": "tag:e.org,2026:z",
        "url": "https://e.org/z",
        "title": "Z",
        "published": "2026-01-02T00:00:00Z",
        "updated": "2026-01-02T00:00:00Z",
        "fields": [],
        "old_id": None,
        "topics": {"a": "new", "b": "new", "all": "new"},
    }


def test_an_entry_that_moves_between_sections_is_one_event(folder: Path) -> None:
    write(folder, HEAD + FIRST + SECOND.replace("[a, b]", "[b]"))
    (event,) = map(json.loads, run(folder, "diff", "--output-format", "jsonl").stdout.splitlines())
    assert event["event"] == "changed silently"
    assert event["topics"] == {"a": "removed", "b": "changed silently", "all": "changed silently"}


def test_json_and_markdown_tell_the_same(folder: Path) -> None:
    write(folder, HEAD + FIRST)
    told = json.loads(run(folder, "diff", "--output-format", "json").stdout)
    assert [(one["topic"], one["event"]) for one in told["changes"]] == [
        ("a", "removed"),
        ("b", "removed"),
        ("all", "removed"),
    ]
    table = run(folder, "diff", "--output-format", "markdown").stdout
    assert table.count("| removed |") == 3


def test_markdown_lists_topics_and_says_where_there_is_nothing(folder: Path) -> None:
    heading = "### What subscribers will notice\n\n"
    assert run(folder, "diff", "--output-format", "markdown").stdout == f"{heading}Nothing.\n"
    write(folder, HEAD.replace("b: {title: B}", "b: {title: B}, c: {title: C}") + FIRST + SECOND)
    assert run(folder, "diff", "--output-format", "markdown").stdout == f"{heading}- topic c is new\n"


def test_two_folders_are_compared(folder: Path) -> None:
    write(folder, HEAD + FIRST)
    run(folder, "render", "-q", "-o", "other")
    by_folder, by_file = (
        run(folder, "diff", "feeds", "other"),
        run(folder, "diff", "feeds/manifest.json", "other/manifest.json"),
    )
    assert by_folder.stdout == by_file.stdout
    assert "removed" in by_folder.stdout


def test_a_first_publication_is_new(folder: Path) -> None:
    done = run(folder, "diff", "nowhere")
    assert done.stdout.splitlines()[:3] == ["topic a is new", "topic all is new", "topic b is new"]


def test_a_broken_catalogue_is_told(folder: Path) -> None:
    write(folder, "site: {}\n")
    done = run(folder, "diff")
    assert done.returncode == 1
    assert "error[missing-field]" in done.stdout


@pytest.mark.parametrize("new", ["nowhere.yaml", "nowhere.json"])
def test_what_is_not_there_is_a_usage_error(new: str, folder: Path) -> None:
    done = run(folder, "diff", "feeds", new)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
