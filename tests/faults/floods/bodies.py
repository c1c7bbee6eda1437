"""Bodies, each as large as may be, of markup that is deep, unclosed or refers to itself."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from faults.floods.making import CATALOGUE, HEAD, add_flood, write_article

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 500 << 10
"""Bytes of each body."""

HTML = {
    "nested blocks": ("<div>" * 90 + "x" + "</div>" * 90, ""),
    "blocks too deep": ("<div>", ""),
    "unclosed formatting": ("<b>", "x"),
    "unclosed formatting in paragraphs": ("<p><b>x", ""),
    "unclosed links": ('<a href="x">', "x"),
    "formatting that overlaps": ("<b><i>x</b></i>", ""),
    "tables": ("<table><tr><td>x</table>", ""),
    "cells": ("<td>x</td>", ""),
    "tables in tables": ("<table><td>", "x"),
    "attributes": (' a="b"', ">x"),
    "an attribute": ("x", '">y</a>'),
    "a style": ("color: red; ", '">y</p>'),
    "sources in a set": ("a.png 1x, ", '">'),
    "pictures without alt": ('<img src="a.png">', ""),
    "pictures on lines": ('<img src="a.png">\n    ', ""),
    "pictures of data": ('<img src="data:image/png;base64,AAAA">', ""),
    "frames": ('<iframe src="https://e.org/"></iframe>', ""),
    "scripts": ("<script>x</script>", ""),
    "a script": ("<script>", ""),
    "handlers": ('<p onclick="x">x</p>', ""),
    "addresses without encryption": ('<a href="http://e.org/">x</a>', ""),
    "comments": ("<!--x-->", ""),
    "an open comment": ("<!-- ", ""),
    "entities": ("&amp;", ""),
    "numbered entities": ("&#x41;", ""),
    "entities that are none": ("&xyzzy", ""),
    "opening brackets": ("<", ""),
    "closing tags": ("</div>", ""),
    "drawings": ("<svg><g>", "</svg>"),
    "formulas": ("<math><mi>", "</math>"),
    "templates": ("<template>", "x"),
    "choices": ("<select><option>x", ""),
    "headings": ("<h1>", "x"),
    "lists": ("<ul><li>", "x"),
    "definitions": ("<dl><dt>x<dd>", "x"),
    "ruby": ("<ruby>x<rt>", "x"),
    "plain text to the end": ("<plaintext>", "x"),
    "base": ('<base href="https://e.org/">', ""),
}
_HTML_BEGIN = {
    "attributes": "<p",
    "an attribute": '<a href="',
    "a style": '<p style="',
    "sources in a set": '<img alt="" src="x" srcset="',
    "cells": "<table><tr>",
}
MARKDOWN = {
    "emphasis": ("*a ", ""),
    "emphasis of two": ("**a*", ""),
    "emphasis of both kinds": ("*_", ""),
    "underscores": ("a_", ""),
    "tildes": ("~~a ", ""),
    "links": ("[a](b) ", ""),
    "open links": ("[a](", ""),
    "brackets": ("[", "x"),
    "closed brackets": ("]", ""),
    "nested brackets": ("[a", "]"),
    "pictures": ("![a](b) ", ""),
    "open pictures": ("![", ""),
    "quotes": (">", "x"),
    "quotes on lines": ("> > > x\n    ", ""),
    "lists": ("- ", "x"),
    "lists on lines": ("- x\n    ", ""),
    "numbered lists": ("1. ", "x"),
    "loose lists": ("- x\n\n    ", ""),
    "ticks": ("`", "x"),
    "ticks with text": ("`a", ""),
    "fences": ("```\n    x\n    ", ""),
    "rules": ("---\n    ", ""),
    "headings": ("# x\n    ", ""),
    "underlined": ("x\n    =\n    ", ""),
    "breaks": ("x\\\n    ", ""),
    "backslashes": ("\\", "x"),
    "autolinks": ("<https://e.org/a> ", ""),
    "open autolinks": ("<https:", ""),
    "addresses": ("https://e.org/ ", ""),
    "footnotes": ("[^1] ", ""),
    "tables": ("|a|b|\n    |-|-|\n    |c|d|\n\n    ", ""),
    "a table": ("|a|b|\n    ", ""),
    "columns": ("|", ""),
    "delimiters": ("|-", ""),
    "entities": ("&copy;", ""),
    "open tags": ("<a ", ""),
    "open comments": ("<!--", ""),
    "questions": ("<?", ""),
    "declarations": ("<!A", ""),
    "sections of data": ("<![CDATA[", ""),
    "html blocks": ("<div>\n\n    x\n\n    </div>\n\n    ", ""),
    "tasks": ("- [ ] x\n    ", ""),
    "words": ("x", ""),
    "blank lines": ("x\n\n    ", ""),
    "spaces": ("x  \n    ", ""),
    "nul": ("\ufffd", ""),
}
_MARKDOWN_BEGIN = {"a table": "|x|y|\n    |-|-|\n    "}


def write_bodies(folder: Path, size: int, *, body: str, **fields: str) -> None:
    """Write a catalogue of articles with one body, the lines of which are indented by four spaces."""
    with (folder / CATALOGUE).open("w", encoding="utf-8") as file:
        file.write(HEAD + "articles:\n")
        for number in range(max(size // len(body), 1)):
            file.write(write_article(number, body=f"|\n    {body}", **fields))


def make_references(size: int) -> str:
    """Return Markdown of many definitions of links, and as many uses."""
    number = size // 30
    return "\n    ".join(f"[a{one}]: /b{one}" for one in range(number)) + "\n\n    " + "[a1] " * number


def make_long_reference(size: int) -> str:
    """Return Markdown in which one definition is long, and used often: written out it would be very long."""
    return f"[a]: /{'x' * (size // 2)}\n\n    " + "[a] " * (size // 8)


def make_ticks(size: int) -> str:
    """Return Markdown with runs of backticks of all lengths, none of which closes another."""
    longest = int((size * 2) ** 0.5)
    return " ".join("`" * length for length in range(1, longest))


def make_pictures(size: int) -> str:
    """Return Markdown with pictures of which each has something of its own to be remarked."""
    return "\n    ".join(f"![](http://e.org/{number}.png)" for number in range(size // 36))


def make_indented_lists(_: int) -> str:
    """Return Markdown with a list in a list, as deep as its lines allow."""
    return "\n    ".join("  " * depth + "- x" for depth in range(700))


def _add_bodies() -> None:
    for name, (text, end) in HTML.items():
        body = _HTML_BEGIN.get(name, "") + text * (LARGEST // len(text)) + end
        add_flood(f"html: {name}", partial(write_bodies, body=body, body_format="html"))
    for name, (text, end) in MARKDOWN.items():
        body = _MARKDOWN_BEGIN.get(name, "") + text * (LARGEST // len(text)) + end
        add_flood(f"markdown: {name}", partial(write_bodies, body=body))
    for make in (make_references, make_long_reference, make_ticks, make_pictures, make_indented_lists):
        name = make.__name__.removeprefix("make_").replace("_", " ")
        add_flood(f"markdown: {name}", partial(write_bodies, body=make(LARGEST)))
    for body_format in ("text", "html", "markdown"):
        add_flood(
            f"{body_format}: lines", partial(write_bodies, body="x\n    " * (LARGEST // 6), body_format=body_format)
        )


_add_bodies()
