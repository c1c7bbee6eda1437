"""Parsers and grammars that nobody here wrote, over every golden document and the repository's own feeds."""

from __future__ import annotations

import json
from calendar import timegm
from functools import cache
from typing import TYPE_CHECKING, Any

import feedparser
import jsonschema
import pytest
from lxml import etree

from golden.cases import CASES, NOW, SCHEMAS, list_documents
from golden.catalogues import Meant, read_meaning

if TYPE_CHECKING:
    from pathlib import Path

XML = list_documents(".rss") | {f"{name} (atom)": path for name, path in list_documents(".atom").items()}
ATOM = list_documents(".atom")
JSON = list_documents(".json")
GRAMMAR = SCHEMAS / "atom-rfc4287.rng"
JSON_SCHEMA = SCHEMAS / "jsonfeed-1.1.schema.json"
RETIRED = ("fishing", "chess", "riddles")


def parse(path: Path) -> Any:  # noqa: ANN401 - feedparser has no types
    document = feedparser.parse(path.read_bytes(), sanitize_html=False, resolve_relative_uris=False)
    assert not document.bozo, document.get("bozo_exception")
    return document


@cache
def meaning(case: str) -> dict[str, Meant]:
    return read_meaning(case)


def expect(case: str, topic: str) -> list[Meant]:
    """Return what a topic's feed has to show of its catalogue, in order, before any limit."""
    shown = [
        one
        for one in meaning(case).values()
        if (topic == "all" or topic in one.sections)
        and one.published <= NOW
        and (one.expires is None or one.expires > NOW)
    ]
    return sorted(shown, key=lambda one: -one.published.timestamp())


def cases_of(documents: dict[str, Path]) -> list[Any]:
    """Return each document of a living topic with its case and topic; former addresses have the topic's bytes."""
    former = {"docks": "harbour", "quays": "harbour"}
    return [
        pytest.param(path, name.partition("/")[0], former.get(path.stem, path.stem), id=name)
        for name, path in documents.items()
        if path.stem not in RETIRED
    ]


@pytest.mark.parametrize(("path", "case", "topic"), cases_of(XML))
def test_feedparser_reads_what_the_catalogue_means(path: Path, case: str, topic: str) -> None:
    document = parse(path)
    meant = expect(case, topic)[: len(document.entries)]
    is_atom = path.suffix == ".atom"
    assert [entry.id for entry in document.entries] == [one.atom_id if is_atom else one.id for one in meant]
    for entry, one in zip(document.entries, meant, strict=True):
        assert entry.title == one.title
        assert timegm(entry.published_parsed) == one.published.timestamp()
        assert timegm(entry.updated_parsed) == one.updated.timestamp()
        assert [tag.label or tag.term if is_atom else tag.term for tag in entry.tags] == one.tags
        if one.authors or not is_atom:
            assert [author.name for author in entry.get("authors", [])] == one.authors
        if one.url.isascii():
            assert entry.link == one.url
        assert (content_of(entry) is not None) == (one.has_body and one.is_full[topic])
        if one.summary is not None:
            text = one.summary if is_atom else escape(one.summary)
            assert entry.summary == text


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@pytest.mark.parametrize(("path", "case", "topic"), cases_of(XML))
def test_feedparser_reads_the_enclosures(path: Path, case: str, topic: str) -> None:
    for entry, one in zip(parse(path).entries, expect(case, topic), strict=False):
        found = [(link.href, link.length, link.type) for link in entry.links if link.rel == "enclosure"]
        wanted = [file for file in one.enclosures if file[0].isascii()]
        assert len(found) == len(one.enclosures[:1] if path.suffix == ".rss" else one.enclosures)
        assert set(found) <= set(wanted) or len(wanted) < len(one.enclosures)


@pytest.mark.parametrize(("path", "case", "topic"), cases_of(JSON))
def test_json_says_what_the_catalogue_means(path: Path, case: str, topic: str) -> None:
    items = json.loads(path.read_bytes())["items"]
    for item, one in zip(items, expect(case, topic)[: len(items)], strict=True):
        assert (item["id"], item["title"], item["tags"]) == (one.id, one.title, one.tags)
        assert [author["name"] for author in item.get("authors", ())] == one.authors
        assert (item["date_published"], item["date_modified"]) == tuple(
            f"{moment:%Y-%m-%dT%H:%M:%SZ}" for moment in (one.published, one.updated)
        )
        assert ("content_html" in item, "content_text" in item) == (
            one.has_body and one.is_full[topic],
            not (one.has_body and one.is_full[topic]),
        )


