"""Hostile bodies do nothing wherever a reader puts them, and the words around them stay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import nh3
import pytest

from faults import harmless
from faults.chromium import AT_ONCE, find_in_trees, find_in_use, open_trial, start_chromium
from faults.harmless import find_by_parsers
from faults.hostile_corpus import FIRST, LAST, Payload, read_payloads
from faults.hostile_publication import TIMES, Catalogue, Published, publish, read_atom, read_json, read_rss
from feedpub import markup
from feedpub.markup import LINK_SCHEMES, cleaning, converting, finishing, markdown, sanitising

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from playwright.sync_api import Browser

    from faults.chromium import Trial
    from faults.conftest import Scale

BASE = "https://news.example.org/politics/talks"
FORMATS: tuple[markup.BodyFormat, ...] = ("html", "markdown", "text")
WRITTEN_FOR: dict[str, tuple[markup.BodyFormat, ...]] = {"html": ("html", "markdown"), "markdown": ("markdown",)}
ROUNDS = 2
"""How often what a host has made of a body is read and written again."""
IN_ONE_PAGE = 25
SOME = 4
"""One in so many texts that are written for HTML is tried in Markdown, where little is tried."""


@dataclass(frozen=True)
class Body:
    """A hostile body, the name it has in the catalogue, and what it is written in."""

    id: str
    payload: Payload
    body_format: markup.BodyFormat

    @property
    def text(self) -> str:
        return self.payload.write_body(self.body_format)


@pytest.fixture(scope="module")
def written(scale: Scale) -> dict[str, Body]:
    """Return the bodies: each text in the format it is written for, some in Markdown too; at length, in all."""
    everywhere = scale(short=0, long=1)
    return {
        (name := f"{payload.kind.replace('/', '-')}-{payload.number}-{body_format}"): Body(name, payload, body_format)
        for folder, own in WRITTEN_FOR.items()
        for payload in read_payloads(folder)
        for body_format in (FORMATS if everywhere else own)
        if everywhere or body_format == own[0] or payload.number % SOME == 0
    }


@pytest.fixture(scope="module")
def published(written: dict[str, Body], tmp_path_factory: pytest.TempPathFactory) -> Published:
    catalogue = Catalogue()
    for body in written.values():
        section = f"{body.payload.kind.split('/')[0]}-{body.body_format}"
        catalogue.add("sections", section, {"title": section})
        entry = {"id": body.id, "url": body.id, "title": body.payload.name, "sections": [section]}
        catalogue.add("articles", body.id, entry | TIMES | {"body_format": body.body_format, "body": body.text})
    return publish(catalogue, tmp_path_factory.mktemp("bodies"))


@pytest.fixture(scope="module")
def contents(published: Published) -> dict[str, str]:
    """Return the published bodies by the names of their entries."""
    read = [entry for path in list_topics(published) for entry in read_json(published.files[f"{path}.json"])]
    return {entry.link.rpartition("/")[2]: entry.content or "" for entry in read}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with start_chromium() as started:
        yield started


@pytest.fixture
def trial(browser: Browser) -> Iterator[Trial]:
    with open_trial(browser) as opened:
        yield opened


def list_topics(published: Published) -> list[str]:
    return [path.removesuffix(".rss") for path in published.files if path.endswith(".rss") and path != "all.rss"]


def test_the_corpus_is_not_small() -> None:
    payloads = [payload for folder in ("html", "markdown") for payload in read_payloads(folder)]
    assert len({payload.text for payload in payloads}) == len(payloads) >= 300
    assert len({payload.kind for payload in payloads}) >= 15


def test_what_stays_of_a_body_is_harmless() -> None:
    assert (markup.ALLOWED.keys() - {"*"}) <= harmless.ELEMENTS
    assert set().union(*markup.ALLOWED.values()) <= harmless.ATTRIBUTES
    assert markup.LINK_SCHEMES <= harmless.LINKS
    assert markup.MEDIA_SCHEMES <= harmless.MEDIA


def test_only_what_no_feed_may_carry_is_refused(written: dict[str, Body], published: Published) -> None:
    unfit = {
        name
        for name, body in written.items()
        if harmless.find_text_faults(body.text) or not harmless.is_closed(body.text)
    }
    assert published.refused == unfit


def test_every_format_carries_the_same_body_and_a_summary_that_is_text(published: Published) -> None:
    for path in list_topics(published):
        entries = read_json(published.files[f"{path}.json"])
        atom, rss = read_atom(published.files[f"{path}.atom"]), read_rss(published.files[f"{path}.rss"])
        assert [one.content for one in entries] == [one.content for one in atom] == [one.content for one in rss]
        assert [one.summary for one in entries] == [one.summary for one in atom]
        summaries = [one.summary or "" for one in entries]
        assert [harmless.read_words(one.summary or "") for one in rss] == [" ".join(one.split()) for one in summaries]
        assert find_by_parsers(one.summary or "" for one in rss) == []
        assert [one for one in summaries if not harmless.is_closed(one) or harmless.find_text_faults(one)] == []


def test_parsers_find_nothing_active(contents: dict[str, str]) -> None:
    found = {name: faults for name, html in contents.items() if (faults := harmless.find_faults(html))}
    assert found == {}


def test_what_a_catalogue_refuses_is_harmless_too(written: dict[str, Body], published: Published) -> None:
    refused = [written[name] for name in sorted(published.refused)]
    bodies = [markup.convert(body.text, body_format=body.body_format, base=BASE) for body in refused]
    assert find_by_parsers(bodies) == []


def test_words_that_a_browser_would_show_around_it_stay(
    trial: Trial, written: dict[str, Body], contents: dict[str, str]
) -> None:
    raw = {
        name: markdown.render(body.text) if body.body_format == "markdown" else body.text
        for name, body in written.items()
        if name in contents and body.body_format != "text"
    }
    shown = dict(zip(raw, trial.read(list(raw.values())), strict=True))
    assert sum(LAST in words for words in shown.values()) > len(shown) * 0.95
    kept = {name: harmless.read_words(html) for name, html in contents.items()}
    assert [name for name, words in kept.items() if FIRST not in words] == []
    assert [name for name in shown if LAST in shown[name] and LAST not in kept[name]] == []


def test_plain_bodies_keep_every_word(written: dict[str, Body]) -> None:
    payloads = {body.payload for body in written.values()}
    for payload in payloads:
        text = payload.write_body("text")
        html = markup.convert(text, body_format="text", base=BASE)
        if harmless.is_closed(text) and not harmless.find_text_faults(text):
            assert harmless.read_words(html) == " ".join(text.split()), payload.name
        assert harmless.find_faults(html) == [], payload.name


def test_no_host_brings_a_body_to_life(
    trial: Trial,
    browser: Browser,
    contents: dict[str, str],
    written: dict[str, Body],
    scale: Scale,
    tell: Callable[[str, str], None],
) -> None:
    bodies = sorted(set(contents.values()))
    assert find_in_trees(trial, bodies, rounds=ROUNDS) == []
    assert find_in_use(trial, bodies, together=scale(short=IN_ONE_PAGE, long=1)) == []
    payloads = read_payloads("html") + read_payloads("markdown") + read_payloads("fields")
    tell(
        "hostile bodies",
        f"{len(payloads)} texts of {len({one.kind for one in payloads})} kinds: {len(written)} bodies, "
        f"{len(bodies)} distinct when published, each in 17 hosts and 16 kinds of pages, written and read again twice, "
        f"by two parsers and Chromium {browser.version}: none active",
    )


def test_without_scripting_a_body_asks_for_nothing_but_pictures(browser: Browser, contents: dict[str, str]) -> None:
    bodies = sorted(set(contents.values()))
    allowed = {address for html in bodies for address in harmless.list_loaded(html)}
    page = "<!doctype html><meta charset=utf-8><title>Page</title>"
    with open_trial(browser, scripting=False) as trial:
        trial.visit(page + "".join(f"<noscript>{html}</noscript>\n{html}\n" for html in bodies))
        assert trial.judge() == []
        assert trial.done == []
        assert trial.find_unasked(allowed) == []


def test_a_mouse_and_a_keyboard_bring_nothing_to_life(trial: Trial, contents: dict[str, str], scale: Scale) -> None:
    bodies = sorted({html for html in contents.values() if html.count("<") > 4})
    trial.visit("<!doctype html><meta charset=utf-8><title>Page</title>" + "\n".join(bodies))
    most = scale(short=60, long=1_000)
    assert trial.handle(most=most) >= 60
    allowed = {address for html in bodies for address in harmless.list_loaded(html)}
    assert trial.judge() + trial.done + trial.find_unasked(allowed) == []


def test_chromium_does_as_told_where_nobody_cleans(
    trial: Trial, scale: Scale, tell: Callable[[str, str], None]
) -> None:
    payloads = read_payloads("html")[:: scale(short=5, long=1)]
    alive = set()
    for start in range(0, len(payloads), AT_ONCE):
        some = payloads[start : start + AT_ONCE]
        trial.show([payload.text for payload in some], page="page", patience=1)
        hits = {int(word) for one in trial.done if one.startswith("hit") and (word := one.rpartition(" ")[2]).isdigit()}
        alive |= {some[number].name for number in hits}
        trial.done.clear()
    assert len(alive) > len(payloads) / 4
    assert {kind for kind, _ in trial.find_unasked()} >= {"document", "image", "stylesheet"}
    tell("hostile bodies, as they are", f"{len(alive)} of {len(payloads)} run in Chromium")


LOOSENED: dict[str, tuple[Sequence[str], dict[str, Any]]] = {
    "event handlers": (("html/event-handlers", "html/attributes"), {"generic_attribute_prefixes": {"on"}}),
    "styles": (("html/css",), {"attributes": {"*": {"style"}}}),
    "schemes": (("html/javascript-addresses", "markdown/links"), {"url_schemes": {*LINK_SCHEMES, "javascript"}}),
}
"""What is let pass, and the kinds of texts that show it."""


@pytest.fixture
def loosen(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[dict[str, Any]], None]]:
    """Return how to have nh3 let more pass than it should."""
    strict = nh3.Cleaner

    def cleaner(**options: Any) -> nh3.Cleaner:  # noqa: ANN401 - each of nh3's options has a type of its own
        merged = {**options, "attributes": dict(options["attributes"])}
        for name, value in more.items():
            merged[name] = {**merged[name], **value} if name == "attributes" else value
        return strict(**merged)

    more: dict[str, Any] = {}
    monkeypatch.setattr(nh3, "Cleaner", cleaner)
    cleaning._load.cache_clear()
    yield more.update
    cleaning._load.cache_clear()


@pytest.mark.parametrize("fault", LOOSENED)
def test_a_cleaner_that_lets_more_pass_is_found_by_parsers_and_in_the_browser(
    fault: str, loosen: Callable[[dict[str, Any]], None], trial: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds, options = LOOSENED[fault]
    loosen(options)
    monkeypatch.setattr(finishing, "LINK_SCHEMES", options.get("url_schemes", LINK_SCHEMES))
    bodies = convert_kinds(kinds)
    assert find_by_parsers(bodies) != []
    assert find_in_trees(trial, bodies, rounds=0) != []
    allowed = {address for html in bodies for address in harmless.list_loaded(html)}
    trial.show(bodies, page="page", patience=1)
    assert trial.done + trial.find_unasked(allowed) != []


def test_no_cleaner_at_all_is_found_by_parsers_and_in_the_browser(
    trial: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sanitising, "clean", lambda html: html)
    bodies = convert_kinds(("html/attributes",))
    assert find_by_parsers(bodies) != []
    assert find_in_trees(trial, bodies, rounds=0) != []
    trial.show(bodies, page="page", patience=1)
    assert [one for one in trial.done if one.startswith("hit")] != []


def test_bidirectional_controls_that_stay_open_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(converting, "close_controls", lambda html: html)
    assert find_by_parsers(convert_kinds(("html/bidi",))) != []


def convert_kinds(kinds: Sequence[str]) -> list[str]:
    return [
        markup.convert(payload.text, body_format="html" if folder == "html" else "markdown", base=BASE)
        for folder in ("html", "markdown")
        for payload in read_payloads(folder)
        if payload.kind in kinds
    ]
