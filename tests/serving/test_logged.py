"""A request is logged as other web servers log it, whatever it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from feedpub.serving.logged import Logged, write_line
from serving.asking import NOW, TIDES, ask, publish, serve

if TYPE_CHECKING:
    from pathlib import Path

    from feedpub.serving.answers import Message

SCOPE: Message = {
    "method": "GET",
    "http_version": "1.1",
    "raw_path": b"/tides.rss",
    "query_string": b"",
    "client": ("192.0.2.7", 50000),
    "headers": [],
}


def test_a_line_says_who_asked_when_for_what_by_which_program() -> None:
    fields = [(b"host", b"e.org"), (b"user-agent", b"Bot/1 (12 subscribers)"), (b"referer", b"https://e.org/")]
    assert write_line(SCOPE | {"headers": fields}, status=200, size=5, now=NOW) == (
        '192.0.2.7 - - [07/Nov/1994:08:49:37 +0000] "GET /tides.rss HTTP/1.1" 200 5 "https://e.org/" '
        '"Bot/1 (12 subscribers)"'
    )


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"query_string": b"a=1"}, '"GET /tides.rss?a=1 HTTP/1.1" 200 5 "-" "-"'),
        ({"client": None, "method": "HEAD"}, '- - - [07/Nov/1994:08:49:37 +0000] "HEAD '),
        ({"headers": [(b"user-agent", b'a" 404 "\\\t\xe4\x7f')]}, r'"-" "a\x22 404 \x22\x5C\x09\xE4\x7F"'),
        ({"raw_path": b'/"\n'}, r'"GET /\x22\x0A HTTP/1.1"'),
    ],
)
def test_nothing_that_is_asked_breaks_a_line(more: Message, told: str) -> None:
    line = write_line(SCOPE | more, status=200, size=5, now=NOW)
    assert told in line
    assert line.isascii()
    assert line.isprintable()


def test_every_answer_is_logged_with_its_status_and_size(tmp_path: Path) -> None:
    publish(tmp_path, {"tides.rss": b"<rss/>"})
    lines: list[str] = []
    logged = Logged(serve(tmp_path), write=lines.append, clock=lambda: NOW)
    reply = ask(logged)
    assert reply.body == b"<rss/>"
    ask(logged, TIDES, ("If-None-Match", reply.headers["etag"]))
    ask(logged, TIDES, method="HEAD")
    ask(logged, "/none")
    assert [line.split('"')[1:3] for line in lines] == [
        ["GET /tides.rss HTTP/1.1", " 200 6 "],
        ["GET /tides.rss HTTP/1.1", " 304 0 "],
        ["HEAD /tides.rss HTTP/1.1", " 200 0 "],
        ["GET /none HTTP/1.1", " 404 23 "],
    ]
