"""Take the pictures that docs/pages.md shows: ``python docs/screenshots.py``.

It wants Playwright for Python and Chromium, and, for titles in other scripts, the Noto fonts.
"""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import feedpub

HOME = Path(__file__).parent / "pictures"
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
FLAGS = (
    "no-sandbox",
    "disable-gpu",
    "disable-quic",
    "no-first-run",
    "disable-background-networking",
    "disable-component-update",
    "disable-sync",
)
SHOTS = (
    ("index-light-wide", "index.html", "light", 1600, 1150),
    ("index-dark-narrow", "index.html", "dark", 320, 1000),
    ("topic-light-narrow", "harbour.html", "light", 320, 1000),
    ("topic-dark-wide", "harbour.html", "dark", 1600, 1000),
    ("rtl-light-narrow", "arabic.html", "light", 320, 1000),
    ("cjk-dark-narrow", "japan.html", "dark", 320, 1000),
)
"""A picture's name, what it shows in which colours, its width, and its height at the most, in pixels."""


def main() -> None:
    """Render the catalogue into a folder that is thrown away, and take every picture."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only whoever takes pictures has it

    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as driver:
        folder = Path(scratch)
        feedpub.render(HOME / "articles.yaml", output=folder / "feeds", now=NOW)
        browser = driver.chromium.launch_persistent_context(
            folder / "profile", executable_path=shutil.which("chromium"), args=[f"--{flag}" for flag in FLAGS]
        )
        page = browser.new_page()
        page.route("https://*/**", lambda route: route.fulfill(path=HOME / "boat.svg"))
        for name, path, scheme, width, height in SHOTS:
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            page.set_viewport_size({"width": width, "height": 800})
            page.goto((folder / "feeds" / path).as_uri())
            page.evaluate("document.querySelectorAll('img').forEach(one => { one.loading = 'eager' })")
            page.wait_for_load_state("networkidle")
            whole = page.evaluate("document.documentElement.scrollHeight")
            clip = {"x": 0.0, "y": 0.0, "width": float(width), "height": float(min(whole, height))}
            page.screenshot(path=HOME / f"{name}.png", full_page=True, clip=clip)  # type: ignore[arg-type] # its FloatRect
        browser.close()


if __name__ == "__main__":
    main()
