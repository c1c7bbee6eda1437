"""Hostile text in every field of a catalogue stays text, letter by letter, in every document and on every page."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from jinja2 import Environment

import feedpub
from faults import harmless
from faults.chromium import open_trial, start_chromium
from faults.hostile_corpus import Payload, read_payloads
from faults.hostile_publication import (
    NOW,
    SITE,
    TIMES,
    Catalogue,
    Published,
    has_errors,
    list_strings,
    publish,
    read_atom,
    read_json,
    read_rss,
)
from feedpub.pages import templating

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from playwright.sync_api import Browser

    from faults.chromium import Trial
    from faults.conftest import Scale

TEXTS, ADDRESSES = read_payloads("fields", "texts"), read_payloads("fields", "addresses")
TAME = Payload("tame", 0, "words")
AT = TIMES["published"]
URL = re.compile(r"https?://[A-Za-z0-9._:\[\]-]+/[!#-;=?-\[\]_a-z~]*")
"""An address that needs no quoting wherever it is put: no quotation mark, bracket, backslash, accent or space."""
ADDRESSED = re.compile(r'(?:href|src|url|uri|rdf:about|xmlUrl|htmlUrl)="([^"]*)"')
RETIRED_EVERY = 8


def describe(payload: Payload, name: str, section: str) -> dict[str, Any]:
    """Return a teaser with a text in every field that takes any text."""
    text = payload.text
    picture = {"url": "x.png", "alt": text, "credit": text, "caption": text}
    entry = {"id": name, "url": name, "title": text, "summary": text, "sections": [section], "image": picture}
    return entry | TIMES | {"authors": [{"name": text}], "tags": [text], "rights": text, "guid": text}


def write_texts(payloads: Sequence[Payload], *, every: int) -> Catalogue:
    """Return a catalogue whose entries, and some of its sections, hold hostile text wherever text may be."""
    catalogue = Catalogue()
    catalogue.add("sections", "entries", {"title": "Entries"})
    for payload in payloads:
        text, number = payload.text, payload.number
        catalogue.add("teasers", f"entry-{number}", describe(payload, f"entry-{number}", "entries"))
        catalogue.add("retracted", f"gone-{number}", {"id": f"gone-{number}", "at": AT, "reason": text})
        if number % every == 0:
            catalogue.add("sections", f"section-{number}", {"title": text, "description": text})
        if number % (every * RETIRED_EVERY) == 0:
            catalogue.add("retired", f"ended-{number}", {"title": text, "notice": text, "at": AT})
    return catalogue


def write_addresses(payloads: Sequence[Payload], *, every: int) -> Catalogue:
    """Return a catalogue with hostile addresses wherever an address may be."""
    catalogue = Catalogue()
    catalogue.add("sections", "entries", {"title": "Entries"})
    for payload in payloads:
        text, number = payload.text, payload.number
        entry = {"title": "Title", "summary": "Summary", "sections": ["entries"]} | TIMES
        for field, value in (
            ("url", {"url": text}),
            ("image", {"image": {"url": text, "alt": "A picture"}}),
            ("enclosure", {"enclosures": [{"url": text, "length": 1, "type": "audio/mpeg"}]}),
            ("author", {"authors": [{"name": "Ada", "url": text}]}),
        ):
            name = f"{field}-{number}"
            catalogue.add("teasers", name, {"id": name, "url": name} | entry | value)
        if number % every == 0:
            catalogue.add("sections", f"section-{number}", {"title": "Section", "url": text})
            catalogue.add("sections", f"picture-{number}", {"title": "Section", "image": text})
    return catalogue


@pytest.fixture(scope="module")
def texts(scale: Scale, tmp_path_factory: pytest.TempPathFactory) -> Published:
    return publish(write_texts(TEXTS, every=scale(short=4, long=1)), tmp_path_factory.mktemp("texts"))


@pytest.fixture(scope="module")
def addresses(scale: Scale, tmp_path_factory: pytest.TempPathFactory) -> Published:
    return publish(write_addresses(ADDRESSES, every=scale(short=6, long=1)), tmp_path_factory.mktemp("addresses"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with start_chromium() as started:
        yield started


@pytest.fixture
def trial(browser: Browser) -> Iterator[Trial]:
    with open_trial(browser) as opened:
        yield opened


@pytest.fixture(scope="module")
def outline(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Return the kinds of tags of pages whose texts are harmless."""
    tame = publish(write_texts([TAME], every=1), tmp_path_factory.mktemp("tame"))
    with open_trial(browser) as trial:
        kinds: set[str] = set()
        for _, page in tame.list_texts(".html"):
            trial.visit(page)
            kinds |= trial.outline()
        return kinds | {"a href lang dir", "p class", "section class id aria-labelledby"}


