"""The pages in a browser: one gets from the index to a feed, everybody can use them, and hostile text stays text."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from golden.cases import CASES, GOLDEN
from pages.browsing import AXE, FLAGS, serve
from tools import lack, need_tools

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

LINK = re.compile(r"https?://.*|#[a-z]+|[a-z0-9-]+\.(html|rss|atom|json|opml)")
NARROW, WIDE = 320, 1600
KINDS = {
    "index": "full/expected/index.html",
    "topic": "full/expected/weather.html",
    "empty": "full/expected/silence.html",
    "retired": "full/expected/fishing.html",
    "right to left": "hostile/expected/rtl.html",
    "hostile index": "hostile/expected/index.html",
}
PAGES = sorted(
    path.relative_to(GOLDEN).as_posix() for case in CASES for path in (GOLDEN / case / "expected").glob("*.html")
)


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with serve(GOLDEN) as address:
        yield address


@pytest.fixture(scope="module")  # while it lasts, its event loop runs in this thread: no other test may need one
def browser_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Return a page of the only browser that the tests start."""
    need_tools("chromium")
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - without it, the tests are skipped
    except ModuleNotFoundError:
        lack("playwright is not there")
    with sync_playwright() as driver:
        context = driver.chromium.launch_persistent_context(
            tmp_path_factory.mktemp("profile"), executable_path=shutil.which("chromium"), args=list(FLAGS)
        )
        page = context.new_page()
        page.route(lambda address: "//127.0.0.1:" not in address, lambda route: route.abort())
        yield page
        context.close()


@pytest.fixture
def page(browser_page: Page) -> Page:
    browser_page.emulate_media(color_scheme="light", reduced_motion="reduce")
    browser_page.set_viewport_size({"width": 1024, "height": 800})
    return browser_page


def test_one_gets_from_the_index_to_a_topic_to_its_feed(page: Page, site: str) -> None:
    page.goto(f"{site}full/expected/index.html")
    page.get_by_role("link", name="The harbour", exact=True).click()
    assert page.url == f"{site}full/expected/harbour.html"
    assert page.get_by_role("heading", level=1).inner_text() == "The harbour"
    assert page.get_by_label("Address of the feed").input_value() == "https://feeds.example.org/tidal/harbour.atom"
    with page.expect_response("**/harbour.rss") as found:
        page.get_by_role("link", name="The harbour RSS").click()
    assert found.value.header_value("content-type") == "application/rss+xml; charset=utf-8"
    assert found.value.body() == (GOLDEN / "full" / "expected" / "harbour.rss").read_bytes()


def test_one_gets_from_a_topic_to_all_of_them_and_to_their_list(page: Page, site: str) -> None:
    page.goto(f"{site}full/expected/weather.html")
    with page.expect_response("**/feeds.opml") as found:
        page.get_by_role("link", name="All feeds at once (OPML)").click()
    assert found.value.body() == (GOLDEN / "full" / "expected" / "feeds.opml").read_bytes()
    page.goto(f"{site}full/expected/weather.html")
    page.get_by_role("link", name="All topics").click()
    assert page.url == f"{site}full/expected/index.html"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_no_violation(page: Page, site: str, kind: str, scheme: str) -> None:
    if not AXE.is_file():
        lack("axe-core is not there; nox installs it with npm")
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(f"{site}{KINDS[kind]}")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for width in (NARROW, WIDE):
        page.set_viewport_size({"width": width, "height": 800})
        found: dict[str, Any] = page.evaluate("axe.run(document, {rules: {'target-size': {enabled: true}}})")
        told = [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]]
        assert told == []
        assert {"color-contrast", "target-size"} <= {one["id"] for one in found["passes"]}


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_no_page_scrolls_sideways(page: Page, site: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for path in PAGES:
        page.goto(f"{site}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") == width, path


def test_colours_follow_the_reader(page: Page, site: str) -> None:
    page.goto(f"{site}full/expected/weather.html")
    seen = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        seen.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert len(set(seen)) == 2


def test_the_keyboard_reaches_the_entries_first_and_sees_where_it_is(page: Page, site: str) -> None:
    page.goto(f"{site}full/expected/weather.html")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to the entries"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") > 0
    page.keyboard.press("Enter")
    assert page.url.endswith("#entries")
    page.keyboard.press("Tab")
    assert page.locator(":focus").get_attribute("class") == "u-url"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_hostile_text_stays_text(page: Page, site: str) -> None:
    told: list[str] = []
    page.on("dialog", lambda dialog: told.append(dialog.message))
    page.on("console", lambda message: told.append(message.text) if "ERR_FAILED" not in message.text else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    for path in (one for one in PAGES if one.startswith("hostile/")):
        page.goto(f"{site}{path}")
        assert page.locator("script, iframe, object, embed, [onerror], [onclick], [style]").count() == 0, path
        links = page.locator("a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
        assert [link for link in links if not LINK.fullmatch(link)] == [], path
    page.goto(f"{site}hostile/expected/all.html")
    titles = page.locator("article h3").all_inner_texts()
    assert "<b>Bold</b> & <script>alert(1)</script> ]]> &lt;i&gt; &#8; <3" in titles
    assert told == []


def test_titles_are_set_in_the_direction_of_their_script(page: Page, site: str) -> None:
    page.goto(f"{site}hostile/expected/rtl.html")
    assert page.evaluate("document.documentElement.dir") == "ltr"
    direction = "one => getComputedStyle(one).direction"
    assert page.locator("h1").evaluate(direction) == "rtl"
    assert page.locator(".h-feed > div").evaluate(direction) == "rtl"
    assert page.locator("article[lang=ja]").evaluate(direction) == "ltr"
    assert page.locator("time").first.evaluate(direction) == "ltr"
