"""Whatever a request's fields hold, it gets the status and the bytes that a second reading of RFC 9110 gives.

The input is a request: ``GET /tides.rss``, then a field a line; ``TAG`` stands for the digest of the document.
"""

from __future__ import annotations

import asyncio
import gzip
import tempfile
import time
from calendar import timegm
from functools import cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from faults.fuzzers.fuzzer import Fuzzer, hold
from feedpub.serving.contents import CODINGS
from serving.asking import MODIFIED, NOW, RSS, TIDES, publish, serve

if TYPE_CHECKING:
    from feedpub.serving.application import Application

_DIGEST = sha256(RSS).hexdigest()
_TOKEN = frozenset("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_FORMS = (
    dict.fromkeys((f"{name[:3]}," for name in _DAYS), "fixed")
    | dict.fromkeys((f"{name}," for name in _DAYS), "long")
    | dict.fromkeys((name[:3] for name in _DAYS), "asctime")
)
_SHAPES = {"fixed": "%d %b %Y %H:%M:%S GMT", "long": "%d-%b-%y %H:%M:%S GMT", "asctime": "%b %d %H:%M:%S %Y"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


_OF_HOSTS = "!$%&'()*+,;=[]~-_.:"  # RFC 3986, section 3.2.2, and a port


def try_one(data: bytes) -> None:
    """Ask for a document, and hold the answer against what it should be."""
    first, *lines = data.replace(b"TAG", _DIGEST.encode()).split(b"\n")
    method, _, path = first.decode("latin-1").partition(" ")
    fields: dict[str, list[str]] = {}
    for line in lines:
        name, colon, value = line.decode("latin-1").partition(":")
        if colon:
            fields.setdefault(name.lower(), []).append(value.strip(" \t"))
    fields.setdefault("host", ["127.0.0.1"])
    joined = {name: ", ".join(values) for name, values in fields.items()}
    status, coding = expect(method, path, joined, fields["host"])
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, values in fields.items() for value in values]
    start, body = make_loop().run_until_complete(ask(method, path, headers))
    hold(start["status"] == status, "another status:", start["status"], status)
    answered = dict(start["headers"])
    for name, value in start["headers"]:
        hold(name == name.lower() and value.isascii() and not {10, 13, 0} & set(value), "a field:", name, value)
    if status == 200 and coding is not None:
        data = RSS if method == "GET" else b""
        tag = _DIGEST if coding == "identity" else f"{_DIGEST}-{coding}"
        hold(answered[b"etag"] == f'"{tag}"'.encode(), "the tag is", answered[b"etag"])
        hold(method == "HEAD" or len(body) == int(answered[b"content-length"]), "another length than is said")
        hold((expand(body, coding) if method == "GET" else body) == data, "other bytes")
    elif status in (204, 304) or method == "HEAD":
        hold(body == b"", "a body where there is none")


async def ask(method: str, path: str, headers: list[tuple[bytes, bytes]]) -> tuple[dict[str, Any], bytes]:
    """Return how the answer begins, and its body."""
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        raise AssertionError("no body is wanted")

    scope = {
        "type": "http",
        "method": method,
        "http_version": "1.1",
        "raw_path": path.encode("latin-1"),
        "headers": headers,
    }
    await make_application()(scope, receive, send)
    start, body = sent
    return start, body["body"]


@cache
def make_loop() -> asyncio.AbstractEventLoop:
    """Return the loop that all questions are asked in."""
    return asyncio.new_event_loop()


@cache
def make_application() -> Application:
    """Return the server's application, with one document, modified at MODIFIED."""
    with tempfile.TemporaryDirectory() as folder:
        publish(Path(folder), {TIDES[1:]: RSS})
        return serve(Path(folder))


def expand(body: bytes, coding: str) -> bytes:
    """Return what was compressed."""
    if coding == "identity":
        return body
    return gzip.decompress(body) if coding == "gzip" else bytes(import_module("brotli").decompress(body))


def expect(method: str, path: str, fields: dict[str, str], hosts: list[str]) -> tuple[int, str | None]:
    """Return the status and the coding of the answer to a request."""
    if len(hosts) != 1 or not all(one.isascii() and (one.isalnum() or one in _OF_HOSTS) for one in hosts[0]):
        return 400, None
    if method not in ("GET", "HEAD"):
        return (204 if method == "OPTIONS" else 405), None
    if unquote(path) != TIDES:
        return 404, None
    coding = choose(fields.get("accept-encoding"))
    if coding is None:
        return 406, None
    tag = _DIGEST if coding == "identity" else f"{_DIGEST}-{coding}"
    return judge(fields, tag), coding


