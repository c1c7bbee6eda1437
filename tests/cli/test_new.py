"""``feedpub new`` adds what `check` accepts and touches nothing else."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner

import feedpub
from cli.editing import AT, CATALOGUE, NOW, check
from feedpub.cli.main import explain_error
from feedpub.cli.new import command

if TYPE_CHECKING:
    from click.testing import Result


def run(folder: Path, *arguments: str) -> Result:
    before = Path.cwd()
    os.chdir(folder)
    try:
        return CliRunner().invoke(command, [*arguments, "--now", NOW], standalone_mode=False)
    finally:
        os.chdir(before)


def refuse(folder: Path, *arguments: str) -> str:
    """Return the sentence of a refusal, which leaves the catalogue as it was."""
    before = (folder / "articles.yaml").read_bytes()
    done = run(folder, *arguments)
    assert (folder / "articles.yaml").read_bytes() == before
    assert isinstance(done.exception, feedpub.FeedpubError), done.exception
    assert explain_error(done.exception) == 2
    return str(done.exception)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "articles.yaml").write_text(CATALOGUE, encoding="utf-8")
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "old.yaml").write_text("teasers:\n- id: storm\n  title: Storm\n  url: storm\n"
                                                 "  published: 2026-01-01T00:00:00Z\n  sections: [tech]\n"
                                                 "  summary: S.\n")  # fmt: skip
    return tmp_path


def test_an_article_is_a_draft_until_somebody_writes_it(folder: Path) -> None:
    done = run(folder, "Storm", "--section", "tech")
    assert done.stdout == "added article storm-2 to articles.yaml\n"
    added = (
        "articles:\n"
        "  - id: storm-2\n"
        "    title: Storm\n"
        "    url: tech/storm-2\n"
        f"    published: {NOW}\n"
        "    sections: [tech]\n"
        "    draft: true\n"
        "    body: |\n"
        "      Write here.\n"
    )
    assert (folder / "articles.yaml").read_text() == CATALOGUE.replace("articles:\n", added)
    assert check(folder) == ""


def test_a_teaser_with_a_summary_is_no_draft(folder: Path) -> None:
    run(folder, "Wind", "--section", "asia", "--section", "tech", "--teaser", "--summary", "It's #1.", "--at", AT)
    assert (folder / "articles.yaml").read_text() == CATALOGUE + (
        "\nteasers:\n"
        "  - id: wind\n"
        "    title: Wind\n"
        "    url: asia/wind\n"
        f"    published: {AT}\n"
        "    sections: [asia, tech]\n"
        '    summary: "It\'s #1."\n'
    )
    assert check(folder) == ""


def test_an_included_file_gets_the_entry_where_it_is_named(folder: Path) -> None:
    done = run(folder, "Wind", "--section", "tech", "--teaser", "--file", "more/old.yaml", "--url", "w", "--id", "x")
    assert done.stdout == "added teaser x to more/old.yaml\n"
    assert (folder / "more" / "old.yaml").read_text().startswith("teasers:\n- id: x\n  title: Wind\n  url: w\n")
    assert (folder / "articles.yaml").read_text() == CATALOGUE
    assert check(folder) == ""


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("T", "--section", "tehc"), "there is no section 'tehc': did you mean tech?"),
        (("T", "--section", "xyz"), "there is no section 'xyz': there are asia, tech"),
        (("日本", "--section", "asia"), "no id can be made of the title: give one with --id"),
        (("T", "--section", "tech", "--id", "storm"), "the id storm is taken: give another with --id"),
        (("T", "--section", "tech", "--url", "storm"), "another entry has the url storm; nothing was changed"),
        (("T", "--section", "tech", "--url", "a b"), "url has white space in it"),
        (("T", "--section", "tech", "--at", "monday"), "published is "),
        (("T", "--section", "tech", "--file", "more/new.yaml"), "articles.yaml does not include more/new.yaml"),
        (("x" * 501, "--section", "tech"), "title has 501 characters"),
    ],
)  # fmt: skip
def test_what_check_would_refuse_is_not_written(arguments: tuple[str, ...], sentence: str, folder: Path) -> None:
    assert sentence in refuse(folder, *arguments)


def test_a_file_with_mistakes_is_left_alone(folder: Path) -> None:
    with (folder / "articles.yaml").open("a") as file:
        file.write('x: "open\n')
    assert "feedpub check shows them; nothing was changed" in refuse(folder, "T", "--section", "tech")


@pytest.mark.parametrize("sections", ["sections: [tech]", "x-sections: {}"])
def test_a_catalogue_whose_sections_cannot_be_read_gets_no_entry(sections: str, folder: Path) -> None:
    text = CATALOGUE.replace("sections:\n  tech: {title: Technology}   # the main one\n  asia: {title: Asia}", sections)
    (folder / "articles.yaml").write_text(text)
    told = "the catalogue's sections cannot be read: feedpub check shows why; nothing was changed"
    assert refuse(folder, "T", "--section", "tech") == told


def test_a_teaser_has_no_body(folder: Path) -> None:
    done = run(folder, "T", "--section", "tech", "--teaser", "--body", "B")
    assert isinstance(done.exception, click.UsageError)
    assert str(done.exception) == "--body goes with an article: a teaser has a summary."
    assert (folder / "articles.yaml").read_text() == CATALOGUE


def test_where_the_site_has_a_permalink_no_url_is_written(folder: Path) -> None:
    text = CATALOGUE.replace("timezone: UTC", 'timezone: UTC, permalink: "{section}/{id}/"')
    (folder / "articles.yaml").write_text(text)
    run(folder, "Wind", "--section", "tech", "--body", "It blows.")
    added = f"  - id: wind\n    title: Wind\n    published: {NOW}\n    sections: [tech]\n    body: It blows.\n"
    assert (folder / "articles.yaml").read_text() == text.replace("articles:\n", f"articles:\n{added}")
    assert check(folder) == ""


def test_the_mode_stays_and_a_symbolic_link_stays_one(folder: Path) -> None:
    (folder / "articles.yaml").rename(folder / "real.yaml")
    (folder / "real.yaml").chmod(0o640)
    (folder / "articles.yaml").symlink_to("real.yaml")
    run(folder, "Wind", "--section", "tech")
    assert (folder / "articles.yaml").is_symlink()
    assert (folder / "real.yaml").stat().st_mode & 0o777 == 0o640
    assert "id: wind" in (folder / "real.yaml").read_text()
    assert sorted(path.name for path in folder.iterdir()) == ["articles.yaml", "more", "real.yaml"]
