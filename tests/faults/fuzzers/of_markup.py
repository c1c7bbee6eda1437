"""Whatever a body holds, nothing active comes out of it, and what comes out says the same when it goes in again."""

from __future__ import annotations

import re
from typing import get_args

from faults.fuzzers.fuzzer import Fuzzer, hold
from faults.fuzzers.judging import find_active, read_text
from feedpub.markup import BodyFormat, convert, nests_too_deep, plain_text, summarise

BASE = "https://news.example.org/politics/talks"
FIRST = "Read this first."
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def try_one(data: bytes) -> None:
    """Convert bytes as HTML and as Markdown, and as text."""
    text = f"{FIRST}\n\n{data.decode('utf-8', 'surrogateescape')}"
    for body_format in get_args(BodyFormat):
        if nests_too_deep(text, body_format=body_format):
            continue
        html = convert(text, body_format=body_format, base=BASE)
        found = find_active(html)
        hold(not found, "active:", body_format, found, html)
        hold(not _FORBIDDEN.search(html), "a character that XML does not carry:", body_format, html)
        text_of_it = read_text(html)
        hold(text_of_it.startswith("".join(FIRST.split())), "the text before it is gone:", body_format, html)
        hold(len(summarise(html) or "") <= 280, "a long summary:", body_format, html)
        hold("".join(plain_text(html).split()) == text_of_it, "other words:", body_format, html)
        if not nests_too_deep(html, body_format="html"):
            again = convert(html, body_format="html", base=BASE)
            hold(read_text(again) == text_of_it, "says something else:", body_format, html, again)


FUZZER = Fuzzer(name="markup", try_one=try_one, largest=1024)
