"""``feedpub retract`` takes an entry out, writes its retraction and touches nothing else."""

from __future__ import annotations

import errno
import os
from contextlib import chdir
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

import feedpub
from cli.editing import AT, CATALOGUE, NOW, check
from feedpub.cli.retract import command
from feedpub.cli.rewriting import rewrite
from feedpub.errors import PublishError

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

OLD = """\
teasers:
- id: storm
  title: Storm
  url: storm
  published: 2026-01-01T00:00:00Z
  sections: [tech]
  summary: S.
- id: calm
  title: Calm
  url: calm
  published: 2026-01-02T00:00:00Z
  sections: [tech]
  summary: S.
retracted:
- {id: gone, at: 2026-01-05T00:00:00Z}
"""


def run(folder: Path, *arguments: str) -> Result:
    with chdir(folder):
        return CliRunner().invoke(command, [*arguments, "--now", NOW], standalone_mode=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "articles.yaml").write_text(CATALOGUE, encoding="utf-8")
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "old.yaml").write_text(OLD, encoding="utf-8")
    return tmp_path


def test_an_entry_becomes_a_retraction_with_its_guid_and_sections(folder: Path) -> None:
    done = run(folder, "rain", "--reason", "Wrong: it snowed")
    assert done.stdout == "retracted article rain in articles.yaml\n"
    start, end = CATALOGUE.index("  - id: rain"), CATALOGUE.index("\n  # embargoed")
    assert (folder / "articles.yaml").read_text() == CATALOGUE[:start] + CATALOGUE[end:] + (
        "\nretracted:\n"
        "  - id: rain\n"
        f"    at: {NOW}\n"
        '    reason: "Wrong: it snowed"\n'
        "    sections: [tech, asia]\n"
        "    guid: urn:old:17\n"
    )
    assert check(folder) == ""


def test_an_entry_whose_sections_are_missing_is_retracted_without_any(folder: Path) -> None:
    (folder / "more" / "old.yaml").write_text(
        OLD.replace("  sections: [tech]\n  summary: S.\n- id: calm", "- id: calm")
    )
    assert run(folder, "storm").exception is None
    assert (folder / "more" / "old.yaml").read_text().splitlines()[-4:-1] == [
        "retracted:",
        "- id: storm",
        f"  at: {NOW}",
    ]
    assert check(folder) == ""


def test_readers_of_atom_are_told(folder: Path) -> None:
    with chdir(folder):
        feedpub.render(now=datetime.fromisoformat(NOW))
        run(folder, "rain")
        found = feedpub.render(now=datetime.fromisoformat(NOW))
    assert {change.kind for change in found.changes} == {"retracted"}
    assert 'deleted-entry ref="urn:old:17"' in (folder / "feeds" / "asia.atom").read_text()


def test_an_entry_of_an_included_file_is_retracted_there(folder: Path) -> None:
    run(folder, "storm", "--at", AT)
    lines = OLD.splitlines(keepends=True)
    added = f"- id: storm\n  at: {AT}\n  sections: [tech]\n"
    assert (folder / "more" / "old.yaml").read_text() == "".join([lines[0], *lines[7:14], added, *lines[14:]])
    assert (folder / "articles.yaml").read_text() == CATALOGUE
    assert check(folder) == ""


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("rainn",), "there is no entry 'rainn'; did you mean rain?"),
        (("nothing-like-it",), "there is no entry 'nothing-like-it'"),
        (("gone",), "gone is retracted already (more/old.yaml:15); nothing was changed"),
        (("rain", "--at", "monday"), "at is "),
    ],
)
def test_a_refusal_is_one_sentence_and_changes_nothing(arguments: tuple[str, ...], sentence: str, folder: Path) -> None:
    done = run(folder, *arguments)
    assert isinstance(done.exception, feedpub.UsageError)
    assert str(done.exception).startswith(sentence)
    assert (folder / "articles.yaml").read_text() == CATALOGUE
    assert (folder / "more" / "old.yaml").read_text() == OLD


def test_an_entry_that_others_repeat_is_left_alone(folder: Path) -> None:
    text = CATALOGUE.replace("sections: [tech, asia]", "sections: &both [tech, asia]").replace("[asia]", "*both")
    (folder / "articles.yaml").write_text(text)
    done = run(folder, "rain")
    assert isinstance(done.exception, feedpub.UsageError)
    assert "something repeats" in str(done.exception)
    assert (folder / "articles.yaml").read_text() == text


def test_a_file_that_is_no_utf_8_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "articles.yaml"
    file.write_bytes(b"# caf\xe9\n")
    with pytest.raises(feedpub.UsageError) as caught:
        rewrite(file, str.upper)
    assert str(caught.value) == f"{file} is no UTF-8; nothing was changed"
    assert file.read_bytes() == b"# caf\xe9\n"


@pytest.mark.parametrize(
    ("number", "sentence"), [(1, "cannot write {}"), (2, "{} is changed, but its folder cannot be synced")]
)
def test_a_disk_that_fails_is_told_with_what_became_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, sentence: str
) -> None:
    file = tmp_path / "articles.yaml"
    file.write_text(CATALOGUE)
    calls = []

    def fail(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == number:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(PublishError) as caught:
        rewrite(file, lambda text: text.upper())
    assert str(caught.value) == f"{sentence.format(file)}: No space left on device"
    assert file.read_text() == (CATALOGUE if number == 1 else CATALOGUE.upper())
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_that_cannot_be_synced_at_all_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "articles.yaml"
    file.write_text(CATALOGUE)
    calls = []

    def fail(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == 2:
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))

    monkeypatch.setattr(os, "fsync", fail)
    rewrite(file, lambda text: text.upper())
    assert file.read_text() == CATALOGUE.upper()