def unquote(path: str) -> str:
    """Return a path without its percent-encoding; one with an encoded slash stays."""
    if "%2f" in path.lower():
        return path
    parts = path.split("%")
    found = parts[0]
    for part in parts[1:]:
        digits = part[:2]
        is_code = len(digits) == 2 and all(one in "0123456789abcdefABCDEF" for one in digits)
        found += chr(int(digits, 16)) + part[2:] if is_code else f"%{part}"
    return found


def judge(fields: dict[str, str], tag: str) -> int:
    """Return the status by the conditions (RFC 9110, section 13.2.2)."""
    match, none, since, unless = (
        fields.get(name) for name in ("if-match", "if-none-match", "if-modified-since", "if-unmodified-since")
    )
    if match is not None:
        if match.strip(" \t") != "*" and (False, tag) not in read_tags(match):
            return 412
    elif unless is not None and (read := read_date(unless)) is not None and read < MODIFIED:
        return 412
    if none is not None:
        is_held = none.strip(" \t") == "*" or any(opaque == tag for _, opaque in read_tags(none))
        return 304 if is_held else 200
    is_fresh = since is not None and (read := read_date(since)) is not None and read >= MODIFIED
    return 304 if is_fresh else 200


def read_tags(value: str) -> list[tuple[bool, str]]:
    """Return the tags of a list, each with whether it is weak; from what is none on, the next comma is looked for."""
    tags = []
    place = 0
    while place < len(value):
        if value[place] in " \t,":
            place += 1
            continue
        start = place + (3 if value[place : place + 3] == 'W/"' else 1)
        end = value.find('"', start)
        behind = end + 1
        while behind < len(value) and value[behind] in " \t":
            behind += 1
        opaque = value[start:end]
        is_tag = end >= 0 and value[start - 1] == '"' and all(one > " " and one != "\x7f" for one in opaque)
        if is_tag and (behind == len(value) or value[behind] == ","):
            tags.append((start == place + 3, opaque))
            place = behind
        else:
            place = value.find(",", place) if "," in value[place:] else len(value)
    return tags


def read_date(text: str) -> int | None:
    """Return the time that a date says, in any of the three forms (RFC 9110, section 5.6.7)."""
    word, _, rest = text.partition(" ")
    form = _FORMS.get(word)
    if form is None:
        return None
    try:
        read = time.strptime(rest, _SHAPES[form])
    except ValueError:
        return None
    month, clock = _MONTHS[read.tm_mon - 1], f"{read.tm_hour:02}:{read.tm_min:02}:{read.tm_sec:02}"
    year = read.tm_year
    if form == "long":
        this = time.gmtime(NOW).tm_year
        year = this - this % 100 + read.tm_year % 100
        year -= 100 if year > this + 50 else 0
    written = {
        "fixed": f"{read.tm_mday:02} {month} {year:04} {clock} GMT",
        "long": f"{read.tm_mday:02}-{month}-{year % 100:02} {clock} GMT",
        "asctime": f"{month} {read.tm_mday:2} {clock} {year:04}",
    }[form]
    if form == "asctime" and rest == f"{month} {read.tm_mday:02} {clock} {year:04}":
        written = rest
    return None if written != rest or read.tm_sec > 60 else timegm((year, *read[1:6]))


def choose(accept: str | None) -> str | None:
    """Return the coding that a client gets (RFC 9110, section 12.5.3), None where it refuses all."""
    if accept is None:
        return "identity"
    weights: dict[str, float] = {}
    for member in accept.split(","):
        name, semicolon, rest = member.strip(" \t").partition(";")
        name, rest = name.rstrip(" \t"), rest.strip(" \t")
        weight = read_weight(rest) if semicolon else 1.0
        if name and set(name) <= _TOKEN and weight is not None:
            known = "gzip" if name.lower() == "x-gzip" else name.lower()
            weights.setdefault(known, weight)
    found = [(weights.get(coding, weights.get("*", 0.0)), -place, coding) for place, coding in enumerate(CODINGS)]
    weight, _, coding = max(found)
    plain = weights.get("identity")
    if plain is not None and plain > weight:
        return "identity"
    if weight > 0:
        return coding
    return None if (weights.get("*", 1.0) if plain is None else plain) == 0 else "identity"


def read_weight(text: str) -> float | None:
    """Return a weight: ``q=0.5``."""
    if text[:2].lower() != "q=":
        return None
    whole, _, digits = text[2:].partition(".")
    if whole not in ("0", "1") or len(digits) > 3 or not set(digits) <= set("0123456789" if whole == "0" else "0"):
        return None
    return float(f"{whole}.{digits}0")


FUZZER = Fuzzer(name="conditions", try_one=try_one, largest=1024)
