"""The RSS column of the mapping, row by row."""

from __future__ import annotations

import pytest
from lxml import etree

from factories import SITE, TAG, enclosure, entry, feed, full_entry, full_feed, image
from feedpub.feed import Category, Entry, Feed
from feedpub.formats import DocumentError, rss
from feedpub.formats.xml_tree import NAMESPACES

ADDRESS = f"{SITE}feeds/science.rss"


def write_channel(published: Feed) -> etree._Element:
    channel = etree.fromstring(rss.write(published, address=ADDRESS)).find("channel")
    assert channel is not None
    return channel


def write_item(published: Entry) -> etree._Element:
    item = write_channel(feed(published)).find("item")
    assert item is not None
    return item


def list_texts(parent: etree._Element, path: str) -> list[str | None]:
    return [element.text for element in parent.findall(path, NAMESPACES)]


def test_the_document_is_rss_2_0() -> None:
    root = etree.fromstring(rss.write(feed(), address=ADDRESS))
    assert (root.tag, root.get("version")) == ("rss", "2.0")


def test_the_channel_carries_what_the_feed_says() -> None:
    channel = write_channel(full_feed())
    expected = {
        "title": "Science – Example News",
        "link": f"{SITE}science/",
        "description": "What was found out",
        "language": "en-GB",
        "copyright": "© Example News",
        "generator": "feedpub",
        "ttl": "60",
        "lastBuildDate": "Thu, 12 Feb 2026 12:00:00 +0000",
        "pubDate": "Thu, 12 Feb 2026 12:00:00 +0000",
    }
    assert {name: list_texts(channel, name) for name in expected} == {name: [text] for name, text in expected.items()}


def test_a_channel_without_a_description_takes_the_title_of_its_topic() -> None:
    assert list_texts(write_channel(feed(description=None)), "description") == ["Science"]


def test_what_the_feed_does_not_have_is_left_out() -> None:
    names = [element.tag for element in write_channel(feed(rights=None, entries=()))]
    assert not {"copyright", "image", "ttl", "docs", "managingEditor", "item"} & set(names)


def test_metadata_stands_before_the_items() -> None:
    names = [element.tag for element in write_channel(full_feed())]
    assert names[-2:] == ["item", "item"]
    assert names.count("item") == 2


def test_the_self_link_has_the_address_and_the_media_type() -> None:
    (own,) = write_channel(feed()).findall("atom:link", NAMESPACES)
    assert dict(own.attrib) == {"rel": "self", "type": "application/rss+xml", "href": ADDRESS}


@pytest.mark.parametrize(
    ("picture", "logo", "shown"),
    [
        ("https://a.example/t.png", "https://a.example/l.png", "https://a.example/t.png"),
        (None, "https://a.example/l.png", "https://a.example/l.png"),
    ],
)
def test_the_image_is_the_topics_else_the_logo_with_the_channels_title_and_link(
    picture: str | None, logo: str, shown: str
) -> None:
    channel = write_channel(feed(image=picture, logo=logo))
    (element,) = channel.findall("image")
    assert {child.tag: child.text for child in element} == {
        "url": shown,
        "title": channel.findtext("title"),
        "link": channel.findtext("link"),
    }


def test_an_item_carries_link_title_and_both_times() -> None:
    item = write_item(entry())
    assert list_texts(item, "link") == [f"{SITE}science/two-moons"]
    assert list_texts(item, "title") == ["Two moons over the bay"]
    assert list_texts(item, "pubDate") == ["Thu, 12 Feb 2026 09:00:00 +0000"]
    assert list_texts(item, "atom:updated") == ["2026-02-12T12:00:00Z"]


@pytest.mark.parametrize(
    ("published_id", "permalink"),
    [
        (f"{TAG}two-moons", "false"),
        (f"{SITE}science/two-moons", "true"),
        (f"{SITE}science/other", "false"),
        ("4711", "false"),
    ],
)
def test_a_guid_is_a_permalink_only_where_it_is_the_url(published_id: str, permalink: str) -> None:
    (guid,) = write_item(entry(id=published_id)).findall("guid")
    assert (guid.text, guid.get("isPermaLink")) == (published_id, permalink)


