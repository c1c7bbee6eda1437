"""Requests as attackers and broken programs send them, and which answers each may get.

The answers are statuses in the order in which they come on the one connection. Where several are listed, all are right:
what is refused may come before or behind what was asked properly, or cut it short, by the pieces in which it arrives.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from random import Random

HOST: Final = b"Host: a\r\n"
GET: Final = b"GET /tides.rss HTTP/1.1\r\n" + HOST
LAST: Final = b"GET /index.html HTTP/1.1\r\nConnection: close\r\n" + HOST + b"\r\n"
_OK, _BAD, _NONE, _NOT_SO, _LONG = (200,), (400,), (404,), (405,), (431,)


class Attack(NamedTuple):
    """What is sent, and the sequences of statuses that may be the answer."""

    name: str
    data: bytes
    allowed: tuple[tuple[int, ...], ...]


def _ask(name: str, target: bytes, *allowed: tuple[int, ...], method: bytes = b"GET") -> Attack:
    return Attack(name, method + b" " + target + b" HTTP/1.1\r\n" + HOST + b"\r\n", allowed)


def _add(name: str, lines: bytes, *allowed: tuple[int, ...], body: bytes = b"") -> Attack:
    return Attack(name, GET + lines + b"\r\n" + body, allowed)


_PIPELINED: Final = (
    Attack("three requests at once", (GET + b"\r\n") * 2 + LAST, ((200, 200, 200),)),
    Attack("300 requests at once", (GET + b"\r\n") * 299 + LAST, ((200,) * 300,)),
    Attack("a request, then nonsense", GET + b"\r\nnonsense\r\n\r\n", (_OK, (200, 400))),
    Attack("requests behind the last one", LAST + (GET + b"\r\n") * 300, (_OK,)),
    Attack("empty lines before a request", b"\r\n\r\n" + GET + b"\r\n", (_OK,)),
    Attack("a null byte before a request", b"\x00" + GET + b"\r\n", (_BAD,)),
)

_FRAMING: Final = (
    _add("two Content-Length", b"Content-Length: 3\r\nContent-Length: 5\r\n", _BAD, body=b"abc"),
    _add("the same Content-Length twice", b"Content-Length: 3\r\nContent-Length: 3\r\n", _BAD, body=b"abc"),
    _add("a list of Content-Length", b"Content-Length: 3, 3\r\n", _BAD, body=b"abc"),
    _add("Content-Length with a plus", b"Content-Length: +3\r\n", _BAD, body=b"abc"),
    _add("a negative Content-Length", b"Content-Length: -3\r\n", _BAD, body=b"abc"),
    _add("a hexadecimal Content-Length", b"Content-Length: 0x3\r\n", _BAD, body=b"abc"),
    _add("an empty Content-Length", b"Content-Length: \r\n", _BAD),
    _add("Content-Length beyond 64 bits", b"Content-Length: 18446744073709551619\r\n", _BAD, body=b"abc"),
    _add(
        "Content-Length, then chunks", b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", _BAD, body=b"0\r\n\r\n"
    ),
    _add(
        "chunks, then Content-Length", b"Transfer-Encoding: chunked\r\nContent-Length: 3\r\n", _BAD, body=b"0\r\n\r\n"
    ),
    _add("Transfer-Encoding twice", b"Transfer-Encoding: chunked\r\n" * 2, _BAD, body=b"0\r\n\r\n"),
    _add("an unknown transfer coding", b"Transfer-Encoding: xchunked\r\n", _BAD, body=b"0\r\n\r\n"),
    _add("identity as transfer coding", b"Transfer-Encoding: identity\r\n", _BAD, body=b"0\r\n\r\n"),
    _add("chunks that are not last", b"Transfer-Encoding: chunked, identity\r\n", _BAD, body=b"0\r\n\r\n"),
    _add("a space before the colon", b"Transfer-Encoding : chunked\r\n", _BAD, body=b"0\r\n\r\n"),
    _add("a vertical tab before a coding", b"Transfer-Encoding:\x0bchunked\r\n", _BAD, body=b"0\r\n\r\n"),
    _add("a folded transfer coding", b"Transfer-Encoding:\r\n chunked\r\n", _BAD, body=b"0\r\n\r\n"),
    _add("a null byte in a coding", b"Transfer-Encoding: chunk\x00ed\r\n", _BAD, body=b"0\r\n\r\n"),
    Attack(
        "chunks of HTTP/1.0",
        b"GET /tides.rss HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + LAST,
        (_OK,),
    ),
)

_CHUNKS: Final = b"Transfer-Encoding: chunked\r\n"
_CUT: Final = (_OK, (200, 400), _BAD)
_BODIES: Final = (
    _add("a body of a GET", b"Content-Length: 3\r\n", (200, 200), body=b"abc" + LAST),
    _add("chunks of a GET", _CHUNKS, (200, 200), body=b"3\r\nabc\r\n0\r\n\r\n" + LAST),
    _add("chunks with extensions and trailers", _CHUNKS, (200, 200), body=b"3;a=b\r\nabc\r\n0\r\nX: a\r\n\r\n" + LAST),
    _add("a request as a body", b"Content-Length: %d\r\n" % len(LAST), _OK, body=LAST),
    _add("a chunk longer than said", _CHUNKS, *_CUT, body=b"3\r\nabcd\r\n0\r\n\r\n" + LAST),
    _add("a chunk of 2^68 bytes", _CHUNKS, *_CUT, body=b"fffffffffffffffff\r\nabc\r\n0\r\n\r\n" + LAST),
    _add("a chunk's size with 0x", _CHUNKS, *_CUT, body=b"0x3\r\nabc\r\n0\r\n\r\n" + LAST),
    _add("chunks that end by LF", _CHUNKS, *_CUT, body=b"3\nabc\n0\n\n" + LAST),
    _add("LF in a chunk's extension", _CHUNKS, *_CUT, body=b"3;a\nb\r\nabc\r\n0\r\n\r\n" + LAST),
    _add("a negative chunk", _CHUNKS, *_CUT, body=b"-3\r\nabc\r\n0\r\n\r\n" + LAST),
    _add("a body of 100 kB", b"Content-Length: 100000\r\n", (200, 431), _OK, body=b"a" * 100_000),
    _add("less of a body than said", b"Content-Length: 1000\r\n", _OK, body=b"a"),
    _add("a body that waits for a word", b"Expect: 100-continue\r\nContent-Length: 3\r\n", _OK),
    _add("another wish", b"Expect: the-unexpected\r\n", _OK),
)

_LINES: Final = (
    Attack("lines that end by LF", b"GET /tides.rss HTTP/1.1\nHost: a\n\n", (_BAD,)),
    Attack("one line that ends by LF", GET[:-2] + b"\n\r\n", (_BAD,)),
    Attack("lines that end by CR", b"GET /tides.rss HTTP/1.1\rHost: a\r\r", (_BAD,)),
    _add("CR within a value", b"X: a\rY: b\r\n", _BAD),
    _add("a folded line", b"X: a\r\n b\r\n", _BAD),
    _add("a folded line of white space", b"X: a\r\n \r\n", _BAD),
    Attack("a folded first line", b"GET /tides.rss HTTP/1.1\r\n Host: a\r\n\r\n", (_BAD,)),
    _add("a field without a name", b": a\r\n", _BAD),
    _add("a line without a colon", b"abc\r\n", _BAD),
    _add("a null byte in a value", b"X: a\x00b\r\n", _BAD),
    _add("a null byte in a name", b"X\x00: a\r\n", _BAD),
    _add("a control in a value", b"X: a\x07b\r\n", _BAD, _OK),
    _add("other bytes than ASCII in a value", b"X: \xff\xfe\r\n", _OK),
    _add("other bytes than ASCII in a name", b"\xffX: a\r\n", _BAD),
    _add("a head of 64,000 bytes", b"X: " + b"a" * 64_000 + b"\r\n", _OK),
    _add("a head of more than 64 KiB", b"X: " + b"a" * 65_536 + b"\r\n", _LONG, ()),
    _add("a head of 500 kB", b"X: " + b"a" * 500_000 + b"\r\n", _LONG, ()),
    _add("10,000 lines", b"a:b\r\n" * 10_000, _OK),
    _add("20,000 lines", b"a:b\r\n" * 20_000, _LONG, ()),
    _add("a name of 60,000 characters", b"a" * 60_000 + b": a\r\n", _OK),
    _add("2,000 tags", b"If-None-Match: " + b'"a", ' * 2_000 + b"\r\n", _OK),
    _add("20,000 commas", b"Accept-Encoding: " + b"," * 20_000 + b"\r\n", _OK),
    _add("a coding 4,000 times", b"Accept-Encoding: gzip;q=0.1\r\n" * 2_000, _OK),
    _add("every coding refused", b"Accept-Encoding: *;q=0\r\n", (406,)),
    _add("1,000 ranges", b"Range: bytes=" + b"0-," * 1_000 + b"\r\n", _OK),
    _add("one range", b"Range: bytes=0-3\r\n", _OK),
    _add("a date of 60,000 characters", b"If-Modified-Since: " + b"Sun, " * 12_000 + b"\r\n", _OK),
    _add("another host as well", b"Host: b\r\n", _BAD),
    Attack("no host", b"GET /tides.rss HTTP/1.1\r\n\r\n", (_BAD,)),
    Attack("a host that is none", b"GET /tides.rss HTTP/1.1\r\nHost: a/b c\r\n\r\n", (_BAD,)),
    Attack("a folded host", b"GET /tides.rss HTTP/1.1\r\nHost: a\r\n b\r\n\r\n", (_BAD,)),
)

_TARGETS: Final = (
    _ask("%00 at the end", b"/tides.rss%00", _NONE),
    _ask("%00 and an ending", b"/manifest.json%00.rss", _NONE),
    _ask("a null byte", b"/tides.rss\x00", _BAD),
    _ask("an encoded slash", b"/%2ftides.rss", _NONE),
    _ask("encoded slashes and dots", b"/..%2F..%2F..%2Fetc%2Fpasswd", _NONE),
    _ask("twice encoded dots", b"/%252e%252e/%252e%252e/etc/passwd", _NONE),
    _ask("backslashes", b"/..\\..\\etc\\passwd", _NONE, _BAD),
    _ask("encoded backslashes", b"/..%5c..%5cetc%5cpasswd", _NONE),
    _ask("dots", b"/../../../../etc/passwd", _NONE),
    _ask("dots that would lead back", b"/x/../tides.rss", _NONE),
    _ask("encoded dots", b"/%2e%2e/%2e%2e/etc/passwd", _NONE),
    _ask("a dot", b"/./tides.rss", _NONE),
    _ask("two slashes and a host", b"//host/tides.rss", _NONE),
    _ask("two slashes", b"//tides.rss", _NONE),
    _ask("a slash at the end", b"/tides.rss/", _NONE),
    _ask("a parameter", b"/tides.rss;a=b", _NONE),
    _ask("a fragment", b"/tides.rss#a", _OK, _BAD),
    _ask("an encoded question mark", b"/tides.rss%3fa", _NONE),
    _ask("a question", b"/tides.rss?../../etc/passwd%00", _OK),
    _ask("UTF-8 as it is", "/t\N{LATIN SMALL LETTER E WITH ACUTE}".encode(), _BAD, _NONE),
    _ask("no UTF-8", b"/\xff\xfe", _BAD, _NONE),
    _ask("no UTF-8, encoded", b"/%ff%fe", _NONE),
    _ask("dots in two bytes each", b"/%c0%ae%c0%ae/%c0%afetc/passwd", _NONE),
    _ask("percent signs alone", b"/%zz%%2%", _NONE),
    _ask("a space", b"/tides rss", _BAD),
    _ask("the manifest", b"/manifest.json", _NONE),
    _ask("the link to a document", b"/inside.rss", _NONE),
    _ask("the link out of the folder", b"/outside.rss", _NONE),
    _ask("through the link to the root", b"/root/etc/passwd", _NONE),
    _ask("a file that is not listed", b"/unlisted.rss", _NONE),
    _ask("another case", b"/TIDES.RSS", _NONE),
    _ask("60,000 characters", b"/" + b"a" * 60_000, _NONE),
    _ask("60,000 dots and slashes", b"/.." * 20_000, _NONE),
    _ask("60,000 percent signs", b"/" + b"%" * 60_000, _NONE),
    _ask("100,000 characters", b"/" + b"a" * 100_000, _LONG, ()),
    _ask("the absolute form", b"http://other.example/tides.rss", _OK),
    _ask("the absolute form of elsewhere", b"http://other.example/etc/passwd", _NONE),
    _ask("the absolute form of a file", b"file:///etc/passwd", _BAD, _NONE),
    _ask("the absolute form with a password", b"http://a:b@other.example/tides.rss", _OK, _BAD),
    _ask("the absolute form of a host alone", b"http://other.example", _OK),
    _ask("the authority form", b"other.example:80", _BAD),
    _ask("a path without a slash", b"tides.rss", _BAD),
    _ask("no path", b"", _BAD),
    _ask("an asterisk", b"*", _NONE, _BAD),
)

_METHODS: Final = (
    *(
        _ask(f"{name} of a document", b"/tides.rss", _NOT_SO, method=name.encode())
        for name in ("PUT", "DELETE", "TRACE")
    ),
    *(_ask(f"{name} of a document", b"/tides.rss", _NOT_SO, method=name.encode()) for name in ("PATCH", "PROPFIND")),
    *(_ask(f"{name} of a document", b"/tides.rss", _BAD, method=name.encode()) for name in ("FOO", "get", "GETT")),
    _ask("a method of 60,000 characters", b"/tides.rss", _BAD, method=b"A" * 60_000),
    _ask("CONNECT elsewhere", b"other.example:80", _BAD, _NOT_SO, method=b"CONNECT"),
    _ask("OPTIONS of all", b"*", (204,), method=b"OPTIONS"),
    Attack("POST, then GET", GET.replace(b"GET", b"POST") + b"Content-Length: 3\r\n\r\nabc" + LAST, (_NOT_SO,)),
    Attack("a form", GET.replace(b"GET", b"POST") + b"Content-Length: 100000\r\n\r\n" + b"a" * 100_000, (_NOT_SO, ())),
)

_PROTOCOLS: Final = (
    Attack("HTTP/0.9", b"GET /tides.rss\r\n", ((), _BAD)),
    Attack("HTTP/0.9 by name", b"GET /tides.rss HTTP/0.9\r\n\r\n", ((505,), _BAD)),
    Attack("HTTP/1.2", b"GET /tides.rss HTTP/1.2\r\n" + HOST + b"\r\n", (_BAD, _OK)),
    Attack("HTTP/2.0 by name", b"GET /tides.rss HTTP/2.0\r\n" + HOST + b"\r\n", ((505,),)),
    Attack("HTTP/9.9", b"GET /tides.rss HTTP/9.9\r\n" + HOST + b"\r\n", (_BAD, (505,))),
    Attack("a small http", b"GET /tides.rss http/1.1\r\n" + HOST + b"\r\n", (_BAD,)),
    Attack("the preface of HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00", (_BAD,)),
    Attack("TLS", bytes.fromhex("16030100c8010000c40303") + b"\x00" * 190, (_BAD,)),
    Attack("SSH", b"SSH-2.0-OpenSSH_9.2\r\n", (_BAD,)),
    Attack("a proxy's first line", b"PROXY TCP4 1.2.3.4 5.6.7.8 9 80\r\n" + GET + b"\r\n", (_BAD,)),
    Attack("every byte", bytes(range(256)) * 10, (_BAD,)),
    _add("a wish for HTTP/2", b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n", _OK),
    _add("a wish for a WebSocket", b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n", _OK),
    _add("a wish, then a request", b"Connection: Upgrade\r\nUpgrade: h2c\r\n", _OK, (200, 200), body=LAST),
)

ATTACKS: Final = (*_PIPELINED, *_FRAMING, *_BODIES, *_LINES, *_TARGETS, *_METHODS, *_PROTOCOLS)

_INSERTS: Final = (
    b"\r",
    b"\n",
    b"\r\n",
    b"\x00",
    b" ",
    b"\t",
    b"\x0b",
    b"\xff",
    b":",
    b",",
    b"%",
    b"/",
    b"0",
    b"\r\n\r\n",
)
_SEEDS: Final = tuple(one.data for one in ATTACKS if len(one.data) < 500)


def mutate(chance: Random) -> bytes:
    """Return requests with some bytes changed, put in, taken out, doubled or crossed with another's."""
    data = bytearray(chance.choice(_SEEDS))
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(data) + 1)
        match chance.randrange(5):
            case 0:
                data[place:place] = chance.choice(_INSERTS)
            case 1:
                del data[place : place + chance.randint(1, 8)]
            case 2:
                data[place : place + 1] = bytes([chance.randrange(256)])
            case 3:
                data[place:place] = data[max(place - chance.randint(1, 60), 0) : place]
            case _:
                data[place:] = chance.choice(_SEEDS)[chance.randint(0, 60) :]
    return bytes(data)


def cut(data: bytes, chance: Random) -> list[bytes]:
    """Return the data in a few pieces."""
    places = sorted(chance.randrange(len(data) + 1) for _ in range(chance.randint(0, 3)))
    return [data[start:end] for start, end in zip(chain([0], places), chain(places, [len(data)]), strict=True)]
