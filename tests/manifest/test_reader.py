"""A feed reader that nobody here wrote shows as new, as changed and as unread what `feedpub diff` says it will."""

from __future__ import annotations

import json
import os
import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import feedpub
from feedpub.cli.diff import command

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    Catalogue = dict[str, Any]
    Change = dict[str, Any]

try:
    import reader
except ImportError:
    if os.environ.get("CI") == "true":
        raise
    pytest.skip("the package reader is not installed", allow_module_level=True)

NOW = datetime(2026, 6, 1, tzinfo=UTC)
SEEN = {"title", "url", "published", "updated", "summary", "content", "authors", "enclosures"}
"""The fields of which this reader keeps something; it shows no pictures, tags, languages and rights."""

HEAD = 'site: {{title: T, url: "https://e.org/", tag_authority: "e.org,2026", limit: {limit}}}\nsections: {sections}\n'
SECTIONS = "{a: {title: A}, b: {title: B}}"


def article(number: int, **fields: str) -> dict[str, str]:
    known = {
        "id": f"e{number}",
        "title": f"Title {number}",
        "url": f"e{number}",
        "published": f"2026-05-{number:02}T09:00:00Z",
        "sections": "[a]",
        "summary": f"Summary {number}.",
        "body": f"Body {number}.",
    }
    return {name: value for name, value in (known | fields).items() if value}


def write(folder: Path, *entries: Mapping[str, str], limit: int = 50, sections: str = SECTIONS, tail: str = "") -> None:
    text = HEAD.format(limit=limit, sections=sections)
    for key in ("articles", "teasers"):
        items = [entry for entry in entries if ("body" in entry) == (key == "articles")]
        lines = ["  - " + "\n    ".join(f"{name}: {value}" for name, value in one.items()) for one in items]
        text += "\n".join([f"{key}:", *lines, ""])
    (folder / "articles.yaml").write_text(text + tail, encoding="utf-8")


def read_changes(folder: Path, *, now: datetime) -> dict[str, list[Change]]:
    """Return what diff says of each topic, after seeing that its events, one for each entry, say the same."""
    told = json.loads(run_diff(folder, "json", now=now))["changes"]
    events = [json.loads(line) for line in run_diff(folder, "jsonl", now=now).splitlines()]
    assert {(topic, one["id"], kind) for one in events for topic, kind in one["topics"].items()} == {
        (one["topic"], one["id"], one["event"]) for one in told
    }
    assert len({one["id"] for one in events}) == len(events)
    found: dict[str, list[Change]] = {}
    for change in told:
        found.setdefault(change["topic"], []).append(change)
    return found


def run_diff(folder: Path, form: str, *, now: datetime) -> str:
    arguments = [str(folder / "feeds"), str(folder / "articles.yaml"), "--output-format", form]
    done = CliRunner().invoke(command, [*arguments, "--now", now.isoformat()], standalone_mode=False)
    assert done.exception is None
    return done.stdout


def judge(folder: Path, first: Catalogue, second: Catalogue, *, later: datetime = NOW) -> set[str]:
    """Publish a catalogue, let a reader read all of it, publish another; hold the reader against diff.

    Return the kinds of changes that there were.
    """
    catalogue, feeds = folder / "articles.yaml", folder / "feeds"
    write(folder, *first.get("entries", ()), **{name: one for name, one in first.items() if name != "entries"})
    feedpub.render(catalogue, output=feeds, now=NOW)
    with reader.make_reader(":memory:", feed_root=str(feeds)) as person:
        for path in sorted(feeds.iterdir()):
            if path.suffix in (".rss", ".atom", ".json") and path.stem != "manifest":
                person.add_feed(path.name)
        assert all(not isinstance(one.value, Exception) for one in person.update_feeds_iter(scheduled=False))
        for entry in person.get_entries():
            person.mark_entry_as_read(entry)
        statuses: dict[tuple[str, str], str] = {}
        person.after_entry_update_hooks.append(
            lambda _, entry, status: statuses.update({(entry.feed_url, entry.id): status.name})
        )
        write(folder, *second.get("entries", ()), **{name: one for name, one in second.items() if name != "entries"})
        changes = read_changes(folder, now=later)
        feedpub.render(catalogue, output=feeds, now=later)
        assert all(not isinstance(one.value, Exception) for one in person.update_feeds_iter(scheduled=False))
        for feed in person.get_feeds():
            compare_feed(person, feed.url, changes.get(feed.url.partition(".")[0], []), statuses)
    return {change["event"] for found in changes.values() for change in found}


