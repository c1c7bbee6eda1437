"""Whether a publication is current, due or stale, by every cause."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import feedpub
from feedpub.manifest import read_manifest, write_manifest
from written import NOW, SITE, article, catalogue, teaser, write_catalogue

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LATER = NOW + timedelta(days=30)
PLAIN = catalogue(teaser("x"), articles=[article("y")])


class Newsroom:
    """A catalogue and its feeds in a temporary folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.output = folder / "feeds"

    def render(self, value: dict[str, Any], now: datetime = NOW) -> feedpub.Publication:
        return feedpub.render(write_catalogue(self.folder, value), output=self.output, now=now)

    def preview(self, value: dict[str, Any], now: datetime = NOW) -> feedpub.Publication:
        return feedpub.preview(write_catalogue(self.folder, value), output=self.output, now=now)


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    return Newsroom(tmp_path)


def test_what_was_never_published_is_stale(newsroom: Newsroom) -> None:
    assert newsroom.preview(PLAIN).status == "stale"


def test_what_was_just_published_is_current_and_stays_so(newsroom: Newsroom) -> None:
    newsroom.render(PLAIN)
    assert [newsroom.preview(PLAIN, now).status for now in (NOW, LATER)] == ["current", "current"]


@pytest.mark.parametrize(
    "value",
    [
        catalogue(teaser("x"), teaser("y", "2026-03-15T00:00:00Z")),
        catalogue(teaser("x"), teaser("y", "2026-03-15T00:00:00Z", sections=["b"])),
        catalogue(teaser("x", expires="2026-03-15T00:00:00Z")),
        catalogue(teaser("x", updated="2026-03-15T00:00:00Z")),
        catalogue(teaser("x"), retracted=[{"id": "r", "at": "2026-03-15T00:00:00Z"}]),
        catalogue(teaser("x"), retracted=[{"id": "r", "at": "2026-03-15T00:00:00Z", "sections": ["b"]}]),
        catalogue(
            teaser("x"),
            teaser("y", "2026-03-15T00:00:00Z", sections=["c"]),
            sections={"a": {"title": "A"}, "c": {"title": "C", "formerly": ["old"]}},
        ),
        catalogue(teaser("x"), teaser("y", "2026-03-15T00:00:00Z"), site=SITE | {"limit": 1}),
        catalogue(
            teaser("x", expires="2026-03-15T00:00:00Z"),
            teaser("y", "2026-01-01T00:00:00Z"),
            site=SITE | {"limit": 1},
        ),
    ],
    ids=["embargo", "elsewhere", "expiry", "update", "retraction", "own", "former", "aging", "making room"],
)
def test_what_only_time_changes_is_due(newsroom: Newsroom, value: dict[str, Any]) -> None:
    newsroom.render(value)
    early = newsroom.preview(value, LATER - timedelta(days=20))
    late = newsroom.preview(value, LATER)
    assert (early.status, early.written) == ("current", ())
    assert (late.status, bool(late.written)) == ("due", True)
    assert newsroom.render(value, LATER).status == "due"
    assert newsroom.preview(value, LATER).status == "current"


@pytest.mark.parametrize(
    "value",
    [
        catalogue(teaser("x", title="T")),
        catalogue(teaser("x"), teaser("z")),
        catalogue(teaser("x"), teaser("z", "2027-01-01T00:00:00Z")),
        catalogue(teaser("x"), teaser("z", expires="2026-02-02T00:00:00Z")),
        catalogue(teaser("x"), site=SITE | {"title": "T"}),
        catalogue(teaser("x"), site=SITE | {"limit": 49}),
        catalogue(teaser("x"), site=SITE | {"formats": ["rss"]}),
        catalogue(teaser("x"), site=SITE | {"hubs": ["https://h.org/"]}),
        catalogue(teaser("x"), sections={"a": {"title": "A"}, "b": {"title": "B"}, "c": {"title": "C"}}),
        catalogue(teaser("x"), sections={"a": {"title": "A"}, "c": {"title": "B", "formerly": ["b"]}}),
    ],
    ids=["title", "entry", "held back", "expired", "site", "limit", "formats", "hub", "section", "renamed"],
)
@pytest.mark.parametrize("now", [NOW, LATER], ids=["at once", "later"])
def test_an_edit_is_stale_however_late_it_is_seen(newsroom: Newsroom, value: dict[str, Any], now: datetime) -> None:
    newsroom.render(catalogue(teaser("x")))
    assert newsroom.preview(value, now).status == "stale"


def test_an_edit_is_stale_beside_an_embargo_that_ended(newsroom: Newsroom) -> None:
    newsroom.render(catalogue(teaser("x"), teaser("y", "2026-03-15T00:00:00Z", sections=["b"])))
    edited = catalogue(teaser("x", title="T"), teaser("y", "2026-03-15T00:00:00Z", sections=["b"]))
    assert newsroom.preview(edited, LATER).status == "stale"


def test_an_edit_of_what_says_nothing_is_no_edit(newsroom: Newsroom) -> None:
    newsroom.render(PLAIN)
    text = "# A comment.\n" + json.dumps({key: PLAIN[key] for key in reversed(PLAIN)} | {"x-note": "n"}, indent=3)
    (newsroom.folder / "articles.yaml").write_text(text, encoding="utf-8")
    found = feedpub.preview(newsroom.folder / "articles.yaml", output=newsroom.output, now=NOW)
    assert (found.status, found.written) == ("current", ())


