"""The server under load and abuse: answers are whole, nobody waits for anybody else, and it ends when it is told to."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import pytest

from faults.running import make_environment, run_feedpub
from faults.server_attacks import ATTACKS, Attack
from faults.server_judging import judge_load, judge_order, judge_words
from faults.server_running import count_files, crowding, find_percentile, loading, measure_times, serving
from faults.server_trying import (
    PATHS,
    attack,
    attack_at_random,
    crowd,
    end_under_load,
    flood,
    load_for,
    load_with_log,
    make_folder,
    render,
)
from serving.asking import RSS
from serving.running import Server, wait_until
from serving.test_server import allow_files
from tools import need_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import TypeAlias

    from faults.conftest import Scale

    Note: TypeAlias = Callable[[int, str], None]

MOST_MEMORY = 20
"""MiB for ten clients that send as much as they can, of which nothing more than a MiB each should be kept."""


@pytest.fixture(scope="module")
def note(tell: Callable[[str, str], None]) -> Iterator[Note]:
    """Return what takes figures, with their place in the line."""
    figures: dict[int, str] = {}
    yield figures.__setitem__
    if figures:
        line = "; ".join(figures[place] for place in sorted(figures))
        tell("server", f"{datetime.now(UTC).date()}, {os.cpu_count()} cores: {line}")


@pytest.fixture(scope="module")
def lasting_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    need_server()
    with serving(make_folder(tmp_path_factory.mktemp("news"))) as server:
        yield server
        assert server.end() == (0, "", "")


@pytest.fixture
def server(lasting_server: Server) -> Iterator[Server]:
    """Hand out a server that serves, and still does at the end, without a word."""
    yield lasting_server
    assert lasting_server.get().status == 200
    assert lasting_server.told() == ""


def test_minutes_at_16_connections_bring_no_error_and_leave_memory_flat(
    server: Server, scale: Scale, note: Note
) -> None:
    seconds = scale(short=4, long=120)
    faults, report, sizes = load_for(server, seconds=seconds)
    assert faults == []
    note(
        0,
        f"{report['number']:,} answers on 16 connections in {seconds} s, each held against its tag, no error, memory "
        f"{min(sizes):.0f} to {max(sizes):.0f} MiB",
    )


def test_1000_idle_and_300_slow_clients_keep_nobody_waiting(server: Server, scale: Scale, note: Note) -> None:
    allow_files(1_600)
    number = scale(short=60, long=500)
    alone = find_percentile(measure_times(server, number=20), 95)
    most = max(scale(short=1_000, long=100), 10 * alone)  # where the machine alone keeps clients waiting
    faults, times, closed = crowd(server, number=number, idle=1_000, slow=300, most=most)
    assert faults == []
    told = ", ".join(f"{find_percentile(times, percent):.0f} ms for {percent} %" for percent in (50, 95, 99))
    note(
        1,
        f"beside 1,000 idle and 300 slow clients ({sum(closed.values()):,} connections closed or given up) "
        f"{number:,} new ones waited {told}, without them {alone:.0f} ms for 95 %",
    )


@pytest.mark.parametrize("is_slow", [False, True], ids=["at once", "in pieces"])
@pytest.mark.parametrize("one", ATTACKS, ids=[one.name for one in ATTACKS])
def test_an_attack_gets_its_answer_and_no_other(server: Server, one: Attack, is_slow: bool) -> None:  # noqa: FBT001 - a parameter
    assert attack(server, one, is_slow=is_slow) == []


def test_requests_changed_at_random_get_refusals_or_what_is_published(server: Server, scale: Scale, note: Note) -> None:
    number = scale(short=400, long=20_000)
    assert [fault for seed in range(number) for fault in attack_at_random(server, seed)] == []
    note(
        2,
        f"{len(ATTACKS)} attacks, whole and in pieces, and {number:,} requests changed at random answered well",
    )


def test_answers_that_nobody_reads_cost_little_memory(tmp_path: Path, note: Note) -> None:
    with serving(make_folder(tmp_path)) as server:
        cost = flood(server, connections=10, requests=20_000)
        assert cost < MOST_MEMORY
        assert server.end() == (0, "", "")
    note(3, f"10 clients that sent 20,000 requests and read nothing cost {cost:.0f} MiB")


def test_a_listed_document_that_becomes_a_link_is_not_followed(tmp_path: Path) -> None:
    feeds = make_folder(tmp_path) / "feeds"
    with serving(tmp_path) as server:
        (tmp_path / "tides.rss").write_bytes(RSS)
        (feeds / "tides.rss").unlink()
        (feeds / "tides.rss").symlink_to(tmp_path / "tides.rss")
        os.utime(feeds / "manifest.json", (1, 1))  # looks like a new publication
        wait_until(lambda: server.told() != "")
        assert server.told().endswith("what was published before goes on being served\n")
        assert server.get().status == 200
        assert server.end()[:2] == (0, "")
    done = run_feedpub("serve", "--port=0", folder=tmp_path, environment=make_environment(tmp_path / "cache"))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (3, "", 1)


def test_renders_during_the_load_are_seen_whole_and_in_order(tmp_path: Path, scale: Scale, note: Note) -> None:
    number = scale(short=3, long=20)
    publications = [render(tmp_path, 0)]
    with serving(tmp_path) as server:
        with loading(server, "/a.rss", "/a.atom", "/b.json", "/all.atom") as load:
            for generation in range(1, number + 1):
                publications.append(render(tmp_path, generation))
                wait_until(lambda: server.told().count("a new publication") == len(publications) - 1)
            report = load.stop()
        assert judge_load(report) + judge_order(report, publications) + judge_words(server) == []
        assert server.end()[:2] == (0, "")
    seen = {digest for sightings in report["sightings"] for _, digest in sightings}
    met = sum(not seen.isdisjoint(one.values()) for one in publications)
    assert met > 1
    note(4, f"{number} renders under load, {report['number']:,} answers of {met} publications, none mixed")


def test_a_signal_under_load_ends_the_server_in_time_and_cuts_no_answer(
    tmp_path: Path, scale: Scale, note: Note
) -> None:
    make_folder(tmp_path)
    times = []
    for _ in range(scale(short=2, long=25)):
        with serving(tmp_path) as server:
            faults, took = end_under_load(server, seconds=1)
        assert faults == []
        times.append(took)
    note(5, f"SIGTERM under load {len(times)} times: no answer cut, ended in {max(times):.1f} s at most")


def test_a_signal_beside_clients_that_read_nothing_ends_the_server_in_time(tmp_path: Path, note: Note) -> None:
    from feedpub.serving.server import GRACE  # noqa: PLC0415 - where uvicorn is there

    allow_files(1_600)
    with serving(make_folder(tmp_path)) as server, crowding(server, idle=200, slow=100):
        faults, took = end_under_load(server, seconds=1)
    assert faults == []
    assert took < GRACE + 10  # for a busy machine
    note(6, f"in {took:.1f} s beside 100 slow clients")


def test_whatever_becomes_of_the_folder_the_load_sees_whole_publications(tmp_path: Path, note: Note) -> None:
    feeds, away, second = (tmp_path / name for name in ("feeds", "away", "second"))
    publications = [render(tmp_path, 0)]
    shutil.copytree(feeds, away)
    publications += [render(tmp_path, 1), publications[0]]
    feeds.rename(second)
    shutil.copytree(away, feeds)
    steps: list[tuple[str, list[Callable[[], object]]]] = [
        ("goes on being served", [partial(shutil.rmtree, feeds)]),
        ("a new publication", [partial(second.rename, feeds)]),
        ("goes on being served", [partial(feeds.rename, second), partial(feeds.write_text, "a file")]),
        ("a new publication", [feeds.unlink, partial(feeds.symlink_to, "away")]),
        ("goes on being served", [feeds.unlink, partial(feeds.symlink_to, "feeds")]),
    ]
    with serving(tmp_path) as server, loading(server, "/a.rss", "/b.atom") as load:
        for said, step in steps:
            before = server.told()
            for act in step:
                act()
            wait_until(lambda before=before: server.told() != before)  # type: ignore[misc] # mypy knows no such lambda
            assert said in server.told().removeprefix(before)
            assert server.get("/a.rss").status == 200
        report = load.stop()
        assert judge_load(report) + judge_order(report, publications) + judge_words(server) == []
        assert server.end()[:2] == (0, "")
    note(7, "the folder deleted, exchanged, and replaced by a file and by links under load without a wrong answer")


def test_with_256_files_1000_clients_take_turns_and_whoever_asks_is_answered(tmp_path: Path, note: Note) -> None:
    allow_files(1_600)
    make_folder(tmp_path)
    with serving(tmp_path, before="ulimit -n 256") as server:
        with loading(server, *PATHS) as load, contextlib.ExitStack() as stack:
            for _ in range(1_000):
                one = stack.enter_context(socket.socket())
                one.setblocking(False)  # noqa: FBT003 - socket's
                one.connect_ex(("127.0.0.1", server.port))
            assert {server.get().status for _ in range(20)} == {200}
            held = count_files(server)
            report = load.stop()
        report["ends"].pop("unanswered", None)  # a request may cross with the end of a connection that was silent
        assert judge_load(report) == []
        assert {server.get().status for _ in range(20)} == {200}
        assert held <= 256
        wait_until(lambda: count_files(server) < 50)
        assert server.end() == (0, "", "")
    note(8, f"1,000 clients at once where 256 files may be open: {held} were, and {report['number']:,} answers given")


@pytest.mark.parametrize("is_closed", [False, True], ids=["full", "closed"])
def test_a_log_that_nobody_reads_takes_no_answer_away(tmp_path: Path, is_closed: bool) -> None:  # noqa: FBT001 - a parameter
    assert load_with_log(make_folder(tmp_path), is_closed=is_closed) == []


OTHER_BYTES = """
really = shelf.Shelf.read
async def read(self, item, coding):
    data = await really(self, item, coding)
    return data[::-1] if time.time() % 1 < 0.3 else data
