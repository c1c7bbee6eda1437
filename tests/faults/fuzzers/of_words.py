"""What a reader was meant to see of a body stays, in its order, and what is hidden does not come to light.

The bytes choose what is written, so that it is known which words of it are seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from faults.fuzzers.fuzzer import Fuzzer, hold
from faults.fuzzers.judging import find_active, read_words
from feedpub.markup import convert, nests_too_deep

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeVar

    from feedpub.markup import BodyFormat

    T = TypeVar("T")

BASE = "https://news.example.org/politics/talks"
DEEPEST = 12
_INLINE = (
    *(
        "b",
        "i",
        "em",
        "strong",
        "code",
        "span",
        "a href=x",
        "a href='javascript:x'",
        "sup",
        "u",
        "s",
        "q",
        "font color=red",
    ),
    *(
        "blink",
        "custom-name",
        "label",
        "button onclick=x()",
        "kbd",
        "mark",
        "small",
        "tt",
        "strike",
        "nobr",
        "bdi",
        "time",
    ),
)
_BLOCKS = (
    *(
        "div",
        "div style='display:none'",
        "blockquote",
        "section",
        "form action=x",
        "fieldset",
        "center",
        "dialog",
        "address",
    ),
    *(
        "article onclick=x",
        "details open",
        "figure",
        "main",
        "nav",
        "header",
        "marquee",
        "noscript",
        "search",
        "hgroup",
        "p",
        "h2",
    ),
)
_SEEN_RAW = ("textarea", "xmp")
_HIDDEN = ("script", "style", "title", "script type=x", "style media=x")  # template and CDATA are text within SVG
_FOREIGN = ("svg", "math", "svg onload=x")


class Writer:
    """Writes a body as bytes choose; ``seen`` are the words that a reader sees, in their order."""

    def __init__(self, choices: bytes) -> None:
        self.seen: list[str] = []
        self._choices = iter(choices)
        self._count = 0
        self.is_over = False

    def choose(self, some: Sequence[T]) -> T:
        """Return one of some things; of what comes first, much, once the bytes are used up."""
        byte = next(self._choices, None)
        self.is_over = self.is_over or byte is None
        return some[(byte or 0) % len(some)]

    def name_word(self, *, is_seen: bool = True) -> str:
        """Return another word."""
        self._count += 1
        word = f"{'w' if is_seen else 'h'}{self._count}"
        if is_seen:
            self.seen.append(word)
        return word

    def write_body(self, write: Callable[[int], str]) -> str:
        """Return parts of a body until the bytes are used up."""
        parts: list[str] = []
        while not self.is_over and len(parts) < 40:
            parts.append(write(0))
        return "".join(parts)

    def write_html(self, depth: int) -> str:
        """Return an element, or text."""
        kinds = [self._text, self._inline, self._block, self._hidden, self._list, self._table, self._raw, self._foreign]
        kinds += [self._text, self._picture, self._comment, self._inline]
        return self.choose(kinds)(depth) if depth < DEEPEST and not self.is_over else self._text(depth)

    def write_markdown(self, depth: int) -> str:
        """Return a block of Markdown."""
        kinds = [self._paragraph, self._heading, self._items, self._quote, self._fence, self._grid, self._html_block]
        return self.choose(kinds)(depth)

    def _text(self, _: int) -> str:
        around = self.choose(("{} ", "{}\n", "&#32;{} ", " {}&nbsp;", "\t{}\r\n", "{} &lt; ", "{}<br> ", "{}<wbr> "))
        text = around.format(self.name_word())
        if "&lt;" in text:
            self.seen.append("<")
        return text

    def _within(self, depth: int) -> str:
        return "".join(self.write_html(depth + 1) for _ in range(self.choose((1, 2, 0, 3))))

    def _inline(self, depth: int) -> str:
        name = self.choose(_INLINE)
        return f"<{name}>{self._within(depth)}</{name.split()[0]}> "

    def _block(self, depth: int) -> str:
        name = self.choose(_BLOCKS)
        return f"<{name}>{self._within(depth)}</{name.split()[0]}>\n"

    def _hidden(self, _: int) -> str:
        name = self.choose(_HIDDEN)
        return f" <{name}>{self.name_word(is_seen=False)}</{name.split()[0]}> "

    def _comment(self, _: int) -> str:
        around = self.choose(("<!-- {} -->", "<!{}>", "<?{}?>", "<!--{}--!>"))
        return f" {around.format(self.name_word(is_seen=False))} "

    def _list(self, depth: int) -> str:
        name = self.choose(("ul", "ol", "menu", "dir"))
        end = self.choose(("</li>", ""))
        items = "".join(f"<li>{self._within(depth)}{end}\n" for _ in range(self.choose((1, 2, 3))))
        return f"<{name}>{items}</{name}>\n"

    def _table(self, depth: int) -> str:
        ends = self.choose((True, False))
        rows = ""
        for _ in range(self.choose((1, 2))):
            cells = ""
            for _ in range(self.choose((1, 2, 3))):
                name = self.choose(("td", "th", "td colspan=2"))
                cells += f"<{name}>{self._within(depth)}{f'</{name.split()[0]}>' if ends else ''}"
            rows += f"<tr>{cells}{'</tr>' if ends else ''}\n"
        return f"<table>{rows}</table>\n"

    def _raw(self, _: int) -> str:
        name = self.choose(_SEEN_RAW)
        return f" <{name}>{self.name_word()}</{name}> "

    def _foreign(self, depth: int) -> str:
        name = self.choose(_FOREIGN)
        inner = self.choose(("text", "mi", "desc", "foreignObject", "annotation-xml", "mtext"))
        return f" <{name}><{inner}>{self._within(depth)}</{inner}></{name.split()[0]}> "

    def _picture(self, _: int) -> str:
        if self.choose((True, False)):
            return f" <img alt='{self.name_word()}' onerror=x> "
        return f" <img src=x alt='{self.name_word(is_seen=False)}'> "

    def _paragraph(self, _: int) -> str:
        forms = ("{}", "*{}*", "**{}**", "`{}`", "[{}](x)", "[{}](javascript:x)", "~~{}~~", "<b>{}</b>", "_{}_")
        return " ".join(self.choose(forms).format(self.name_word()) for _ in range(self.choose((1, 2, 3, 5)))) + "\n\n"

    def _heading(self, _: int) -> str:
        return self.choose(("# {}\n\n", "### {} ###\n", "{}\n===\n\n", "{}\n---\n")).format(self.name_word())

    def _items(self, _: int) -> str:
        mark = self.choose(("-", "*", "+", "1.", "7)"))
        return "".join(f"{mark} {self.name_word()}\n" for _ in range(self.choose((1, 2, 3)))) + "\n"

    def _quote(self, _: int) -> str:
        return f"{self.choose(('>', '> >', '>>>'))} {self.name_word()}\n\n"

    def _fence(self, _: int) -> str:
        return self.choose(("```\n{}\n```\n\n", "~~~ x\n{}\n~~~\n\n", "***\n\n    {}\n\n")).format(self.name_word())

    def _grid(self, _: int) -> str:
        return (
            f"| {self.name_word()} | {self.name_word()} |\n|---|:-:|\n| {self.name_word()} | {self.name_word()} |\n\n"
        )

    def _html_block(self, depth: int) -> str:
        return f"<div>\n{self.write_html(depth + 1)}\n</div>\n\n"


def try_one(data: bytes) -> None:
    """Write a body, convert it, and read its words."""
    is_markdown = bool(data[:1] and data[0] % 3 == 0)
    writer = Writer(data[1:])
    text = writer.write_body(writer.write_markdown if is_markdown else writer.write_html)
    body_format: BodyFormat = "markdown" if is_markdown else "html"
    if nests_too_deep(text, body_format=body_format):
        return
    html = convert(text, body_format=body_format, base=BASE)
    found = find_active(html)
    hold(not found, "active:", found, html, text)
    words = read_words(html)
    hold(words == writer.seen, "other words:", words, html, text)


FUZZER = Fuzzer(name="words", try_one=try_one, largest=200)
