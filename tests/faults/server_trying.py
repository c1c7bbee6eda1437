"""What is done to a server, each try a function that returns what was wrong, so that a fault may be planted."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import socket
import time
from typing import TYPE_CHECKING, Any

from faults.running import make_environment, run_feedpub
from faults.server_attacks import Attack, cut, mutate
from faults.server_judging import judge_bytes, judge_load, judge_memory, judge_reply, judge_words
from faults.server_running import (
    crowding,
    find_percentile,
    loading,
    measure_memory,
    measure_times,
    repeat_once,
    serving,
    watch_memory,
)
from serving.asking import PAGE, RSS, publish
from serving.running import Server, read_all

if TYPE_CHECKING:
    from pathlib import Path

REQUEST = b"GET /big.rss HTTP/1.1\r\nHost: a\r\n\r\n"
BIG = b"<item>The tide came twice</item>" * 2_200
PATHS = ("/tides.rss", "/big.rss", "/", "/huge.json")
CATALOGUE = """\
site: {title: T, url: "https://e.org/", tag_authority: "e.org,2026"}
sections: {a: {title: A}, b: {title: B}}
teasers:
"""


def make_folder(folder: Path) -> Path:
    """Publish documents of all sizes, with links and files beside them that are not listed."""
    feeds = folder / "feeds"
    feeds.mkdir()
    publish(feeds, {"tides.rss": RSS, "index.html": PAGE, "big.rss": BIG, "huge.json": os.urandom(700_000)})
    (folder / "secret.txt").write_text("secret")
    (feeds / "unlisted.rss").write_text("secret")
    (feeds / "inside.rss").symlink_to("tides.rss")
    (feeds / "outside.rss").symlink_to(folder / "secret.txt")
    (feeds / "root").symlink_to("/")
    return folder


def render(folder: Path, generation: int) -> dict[str, str]:
    """Publish another generation of a catalogue, and return the digests of its documents by path."""
    entries = [
        f"  - {{id: e{number}, title: Entry {number} of {generation}, url: e{number}, published: 2026-01-01T00:00:00Z, "
        f"sections: [{'ab'[number % 2]}], summary: {number} {'tide ' * 200}}}\n"
        for number in range(50)
    ]
    (folder / "articles.yaml").write_text(CATALOGUE + "".join(entries), encoding="utf-8")
    done = run_feedpub("render", "-q", folder=folder, environment=make_environment(folder / "cache"))
    assert done.returncode == 0, done.stderr
    manifest = json.loads((folder / "feeds" / "manifest.json").read_text(encoding="utf-8"))
    return {f"/{one['path']}": one["sha256"] for one in manifest["documents"]}


def load_for(server: Server, *, seconds: float) -> tuple[list[str], dict[str, Any], list[float]]:
    """Load a server; return what was wrong, the load's report, and how much memory the server held."""
    measure_times(server, number=3)
    with loading(server, *PATHS, seconds=seconds) as load:
        sizes = watch_memory(server, seconds)
        report = load.wait()
    return judge_load(report) + judge_memory(sizes), report, sizes


def crowd(
    server: Server, *, number: int, idle: int, slow: int, most: float
) -> tuple[list[str], list[float], dict[str, int]]:
    """Crowd a server with idle clients and slow ones, and ask so many times as a new one.

    Returns what was wrong (one in 20 waited for more than ``most`` milliseconds, twice, say), the milliseconds, and how
    many of the crowd's connections were closed.
    """
    times: list[float] = []

    def measure() -> str:
        times[:] = measure_times(server, number=number)
        found = find_percentile(times, 95)
        return "" if found < most else f"95 of 100 new clients were answered in {found:.0f} ms"

    with crowding(server, idle=idle, slow=slow) as them:
        fault = repeat_once(measure)
        report = them.leave()
    return [*filter(None, [fault]), *report["faults"]], times, report["closed"]


def attack(server: Server, one: Attack, *, is_slow: bool = False) -> list[str]:
    """Attack a server, at once or in pieces; return what was wrong with the answer."""
    size = max(len(one.data) // 40, 1) if is_slow else len(one.data)
    pieces = [one.data[start : start + size] for start in range(0, len(one.data), size)]
    return judge_reply(send(server, pieces), one.allowed)


def attack_at_random(server: Server, seed: int) -> list[str]:
    """Send a request that was changed at random; return what was wrong with the answer."""
    chance = random.Random(seed)  # noqa: S311 - the same each time
    reply = send(server, cut(mutate(chance), chance))
    statuses = [int(head[:3]) for head in reply.split(b"HTTP/1.1 ")[1:]]
    return [f"{seed}: {fault}" for fault in judge_bytes(reply, statuses)]


def send(server: Server, pieces: list[bytes]) -> bytes:
    """Send pieces one after the other, say no more, and return all that comes."""
    with server.connect() as one:
        one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with contextlib.suppress(OSError):  # what has been refused is read no further
            for number, piece in enumerate(pieces):
                if number:
                    time.sleep(0.0005)
                one.sendall(piece)
            one.shutdown(socket.SHUT_WR)
        return read_all(one)


def flood(server: Server, *, connections: int, requests: int) -> float:
    """Send requests on connections that read nothing; return how many MiB they cost at most."""
    measure_times(server, number=3)
    before = measure_memory(server)
    with contextlib.ExitStack() as stack:
        for _ in range(connections):
            one = stack.enter_context(server.connect())
            one.settimeout(0.2)
            with contextlib.suppress(TimeoutError):
                one.sendall(REQUEST * requests)
        measure_times(server, number=3)
        return measure_memory(server) - before


def end_under_load(server: Server, *, seconds: float) -> tuple[list[str], float]:
    """End a server by SIGTERM while it is loaded; return what was wrong, and how many seconds it took."""
    with loading(server, *PATHS) as load:
        time.sleep(seconds)
        start = time.monotonic()
        ended = server.end(signal.SIGTERM)
        took = time.monotonic() - start
        faults = judge_load(load.stop(), least=10, is_ended=True)
    return faults + ([] if ended == (0, "", "") else [f"ended as {ended}"]), took


def load_with_log(folder: Path, *, is_closed: bool = False, sabotage: str = "") -> list[str]:
    """Load a server whose log goes into a pipe that is closed, or that nobody reads; return what was wrong."""
    reader, writer = os.pipe()
    with os.fdopen(reader, "rb") as file, serving(folder, "--log", stdout=writer, sabotage=sabotage) as server:
        os.close(writer)
        if is_closed:
            file.close()
        with loading(server, "/tides.rss", seconds=1.5, patience=1 if sabotage else 15) as load:
            if faults := judge_load(load.wait()):
                return faults
        code, _, _ = server.end()
        return judge_words(server) + ([] if code == 0 else [f"ended by {code}"])