shelf.Shelf.read = read
"""
LEAK = """
kept = []
really = application.Application.__call__
async def call(self, scope, receive, send):
    kept.append(b"a" * 500_000)
    await really(self, scope, receive, send)
application.Application.__call__ = call
"""
DAWDLE = """
really = connections.Connection.data_received
def data_received(self, data):
    time.sleep(0.03 * data.startswith(b"X: a"))
    really(self, data)
connections.Connection.data_received = data_received
"""
SLIP = """
really = application._read_path
application._read_path = lambda scope: 1 // 0 if b"%00" in scope["raw_path"] else really(scope)
"""
NO_BOUND = """
connections.Connection.data_received = connections.HttpToolsProtocol.data_received
"""
CUT = """
def shutdown(self):
    self.transport.write(b"HTTP/1.1 200 OK")
    self.transport.close()
connections.Connection.shutdown = shutdown
"""
WAIT = """
lines.Lines.write = lambda self, line: os.write(self._descriptor, f"{line}\\n".encode() * 99 ** (self._descriptor == 1))
"""


def test_a_planted_fault_is_found(tmp_path: Path) -> None:
    make_folder(tmp_path)
    with serving(tmp_path, sabotage=OTHER_BYTES) as server:
        assert "the bytes" in load_for(server, seconds=1.5)[0][0]
    with serving(tmp_path, sabotage=LEAK) as server:
        assert "memory grew" in load_for(server, seconds=1.5)[0][0]
    with serving(tmp_path, sabotage=CUT) as server:
        assert end_under_load(server, seconds=0.5)[0] != []


def test_a_planted_fault_that_slow_clients_meet_is_found(tmp_path: Path) -> None:
    make_folder(tmp_path)
    with serving(tmp_path, sabotage=DAWDLE) as server:
        assert "were answered in" in crowd(server, number=15, idle=10, slow=70, most=40)[0][0]
    with serving(tmp_path, sabotage=NO_BOUND) as server:
        assert flood(server, connections=4, requests=20_000) > MOST_MEMORY


def test_a_planted_fault_that_attackers_meet_is_found(tmp_path: Path) -> None:
    make_folder(tmp_path)
    with serving(tmp_path, sabotage=SLIP) as server:
        found = {one.name for one in ATTACKS if "%00" in one.name and attack(server, one)}
        assert found == {"%00 at the end", "%00 and an ending"}
        assert judge_words(server) != []
    assert load_with_log(tmp_path, sabotage=WAIT) != []
