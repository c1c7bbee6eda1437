"""The whole way through the library, as its callers see it."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import feedparser
import pytest

import feedpub
from feedpub import pipeline
from feedpub.select import building

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 3, 1, tzinfo=UTC)
HEAD = """\
site: {title: T, url: "https://e.org/", tag_authority: "e.org,2026"}
sections: {a: {title: A}, b: {title: B}}
teasers:
"""


def entry(name: str, published: str = "2026-01-01", **fields: str) -> str:
    values = {"title": name, "url": name, "published": f"{published}T00:00:00Z", "sections": "[a]", "summary": "S"}
    rest = "".join(f"    {key}: {value}\n" for key, value in (values | fields).items())
    return f"  - id: {name}\n{rest}"


class Newsroom:
    """A catalogue and its feeds in a temporary folder."""

    def __init__(self, folder: Path) -> None:
        self.catalogue = folder / "articles.yaml"
        self.output = folder / "feeds"

    def write(self, *entries: str, head: str = HEAD, tail: str = "") -> None:
        self.catalogue.write_text(head + "".join(entries) + tail, encoding="utf-8")

    def render(self, now: datetime = NOW, *, adopt: bool = False) -> feedpub.Publication:
        return feedpub.render(self.catalogue, output=self.output, now=now, adopt=adopt)

    def preview(self, now: datetime = NOW) -> feedpub.Publication:
        return feedpub.preview(self.catalogue, output=self.output, now=now)

    def ids(self, name: str = "a.rss") -> list[str]:
        parsed = feedparser.parse((self.output / name).read_bytes())
        return [item.id.rpartition(":")[2] for item in parsed.entries]

    def state(self) -> dict[str, tuple[bytes, int]]:
        return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in self.output.iterdir()}


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    return Newsroom(tmp_path)


def test_rendering_twice_writes_nothing(newsroom: Newsroom) -> None:
    newsroom.write(entry("x"))
    first = newsroom.render()
    before = newsroom.state()
    second = newsroom.render()
    assert len(first.written) == 14
    assert (second.status, second.written, newsroom.state()) == ("current", (), before)


def test_a_broken_catalogue_leaves_the_folder_as_it_was(newsroom: Newsroom) -> None:
    newsroom.write(entry("x"))
    newsroom.render()
    before = newsroom.state()
    newsroom.write(entry("x", title='""'))
    with pytest.raises(feedpub.CatalogueError) as caught:
        newsroom.render()
    assert [one.rule for one in caught.value.diagnostics] == ["empty-value"]
    assert newsroom.state() == before


def test_a_broken_catalogue_makes_no_folder(newsroom: Newsroom) -> None:
    newsroom.write(entry("x", title='""'))
    with pytest.raises(feedpub.CatalogueError):
        newsroom.render()
    assert not newsroom.output.exists()


def test_the_future_waits_and_the_past_goes(newsroom: Newsroom) -> None:
    newsroom.write(
        entry("shown"),
        entry("later", "2026-03-02"),
        entry("gone", expires="2026-02-01T00:00:00Z"),
        entry("draft", draft="true"),
    )
    found = newsroom.render()
    assert newsroom.ids() == ["shown"]
    assert [one.id for one in found.held_back.nearest] == ["later"]
    assert [one.id for one in found.expired.nearest] == ["gone"]
    assert found.next_change == datetime(2026, 3, 2, tzinfo=UTC)
    newsroom.render(datetime(2026, 3, 2, tzinfo=UTC))
    assert newsroom.ids() == ["later", "shown"]


def test_entries_of_equal_time_are_ordered_by_id_and_limited(newsroom: Newsroom) -> None:
    newsroom.write(
        entry("b"), entry("a"), entry("c", "2026-01-02"), head=HEAD.replace("{title: A}", "{title: A, limit: 2}")
    )
    newsroom.render()
    assert newsroom.ids() == ["c", "a"]
    assert newsroom.ids("all.rss") == ["c", "a", "b"]
    assert newsroom.ids("b.atom") == []


def test_an_ended_embargo_is_due_and_an_edit_is_stale(newsroom: Newsroom) -> None:
    newsroom.write(entry("x"), entry("later", "2026-03-02"))
    newsroom.render()
    assert newsroom.preview(NOW + timedelta(hours=1)).status == "current"
    assert newsroom.preview(NOW + timedelta(days=2)).status == "due"
    newsroom.write(entry("x", title="new"), entry("later", "2026-03-02"))
    assert newsroom.preview().status == "stale"
    assert newsroom.preview(NOW + timedelta(days=2)).status == "stale"


def test_an_altered_file_is_stale_and_written_again(newsroom: Newsroom) -> None:
    newsroom.write(entry("x"))
    newsroom.render()
    before = newsroom.state()["a.rss"][0]
    (newsroom.output / "a.rss").write_bytes(b"altered")
    assert newsroom.preview().status == "stale"
    assert newsroom.render().written == ("a.rss",)
    assert newsroom.state()["a.rss"][0] == before


def test_files_of_others_are_refused_until_adopted(newsroom: Newsroom) -> None:
    newsroom.write(entry("x"))
    newsroom.output.mkdir()
    (newsroom.output / "a.rss").write_bytes(b"mine")
    (newsroom.output / "other.txt").write_bytes(b"other")
    with pytest.raises(feedpub.PublishError, match=r"a\.rss"):
        newsroom.render()
    assert (newsroom.output / "a.rss").read_bytes() == b"mine"
    newsroom.render(adopt=True)
    assert newsroom.ids() == ["x"]
    assert (newsroom.output / "other.txt").read_bytes() == b"other"


def test_an_unreadable_manifest_counts_as_absent(newsroom: Newsroom) -> None:
    newsroom.write(entry("x"))
    newsroom.render()
    whole = newsroom.state()["manifest.json"][0]
    (newsroom.output / "manifest.json").write_bytes(b"<<<<<<< ours\n" + whole)
    newsroom.render()
    assert newsroom.state()["manifest.json"][0] == whole


def test_a_topic_that_vanishes_is_an_error_at_sections(newsroom: Newsroom) -> None:
    newsroom.write(entry("x"))
    newsroom.render()
    newsroom.write(entry("x"), head=HEAD.replace(", b: {title: B}", ""))
    found = feedpub.check(newsroom.catalogue, output=newsroom.output, now=NOW)
    assert [(one.rule, one.line, one.column, one.message, one.help) for one in found] == [
        (
            "vanished-topic",
            2,
            1,
            'topic "b" was published and is gone',
            "add formerly: [b] to the section that replaces it, or name it under retired",
        )
    ]


def test_a_renamed_section_keeps_its_old_addresses_and_its_id(newsroom: Newsroom) -> None:
    newsroom.write(entry("x"))
    newsroom.render()
    newsroom.write(entry("x", sections="[c]"), head=HEAD.replace("a: {title: A}", "c: {title: A, formerly: [a]}"))
    newsroom.render()
    assert (newsroom.output / "a.atom").read_bytes() == (newsroom.output / "c.atom").read_bytes()
    assert feedparser.parse((newsroom.output / "c.atom").read_bytes()).feed.id == "tag:e.org,2026:feed:a"


def test_a_retired_topic_keeps_one_last_entry(newsroom: Newsroom) -> None:
    newsroom.write(entry("x"))
    newsroom.render()
    retired = "retired: {b: {title: B, at: 2026-02-01T00:00:00Z, notice: It has ended., to: a}}\n"
    newsroom.write(entry("x"), head=HEAD.replace(", b: {title: B}", ""), tail=retired)
    newsroom.render()
    (last,) = feedparser.parse((newsroom.output / "b.atom").read_bytes()).entries
    assert (last.id, last.title, last.summary, last.link) == (
        "tag:e.org,2026:retired:b",
        "B",
        "It has ended.",
        "https://e.org/feeds/a.rss",
    )


def test_a_retraction_is_announced_in_atom_when_its_time_has_come(newsroom: Newsroom) -> None:
    retracted = "retracted: [{id: wrong, at: 2026-03-05T00:00:00Z, reason: It was wrong., sections: [a]}]\n"
    newsroom.write(entry("x"), tail=retracted)
    assert newsroom.render().next_change == datetime(2026, 3, 5, tzinfo=UTC)
    assert b"deleted-entry" not in (newsroom.output / "a.atom").read_bytes()
    newsroom.render(datetime(2026, 3, 5, tzinfo=UTC))
    assert b'ref="tag:e.org,2026:wrong"' in (newsroom.output / "a.atom").read_bytes()
    assert b"deleted-entry" not in (newsroom.output / "b.atom").read_bytes()


def test_the_order_of_entries_changes_no_output(newsroom: Newsroom) -> None:
    newsroom.write(entry("x"), entry("y"), entry("z", "2026-01-03"))
    newsroom.render()
    newsroom.write(entry("z", "2026-01-03"), entry("y"), entry("x"))
    assert newsroom.preview().status == "current"


def test_the_package_lists_what_it_exports_and_has_nothing_else() -> None:
    assert set(feedpub.__all__) <= set(dir(feedpub))
    with pytest.raises(AttributeError, match="module 'feedpub' has no attribute 'publish_all'"):
        _ = feedpub.publish_all


def test_the_library_imports_no_click(newsroom: Newsroom) -> None:
    newsroom.write(entry("x"))
    program = (
        "import sys, feedpub\nfrom datetime import UTC, datetime\n"
        "now = datetime(2026, 3, 1, tzinfo=UTC)\n"
        f"feedpub.render({str(newsroom.catalogue)!r}, output={str(newsroom.output)!r}, now=now)\n"
        "sys.exit('click' in sys.modules)\n"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_the_pipeline_has_the_ways_that_it_names_and_no_other() -> None:
    assert all(callable(getattr(pipeline, name)) for name in pipeline.__all__)
    assert not hasattr(pipeline, "publish")


def test_a_feed_that_is_too_large_to_be_made_is_refused_where_its_topic_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom = Newsroom(tmp_path)
    newsroom.write(entry("one"), entry("two", sections="[b]"), entry("three", sections="[b]"))
    newsroom.render()
    before = newsroom.state()
    monkeypatch.setattr(building, "MAX_FEED", 2_500)  # two entries and what stands around them
    newsroom.write(*(entry(name, sections="[b]") for name in ("one", "two", "three")))
    with pytest.raises(feedpub.CatalogueError) as refused:
        newsroom.render()
    (one,) = refused.value.diagnostics
    assert feedpub.check(newsroom.catalogue, output=newsroom.output, now=NOW) == [one]
    assert (one.rule, one.line, one.help) == ("too-large", 2, "set limit below 3, or content: summary")
    assert one.message == 'topic "b" shows more than 2,500 characters in one feed'
    assert one.excerpt
    assert newsroom.state() == before
    newsroom.write(*(entry(name, sections="[b]") for name in ("one", "two")))
    newsroom.render()
    assert newsroom.ids("b.rss") == ["one", "two"]
