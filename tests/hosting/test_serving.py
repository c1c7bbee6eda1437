"""nginx, Caddy and Apache, configured by feedpub, serve a publication as they should."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from feedpub.hosting import SERVERS, Choices, HostedDocument
from feedpub.pipeline import describe_hosting
from hosting.published import HUB, KINDS, NOW, publish
from hosting.webservers import BROTLI, RUNNERS
from tools import lack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hosting.webservers import WebServer

CODINGS = {"gzip": "gz", "br": "br"}


def configure(name: str, path: Path, *, redirect_formerly: bool = False, gone_after: int | None = 30) -> str:
    days = None if gone_after is None else timedelta(days=gone_after)
    hosting = describe_hosting(path, now=NOW, gone_after=days)
    choices = Choices(
        root=str(path.parent / "feeds"), redirect_formerly=redirect_formerly, brotli=name == "nginx" and BROTLI.exists()
    )
    (text,) = SERVERS[name](hosting, choices).values()
    return text


@pytest.fixture(scope="module", params=sorted(RUNNERS))
def name(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


@pytest.fixture(scope="module")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(tmp_path_factory.mktemp("published"))


@pytest.fixture(scope="module")
def server(name: str, publication: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebServer]:
    with RUNNERS[name](tmp_path_factory.mktemp(name), configure(name, publication)) as running:
        yield running


@pytest.fixture
def run(name: str, tmp_path: Path) -> Callable[[str], Any]:
    folder = tmp_path / "server"
    folder.mkdir()
    return lambda configuration: RUNNERS[name](folder, configuration)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_feed_has_its_type_its_charset_and_the_fields_of_a_feed(server: WebServer, kind: str) -> None:
    answer = server.ask(f"/feeds/b.{kind}")
    assert answer.status == 200
    assert answer.headers["content-type"] == KINDS[kind]
    assert answer.headers["cache-control"] == "max-age=420"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["link"] == f'<{HUB}>; rel="hub", <https://e.org/feeds/b.{kind}>; rel="self"'


def test_head_answers_as_get_does_without_a_body(server: WebServer) -> None:
    answers = [server.ask("/feeds/b.rss", method) for method in ("GET", "HEAD")]
    for answer in answers:
        answer.headers.pop("date")
    assert answers[0].headers == answers[1].headers
    assert answers[1].body == b""


def test_the_bytes_are_those_of_the_file(server: WebServer, publication: Path) -> None:
    assert server.ask("/feeds/a.rss").body == (publication.parent / "feeds" / "a.rss").read_bytes()


@pytest.mark.parametrize("coding", [None, "gzip"])
def test_the_folder_is_answered_as_its_index_is(server: WebServer, coding: str | None) -> None:
    accept = {"Accept_Encoding": coding} if coding else {}
    answers = [server.ask(path, **accept) for path in ("/feeds/", "/feeds/index.html")]
    for answer in answers:
        answer.headers.pop("date")
    assert answers[0] == answers[1]
    assert answers[0].headers["content-type"] == "text/html; charset=utf-8"
    assert answers[0].headers["content-security-policy"].startswith("default-src 'none'; ")
    assert answers[0].headers.get("content-encoding") == coding


def test_who_forgets_the_slash_is_sent_on(server: WebServer) -> None:
    answer = server.ask("/feeds")
    assert (answer.status, answer.headers["location"]) == (301, "https://e.org/feeds/")
    assert server.ask("/feedsx").status == 404


def test_the_manifest_is_plain_json_and_no_feed(server: WebServer) -> None:
    answer = server.ask("/feeds/manifest.json")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json; charset=utf-8")
    assert answer.headers["cache-control"] == "max-age=420"
    assert {"link", "access-control-allow-origin"}.isdisjoint(answer.headers)


@pytest.mark.parametrize("coding", [None, "gzip", "br"])
def test_a_second_request_costs_a_304(server: WebServer, coding: str | None) -> None:
    accept = {"Accept_Encoding": coding} if coding else {}
    first = server.ask("/feeds/a.rss", **accept)
    by_tag = server.ask("/feeds/a.rss", If_None_Match=first.headers["etag"], **accept)
    by_time = server.ask("/feeds/a.rss", If_Modified_Since=first.headers["last-modified"], **accept)
    by_both = server.ask(
        "/feeds/a.rss",
        If_None_Match=first.headers["etag"],
        If_Modified_Since=first.headers["last-modified"],
        **accept,
    )
    assert [one.status for one in (first, by_tag, by_time, by_both)] == [200, 304, 304, 304]
    assert by_tag.body == b""
    assert by_tag.headers["etag"] == first.headers["etag"]
    assert by_tag.headers["cache-control"] == "max-age=420"


def test_another_tag_gets_the_document(server: WebServer) -> None:
    assert server.ask("/feeds/a.rss", If_None_Match='"another"').status == 200


@pytest.mark.parametrize("coding", sorted(CODINGS))
@pytest.mark.parametrize("path", ["a.rss", "former.atom"])
def test_a_compressed_variant_is_the_document_and_named_by_vary(
    server: WebServer, name: str, publication: Path, coding: str, path: str
) -> None:
    if name == "nginx" and coding == "br" and not BROTLI.exists():
        lack("nginx has no module for brotli (libnginx-mod-http-brotli-static)")
    plain, answer = server.ask(f"/feeds/{path}"), server.ask(f"/feeds/{path}", Accept_Encoding=coding)
    assert answer.headers["content-encoding"] == coding
    assert answer.body == (publication.parent / "feeds" / f"{path}.{CODINGS[coding]}").read_bytes()
    for field in ("content-type", "link", "cache-control", "access-control-allow-origin"):
        assert answer.headers[field] == plain.headers[field]
    assert "content-language" not in answer.headers
    for one in (plain, answer):
        assert "accept-encoding" in one.headers["vary"].lower()
    assert "content-encoding" not in plain.headers
    assert plain.headers["etag"] != answer.headers["etag"]


def test_what_has_no_variant_is_compressed_on_the_way(server: WebServer, name: str) -> None:
    plain, answer = server.ask("/feeds/all.json"), server.ask("/feeds/all.json", Accept_Encoding="gzip")
    if name == "apache":  # whose own configuration says what mod_deflate compresses
        assert answer.body == plain.body
        return
    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(answer.body) == plain.body
    assert answer.headers["content-type"] == KINDS["json"]
    again = server.ask("/feeds/all.json", Accept_Encoding="gzip", If_None_Match=answer.headers["etag"])
    assert again.status == 304


@pytest.mark.parametrize("path", ["a.rss", "all.rss"])
def test_a_cache_between_gets_what_is_compressed_too(server: WebServer, path: str) -> None:
    answer = server.ask(f"/feeds/{path}", Accept_Encoding="gzip", Via="1.1 cache.e.org")
    assert answer.headers["content-encoding"] == "gzip"


def test_a_coding_that_is_refused_is_not_used(server: WebServer) -> None:
    assert "content-encoding" not in server.ask("/feeds/a.rss", Accept_Encoding="gzip;q=0, br;q=0").headers


@pytest.mark.parametrize("path", [".feedpub-journal", "missing.rss", "a.txt", "../articles.yaml"])
def test_nothing_else_is_there(server: WebServer, path: str) -> None:
    answer = server.ask(f"/feeds/{path}")
    assert answer.status in (400, 404)
    assert b"secret" not in answer.body
    assert "access-control-allow-origin" not in answer.headers


def test_a_former_address_serves_the_feed_and_names_the_present_one(server: WebServer) -> None:
    for former in ("former", "older"):
        answer = server.ask(f"/feeds/{former}.rss")
        assert (answer.status, answer.body) == (200, server.ask("/feeds/a.rss").body)
        assert answer.headers["link"] == f'<{HUB}>; rel="hub", <https://e.org/feeds/a.rss>; rel="self"'
        assert answer.headers["access-control-allow-origin"] == "*"


def test_a_topic_that_ended_long_ago_is_gone_and_another_is_not(server: WebServer) -> None:
    assert [server.ask(f"/feeds/{path}").status for path in ("ended.rss", "ended.json", "recent.rss")] == [
        410,
        410,
        200,
    ]


def test_former_addresses_may_redirect(name: str, publication: Path, run: Callable[[str], Any]) -> None:
    with run(configure(name, publication, redirect_formerly=True)) as server:
        answer = server.ask("/feeds/former.atom")
        assert (answer.status, answer.headers["location"]) == (301, "https://e.org/feeds/a.atom")
        assert server.ask("/feeds/a.atom").status == 200


def test_without_gone_after_every_topic_answers(name: str, publication: Path, run: Callable[[str], Any]) -> None:
    with run(configure(name, publication, gone_after=None)) as server:
        assert server.ask("/feeds/ended.rss").status == 200


@pytest.mark.parametrize(
    "address",
    [
        "https://feeds.e.org/",
        "https://e.org/a%20b/%22q%22/$x/%7By%7D/c'd(e)+[f];g*/",
        "https://e.org:8443/%C3%A9t%C3%A9/日本/",
    ],
)
def test_any_address_of_the_feeds_is_quoted(name: str, tmp_path: Path, run: Callable[[str], Any], address: str) -> None:
    path = publish(tmp_path, feeds_url=address)
    hosting = describe_hosting(path, now=NOW)
    with run(configure(name, path)) as server:
        answer = server.ask(f"{hosting.prefix}former.rss", Accept_Encoding="gzip")
        assert answer.status == 200
        assert answer.headers["link"] == f'<{HUB}>; rel="hub", <{hosting.feeds_url}a.rss>; rel="self"'
        assert answer.headers["content-type"] == KINDS["rss"]
        assert server.ask(f"{hosting.prefix}ended.rss").status == 410
    (tmp_path / "again").mkdir()
    with RUNNERS[name](tmp_path / "again", configure(name, path, redirect_formerly=True)) as server:
        answer = server.ask(f"{hosting.prefix}former.rss")
        assert (answer.status, answer.headers["location"]) == (301, f"{hosting.feeds_url}a.rss")


def test_any_folder_on_the_server_is_quoted(name: str, tmp_path: Path, run: Callable[[str], Any]) -> None:
    odd = tmp_path / 'it\'s "odd" $x; #é \\ 100%'
    odd.mkdir()
    path = publish(odd)
    with run(configure(name, path)) as server:
        assert server.ask("/feeds/a.rss").body == (odd / "feeds" / "a.rss").read_bytes()
        assert server.ask("/feeds/a.rss", Accept_Encoding="gzip").headers["content-encoding"] == "gzip"


def test_pages_outlines_and_archives_get_what_is_theirs(name: str, tmp_path: Path, run: Callable[[str], Any]) -> None:
    path = publish(tmp_path)
    extra = {
        "index.html": "text/html",
        "a.html": "text/html",
        "former.html": "text/html",
        "feeds.opml": "text/x-opml",
        "archive/a/2026-02.atom": "application/atom+xml",
        "archive/former/2026-02.atom": "application/atom+xml",
    }
    for one in extra:
        (tmp_path / "feeds" / one).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "feeds" / one).write_text(one, encoding="utf-8")
    hosting = describe_hosting(path, now=NOW)
    more = (HostedDocument(path=one, media_type=kind, address="") for one, kind in extra.items())
    hosting = replace(hosting, documents=(*hosting.documents, *more))
    (text,) = SERVERS[name](hosting, Choices(root=str(tmp_path / "feeds"))).values()
    with run(text) as server:
        for one, kind in extra.items():
            answer = server.ask(f"/feeds/{one}")
            assert (answer.body, answer.headers["content-type"]) == (one.encode(), f"{kind}; charset=utf-8")
            assert answer.headers["cache-control"] == "max-age=420"
            assert ("content-security-policy" in answer.headers) is (kind == "text/html")
            assert ("access-control-allow-origin" in answer.headers) is one.endswith(".atom")
            if one.endswith(".atom"):
                address = "https://e.org/feeds/archive/a/2026-02.atom"
                assert answer.headers["link"].endswith(f', <{address}>; rel="self"')
            else:
                assert "link" not in answer.headers
        assert server.ask("/feeds/").body == b"index.html"
        assert server.ask("/feeds/former.rss").headers["content-type"] == KINDS["rss"]
