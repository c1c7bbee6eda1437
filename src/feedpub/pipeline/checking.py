"""What is wrong with a catalogue, and what may hurt subscribers."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from feedpub import lint, pages
from feedpub import manifest as manifests
from feedpub.diagnostics import CatalogueError, diagnose, quote
from feedpub.errors import UsageError
from feedpub.lint import Switches
from feedpub.loading import load_catalogue
from feedpub.loading.excerpts import add_excerpts
from feedpub.select import select_topics
from feedpub.site import make_documents
from feedpub.targets import TARGETS

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from datetime import datetime

    from feedpub.catalogue import Site
    from feedpub.diagnostics import Diagnostic
    from feedpub.index.pieces import PieceStore
    from feedpub.loading import Catalogue
    from feedpub.manifest import Change, Manifest
    from feedpub.publish import Target
    from feedpub.select import Selection
    from feedpub.site import Document
    from feedpub.workers.workers import Workers

ALL_WARNINGS = Switches()


def check(
    catalogue: str | os.PathLike[str] = "articles.yaml",
    *,
    now: datetime,
    output: str | os.PathLike[str] = "feeds",
    switches: Switches = ALL_WARNINGS,
    workers: int = 1,
    executor: Workers | None = None,
    store: PieceStore | None = None,
    on_read: Callable[[int], None] = lambda _: None,
) -> list[Diagnostic]:
    """Return everything that is wrong with a catalogue, sorted; nothing is written.

    ``now`` is aware and decides what lies in the future; ``output`` is the folder whose last publication tells
    which topics would vanish, and which entries change; ``switches`` say which warnings are told; ``workers`` are how
    many processes may read large files, an ``executor`` reads them in their place, ``store`` remembers what pieces of
    them hold; ``on_read`` hears now and then how many entries have been read. Raises UsageError where there is no such
    catalogue, PublishError where the folder cannot be read, OSError where the catalogue cannot.
    """
    now = now.replace(microsecond=0)
    target = TARGETS["directory"](str(output))
    loaded = load_catalogue(
        Path(catalogue),
        now=now,
        on_read=on_read,
        judge=lint.judge_entry,
        workers=workers,
        executor=executor,
        store=store,
    )
    with loaded.index:
        last = read_last(target)
        problems = find_problems(loaded, last)
        if (site := loaded.site) is not None and loaded.is_complete:
            try:
                make = partial(make_documents, site=site, workers=workers, executor=executor)
                problems += _judge_shown(loaded, site, last, now, make, is_sound=not has_errors(problems))
            except CatalogueError as error:  # of a feed that is too large to be made
                problems += error.diagnostics
        return add_excerpts(switches.apply(problems, site=loaded.site))


def _judge_shown(
    loaded: Catalogue,
    site: Site,
    last: Manifest | None,
    now: datetime,
    make: Callable[..., Iterable[Document]],
    *,
    is_sound: bool,
) -> list[Diagnostic]:
    """Return what is wrong with what feeds and pages show now. Raises CatalogueError for a feed that cannot be made."""
    selection = select_topics(loaded, site=site, now=now)
    manifest = manifests.make_manifest(selection, (), site=site, catalogue=loaded.digest)
    is_large = lint.may_be_large(selection)
    documents = tuple(make(selection, formats=site.formats, verify=False)) if is_large else ()
    problems: list[Diagnostic] = []
    if loaded.templates and is_sound:
        problems += pages.find_faults(make(selection, formats=(pages.NAME,), templates=loaded.templates))
    changes = manifests.compare_manifests(last, manifest, now=now)
    return [*problems, *judge_selection(loaded, selection, documents, changes)]


def judge_selection(
    loaded: Catalogue,
    selection: Selection,
    documents: Sequence[Document],
    changes: Sequence[Change],
    *,
    quiet: Collection[str] = (),
) -> Iterator[Diagnostic]:
    """Yield what lint has to say of the topics, of the documents that were made, and of what has changed.

    ``quiet`` are topics of whose titles there is nothing to say.
    """
    others = [topic for topic in selection.topics if topic.key not in quiet]
    yield from lint.judge_titles(others, selection=selection, loaded=loaded)
    yield from lint.judge_pace(selection, loaded=loaded)
    yield from lint.judge_sizes(documents, selection=selection, loaded=loaded)
    yield from lint.judge_changes(changes, selection=selection, loaded=loaded)


def read_last(target: Target) -> Manifest | None:
    """Return the last publication of a target, None where nothing was published or it cannot be read."""
    return manifests.read_manifest(target.read(manifests.NAME))


def find_problems(loaded: Catalogue, last: Manifest | None) -> list[Diagnostic]:
    """Return the problems of a catalogue and its templates, and the topics that would vanish, where they are known."""
    problems = [*loaded.diagnostics, *pages.check_templates(loaded.templates)]
    if loaded.place is None:
        return problems
    file, span = loaded.place
    vanished = [
        diagnose(
            "vanished-topic",
            f"topic {quote(key)} was published and is gone",
            file=file,
            span=span,
            help=f"add formerly: [{key}] to the section that replaces it, or name it under retired",
        )
        for key in manifests.find_vanished(last, keys=loaded.topic_keys)
    ]
    return [*problems, *vanished]


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Tell whether some problem stops a publication."""
    return any(one.severity == "error" for one in diagnostics)


def ensure_known(
    selection: Selection, *, topics: Collection[str], formats: Collection[str], known: Collection[str]
) -> None:
    """Raise UsageError where a topic is asked for that there is not, or a format that is not ``known``."""
    for word, asked, there_are in (
        ("topic", topics, [topic.key for topic in selection.topics]),
        ("format", formats, known),
    ):
        for one in asked:
            if one not in there_are:
                from difflib import get_close_matches  # noqa: PLC0415 - only a mistyped word needs it

                close = get_close_matches(one, there_are, n=1)
                hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(there_are)}"
                raise UsageError(f"there is no {word} {one!r}: {hint}")
