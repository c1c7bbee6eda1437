"""A headless Chromium for hostile HTML: what it does unasked is told, and reaches nobody."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from faults import harmless
from pages.browsing import FLAGS
from tools import lack, need_tools

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from playwright.sync_api import Browser, Dialog, Frame, Page, Request, Route

HOST = "https://reader.example/"
"""Where the page stands into which HTML is put."""

AT_ONCE = 100
"""How many bodies a page gets at once."""

LIVE_HOSTS = ("div", "cell", "table", "svg", "foreign", "formula", "noscript", "template")

Fault: TypeAlias = tuple[Any, ...]

_SCRIPT = Path(__file__).with_name("trial.js").read_text(encoding="utf-8")
_TABLES = {
    "elements": sorted(harmless.ELEMENTS),
    "attributes": sorted(harmless.ATTRIBUTES),
    "links": sorted(harmless.LINKS),
    "media": sorted(harmless.MEDIA),
}
# Defined in every page and frame before anything else runs there.
_SENTINEL = "window.hit = () => window.told(window.trying ?? window.name)"


@contextmanager
def start_chromium() -> Iterator[Browser]:
    """Start a browser that reaches nothing but this machine."""
    need_tools("chromium")
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - without it, the tests are skipped
    except ModuleNotFoundError:
        lack("playwright is not there")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
        yield browser
        browser.close()


@dataclass
class Trial:
    """A page to put HTML into, and what happened there.

    ``done`` are hits, dialogs, navigations and new pages, ``asked`` what was loaded from elsewhere, by its kind and
    address. A fault is a body's place in its list, where it was put, and what is not harmless there.
    """

    page: Page
    scripting: bool
    done: list[str] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)
    answers: list[tuple[str | bytes, str]] = field(default_factory=list)

    def insert(self, bodies: Sequence[str], *, rounds: int) -> list[Fault]:
        """Set each body as innerHTML of every host, and again what came of it, where nothing runs."""
        return self._ask("trial.insert", list(bodies), rounds)

    def parse(self, bodies: Sequence[str], *, rounds: int) -> list[Fault]:
        """Parse each body in every kind of page, and again what came of it, where nothing runs."""
        return self._ask("trial.parse", list(bodies), rounds)

    def use(self, bodies: Sequence[str], *, hosts: Sequence[str]) -> None:
        """Set each body as innerHTML of hosts that are shown, and do there what a person could do."""
        self._ask("trial.use", list(bodies), list(hosts))

    def show(self, bodies: Sequence[str], *, page: str, patience: int = 10) -> list[Fault]:
        """Show each body in a document of its own, and do there what a person could do.

        A document that leads elsewhere may never be there: after so many seconds without another they are used.
        """
        return self._ask("trial.show", list(bodies), page, patience)

    def read(self, documents: Sequence[str]) -> list[str]:
        """Return the words that the browser would show of each document."""
        return list(self.page.evaluate("documents => documents.map(trial.read)", list(documents)))

    def visit(self, document: str | bytes, *, media_type: str = "text/html; charset=utf-8") -> None:
        """Go to a document, and do there what a person could do, where scripts would tell."""
        self.answers.append((document, media_type))
        self.page.goto(f"{HOST}{len(self.answers)}")
        self.page.evaluate(_SCRIPT, _TABLES)
        if self.scripting:
            self.page.evaluate("trial.poke()")

    def handle(self, *, most: int) -> int:
        """Come over the first elements with a real mouse, click them, go on by the keyboard; return how many."""
        handled = 0
        while handled < most and (place := self.page.evaluate(f"trial.reach({handled})")) is not None:
            handled += 1
            if place:
                self.page.mouse.move(*place)
                self.page.mouse.click(*place)
                self.page.keyboard.press("Tab")
                self.page.keyboard.press("Space")
        return handled

    def judge(self) -> list[str]:
        """Return the faults in the document that is shown."""
        return list(self.page.evaluate("trial.judge()"))

    def outline(self) -> set[str]:
        """Return the kinds of tags that the document that is shown is made of: element and attributes."""
        return set(self.page.evaluate("trial.outline()"))

    def _ask(self, function: str, *arguments: object) -> list[Fault]:
        return [tuple(one) for one in self.page.evaluate(f"all => {function}(...all)", list(arguments)) or ()]

    def find_unasked(self, allowed: Collection[str] = ()) -> list[tuple[str, str]]:
        """Return what was asked for, but for pictures, films and sounds at the addresses that are allowed."""
        return [(kind, url) for kind, url in self.asked if kind not in ("image", "media") or url not in allowed]


@contextmanager
def open_trial(browser: Browser, *, scripting: bool = True) -> Iterator[Trial]:
    """Open a page of a reader, with scripting or without."""
    context = browser.new_context(java_script_enabled=scripting, service_workers="block")
    trial = Trial(context.new_page(), scripting)
    context.expose_binding("told", lambda _, who: trial.done.append(f"hit in {who}"))
    context.add_init_script(_SENTINEL)
    context.on("page", lambda page: trial.done.append(f"new page {page.url}"))
    context.on("dialog", lambda dialog: _refuse(trial, dialog))
    context.on("request", lambda request: _note(trial, request))
    context.route(lambda address: address.startswith("http"), lambda route: _answer(trial, route))
    trial.page.on("framenavigated", lambda frame: _follow(trial, frame))
    trial.visit("<!doctype html><title>Reader</title><body></body>")
    yield trial
    context.close()


def _refuse(trial: Trial, dialog: Dialog) -> None:
    trial.done.append(f"dialog {dialog.message}")
    dialog.dismiss()


def _note(trial: Trial, request: Request) -> None:
    if not request.url.startswith((HOST, "data:")):
        trial.asked.append((request.resource_type, request.url))


def _follow(trial: Trial, frame: Frame) -> None:
    if not frame.url.startswith(HOST) and frame.url not in ("about:srcdoc", "about:blank", ":", ""):
        trial.done.append(f"navigation to {frame.url}")


def _answer(trial: Trial, route: Route) -> None:
    request = route.request
    name = request.url.removeprefix(HOST)
    if request.is_navigation_request() and name.isdigit():
        document, media_type = trial.answers[int(name) - 1]
        route.fulfill(body=document, content_type=media_type)
    elif request.is_navigation_request():
        route.fulfill(status=204)  # the page stays where it is
    else:
        route.abort()


def find_in_trees(trial: Trial, bodies: Sequence[str], *, rounds: int) -> list[Fault]:
    """Return the faults in what Chromium makes of bodies wherever they may be put, read and written so often again."""
    return [
        fault
        for some in _cut(bodies, AT_ONCE)
        for fault in (*trial.insert(some, rounds=rounds), *trial.parse(some, rounds=rounds))
    ]


def find_in_use(trial: Trial, bodies: Sequence[str], *, together: int) -> list[Any]:
    """Return what bodies do where they are shown and used, so many of them in one document."""
    faults: list[Any] = []
    for some in _cut(bodies, AT_ONCE):
        trial.use(some, hosts=LIVE_HOSTS)
        faults += trial.show(["\n".join(few) for few in _cut(some, together)], page="page")
    allowed = {address for html in bodies for address in harmless.list_loaded(html)}
    return faults + trial.done + trial.find_unasked(allowed)


def _cut(bodies: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(bodies), size):
        yield bodies[start : start + size]