def test_an_added_draft_is_no_edit(newsroom: Newsroom) -> None:
    newsroom.render(catalogue(teaser("x")))
    assert newsroom.preview(catalogue(teaser("x"), teaser("y", draft="true"))).status == "current"


def append(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n")


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def remove(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("name", ["a.rss", "b.atom", "all.json", "manifest.json"])
@pytest.mark.parametrize("alter", [append, truncate, remove])
def test_an_altered_file_is_stale(newsroom: Newsroom, name: str, alter: Callable[[Path], None]) -> None:
    newsroom.render(PLAIN)
    alter(newsroom.output / name)
    assert newsroom.preview(PLAIN).status == "stale"
    newsroom.render(PLAIN)
    assert newsroom.preview(PLAIN).status == "current"


@pytest.mark.parametrize("name", ["b.rss", "b.atom", "b.json"])
@pytest.mark.parametrize("alter", [append, truncate, remove])
def test_an_altered_file_is_stale_beside_others_that_are_due(
    newsroom: Newsroom, name: str, alter: Callable[[Path], None]
) -> None:
    value = catalogue(teaser("x"), teaser("y", "2026-03-15T00:00:00Z"))
    newsroom.render(value)
    alter(newsroom.output / name)
    assert newsroom.preview(value, LATER).status == "stale"


def test_the_bytes_of_another_feedpub_are_stale(newsroom: Newsroom) -> None:
    """The files are as the manifest says and the catalogue is the same, but this feedpub writes other bytes."""
    value = catalogue(teaser("x"), teaser("y", "2026-03-15T00:00:00Z"))
    newsroom.render(value)
    path = newsroom.output / "b.rss"
    path.write_bytes(path.read_bytes().replace(b"<generator>feedpub", b"<generator>feedpub 0"))
    forget(newsroom.output)
    assert newsroom.preview(value).status == "stale"
    assert newsroom.preview(value, LATER).status == "stale"


def forget(output: Path) -> None:
    """Make the manifest say that each file is as it should be."""
    from dataclasses import replace  # noqa: PLC0415 - for this alone
    from hashlib import sha256  # noqa: PLC0415 - the same

    manifest = read_manifest((output / "manifest.json").read_bytes())
    assert manifest is not None
    documents = tuple(
        replace(one, sha256=sha256(data).hexdigest(), size=len(data))
        for one in manifest.documents
        for data in [(output / one.path).read_bytes()]
    )
    (output / "manifest.json").write_bytes(write_manifest(replace(manifest, documents=documents)))


def test_a_file_that_is_no_longer_made_is_stale(newsroom: Newsroom) -> None:
    newsroom.render(catalogue(teaser("x")))
    found = newsroom.preview(catalogue(teaser("x"), site=SITE | {"formats": ["rss", "json"]}))
    assert (found.status, found.removed) == ("stale", ("a.atom", "all.atom", "b.atom"))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    hours=st.lists(st.tuples(st.integers(0, 8), st.integers(1, 8)), max_size=5),
    seen=st.lists(st.integers(0, 16), min_size=1, max_size=4).map(sorted),
)
def test_without_an_edit_it_is_due_exactly_when_the_next_change_has_come(
    hours: list[tuple[int, int]], seen: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    newsroom = Newsroom(tmp_path_factory.mktemp("newsroom"))
    value = catalogue(
        *(
            teaser(f"x{number}", text(start), expires=text(start + length))
            for number, (start, length) in enumerate(hours)
        )
    )
    coming = newsroom.render(value, NOW - timedelta(hours=1)).next_change
    for hour in seen:
        now = NOW + timedelta(hours=hour)
        is_due = coming is not None and coming <= now
        assert newsroom.preview(value, now).status in (("due", "current") if is_due else ("current",))
        coming = newsroom.render(value, now).next_change
        assert newsroom.preview(value, now).status == "current"


def text(hour: int) -> str:
    return f"{NOW + timedelta(hours=hour):%Y-%m-%dT%H:%M:%SZ}"


@pytest.mark.parametrize("name", ["a.rss", "a.atom", "all.json"])
@pytest.mark.parametrize("alter", [append, truncate, remove])
def test_a_file_that_is_altered_and_due_is_stale(newsroom: Newsroom, name: str, alter: Callable[[Path], None]) -> None:
    """ "every file is as the manifest says": a.rss is due to change, but somebody altered what stands there."""
    value = catalogue(teaser("x"), teaser("y", "2026-03-15T00:00:00Z"))
    newsroom.render(value)
    alter(newsroom.output / name)
    assert newsroom.preview(value, LATER).status == "stale"


def test_a_retraction_that_only_the_manifest_lists_is_due(newsroom: Newsroom) -> None:
    """JSON Feed announces no retraction and has no feed time: only the manifest changes, and only by the clock."""
    value = catalogue(
        teaser("x"), retracted=[{"id": "r", "at": "2026-03-15T00:00:00Z"}], site=SITE | {"formats": ["json"]}
    )
    newsroom.render(value)
    found = newsroom.preview(value, LATER)
    assert (found.written, found.status) == ((), "due")
