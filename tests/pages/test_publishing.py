"""Pages are documents like the others: quiet where nothing changed, due where only time has passed, part of parts."""

from __future__ import annotations

from contextlib import chdir
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import feedpub
from feedpub.cli.render import command
from written import NOW, SITE, catalogue, teaser, write_catalogue

if TYPE_CHECKING:
    from pathlib import Path

VALUE = catalogue(teaser("x", tags=["t"]), teaser("later", "2026-03-02T00:00:00Z", sections=["b"]))


def test_an_hour_later_nothing_is_written(tmp_path: Path) -> None:
    path = write_catalogue(tmp_path, VALUE)
    feedpub.render(path, output=tmp_path / "feeds", now=NOW)
    found = feedpub.render(path, output=tmp_path / "feeds", now=NOW + timedelta(hours=1))
    assert (found.status, found.written) == ("current", ())


def test_an_entry_that_appears_changes_the_pages_that_show_it(tmp_path: Path) -> None:
    path = write_catalogue(tmp_path, VALUE)
    feedpub.render(path, output=tmp_path / "feeds", now=NOW)
    found = feedpub.render(path, output=tmp_path / "feeds", now=NOW + timedelta(days=2))
    assert found.status == "due"
    assert [path for path in found.written if path.endswith((".html", ".opml"))] == ["all.html", "b.html", "index.html"]


def test_a_page_that_somebody_altered_is_written_again(tmp_path: Path) -> None:
    path = write_catalogue(tmp_path, VALUE)
    feedpub.render(path, output=tmp_path / "feeds", now=NOW)
    (tmp_path / "feeds" / "index.html").write_text("altered")
    found = feedpub.render(path, output=tmp_path / "feeds", now=NOW)
    assert (found.status, found.written) == ("stale", ("index.html",))


def test_the_pages_are_published_alone_and_feeds_without_them(tmp_path: Path) -> None:
    write_catalogue(tmp_path, VALUE)

    def run(*arguments: str) -> list[str]:
        CliRunner().invoke(command, [*arguments, "--now", "2026-03-01T12:00:00Z"], standalone_mode=False)
        return sorted(path.name for path in (tmp_path / arguments[1]).iterdir())

    pages = ["a.html", "all.html", "b.html"]
    with chdir(tmp_path):
        assert run("-o", "whole", "--format", "html") == [*pages, "feeds.opml", "index.html", "manifest.json"]
        assert run("-o", "part", "--format", "html", "--section", "b") == ["b.html", "manifest.json"]
        assert "index.html" not in run("-o", "feeds", "--format", "rss", "--format", "atom", "--format", "json")
        assert len(run("-o", "feeds", "--format", "html")) == 15


@pytest.mark.parametrize("change", ["edit", "add", "remove", "rename"])
def test_a_warm_run_sees_another_template(tmp_path: Path, change: str) -> None:
    write_catalogue(tmp_path, VALUE | {"site": SITE | {"templates": "own"}})
    own = tmp_path / "own"
    own.mkdir()
    (own / "words.html").write_text("{% set subscribe = 'One' %}")

    def run() -> str:
        arguments = ["--now", "2026-03-01T12:00:00Z", "--cache", str(tmp_path / "cache")]
        CliRunner().invoke(command, arguments, standalone_mode=False)
        return (tmp_path / "feeds" / "a.html").read_text(encoding="utf-8")

    with chdir(tmp_path):
        assert "One</h2>" in run() == run()
        if change == "edit":
            (own / "words.html").write_text("{% set subscribe = 'Two' %}")
        elif change == "add":
            (own / "style.css").write_text("body { color: red }")
        elif change == "remove":
            (own / "words.html").unlink()
        else:
            (own / "words.html").rename(own / "unknown.html")
        found = run()
    assert ("One</h2>" not in found) == (change != "add")
    assert ("color: red" in found) == (change == "add")


def test_a_page_is_no_large_feed(tmp_path: Path) -> None:
    value = catalogue(*(teaser(f"x{number}", summary="word " * 200) for number in range(999)))
    path = write_catalogue(tmp_path, value | {"site": value["site"] | {"limit": 1000, "formats": ["json"]}})
    told = [one.message for one in feedpub.check(path, output=tmp_path / "feeds", now=NOW) if one.rule == "large-feed"]
    assert told
    assert not any("html" in one for one in told)
