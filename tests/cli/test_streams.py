"""Standard output and standard error that are full or closed: the work is done, and the exit code says what was not."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from feedpub.cli.streams import abandon_streams, open_streams

CATALOGUE = """\
site: {title: T, url: "https://e.org/", tag_authority: "e.org,2026"}
sections: {a: {title: A}}
"""
FULL = Path("/dev/full")

pytestmark = pytest.mark.skipif(not FULL.exists(), reason="/dev/full: not there")


def run(words: str, home: Path, **variables: str) -> tuple[int, str]:
    """Run a command in a shell, in a folder with a catalogue; return its exit code, and what it said."""
    (home / "articles.yaml").write_text(CATALOGUE)
    command = words.replace("feedpub", f"{sys.executable} -m feedpub --", 1).replace("-- ", "", 1)
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=home,
        env=os.environ | {"XDG_CACHE_HOME": str(home / "cache")} | variables,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("command", ["schema", "--version", "hostconfig nginx"])
def test_a_full_standard_output_is_one_sentence(tmp_path: Path, command: str, unbuffered: str) -> None:
    code, said = run(f"feedpub {command} > /dev/full", tmp_path, PYTHONUNBUFFERED=unbuffered)
    assert (code, said) == (3, "feedpub: standard output: No space left on device\n")


def test_a_closed_standard_output_is_one_sentence(tmp_path: Path) -> None:
    assert run("feedpub schema >&-", tmp_path) == (3, "feedpub: standard output: Bad file descriptor\n")


@pytest.mark.parametrize("ends", [">/dev/full", ">&-", "<&- >&- 2>&-", "2>/dev/full >&2"])
def test_feeds_are_published_whatever_becomes_of_what_is_said(tmp_path: Path, ends: str) -> None:
    code, said = run(f"feedpub render {ends}", tmp_path)
    assert code == 3
    assert "Traceback" not in said
    assert (tmp_path / "feeds" / "manifest.json").exists()


@pytest.mark.parametrize(
    ("command", "code"), [("check nowhere.yaml", 2), ("nothing", 2), ("check", 3), ("render -q", 0)]
)
def test_the_exit_code_tells_where_standard_error_cannot(tmp_path: Path, command: str, code: int) -> None:
    assert run(f"feedpub {command} 2>/dev/full", tmp_path) == (code, "")


def test_a_closed_standard_error_says_nothing_and_costs_nothing(tmp_path: Path) -> None:
    assert run("feedpub check 2>&-", tmp_path) == (0, "")
    assert run("feedpub check nowhere.yaml 2>&-", tmp_path) == (2, "")


@pytest.mark.parametrize(("command", "code"), [("schema", 3), ("check", 3), ("check nowhere.yaml", 2)])
def test_a_pipe_that_nobody_reads_is_no_complaint_and_no_problem(tmp_path: Path, command: str, code: int) -> None:
    words = f"((sleep 0.1; feedpub {command} 2>&1; echo $? >code) | true); cat code"
    assert run(words, tmp_path) == (0, f"{code}\n")


@pytest.mark.parametrize("summary", ["/dev/full", "/nowhere/summary"])
def test_problems_are_told_where_the_summary_of_github_cannot_be_written(tmp_path: Path, summary: str) -> None:
    code, said = run("feedpub check", tmp_path, GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=summary)
    assert code == 3
    assert said.splitlines()[-1].startswith(f"feedpub: cannot write the summary {summary}: No s")


def test_streams_that_are_no_files_stay_what_they_are_and_take_every_character(monkeypatch: pytest.MonkeyPatch) -> None:
    text, written = io.StringIO(), io.BytesIO()
    console = io.TextIOWrapper(written, encoding="ascii", write_through=True)
    monkeypatch.setattr(sys, "stdout", text)
    monkeypatch.setattr(sys, "stderr", console)
    open_streams()
    assert (sys.stdout, sys.stderr) == (text, console)
    console.write("日")
    assert written.getvalue() == b"\\u65e5"


def test_streams_that_work_are_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    sys.stdout.write("a word")
    abandon_streams()
    assert capsys.readouterr().out == "a word"
