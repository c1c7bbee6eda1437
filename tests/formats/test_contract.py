"""What every format promises, held for each line of FORMATS."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

import feedpub
from factories import MORNING, NOON, enclosure, entry, feed, full_entry, full_feed, image
from feedpub.errors import FeedpubError
from feedpub.formats import FORMATS, DocumentError, Format

ADDRESS = "https://news.example.org/feeds/science.any?a=1&b=2"
SOURCE = Path(feedpub.__file__).parents[1]
TESTS = Path(__file__).parents[1]
EVERY = pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS.keys())


def run_python(code: str, **environment: str) -> bytes:
    paths = {"PYTHONPATH": os.pathsep.join([str(SOURCE), str(TESTS)])}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, env={**os.environ, **paths, **environment}, check=True, capture_output=True).stdout


def test_the_formats_are_listed_in_the_order_in_which_they_are_offered() -> None:
    assert list(FORMATS) == ["rss", "atom", "json"]


def test_a_format_is_listed_under_its_own_name() -> None:
    assert {form.name: form for form in FORMATS.values()} == FORMATS


@pytest.mark.parametrize("property_name", ["suffix", "media_type", "module"])
def test_no_two_formats_share_a_property(property_name: str) -> None:
    assert len({getattr(form, property_name) for form in FORMATS.values()}) == len(FORMATS)


def test_importing_the_package_loads_no_library_that_writes_or_reads() -> None:
    names = "{'feedgen', 'lxml', 'json', 'dateutil'} - set(sys.modules)"
    code = f"import sys; names = {names}; import feedpub.formats; print(sorted(names & set(sys.modules)))"
    assert run_python(code).strip() == b"[]"


@EVERY
def test_a_format_loads_by_itself(form: Format) -> None:
    assert run_python(f"import {form.module}; print('loaded')").strip() == b"loaded"


@EVERY
def test_a_format_reaches_a_worker_process_unchanged(form: Format) -> None:
    assert pickle.loads(pickle.dumps(form)) == form  # noqa: S301 - it was pickled in this line


@EVERY
def test_reading_gives_back_the_address_the_title_and_the_ids(form: Format) -> None:
    published = full_feed()
    readback = form.read(form.write(published, address=ADDRESS))
    assert readback.address == ADDRESS
    assert readback.title == published.title
    assert readback.ids == form.ids(published)
    assert len(readback.ids) == 2


@EVERY
def test_entries_keep_the_order_of_the_feed_whatever_their_times(form: Format) -> None:
    published = feed(entry("old", published=MORNING), entry("new", published=NOON), entry("also-old"))
    assert [one.url for one in form.read(form.write(published, address=ADDRESS)).entries] == [
        one.url for one in published.entries
    ]


@EVERY
def test_a_feed_without_entries_is_a_document_without_entries(form: Format) -> None:
    readback = form.read(form.write(feed(entries=()), address=ADDRESS))
    assert readback.ids == ()
    assert readback.address == ADDRESS


@EVERY
def test_the_same_feed_gives_the_same_bytes(form: Format) -> None:
    assert form.write(full_feed(), address=ADDRESS) == form.write(full_feed(), address=ADDRESS)


@EVERY
def test_the_bytes_depend_on_no_hash_seed_and_no_time_zone(form: Format) -> None:
    code = (
        "import sys, time; time.tzset(); from factories import full_feed; from feedpub.formats import FORMATS;"
        f"sys.stdout.buffer.write(FORMATS[{form.name!r}].write(full_feed(), address={ADDRESS!r}))"
    )
    expected = form.write(full_feed(), address=ADDRESS)
    assert run_python(code, PYTHONHASHSEED="1", TZ="Asia/Tokyo") == expected
    assert run_python(code, PYTHONHASHSEED="2", TZ="America/New_York") == expected


@EVERY
def test_a_document_is_utf_8_with_nothing_escaped_that_need_not_be(form: Format) -> None:
    title = "Ølje, 日本語, שלום, 🌙"
    assert title in form.write(feed(entry(title=title)), address=ADDRESS).decode()


@EVERY
def test_a_document_is_lines_and_ends_with_one_newline(form: Format) -> None:
    data = form.write(full_feed(), address=ADDRESS)
    assert data.endswith(b"\n")
    assert not data.endswith(b"\n\n")
    assert data.count(b"\n") > 50


@EVERY
def test_a_document_names_no_version_of_any_program(form: Format) -> None:
    data = form.write(full_feed(), address=ADDRESS)
    assert b"feedgen" not in data
    assert feedpub.__version__.encode() not in data


@EVERY
def test_a_document_cut_anywhere_is_refused(form: Format) -> None:
    data = form.write(full_feed(), address=ADDRESS).rstrip()
    for end in range(len(data)):
        with pytest.raises(DocumentError):
            form.read(data[:end])


@EVERY
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0",
        b"\xff\xfe\xff",
        b"text",
        b"<html><body></body></html>",
        b"<rss/>",
        b"<rss><channel/></rss>",
        b'<feed xmlns="http://www.w3.org/2005/Atom"/>',
        b"<feed><title>no namespace</title></feed>",
        b"{}",
        b"[]",
        b"null",
        b'{"version": "https://jsonfeed.org/version/1.1"}',
        b'{"version": "https://jsonfeed.org/version/1", "title": "x", "items": []}',
        b'{"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": [1]}',
        b'{"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": [{}]}',
        b'{"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": {}}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_document_is_refused(form: Format, data: bytes) -> None:
    with pytest.raises(DocumentError):
        form.read(data)


@EVERY
def test_the_document_of_another_format_is_refused(form: Format) -> None:
    for other in FORMATS.values():
        if other is not form:
            with pytest.raises(DocumentError):
                form.read(other.write(full_feed(), address=ADDRESS))


@EVERY
def test_a_refusal_is_an_error_of_ours_and_a_value_error(form: Format) -> None:
    with pytest.raises(FeedpubError):
        form.read(b"")
    with pytest.raises(ValueError, match="not"):
        form.read(b"")


@EVERY
def test_a_lone_surrogate_is_refused_with_the_name_of_the_feed(form: Format) -> None:
    with pytest.raises(DocumentError, match="feed 'science' cannot be written"):
        form.write(feed(entry(title="half a \ud83d moon")), address=ADDRESS)


@EVERY
def test_a_summary_only_entry_has_no_content(form: Format) -> None:
    (only,) = form.read(form.write(feed(entry(content=None)), address=ADDRESS)).entries
    assert only.content is None
    assert only.summary == "Why the tide came twice."


@EVERY
def test_content_without_a_summary_stays_content(form: Format) -> None:
    (only,) = form.read(form.write(feed(entry(summary=None)), address=ADDRESS)).entries
    assert only.content == "<p>The tide came <em>twice</em>.</p>"
    assert only.summary is None


@EVERY
def test_an_entry_with_neither_summary_nor_content_is_written(form: Format) -> None:
    (only,) = form.read(form.write(feed(entry(summary=None, content=None)), address=ADDRESS)).entries
    assert (only.summary, only.content, only.title) == (None, None, "Two moons over the bay")


@EVERY
def test_a_file_of_unknown_length_is_written(form: Format) -> None:
    published = full_entry(enclosures=(enclosure(length=0),), image=image(length=0))
    (only,) = form.read(form.write(feed(published), address=ADDRESS)).entries
    assert only.enclosures == (enclosure(length=0),)


@EVERY
def test_content_of_a_megabyte_comes_back_whole(form: Format) -> None:
    content = "<p>&amp;</p>" * 90_000
    (only,) = form.read(form.write(feed(entry(content=content)), address=ADDRESS)).entries
    assert only.content == content
