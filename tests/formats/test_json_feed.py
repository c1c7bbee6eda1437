"""The JSON Feed column of the mapping, row by row, and the schema of JSON Feed 1.1."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft7Validator

from factories import SITE, TAG, entry, feed, full_entry, full_feed, person
from feedpub.formats import DocumentError, json_feed

if TYPE_CHECKING:
    from feedpub.feed import Entry, Feed

ADDRESS = f"{SITE}feeds/science.json"
SCHEMA = Path(__file__).parents[3] / "shared" / "schemas" / "jsonfeed-1.1.schema.json"


def write_feed(published: Feed) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(json_feed.write(published, address=ADDRESS))
    return document


def write_item(published: Entry) -> dict[str, Any]:
    item: dict[str, Any] = write_feed(feed(published))["items"][0]
    return item


@pytest.mark.skipif(not SCHEMA.exists(), reason="the schema of JSON Feed 1.1 is not beside this checkout")
@pytest.mark.parametrize(
    "published",
    [feed(), feed(entries=(), description=None), full_feed(), feed(entry(summary=None, content=None))],
    ids=["plain", "empty", "full", "bare entry"],
)
def test_a_document_follows_the_schema(published: Feed) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    checker = Draft7Validator.FORMAT_CHECKER
    assert list(Draft7Validator(schema, format_checker=checker).iter_errors(write_feed(published))) == []


def test_a_full_feed_carries_exactly_these_members_in_this_order() -> None:
    document = write_feed(full_feed())
    del document["items"]
    assert list(document.items()) == [
        ("version", "https://jsonfeed.org/version/1.1"),
        ("title", "Science – Example News"),
        ("home_page_url", f"{SITE}science/"),
        ("feed_url", ADDRESS),
        ("description", "What was found out"),
        ("icon", f"{SITE}logo.png"),
        ("favicon", f"{SITE}icon.png"),
        ("authors", [{"name": "Ada Lovelace", "url": "https://ada.example.org/"}, {"name": "Example News desk"}]),
        ("language", "en-GB"),
        (
            "hubs",
            [
                {"type": "WebSub", "url": "https://hub.example.org/"},
                {"type": "WebSub", "url": "https://hub.example.com/"},
            ],
        ),
    ]


def test_a_full_item_carries_exactly_these_members_in_this_order() -> None:
    assert list(write_item(full_entry("x", authors=(person(),))).items()) == [
        ("id", f"{TAG}x"),
        ("url", f"{SITE}science/x"),
        ("title", "Two moons over the bay"),
        ("summary", "Why the tide came twice."),
        ("content_html", "<p>The tide came <em>twice</em>.</p>"),
        ("image", f"{SITE}images/moons.jpg"),
        ("date_published", "2026-02-12T09:00:00Z"),
        ("date_modified", "2026-02-12T12:00:00Z"),
        ("authors", [{"name": "Ada Lovelace", "url": "https://ada.example.org/"}]),
        ("tags", ["Science", "tides"]),
        ("language", "cy"),
        (
            "attachments",
            [
                {"url": f"{SITE}audio/tides.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 2345678},
                {"url": f"{SITE}video/tides.mp4", "mime_type": "video/mp4", "size_in_bytes": 9},
            ],
        ),
    ]


def test_what_an_item_does_not_have_is_left_out() -> None:
    assert not {"image", "authors", "language", "attachments", "content_text"} & set(write_item(entry()))


def test_an_empty_feed_has_an_empty_list_of_items() -> None:
    assert write_feed(feed(entries=()))["items"] == []


@pytest.mark.parametrize(("summary", "text"), [("S & <b>", "S & <b>"), (None, "Two moons over the bay")])
def test_without_content_the_text_is_the_summary_else_the_title(summary: str | None, text: str) -> None:
    item = write_item(entry(summary=summary, content=None))
    assert item["content_text"] == text
    assert item.get("summary") == summary
    assert "content_html" not in item


def test_ids_are_the_published_ones() -> None:
    assert write_item(entry(id="4711"))["id"] == "4711"
    assert json_feed.ids(feed(entry(id="4711"))) == ("4711",)


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("id", 4711),
        ("id", None),
        ("url", ["https://example.org/"]),
        ("title", None),
        ("date_published", "yesterday"),
        ("date_modified", None),
        ("content_html", 1),
        ("tags", "science"),
        ("tags", [1]),
        ("authors", {"name": "Ada"}),
        ("authors", [{"url": "https://example.org/"}]),
        ("attachments", [{"url": "https://example.org/", "mime_type": "a/b"}]),
        ("attachments", [{"url": "https://example.org/", "mime_type": "a/b", "size_in_bytes": "9"}]),
    ],
)
def test_a_member_of_the_wrong_kind_is_refused(member: str, value: object) -> None:
    document = write_feed(feed())
    document["items"][0][member] = value
    with pytest.raises(DocumentError):
        json_feed.read(json.dumps(document).encode())


def test_an_item_without_content_is_refused() -> None:
    document = write_feed(feed())
    del document["items"][0]["content_html"]
    with pytest.raises(DocumentError, match="content_text"):
        json_feed.read(json.dumps(document).encode())


def test_a_number_that_is_no_json_is_refused() -> None:
    data = json_feed.write(full_feed(), address=ADDRESS).replace(b'"size_in_bytes": 9', b'"size_in_bytes": NaN')
    with pytest.raises(DocumentError, match="NaN is no JSON"):
        json_feed.read(data)