@pytest.mark.parametrize("path", JSON.values(), ids=JSON)
def test_the_three_formats_hold_the_same_bodies_and_summaries(path: Path) -> None:
    items = json.loads(path.read_bytes())["items"]
    bodies = [item.get("content_html") for item in items]
    summaries = [item.get("summary") for item in items]
    rss, atom = parse(path.with_suffix(".rss")), parse(path.with_suffix(".atom"))
    assert [content_of(entry) for entry in rss.entries] == bodies
    assert [content_of(entry) for entry in atom.entries] == bodies
    # Without a summary feedparser gives the content of Atom once more as its summary.
    told = [summary or content_of(entry) for summary, entry in zip(summaries, atom.entries, strict=True)]
    assert [entry.summary for entry in atom.entries] == told
    assert [entry.summary for entry in rss.entries] == [escape(summary or "") for summary in summaries]


def content_of(entry: Any) -> str | None:  # noqa: ANN401 - feedparser has no types
    """Return an entry's body; what describes a picture is plain text and a content of its own to feedparser."""
    bodies: list[str] = [content.value for content in entry.get("content", ()) if content.type == "text/html"]
    return bodies[0] if bodies else None


@pytest.mark.parametrize("topic", RETIRED)
@pytest.mark.parametrize("suffix", [".rss", ".atom"])
def test_feedparser_reads_the_last_entry_of_a_retired_topic(topic: str, suffix: str) -> None:
    folder = ATOM["full/harbour.atom"].parent
    (last,) = parse(folder / f"{topic}{suffix}").entries
    page = {
        "fishing": "https://tides.example.org/paper/harbour/",
        "chess": "https://tides.example.org/paper/",
        "riddles": "https://feeds.example.org/tidal/letters.atom",
    }
    assert (last.id, last.link) == (f"tag:desk@tides.example.org,2019-05-01:retired:{topic}", page[topic])
    assert last.published_parsed == last.updated_parsed


@pytest.mark.parametrize("path", XML.values(), ids=XML)
def test_feedparser_reads_a_document_as_its_own_address_says(path: Path) -> None:
    document = parse(path)
    (own,) = [link.href for link in document.feed.links if link.rel == "self"]
    address = path.name.replace("docks", "harbour").replace("quays", "harbour")
    assert own.rpartition("/")[2] == address
    assert document.encoding == "utf-8"


@pytest.mark.parametrize("path", XML.values(), ids=XML)
def test_lxml_finds_every_namespace_used_and_declared_on_the_root_alone(path: Path) -> None:
    root = etree.fromstring(path.read_bytes())
    used = {etree.QName(element).namespace for element in root.iter()} - {None}
    assert set(root.nsmap.values()) == used
    assert all(element.nsmap == root.nsmap for element in root.iter())


@pytest.mark.skipif(not GRAMMAR.exists(), reason="the grammar of RFC 4287 is not beside this checkout")
@pytest.mark.parametrize("path", ATOM.values(), ids=ATOM)
def test_atom_follows_the_grammar_of_rfc_4287(path: Path) -> None:
    etree.RelaxNG(etree.parse(GRAMMAR)).assertValid(etree.parse(path))


@pytest.mark.skipif(not JSON_SCHEMA.exists(), reason="the schema of JSON Feed 1.1 is not beside this checkout")
@pytest.mark.parametrize("path", JSON.values(), ids=JSON)
def test_json_follows_the_schema_of_json_feed(path: Path) -> None:
    schema = json.loads(JSON_SCHEMA.read_bytes())
    checker = jsonschema.FormatChecker()
    validator = jsonschema.validators.validator_for(schema)(schema, format_checker=checker)
    assert [error.message for error in validator.iter_errors(json.loads(path.read_bytes()))] == []


@pytest.mark.parametrize("case", [*CASES, "sample"])
def test_what_the_judges_are_told_is_not_empty_but_in_the_empty_case(case: str) -> None:
    assert bool(expect(case, "all")) == (case != "empty")