def compare_feed(
    person: reader.Reader, url: str, changes: list[Change], statuses: Mapping[tuple[str, str], str]
) -> None:
    unread = {entry.id for entry in person.get_entries(feed=url, read=False)}
    modified = {identifier for (feed, identifier), status in statuses.items() if feed == url and status == "MODIFIED"}
    new = {change["id"] for change in changes if change["event"] in ("new", "unread again")}
    changed = {one["id"]: set(one["fields"]) for one in changes if one["event"] in ("changed", "changed silently")}
    assert unread == new, url
    assert modified <= set(changed), url
    assert {identifier for identifier, fields in changed.items() if fields & SEEN} <= modified, url


def one(**fields: str) -> Catalogue:
    return {"entries": [article(1), article(2, **fields), article(3)]}


PAIRS: dict[str, tuple[Catalogue, Catalogue, set[str]]] = {
    "nothing": (one(), one(), set()),
    "a title": (one(), one(title="Other"), {"changed silently"}),
    "a title with its time": (one(), one(title="Other", updated="2026-05-20T00:00:00Z"), {"changed"}),
    "a body": (one(), one(body="Other."), {"changed silently"}),
    "a summary": (one(), one(summary="Other."), {"changed silently"}),
    "a url": (one(), one(url="other"), {"changed silently"}),
    "a time of publication": (one(), one(published="2026-05-02T10:00:00Z"), {"changed"}),
    "updated alone": (one(), one(updated="2026-05-20T00:00:00Z"), {"changed"}),
    "an id": (one(), one(id="other"), {"unread again"}),
    "an id and a url": (one(), one(id="other", url="other"), {"unread again"}),
    "an id and all else": (
        one(),
        one(id="other", url="other", title="Other", body="Other.", summary="Other."),
        {"new", "removed"},
    ),
    "a guid": (one(), one(guid="urn:x:1"), {"unread again"}),
    "an entry more": (one(), {"entries": [article(number) for number in range(1, 5)]}, {"new"}),
    "an entry less": (one(), {"entries": [article(1), article(3)]}, {"removed"}),
    "a retraction": (
        one(),
        {"entries": [article(1), article(3)], "tail": "retracted: [{id: e2, at: 2026-05-30T00:00:00Z}]\n"},
        {"retracted"},
    ),
    "another section": (one(), one(sections="[b]"), {"new", "removed", "changed silently"}),
    "a section more": (one(), one(sections="[a, b]"), {"new", "changed silently"}),
    "a teaser that becomes an article": (one(body=""), one(), {"changed silently"}),
    "an article that becomes a teaser": (one(), one(body=""), {"changed silently"}),
    "tags": (one(), one(tags="[x, y]"), {"changed silently"}),
    "an image": (one(), one(image="{url: x.jpg, alt: X}"), {"changed silently"}),
    "authors": (one(), one(authors="[Ada, Ben]"), {"changed silently"}),
    "an enclosure": (one(), one(enclosures="[{url: x.mp3, length: 10, type: audio/mpeg}]"), {"changed silently"}),
    "rights and language": (one(), one(rights="CC0", language="fr"), {"changed silently"}),
    "a draft": (one(draft="true"), one(), {"new"}),
    "back to a draft": (one(), one(draft="true"), {"removed"}),
    "aged out": (
        one() | {"limit": 3},
        {"limit": 3, "entries": [article(number) for number in range(1, 5)]},
        {"new", "aged out"},
    ),
    "a section under another key": (
        one(),
        {
            "entries": [article(number, sections="[c]") for number in (1, 2, 3)],
            "sections": "{c: {title: A, formerly: [a]}, b: {title: B}}",
        },
        {"changed silently"},
    ),
    "a section with another title": (
        one(),
        one() | {"sections": "{a: {title: Aa}, b: {title: B}}"},
        {"changed silently"},
    ),
    "a section that ends on purpose": (
        one(),
        {
            "entries": [article(number, sections="[b]") for number in (1, 2, 3)],
            "sections": "{b: {title: B}}",
            "tail": "retired: {a: {title: A, at: 2026-05-30T00:00:00Z, notice: It has ended., to: b}}\n",
        },
        {"new", "removed", "changed silently"},
    ),
    "bodies become summaries": (
        one(),
        one() | {"sections": "{a: {title: A, content: summary}, b: {title: B}}"},
        {"changed silently"},
    ),
    "all at once": (
        one(tags="[x]"),
        {"entries": [article(1, title="Other"), article(2, id="new"), article(4), article(5, sections="[b]")]},
        {"new", "removed", "changed silently", "unread again"},
    ),
}


