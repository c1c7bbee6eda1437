"""A Dask cluster on this machine makes the same bytes as one process, also where one of its workers is killed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import chdir
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import feedpub
from catalogues import write_shards
from feedpub.errors import PublishError, UsageError
from feedpub.loading import gathering
from feedpub.site import making
from feedpub.workers import cluster
from feedpub.workers.cluster import connect, ensure_address, ensure_url
from tools import need_modules

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime(2026, 6, 1, tzinfo=UTC)
SOURCES = Path(feedpub.__file__).parent.parent
PATIENCE = 60
"""Seconds in which a process has to be there."""


class Cluster:
    """A scheduler and two workers, each a process of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "scheduler.json"
        self._processes: list[subprocess.Popen[bytes]] = []
        self.workers: list[subprocess.Popen[bytes]] = []
        self.address = ""

    def start(self) -> None:
        self._run("dask_scheduler", "--dashboard-address", "127.0.0.1:0", "--idle-timeout", "600")
        for _ in range(2):
            options = ("--nthreads", "1", "--no-nanny", "--death-timeout", "60", "--local-directory", str(self._folder))
            self.workers.append(self._run("dask_worker", *options))
        found = self._await_file()
        self.address = f"dask:{found}"

    def close(self) -> None:
        for process in reversed(self._processes):
            process.kill()
            process.wait()

    def _run(self, module: str, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.{module}", "--host", "127.0.0.1", "--no-dashboard", *options]
        command += ["--scheduler-file", str(self._file)]
        if module == "dask_scheduler":
            command += ["--port", "0"]
        log = self._folder / f"{len(self._processes)}.log"
        with log.open("wb") as file:
            process = subprocess.Popen(
                command, cwd=self._folder, env=os.environ | {"PYTHONPATH": str(SOURCES)}, stdout=file, stderr=file
            )
        self._processes.append(process)
        return process

    def _await_file(self) -> str:
        """Return the address of the scheduler, as soon as it has written it."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                address: str = json.loads(self._file.read_text())["address"]
            except (OSError, ValueError):
                time.sleep(0.05)
            else:
                return address
        raise AssertionError((self._folder / "0.log").read_text())

    def await_workers(self, count: int) -> None:
        from distributed import Client  # noqa: PLC0415 - it may not be there

        with Client(self.address.removeprefix("dask:"), set_as_default=False) as client:
            client.wait_for_workers(count, timeout=PATIENCE)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Cluster]:
    need_modules("distributed")
    folder = tmp_path / "cluster"
    folder.mkdir()
    found = Cluster(folder)
    try:
        found.start()
        found.await_workers(2)
        yield found
    finally:
        found.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write a catalogue of 3 MB."""
    write_shards(tmp_path / "home", shards=60, entries=50, size=800)
    return tmp_path / "home"


def read(output: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in output.iterdir()}


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "feedpub", *arguments, "--now", "2026-06-01T00:00:00Z"]
    where = os.environ | {"PYTHONPATH": str(SOURCES)}
    return subprocess.run(command, cwd=folder, env=where, capture_output=True, text=True, check=False)


def test_a_worker_that_is_killed_in_the_middle_changes_no_byte(
    running: Cluster, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[int] = []

    def kill(count: int) -> None:
        if not heard:  # the first piece of the first batch has come back, and others are on their way
            running.workers[0].send_signal(signal.SIGKILL)
            running.workers[0].wait()
        heard.append(count)

    monkeypatch.setattr(gathering, "_BATCH", 2)
    monkeypatch.setattr(making, "WORTH_WORKERS", 1)
    with chdir(folder):
        feedpub.render(now=NOW, output=tmp_path / "here")
        with connect(running.address) as executor:
            assert executor.count == 2
            feedpub.render(now=NOW, output=tmp_path / "there", executor=executor, on_read=kill)
            trouble = executor.trouble
    assert read(tmp_path / "there") == read(tmp_path / "here")
    assert trouble == ""
    assert len(heard) >= 60
    assert running.workers[0].returncode == -signal.SIGKILL
    assert running.workers[1].poll() is None


def test_the_command_line_says_the_same_with_an_executor(running: Cluster, folder: Path) -> None:
    title = folder / "more" / "007.yaml"
    title.write_text(title.read_text().replace("title: Title 7007\n", "title: '<b>Title</b>'\n"))
    here = run(folder, "check", "--output-format", "concise")
    there = run(folder, "check", "--output-format", "concise", "--executor", running.address, "--no-cache")
    assert "title-markup" in here.stdout
    assert (there.returncode, there.stdout, there.stderr) == (here.returncode, here.stdout, here.stderr)
    for output, options in (("here", []), ("there", ["--executor", running.address])):
        done = run(folder, "render", "-q", "--no-cache", "-o", output, "--output-format", "json", *options)
        assert (done.returncode, done.stderr) == (0, here.stderr.replace(", nothing", ""))
    assert read(folder / "there") == read(folder / "here")


@pytest.mark.parametrize(
    "text",
    ["", "dask:", "tcp://h:1", "dask:tcp://h", "dask:tcp://h:70000", "dask:http://h:1", "dask:tcp://a b:1", "ray"],
)
def test_an_executor_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="write dask:tcp://HOST:PORT"):
        ensure_address(text)


