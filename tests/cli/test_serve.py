"""``feedpub serve`` as people call it: what it says, how it ends, and what it does with a catalogue."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from feedpub.targets import DirectoryTarget
from serving.asking import RSS, publish
from serving.running import DEADLINE, Server, read_all, running, wait_until
from tools import need_server

if TYPE_CHECKING:
    from collections.abc import Iterator

EPOCH = "1772323200"  # 2026-03-01
GOOD = """\
site: {title: T, url: "https://e.org/", tag_authority: "e.org,2026", ttl: 7}
sections: {a: {title: A}}
include: ["more/*.yaml"]
teasers:
  - {id: x, title: X, url: x, published: 2026-01-01T00:00:00Z, sections: [a], summary: S}
"""
MORE = "teasers:\n  - {id: %s, title: %s, url: %s, published: 2026-01-02T00:00:00Z, sections: [a], summary: S}\n"


def run(folder: Path, *arguments: str, program: str = "") -> subprocess.CompletedProcess[str]:
    start = ["-c", program] if program else ["-m", "feedpub"]
    command = [sys.executable, *start, "serve", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    (tmp_path / "articles.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "one.yaml").write_text(MORE % ("one", "One", "one"), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("nowhere",), 2, "feedpub: there is no folder nowhere: feedpub render makes it\n"),
        (("empty",), 2, "feedpub: there is no empty/manifest.json: feedpub render publishes into empty\n"),
        (("foreign",), 3, "feedpub: foreign/manifest.json is somebody else's\n"),
        (("altered",), 3, "feedpub: altered/tides.rss is not what manifest.json lists; feedpub render mends it\n"),
        (("file",), 3, "feedpub: cannot open file: Not a directory\n"),
        (("--port", "65536"), 2, "65536 is not in the range"),
        (("--gone-after", "-1"), 2, "-1 is not in the range"),
        (("--watch", "--catalogue", "none.yaml"), 2, "feedpub: there is no file none.yaml"),
        (("--host", "a..b"), 2, "feedpub: 'a..b' is no name of a host\n"),
        (("--host", "999.1.1.1"), 3, "feedpub: cannot listen on 999.1.1.1:0: "),
    ],
)
def test_what_cannot_be_served_is_told_in_a_sentence(
    tmp_path: Path, arguments: tuple[str, ...], code: int, told: str
) -> None:
    need_server()
    for name in ("empty", "foreign", "altered"):
        (tmp_path / name).mkdir()
    (tmp_path / "file").write_text("")
    (tmp_path / "foreign" / "manifest.json").write_text('{"name": "an app"}')
    publish(tmp_path / "altered", {"tides.rss": RSS})
    (tmp_path / "altered" / "tides.rss").write_bytes(b"other")
    done = run(tmp_path, *(arguments if "--port" in arguments else ("--port=0", *arguments)))
    assert (done.returncode, done.stdout) == (code, "")
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_in_use_is_told_in_a_sentence(tmp_path: Path) -> None:
    need_server()
    publish(tmp_path, {"tides.rss": RSS})
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = run(tmp_path, ".", "--port", str(port))
    assert done.returncode == 3
    assert done.stderr == f"feedpub: cannot listen on 127.0.0.1:{port}: Address already in use\n"


@pytest.mark.parametrize("missing", ["uvicorn", "httptools", "watchfiles"])
def test_a_missing_extra_is_told_in_a_sentence(tmp_path: Path, missing: str) -> None:
    need_server()
    program = f"import sys; sys.modules[{missing!r}] = None\nfrom feedpub.cli import main\nmain()"
    done = run(tmp_path, program=program)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == f"feedpub: serve needs {missing}: pip install 'feedpub[serve]'\n"


def test_a_part_of_feedpub_that_is_missing_is_no_missing_extra(tmp_path: Path) -> None:
    need_server()
    missing = "import sys; sys.modules['feedpub.serving.watching'] = None\nfrom feedpub.cli import main\nmain()"
    done = run(tmp_path, program=missing)
    assert done.returncode == 3
    assert done.stderr.startswith("feedpub: unexpected ModuleNotFoundError: ")
    assert "pip install" not in done.stderr


def test_retired_topics_are_gone_after_some_days(catalogue: Path) -> None:
    path = catalogue / "articles.yaml"
    path.write_text(GOOD + "retired:\n  b: {title: B, at: 2026-01-05T00:00:00Z, notice: It ended.}\n", encoding="utf-8")
    rendered = [sys.executable, "-m", "feedpub", "render", "-q", "--now=2026-03-01T00:00:00Z"]
    subprocess.run(rendered, cwd=catalogue, check=True)
    for days, status in ((), 200), (("--gone-after=0",), 410), (("--gone-after=100000",), 200):
        with running(catalogue, *days) as server:
            assert server.get("/b.rss").status == status
            assert server.get("/a.rss").headers["Cache-Control"] == "max-age=420"


def tag(server: Server) -> str | None:
    return server.get("/a.rss").headers["ETag"]


def test_watching_renders_again_and_keeps_the_last_good_publication(catalogue: Path) -> None:
    with running(catalogue, "--watch", SOURCE_DATE_EPOCH=EPOCH) as server:
        assert server.said == "10 documents"
        first = tag(server)
        more = catalogue / "more" / "two.yaml"
        more.write_text(MORE % ("two", "Two", "two"), encoding="utf-8")
        wait_until(lambda: tag(server) != first)
        second = tag(server)
        more.write_text(MORE.replace("title", "titel") % ("two", "Two", "two"), encoding="utf-8")
        wait_until(lambda: server.told().endswith("1 error in more/two.yaml; nothing was published.\n"))
        assert server.told().startswith("a new publication: 10 documents\nmore/two.yaml:2:15: error[unknown-field]")
        assert tag(server) == second
        more.unlink()
        wait_until(lambda: tag(server) == first)
        code, out, _ = server.end(signal.SIGINT)
        assert (code, out) == (130, "")


def test_an_end_ends_the_render_that_is_under_way(catalogue: Path) -> None:
    need_server()
    errors = catalogue.with_name("errors")
    with DirectoryTarget(str(catalogue / "feeds")).hold(on_wait=fail), errors.open("w") as stderr:
        command = [sys.executable, "-m", "feedpub", "serve", "--watch", "--port=0"]
        with subprocess.Popen(command, cwd=catalogue, stderr=stderr, stdout=subprocess.PIPE) as process:
            wait_until(lambda: "feeds" in errors.read_text())  # the render says that it waits
            (child,) = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
            process.terminate()
            assert process.communicate(timeout=DEADLINE)[0] == b""
    assert process.returncode == 0
    assert not Path("/proc", child).exists()


def fail(sentence: str) -> None:
    raise AssertionError(sentence)


def test_watching_begins_with_a_catalogue_that_has_errors(catalogue: Path) -> None:
    path = catalogue / "articles.yaml"
    path.write_text(GOOD.replace("title: X", "titel: X"), encoding="utf-8")
    with running(catalogue, "--watch", SOURCE_DATE_EPOCH=EPOCH) as server:
        assert server.said == "nothing yet"
        assert server.get("/a.rss").status == 503
        path.write_text(GOOD, encoding="utf-8")
        wait_until(lambda: server.get("/a.rss").status == 200)
        code, out, err = server.end()
        assert (code, out) == (0, "")
        assert "did you mean" in err
        assert err.endswith("nothing was published.\na new publication: 10 documents\n")


def test_a_log_is_all_that_stdout_has(catalogue: Path) -> None:
    need_server()
    subprocess.run([sys.executable, "-m", "feedpub", "render", "-q"], cwd=catalogue, check=True)
    command = [sys.executable, "-m", "feedpub", "serve", "--log", "--port=0"]
    with subprocess.Popen(command, cwd=catalogue, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        found = re.fullmatch(r"feeds is served at http://(.+):(\d+)/ \(10 documents\)\n", process.stderr.readline())
        assert found
        for path in ("/a.rss", "/none"):
            with socket.create_connection((found[1], int(found[2]))) as connection:
                connection.sendall(f"GET {path} HTTP/1.0\r\n\r\n".encode())
                read_all(connection)
        process.terminate()
        out, err = process.communicate(timeout=DEADLINE)
    assert (process.returncode, err) == (0, "")
    size = (catalogue / "feeds" / "a.rss").stat().st_size
    assert re.sub(r"\[.+?\]", "[…]", out).splitlines() == [
        f'127.0.0.1 - - […] "GET /a.rss HTTP/1.0" 200 {size} "-" "-"',
        '127.0.0.1 - - […] "GET /none HTTP/1.0" 404 23 "-" "-"',
    ]


@pytest.mark.parametrize("is_closed", [False, True])
def test_a_log_that_nobody_reads_keeps_nobody_waiting(catalogue: Path, is_closed: bool) -> None:  # noqa: FBT001 - a parameter
    subprocess.run([sys.executable, "-m", "feedpub", "render", "-q"], cwd=catalogue, check=True)
    reader, writer = os.pipe()
    with logging_to(catalogue, writer) as (process, port):
        os.close(writer)
        if is_closed:
            os.close(reader)
        with socket.create_connection(("127.0.0.1", port), timeout=DEADLINE) as connection:
            connection.sendall(b"GET /none HTTP/1.1\r\nHost: a\r\nUser-Agent: %s\r\n\r\n" % (b"a" * 20_000) * 200)
            connection.shutdown(socket.SHUT_WR)
            assert read_all(connection).count(b"404 Not Found") == 200
        process.terminate()
        assert process.wait(DEADLINE) == 0
        assert process.stderr
        told = process.stderr.read()
    if is_closed:
        assert told == ""
    else:
        with os.fdopen(reader, "rb") as file:
            whole = file.read().count(b"\n")
        assert told == f"{200 - whole} lines of the log could not be written in time\n"


@contextmanager
def logging_to(folder: Path, descriptor: int) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Serve a folder with a log, and yield the process and its port."""
    need_server()
    command = [sys.executable, "-m", "feedpub", "serve", "--log", "--port=0"]
    with subprocess.Popen(command, cwd=folder, stdout=descriptor, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr
            found = re.search(r":(\d+)/", process.stderr.readline())
            assert found
            yield process, int(found[1])
        finally:
            process.kill()
