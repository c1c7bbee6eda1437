"""The hostile texts of ``hostile/``: a file for each kind, its texts separated by lines of ``%%``.

A character that cannot be seen stands there as ``⟨U+0008⟩``. ``hit()`` is what a text would have done.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

CORPUS = Path(__file__).parent / "hostile"

FIRST, LAST = "Read this first.", "Read this last."
"""The words around a hostile text, of which nothing may be lost."""


@dataclass(frozen=True, slots=True)
class Payload:
    """A hostile text, the file that it stands in, and its place there."""

    kind: str
    number: int
    text: str

    @property
    def name(self) -> str:
        """What to look for in the corpus."""
        return f"{self.kind} {self.number}"

    def write_body(self, body_format: str) -> str:
        """Return a body of a format with the text in its midst."""
        if body_format == "html":
            return f"<p>{FIRST}</p>\n{self.text}\n<p>{LAST}</p>"
        return f"{FIRST}\n\n{self.text}\n\n{LAST}"


def read_payloads(folder: str, name: str = "*") -> tuple[Payload, ...]:
    """Return the texts of a folder of the corpus, file by file, or of one file of it."""
    return tuple(
        Payload(f"{folder}/{path.stem}", number, _CHARACTER.sub(lambda match: chr(int(match[1], 16)), text))
        for path in sorted((CORPUS / folder).glob(f"{name}.txt"))
        for number, text in enumerate(path.read_text(encoding="utf-8").removesuffix("\n").split("\n%%\n"), start=1)
    )


_CHARACTER = re.compile("⟨U\\+([0-9A-F]{4,6})⟩")
