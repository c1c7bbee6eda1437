"""The files for Netlify and Cloudflare give each document its headers, by the rules that these hosts publish.

Netlify: docs.netlify.com, "Custom headers" and "Redirect options"; nothing may follow ``*`` in a path.
Cloudflare: developers.cloudflare.com, Pages, "Headers" and "Redirects"; values of all rules that match are joined;
"Serving Pages": a page is served without its ending.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from feedpub.hosting import SERVERS, Choices
from feedpub.pipeline import describe_hosting
from hosting.published import HUB, KINDS, NOW, publish

if TYPE_CHECKING:
    from pathlib import Path

    from feedpub.hosting import Hosting

HOSTS = ("netlify", "cloudflare")
ODD = "https://e.org/a%20b/:x/*/$y/"


def read_headers(text: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the rules of ``_headers``: paths, and their headers."""
    rules: list[tuple[str, list[tuple[str, str]]]] = []
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("/"):
            rules.append((line, []))
        else:
            found = re.fullmatch(r"  ([A-Za-z-]+): (.+)", line)
            assert found, line
            rules[-1][1].append((found[1], found[2]))
    return rules


def apply_rules(text: str, path: str) -> dict[str, str]:
    """Return the headers that a path gets: of all rules that match it, joined; ``:splat`` is what ``*`` was."""
    headers: dict[str, str] = {}
    for pattern, fields in read_headers(text):
        assert pattern.count("*") <= 1
        found = re.fullmatch(re.escape(pattern).replace(r"\*", "(.*)"), path)
        if found:
            for name, value in fields:
                given = value.replace(":splat", found[1]) if "*" in pattern else value
                headers[name] = f"{headers[name]}, {given}" if name in headers else given
    return headers


def read_redirects(text: str) -> list[list[str]]:
    """Return the lines of ``_redirects`` in their parts."""
    return [line.split(" ") for line in text.splitlines() if line and not line.startswith("#")]


def describe(path: Path, *, gone_after: int | None = 30) -> Hosting:
    return describe_hosting(path, now=NOW, gone_after=None if gone_after is None else timedelta(days=gone_after))


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("address", ["https://e.org/feeds/", "https://feeds.e.org/"])
def test_every_document_has_its_headers_once(tmp_path: Path, host: str, address: str) -> None:
    hosting = describe(publish(tmp_path, feeds_url=address))
    text = SERVERS[host](hosting, Choices())["_headers"]
    for one in hosting.documents:
        path = re.sub(r"^index$", "", one.path.removesuffix(".html")) if host == "cloudflare" else one.path
        found = apply_rules(text, hosting.prefix + path)
        assert found["Content-Type"] == KINDS.get(one.path.partition(".")[2] if one.is_feed else "", one.content_type)
        assert found["Cache-Control"] == "max-age=420"
        assert found["X-Content-Type-Options"] == "nosniff"
        assert found.get("Access-Control-Allow-Origin") == ("*" if one.is_feed else None)
    assert "default-src 'none'" in apply_rules(text, hosting.prefix)["Content-Security-Policy"]  # the index
    link = f'<{HUB}>; rel="hub", <{hosting.feeds_url}a.rss>; rel="self"'
    for path in ("a.rss", "former.rss", "older.rss"):
        assert apply_rules(text, hosting.prefix + path)["Link"] == link


@pytest.mark.parametrize("host", HOSTS)
def test_an_address_that_looks_like_a_pattern_is_none(tmp_path: Path, host: str) -> None:
    files = SERVERS[host](describe(publish(tmp_path, feeds_url=ODD)), Choices(redirect_formerly=True))
    for pattern, _ in read_headers(files["_headers"]):
        assert not re.search(r"\*|/:", pattern)
    for parts in read_redirects(files["_redirects"]):
        assert len(parts) == 3
        assert not re.search(r"\*|/:", f"{parts[0]} {parts[1]}")


@pytest.mark.parametrize(("host", "status"), [("netlify", "301!"), ("cloudflare", "301")])
def test_redirects_from_former_addresses_are_comments_until_they_are_asked_for(
    tmp_path: Path, host: str, status: str
) -> None:
    hosting = describe(publish(tmp_path), gone_after=None)
    line = f"/feeds/former.atom https://e.org/feeds/a.atom {status}"
    texts = [SERVERS[host](hosting, Choices(redirect_formerly=asked))["_redirects"] for asked in (False, True)]
    assert f"# {line}" in texts[0].splitlines()
    assert read_redirects(texts[0]) == []
    assert line in texts[1].splitlines()
    assert len(read_redirects(texts[1])) == 8


def test_netlify_answers_410_and_cloudflare_says_that_it_cannot(tmp_path: Path) -> None:
    hosting = describe(publish(tmp_path))
    netlify, cloudflare = (SERVERS[host](hosting, Choices())["_redirects"] for host in HOSTS)
    assert ["/feeds/ended.rss", "/feeds/ended.rss", "410!"] in read_redirects(netlify)
    assert "recent" not in netlify
    assert "# There is no 410 here; these topics answer as before: ended" in cloudflare.splitlines()
    assert read_redirects(cloudflare) == []


def test_cloudflare_gets_no_more_rules_than_it_heeds(tmp_path: Path) -> None:
    sections = {f"s{number}": {"title": "S"} for number in range(40)}
    hosting = describe(publish(tmp_path, sections=sections))
    text = SERVERS["cloudflare"](hosting, Choices())["_headers"]
    assert len(hosting.documents) > 100
    assert len(read_headers(text)) <= 100
    for one in hosting.documents:
        found = apply_rules(text, hosting.prefix + one.path)
        if one.is_feed:
            assert found["Content-Type"] == one.content_type
            assert found["Link"].endswith(f'<https://e.org/feeds/{one.path}>; rel="self"')