def is_fit(text: str) -> bool:
    return not harmless.find_text_faults(text) and harmless.is_closed(text)


def line(text: str) -> str:
    return " ".join(text.split())


def find_on_pages(trial: Trial, published: Published, outline: set[str]) -> list[Any]:
    """Return what is on pages, or happens there, that is not on those of harmless texts."""
    found: list[Any] = []
    for path, page in published.list_texts(".html"):
        trial.visit(page)
        found += [(path, kind) for kind in trial.outline() - outline]
    pictures = {unescape(one) for _, page in published.list_texts(".html") for one in ADDRESSED.findall(page)}
    return found + trial.done + trial.find_unasked(pictures)


def test_only_text_that_no_feed_may_carry_is_refused(texts: Published) -> None:
    unfit = {payload.number for payload in TEXTS if not is_fit(payload.text)}
    assert {int(name.rpartition("-")[2]) for name in texts.refused} == unfit


def test_text_arrives_letter_by_letter_in_every_format(texts: Published) -> None:
    by_link = {f"{SITE['url']}entry-{payload.number}": payload.text for payload in TEXTS if is_fit(payload.text)}
    read = {
        "rss": read_rss(texts.files["entries.rss"]),
        "atom": read_atom(texts.files["entries.atom"]),
        "json": read_json(texts.files["entries.json"]),
    }
    for name, entries in read.items():
        assert {entry.link for entry in entries} == set(by_link), name
        for entry in entries:
            text = by_link[entry.link]
            assert (entry.title, *entry.authors) == (line(text), line(text)), name
            assert line(text) in entry.tags, name
            summary = entry.summary or ""
            assert (unescape(summary) if name == "rss" else summary) == text.strip(), name
    assert [fault for entry in read["rss"] for fault in harmless.find_faults(entry.summary or "")] == []


def test_documents_are_well_formed_and_hold_nothing_unseen(texts: Published, addresses: Published) -> None:
    for published in (texts, addresses):
        for path, data in published.files.items():
            if path.endswith(".html"):
                assert is_fit(data.decode().replace("\n", " ")), path
                continue
            faults = [one for text in list_strings(data) if not is_fit(text) for one in (path, text)]
            assert faults == []


def test_addresses_lead_to_the_web_and_need_no_quoting(addresses: Published) -> None:
    assert len(addresses.refused) > len(ADDRESSES)
    kinds = {name.partition("-")[0] for name in addresses.refused}
    assert kinds == {"url", "image", "enclosure", "author", "section", "picture"}
    seen = 0
    for suffix in (".rss", ".atom", ".opml", ".html"):
        for path, text in addresses.list_texts(suffix):
            for address in map(unescape, ADDRESSED.findall(text)):
                own = path.endswith(".html") and re.fullmatch(r"#[a-z]+|[a-z0-9-]+\.[a-z]+", address)
                assert own or URL.fullmatch(address), (path, address)
                seen += 1
    assert seen > 1_000
    for path, text in addresses.list_texts(".json"):
        for one in list_strings(text.encode()):
            is_address = re.match(r"\W*[A-Za-z][A-Za-z0-9+.-]*:", one) and not one.startswith("tag:")
            assert not is_address or URL.fullmatch(one), (path, one)


