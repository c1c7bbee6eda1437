"""Whatever goes wrong ends in one sentence on stderr and the exit code that stands for it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner

from feedpub.cli.main import EXIT_INTERRUPTED, explain_error, group
from feedpub.errors import PublishError, UsageError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (UsageError("there is no file x"), 2, "feedpub: there is no file x\n"),
        (PublishError("the disk is full"), 3, "feedpub: the disk is full\n"),
        (click.UsageError("No such option: --x"), 2, "Error: No such option: --x\n"),
        (KeyboardInterrupt(), EXIT_INTERRUPTED, "feedpub: interrupted"),
        (click.Abort(), EXIT_INTERRUPTED, "feedpub: interrupted"),
        (SystemExit(2), 2, ""),
        (SystemExit("no number"), 3, ""),
        (PermissionError(13, "Permission denied", "feeds"), 3, "feedpub: feeds: Permission denied\n"),
        (OSError("something else"), 3, "feedpub: something else\n"),
        (ZeroDivisionError("division by zero"), 3, "feedpub: unexpected ZeroDivisionError: division by zero; this is"),
    ],
)
def test_an_error_is_one_sentence_and_a_code(
    error: BaseException, code: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert explain_error(error) == code
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(told)
    assert "Traceback" not in printed.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("render", ""),
        ("render", "--output", ""),
        ("check", ""),
        ("init", ""),
        ("diff", "", "articles.yaml"),
        ("new", "A title", "--file", ""),
        ("serve", ""),
    ],
)
def test_an_empty_path_is_a_mistake_of_the_command_line(arguments: tuple[str, ...]) -> None:
    done = CliRunner().invoke(group, arguments)
    assert done.exit_code == 2
    assert "the path is empty." in done.output


def test_a_folder_that_is_gone_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    command = f'cd gone && rmdir ../gone && exec "{sys.executable}" -m feedpub render'
    done = subprocess.run(["sh", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == "feedpub: the current folder: No such file or directory\n"


def test_an_error_without_a_name_is_laid_to_the_current_folder_where_that_is_gone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> str:
        raise FileNotFoundError

    monkeypatch.setattr(os, "getcwd", fail)
    assert explain_error(FileNotFoundError(2, "No such file or directory")) == 3
    assert capsys.readouterr().err == "feedpub: the current folder: No such file or directory\n"


def start(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start feedpub where an interrupt counts: who tests in several processes may ignore it, which is inherited."""
    handler = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return subprocess.Popen(
            [sys.executable, "-m", "feedpub", *arguments],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
    finally:
        signal.signal(signal.SIGINT, handler)


def write_many(folder: Path, count: int) -> None:
    entries = "".join(
        f"  - {{id: x{number}, title: T{number}, url: x{number}, published: 2026-01-01T00:00:00Z, sections: [a], "
        "summary: S}\n"
        for number in range(count)
    )
    head = 'site: {title: T, url: "https://e.org/", tag_authority: "e.org,2026"}\nsections: {a: {title: A}}\n'
    (folder / "articles.yaml").write_text(f"{head}teasers:\n{entries}", encoding="utf-8")


def test_an_interrupt_is_one_sentence(tmp_path: Path) -> None:
    write_many(tmp_path, 60_000)
    process = start(tmp_path, "check")
    deadline = time.monotonic() + 30
    while not is_reading(process.pid) and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    # Python ends by the signal itself where it struck in code that it made from text, as dataclasses do: the same 130
    assert process.returncode in (EXIT_INTERRUPTED, -signal.SIGINT)
    assert out == ""
    assert err.strip() == "feedpub: interrupted; what is published is as it was or is finished by the next run"


DROPS = """
import sys, time
from feedpub.cli import main as cli

class Dropped:
    def __del__(self):
        raise {error}

class Group:
    def main(self, **options):
        Dropped()
        time.sleep({seconds})

sys.modules["feedpub.cli.main"].group = Group()
cli()
"""


def drop(error: str, *, seconds: int) -> subprocess.CompletedProcess[str]:
    """Run a command in which Python drops an error, and which goes on for some seconds."""
    program = DROPS.format(error=error, seconds=seconds)
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=50, check=False)


def test_an_interrupt_that_python_drops_is_not_lost() -> None:
    found = drop("KeyboardInterrupt", seconds=60)
    assert found.returncode == EXIT_INTERRUPTED
    assert found.stderr.strip().startswith("feedpub: interrupted;")


def test_another_error_that_python_drops_is_told_as_python_tells_it_and_ends_nothing() -> None:
    found = drop("ZeroDivisionError", seconds=0)
    assert found.returncode == 0
    assert found.stderr.startswith("Exception ignored in: ")
    assert found.stderr.splitlines()[-1].startswith("ZeroDivisionError")


def is_reading(process: int) -> bool:
    """Tell whether a process has loaded what it reads YAML with, and so has begun."""
    with open(f"/proc/{process}/maps", encoding="utf-8") as maps:  # noqa: PTH123 - no file of ours
        return "_yaml" in maps.read()


def test_a_reader_that_leaves_early_is_no_traceback(tmp_path: Path) -> None:
    write_many(tmp_path, 1)
    (tmp_path / "articles.yaml").write_text("teasers: [" + "{id: A}, " * 2000 + "]\n", encoding="utf-8")
    process = start(tmp_path, "check", "--max-problems", "0")
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr is not None
    err = process.stderr.read()
    process.stderr.close()
    process.wait(timeout=60)
    assert "Traceback" not in err
    assert "Exception ignored" not in err
