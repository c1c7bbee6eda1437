"""Ask a server again and again, judge every answer, and print what was seen: ``server_load.py '{"port": 8000, …}'``.

Prints ``ready`` when it begins. A process of its own, so that the load neither waits for the tests nor they for it.
What it asks for goes round: documents plain and compressed, what has not changed, heads, and what is not there.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import sys
import time
from collections import Counter
from contextlib import suppress
from hashlib import sha256
from typing import Any, Final, NamedTuple

KINDS: Final = ("plain", "fresh", "plain", "packed", "fresh", "head", "plain", "missing")
MOST_FAULTS: Final = 20


class Answer(NamedTuple):
    """An answer as it came."""

    status: int
    fields: dict[str, str]
    body: bytes

    @property
    def tag(self) -> str:
        """The digest in its tag."""
        return self.fields.get("etag", "").strip('"').partition("-")[0]


class Load:
    """What is asked of a server by several clients, and what they saw."""

    def __init__(self, *, port: int, connections: int, seconds: float, patience: float, paths: list[str]) -> None:
        """Begin with nothing seen; ``patience`` is for answers that are due at the end, in seconds."""
        self.port = port
        self.paths = paths
        self.seconds = seconds
        self.patience = patience
        self.connections = connections
        self.is_over = False
        self.answers: Counter[str] = Counter()
        self.times: list[float] = []
        self.faults: list[str] = []
        self.ends: Counter[str] = Counter()
        self.clients: list[Client] = []

    async def run(self) -> None:
        """Ask until the end, or until stdin ends."""
        await asyncio.gather(*(self.connect(number) for number in range(self.connections)))
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        over = asyncio.Event()
        asyncio.get_running_loop().add_reader(sys.stdin, over.set)
        with suppress(TimeoutError):
            await asyncio.wait_for(over.wait(), self.seconds)
        self.is_over = True
        if self.clients:
            await asyncio.wait([client.ended for client in self.clients], timeout=self.patience)
        for client in self.clients:
            if client.is_asking:
                self.complain(f"no answer to {client.kind} {client.path} in {self.patience} s")
            client.transport.abort()

    async def connect(self, number: int) -> None:
        """Ask on one more connection."""
        client = Client(self, number)
        try:
            await asyncio.get_running_loop().create_connection(lambda: client, "127.0.0.1", self.port)
        except OSError:
            self.ends["refused"] += 1
            return
        self.clients.append(client)

    def complain(self, fault: str) -> None:
        """Note what should not be."""
        self.ends["faults"] += 1
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(fault)

    def report(self) -> dict[str, Any]:
        """Return what was seen; times are in milliseconds."""
        times = sorted(self.times) or [0.0]
        return {
            "answers": dict(self.answers),
            "number": sum(self.answers.values()),
            "faults": self.faults,
            "ends": dict(self.ends),
            "p50": times[len(times) // 2],
            "p99": times[len(times) * 99 // 100],
            "sightings": [client.sightings for client in self.clients],
        }


class Client(asyncio.Protocol):
    """A connection that asks, judges the answer, and asks again."""

    def __init__(self, load: Load, number: int) -> None:
        self.load = load
        self.turn = number
        self.buffer = b""
        self.kind = self.path = self.held = ""
        self.is_asking = False
        self.ended = asyncio.get_running_loop().create_future()
        self.began = 0.0
        self.tags: dict[str, str] = {}
        self.sightings: list[tuple[str, str]] = []
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin to ask."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.ask()

    def ask(self) -> None:
        """Send the next request."""
        self.turn += 1
        self.kind = KINDS[self.turn % len(KINDS)]
        self.path = self.load.paths[self.turn // len(KINDS) % len(self.load.paths)]
        self.held = self.tags.get(self.path, "")
        method = "HEAD" if self.kind == "head" else "GET"
        target = "/none" if self.kind == "missing" else self.path
        fields = ["Host: 127.0.0.1"]
        if self.kind == "packed":
            fields.append("Accept-Encoding: gzip")
        if self.kind == "fresh" and self.held:
            fields.append(f'If-None-Match: "{self.held}"')
        self.is_asking = True
        self.began = time.perf_counter()
        self.transport.write("\r\n".join([f"{method} {target} HTTP/1.1", *fields, "", ""]).encode())

    def data_received(self, data: bytes) -> None:
        """Judge an answer when all of it is there."""
        self.buffer += data
        answer = self.take()
        if answer is None:
            return
        self.is_asking = False
        self.load.times.append((time.perf_counter() - self.began) * 1000)
        self.load.answers[self.kind] += 1
        if fault := self.judge(answer):
            self.load.complain(f"{self.kind} {self.path}: {fault}")
        if not self.load.is_over and answer.fields.get("connection") != "close":
            self.ask()
        elif not self.ended.done():
            self.ended.set_result(None)

    def take(self) -> Answer | None:
        """Return the answer that the buffer holds, if it holds one."""
        head, found, rest = self.buffer.partition(b"\r\n\r\n")
        if not found:
            return None
        first, *lines = head.decode("latin-1").split("\r\n")
        fields = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        status = int(first.split(" ")[1])
        size = 0 if self.kind == "head" or status == 304 else int(fields.get("content-length", "-1"))
        if len(rest) < size:
            return None
        if len(rest) > size or not first.startswith("HTTP/1.1 "):
            self.load.complain(f"{self.kind} {self.path}: more than an answer, or none: {self.buffer[:80]!r}")
        self.buffer = b""
        return Answer(status, fields, rest)

    def judge(self, answer: Answer) -> str:
        """Return what is wrong with an answer."""
        if self.kind == "missing":
            return "" if (answer.status, answer.body) == (404, b"There is nothing here.\n") else f"{answer.status}"
        if answer.status == 304 and self.kind == "fresh":
            return "" if answer.tag == self.held else f"304 of {answer.tag}, where {self.held} was held"
        if answer.status != 200 or not answer.tag:
            return f"{answer.status} {answer.body[:200]!r}"
        return "" if self.kind == "head" else self.judge_document(answer)

    def judge_document(self, answer: Answer) -> str:
        """Return what is wrong with a document and its tag."""
        is_packed = answer.fields.get("content-encoding") == "gzip"
        if is_packed != (self.kind == "packed"):
            return "another coding than was asked for"
        digest = sha256(gzip.decompress(answer.body) if is_packed else answer.body).hexdigest()
        if digest != answer.tag:
            return f"the tag says {answer.tag}, the bytes {digest}"
        self.see(digest)
        return ""

    def see(self, digest: str) -> None:
        """Note which document is at a path; after a change, of every path anew."""
        last = self.tags.get(self.path)
        if last != digest:
            if last is not None:
                self.tags.clear()
            self.tags[self.path] = digest
            self.sightings.append((self.path, digest))

    def connection_lost(self, exc: Exception | None) -> None:
        """Note how the connection ended, where that was not this end's wish."""
        if not self.ended.done():
            self.ended.set_result(None)
        if exc is None and not self.is_asking and not self.buffer and self.load.is_over:
            return
        end = "cut" if self.buffer else "unanswered" if self.is_asking else "closed"
        self.is_asking = False
        self.load.ends[end] += 1


async def run(order: dict[str, Any]) -> None:
    """Load a server as ordered, and print the report."""
    load = Load(**order)
    await load.run()
    sys.stdout.write(json.dumps(load.report()))


if __name__ == "__main__":
    asyncio.run(run(json.loads(sys.argv[1])))
