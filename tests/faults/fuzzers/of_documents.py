"""Any bytes, as a catalogue, end in diagnostics that can be printed, or in documents that others can read."""

from __future__ import annotations

import json
import shutil
import tempfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from faults.fuzzers.fuzzer import Fuzzer, hold
from faults.fuzzers.judging import find_active, find_active_in_page, find_unprintable
from feedpub.diagnostics import WARNINGS, CatalogueError
from feedpub.diagnostics.reports.text import format_text
from feedpub.pipeline.checking import ALL_WARNINGS, check
from feedpub.pipeline.preparing import Reading, prepare
from targets.memory import MemoryTarget

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feedpub.diagnostics import Diagnostic
    from feedpub.site import Document

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
FULL = Path(__file__).parents[2] / "golden" / "full"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_ATOM = "{http://www.w3.org/2005/Atom}"


def try_one(data: bytes) -> None:
    """Check bytes as a catalogue, then render it into memory."""
    path = make_folder() / "articles.yaml"
    path.write_bytes(data)
    problems = check(path, now=NOW, output=str(path.parent / "feeds"))
    found = find_unprintable(format_text(problems[:1_000]))
    hold(not found, "a message holds", found)
    try:
        with prepare(path, MemoryTarget(), NOW, make_reading()) as prepared:
            hold(not list_errors(problems), "published all the same:", problems)
            for document in prepared.documents:
                document.verify()
                judge(document)
    except CatalogueError as error:
        hold(
            list_errors(error.diagnostics) == list_errors(problems),
            "render and check disagree:",
            error.diagnostics,
            problems,
        )


@cache
def make_folder() -> Path:
    """Return the folder of the catalogue, with what it may name; it goes with the process."""
    folder = Path(tempfile.mkdtemp(prefix="feedpub-"))
    import atexit  # noqa: PLC0415 - the one use

    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for name in ("more", "bodies", "pages"):
        shutil.copytree(FULL / name, folder / name)
    return folder


def make_reading() -> Reading:
    """Return how a catalogue is read and published: by this process, with nothing remembered."""
    return Reading(
        adopt=False,
        switches=ALL_WARNINGS,
        workers=1,
        executor=None,
        store=None,
        topics=(),
        formats=(),
        on_read=lambda _: None,
        on_stage=lambda _: None,
    )


def list_errors(diagnostics: Iterable[Diagnostic]) -> list[tuple[str, int, int, str, str]]:
    """Return what is wrong, without what a catalogue makes an error of what is else a warning."""
    return [
        (one.file, one.line, one.column, one.rule, one.message)
        for one in diagnostics
        if one.severity == "error" and one.rule not in WARNINGS
    ]


def judge(document: Document) -> None:
    """Read a document by parsers of others, and want nothing active in it."""
    kind = document.path.rpartition(".")[2]
    if kind == "json":
        items = json.loads(document.data)["items"]
        bodies = [one.get("content_html", "") for one in items]
    elif kind == "html":
        bodies = []
        found = find_active_in_page(document.data.decode())
        hold(not found, "active:", document.path, found)
    else:
        root = ET.fromstring(document.data)  # noqa: S314 - what we have written ourselves
        bodies = [one.text or "" for one in root.iter(_CONTENT)]
        bodies += [one.text or "" for one in root.iter(f"{_ATOM}content") if one.get("type") == "html"]
    for body in bodies:
        found = find_active(body)
        hold(not found, "active:", document.path, found, body)


FUZZER = Fuzzer(name="documents", try_one=try_one, largest=4096)