def test_workers_find_files_at_a_url(running: Cluster, folder: Path, tmp_path: Path) -> None:
    there = shutil.copytree(folder, tmp_path / "elsewhere")
    (there / "more" / "007.yaml").write_text("articles: []\n")
    options = ("--executor", running.address, "--executor-files", there.as_uri())
    for output, more in (("here", ()), ("there", options)):
        done = run(folder, "render", "-q", "--no-cache", "--ignore", "crowded-day", "-o", output, *more)
        assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "a task was done here, not by the executor: more/007.yaml is another file there\n"
    assert read(folder / "there") == read(folder / "here")


def test_a_url_of_files_goes_with_an_executor(tmp_path: Path) -> None:
    assert ensure_url("s3://bucket/news/") == "s3://bucket/news/"
    for text in ("", "news", "/mnt/news", "s3:bucket", "s3://"):
        with pytest.raises(UsageError, match="is no URL of a folder"):
            ensure_url(text)
    done = run(tmp_path, "check", "--executor-files", "s3://bucket/")
    assert (done.returncode, done.stderr) == (2, "feedpub: --executor-files goes with --executor\n")


def test_an_address_is_taken_as_it_is() -> None:
    assert ensure_address("dask:tcp://h.example:8786") == "tcp://h.example:8786"
    assert ensure_address("dask:tls://[::1]:1") == "tls://[::1]:1"


def test_words_that_do_not_go_together_end_with_2(tmp_path: Path) -> None:
    for arguments in (["--executor", "x"], ["--executor", "dask:tcp://127.0.0.1:1", "--workers", "2"]):
        for command in ("check", "render"):
            done = run(tmp_path, command, *arguments)
            assert (done.returncode, done.stdout) == (2, "")
            assert done.stderr.startswith("feedpub: ")
            assert done.stderr.count("\n") == 1


def test_without_the_extra_one_sentence_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "dask.py").write_text("raise ImportError('no dask here')")
    monkeypatch.setattr(f"{__name__}.SOURCES", f"{tmp_path}{os.pathsep}{SOURCES}")
    done = run(tmp_path, "check", "--executor", "dask:tcp://127.0.0.1:1")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "feedpub: an executor needs Dask (no dask here): pip install 'feedpub[dask]'\n"


def test_where_nobody_answers_one_sentence_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    need_modules("distributed")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        monkeypatch.setattr(cluster, "CONNECT", 0.2)
        with pytest.raises(PublishError, match=rf"no Dask scheduler answers at tcp://127\.0\.0\.1:{port}$"):
            connect(f"dask:tcp://127.0.0.1:{port}").__enter__()
    done = run(tmp_path, "check", "--executor", f"dask:tcp://127.0.0.1:{port}")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == f"feedpub: no Dask scheduler answers at tcp://127.0.0.1:{port}\n"


def list_nothing() -> dict[str, str]:
    """Return nothing; a worker does not have the module that this stands in."""
    return {}


def test_workers_that_cannot_do_it_are_refused(running: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "list_versions", list_nothing)
    with pytest.raises(PublishError, match="cannot run feedpub"):
        connect(running.address).__enter__()
    monkeypatch.undo()
    monkeypatch.setattr("feedpub.workers.cluster.compare_versions", lambda *_: "lxml 1.0 instead of 2.0")
    with pytest.raises(PublishError, match=r"have lxml 1\.0 instead of 2\.0; install the same there"):
        connect(running.address).__enter__()
    monkeypatch.undo()
    for process in running.workers:
        process.kill()
        process.wait()
    monkeypatch.setattr(cluster, "GREET", 0.5)
    with pytest.raises(PublishError, match=r"no worker of tcp://127\.0\.0\.1:\d+ answered within"):
        connect(running.address).__enter__()