@pytest.mark.parametrize("name", PAIRS)
def test_a_reader_sees_what_diff_says(name: str, tmp_path: Path) -> None:
    first, second, kinds = PAIRS[name]
    assert judge(tmp_path, first, second) == kinds


def test_time_brings_and_takes_entries(tmp_path: Path) -> None:
    entries = [article(1, expires="2026-06-10T00:00:00Z"), article(2, published="2026-06-05T00:00:00Z"), article(3)]
    same = {"entries": entries}
    assert judge(tmp_path, same, same, later=datetime(2026, 6, 20, tzinfo=UTC)) == {"new", "expired"}


def test_a_topic_that_is_gone_shows_nothing_new_and_the_others_are_told(tmp_path: Path) -> None:
    feeds = tmp_path / "feeds"
    write(tmp_path, article(1), article(2, sections="[b]"))
    feedpub.render(tmp_path / "articles.yaml", output=feeds, now=NOW)
    with reader.make_reader(":memory:", feed_root=str(feeds)) as person:
        for name in ("a.atom", "b.atom"):
            person.add_feed(name)
        person.update_feeds()
        for entry in person.get_entries():
            person.mark_entry_as_read(entry)
        write(tmp_path, article(1), article(2), article(3), sections="{a: {title: A}}")
        told = json.loads(run_diff(tmp_path, "json", now=NOW))
        shutil.rmtree(feeds)  # render refuses to lose a topic: this is somebody who insists
        feedpub.render(tmp_path / "articles.yaml", output=feeds, now=NOW)
        failed = {one.url for one in person.update_feeds_iter(scheduled=False) if isinstance(one.value, Exception)}
        assert failed == {f"{one['topic']}.atom" for one in told["topics"] if one["event"] == "gone"} == {"b.atom"}
        new = {one["id"] for one in told["changes"] if (one["topic"], one["event"]) == ("a", "new")}
        assert len(new) == 2
        assert {(one.feed_url, one.id) for one in person.get_entries(read=False)} == {("a.atom", each) for each in new}


@st.composite
def edits(draw: st.DrawFn) -> Catalogue:
    """Return a catalogue's entries, some of them edited."""
    fields = {
        "title": st.sampled_from(["", "Other"]),
        "body": st.sampled_from(["Other *text*.", "More."]),
        "updated": st.sampled_from(["", "2026-05-28T00:00:00Z"]),
        "sections": st.sampled_from(["[b]", "[a, b]"]),
        "id": st.sampled_from(["x", "y"]),
        "authors": st.just("[Ada]"),
    }
    entries = []
    for number in draw(st.sets(st.integers(1, 6), max_size=6)):
        chosen = draw(st.sets(st.sampled_from(sorted(fields)), max_size=2))
        changed = {name: draw(fields[name]) for name in sorted(chosen)}
        changed = {name: value for name, value in changed.items() if value}
        if "id" in changed:
            changed["id"] += str(number)
        entries.append(article(number, **changed))
    return {"entries": entries, "limit": draw(st.sampled_from([3, 50]))}


@settings(max_examples=15, deadline=None)
@given(first=edits(), second=edits())
def test_a_reader_sees_what_diff_says_of_any_edit(first: Catalogue, second: Catalogue, tmp_path_factory: Any) -> None:  # noqa: ANN401 - pytest's fixture
    judge(tmp_path_factory.mktemp("edit"), first, second)
