"""``feedpub snippet`` prints what readers look for in the head of a page."""

from __future__ import annotations

from contextlib import chdir
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import feedpub
from feedpub.cli.snippet import FORMATS, command
from feedpub.formats import FORMATS as KNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from click.testing import Result

CATALOGUE = """\
site: {title: 'T & "U"', url: "https://e.org/", tag_authority: "e.org,2026", formats: [atom, json]}
sections: {politics: {title: <P>}, tech: {title: Tech}}
retired: {old: {title: Old, at: 2026-01-01T00:00:00Z, notice: N}}
teasers: []
"""
ALL = """\
<link rel="alternate" type="application/atom+xml" title="T &amp; &quot;U&quot;" href="https://e.org/feeds/all.atom">
<link rel="alternate" type="application/feed+json" title="T &amp; &quot;U&quot;" href="https://e.org/feeds/all.json">
"""
POLITICS = """\
<link rel="alternate" type="application/atom+xml" title="&lt;P&gt; – T &amp; &quot;U&quot;" \
href="https://e.org/feeds/politics.atom">
<link rel="alternate" type="application/feed+json" title="&lt;P&gt; – T &amp; &quot;U&quot;" \
href="https://e.org/feeds/politics.json">
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path) -> Iterator[Path]:
    (tmp_path / "articles.yaml").write_text(CATALOGUE, encoding="utf-8")
    with chdir(tmp_path):
        yield tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, [*arguments, "--now", "2026-06-01T00:00:00Z"], standalone_mode=False)


def test_every_living_topic_has_a_tag_for_each_format_all_of_them_first() -> None:
    done = run()
    assert done.return_value == 0
    assert done.stdout.startswith(ALL + POLITICS)
    assert done.stdout.count("<link ") == 6


def test_one_section_or_format_can_be_asked_for() -> None:
    assert run("--section", "politics").stdout == POLITICS
    assert run("--section", "politics", "--format", "json").stdout == POLITICS.splitlines(keepends=True)[1]
    assert run("--section", "old", "--format", "json").stdout.count("old.json") == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--section", "tehc"), "there is no topic 'tehc': did you mean tech?"),
        (("--format", "rss"), "there is no format 'rss': there are atom, json"),
        (("nowhere.yaml",), "there is no file nowhere.yaml; feedpub init writes a catalogue to begin with"),
    ],
)
def test_what_there_is_not_is_refused(arguments: tuple[str, ...], sentence: str) -> None:
    done = run(*arguments)
    assert isinstance(done.exception, feedpub.UsageError)
    assert str(done.exception) == sentence


def test_a_catalogue_with_a_mistake_has_no_tags(home: Path) -> None:
    (home / "articles.yaml").write_text(CATALOGUE.replace("teasers: []", "teasers: [{}]"), encoding="utf-8")
    done = run()
    assert (done.return_value, done.stdout) == (1, "")
    assert "there is nothing to print" in done.stderr


def test_the_formats_of_the_help_are_those_that_there_are() -> None:
    assert tuple(KNOWN) == FORMATS