def test_pages_are_built_as_those_of_harmless_texts(
    trial: Trial, texts: Published, outline: set[str], tell: Callable[[str, str], None]
) -> None:
    assert find_on_pages(trial, texts, outline) == []
    page = texts.files["entries.html"]
    trial.visit(page)
    titles = trial.page.locator("article h3").all_text_contents()
    fit = [line(payload.text) for payload in TEXTS if is_fit(payload.text)]
    assert sorted(titles) == sorted(fit)
    shown = trial.page.locator("article .p-summary").all_text_contents()
    assert sorted(map(line, shown)) == sorted(fit)
    pages = len(texts.list_texts(".html"))
    tell(
        "hostile fields",
        f"{len(TEXTS)} texts and {len(ADDRESSES)} addresses in every field that takes them; "
        f"{len(texts.files)} documents, {pages} pages of them: none active, no letter lost",
    )


def test_pages_with_hostile_addresses_ask_for_pictures_only(
    trial: Trial, addresses: Published, outline: set[str]
) -> None:
    more = {"link rel href", "a class href", "img class src alt loading decoding"}
    assert find_on_pages(trial, addresses, outline | more) == []
    links = trial.page.locator("a").evaluate_all("all => all.map(one => one.protocol)")
    assert set(links) <= {"http:", "https:"}


@pytest.mark.parametrize("media_type", ["application/xml", "text/html"])
def test_feeds_shown_by_a_browser_do_nothing(trial: Trial, texts: Published, media_type: str) -> None:
    for suffix in (".rss", ".atom", ".opml"):
        for path, text in texts.list_texts(suffix)[:6]:
            trial.page.goto("about:blank")
            trial.answers.append((text, f"{media_type}; charset=utf-8"))
            trial.page.goto(f"https://reader.example/{len(trial.answers)}")
            elements = trial.page.locator("script, img, svg, iframe, style[type], [onerror], [onclick]").count()
            assert media_type == "application/xml" or elements == 0, path
    assert trial.done + trial.find_unasked() == []


def test_a_snippet_is_links_and_nothing_else(trial: Trial, texts: Published, addresses: Published) -> None:
    for published in (texts, addresses):
        trial.visit(f"<!doctype html><html><head><title>Site</title>{published.snippet}</head><body></body></html>")
        assert trial.outline() == {"html", "head", "title", "link rel type title href", "body"}
        titles = trial.page.locator("link").evaluate_all("all => all.map(one => one.title)")
        assert len(titles) == published.snippet.count("\n") > 9
    assert trial.done + trial.find_unasked() == []


def test_the_sites_own_texts_stay_text(trial: Trial, outline: set[str], tmp_path: Path, scale: Scale) -> None:
    for payload in TEXTS[:: scale(short=9, long=1)]:
        text = payload.text
        site = SITE | {"title": text, "description": text, "rights": text, "author": {"name": text}}
        catalogue = Catalogue(site=site | {"all": {"title": text, "description": text}})
        catalogue.add("sections", "section", {"title": text, "description": text})
        catalogue.add("teasers", "entry", describe(payload, "entry", "section"))
        folder = tmp_path / str(payload.number)
        folder.mkdir()
        if not is_fit(text):
            assert has_errors(catalogue, folder), payload.name
            continue
        published = publish(catalogue, folder)
        assert find_on_pages(trial, published, outline | {"p lang dir"}) == [], payload.name
        strings = list_strings(published.files["section.atom"])
        assert f"{line(text)} – {line(text)}" in strings, payload.name


def test_what_is_told_of_hostile_words_holds_nothing_unseen(tmp_path: Path) -> None:
    path = tmp_path / "articles.yaml"
    write_texts(TEXTS, every=1).write(path)
    for one in feedpub.check(path, now=NOW, output=tmp_path):
        told = f"{one.message} {one.help}"
        assert harmless.find_text_faults(told) == []
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", told)


def test_pages_that_escape_nothing_are_found(
    trial: Trial, outline: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def make(**options: Any) -> Environment:  # noqa: ANN401 - each of its options has a type of its own
        return Environment(**options | {"autoescape": False})  # noqa: S701 - the planted fault

    monkeypatch.setattr("feedpub.pages.templating.Environment", make)
    templating._open.cache_clear()
    try:
        published = publish(write_texts(TEXTS[:1], every=1), tmp_path)
    finally:
        templating._open.cache_clear()
    found = find_on_pages(trial, published, outline)
    assert ("entries.html", "script") in found
    assert [one for one in found if str(one).startswith("hit")] != []