def test_rss_holds_the_published_ids_not_the_ones_of_atom() -> None:
    assert rss.ids(feed(entry(id="4711"))) == ("4711",)


@pytest.mark.parametrize("text", ["AT&T", "a < b", "<3", "<b>bold</b>", "&amp;", "]]>", "“quoted”\u2028🌙"])
def test_a_title_is_escaped_once_and_a_summary_once_more_as_html(text: str) -> None:
    item = write_item(entry(title=text, summary=text))
    assert list_texts(item, "title") == [text]
    (description,) = list_texts(item, "description")
    assert description == text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def test_a_summary_is_escaped_to_the_letter() -> None:
    data = rss.write(feed(entry(summary='a < b & "c"')), address=ADDRESS)
    assert b'<description>a &amp;lt; b &amp;amp; "c"</description>' in data


def test_an_empty_description_stands_before_content_without_a_summary() -> None:
    item = write_item(entry(summary=None))
    assert list_texts(item, "description") == [None]
    assert list_texts(write_item(entry(summary=None, content=None)), "description") == []


def test_content_comes_after_the_description() -> None:
    names = [element.tag for element in write_item(full_entry())]
    assert names.index("description") < names.index(f"{{{NAMESPACES['content']}}}encoded")


def test_a_summary_only_item_has_no_content() -> None:
    item = write_item(entry(content=None))
    assert list_texts(item, "content:encoded") == []
    assert list_texts(item, "description") == ["Why the tide came twice."]


def test_categories_show_the_label_and_name_the_scheme() -> None:
    item = write_item(entry(categories=(Category(term="tech", label="Technology", scheme=f"{TAG}sections"),)))
    (category,) = item.findall("category")
    assert (category.text, category.get("domain")) == ("Technology", f"{TAG}sections")


def test_an_item_carries_its_own_language_and_rights() -> None:
    item = write_item(full_entry())
    assert list_texts(item, "dc:language") == ["cy"]
    assert list_texts(item, "dc:rights") == ["CC BY 4.0"]


def test_an_item_without_authors_names_none() -> None:
    assert list_texts(write_item(entry()), "dc:creator") == []


def test_an_image_is_described_inside_its_own_element() -> None:
    (content,) = write_item(entry(image=image())).findall("media:content", NAMESPACES)
    assert dict(content.attrib) == {
        "url": f"{SITE}images/moons.jpg",
        "type": "image/jpeg",
        "medium": "image",
        "width": "1200",
        "height": "675",
        "fileSize": "81234",
    }
    assert list_texts(content, "media:description") == ["Two moons"]
    assert list_texts(content, "media:credit") == ["Grace Hopper"]


@pytest.mark.parametrize(
    ("alt", "caption", "described"),
    [("Alt", "Caption", ["Alt"]), (None, "Caption", ["Caption"]), ("", "Caption", []), (None, None, [])],
)
def test_an_image_is_described_by_its_alt_else_its_caption_and_a_decorative_one_not_at_all(
    alt: str | None, caption: str | None, described: list[str]
) -> None:
    item = write_item(entry(image=image(alt=alt, caption=caption)))
    assert list_texts(item, "media:content/media:description") == described


def test_a_length_that_is_not_known_is_zero_in_an_enclosure_and_left_out_of_media() -> None:
    item = write_item(entry(enclosures=(enclosure(length=0),)))
    assert [one.get("length") for one in item.findall("enclosure")] == ["0"]
    assert [one.get("fileSize") for one in item.findall("media:content", NAMESPACES)] == [None]


@pytest.mark.parametrize("name", ["guid", "link", "title", "pubDate"])
def test_an_item_without_what_feedpub_always_writes_is_refused(name: str) -> None:
    root = etree.fromstring(rss.write(feed(), address=ADDRESS))
    (element,) = root.findall(f"channel/item/{name}")
    element.text = None
    with pytest.raises(DocumentError, match=f"<item> has no <{name}>"):
        rss.read(etree.tostring(root))


def test_a_document_without_a_self_link_has_no_address() -> None:
    data = rss.write(feed(), address=ADDRESS).replace(b'rel="self"', b'rel="related"')
    assert rss.read(data).address is None
