"""What each request gets: RFC 9110's cases, and what feeds, pages and hubs need beside."""

from __future__ import annotations

import asyncio
import base64
import gzip
import hashlib
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from feedpub.serving.application import Application
from feedpub.serving.contents import CODINGS
from serving.asking import MODIFIED, NOW, PAGE, RSS, ask, ask_soon, publish, serve

if TYPE_CHECKING:
    from pathlib import Path

DIGEST = hashlib.sha256(RSS).hexdigest()
TAG = f'"{DIGEST}"'
DATE = "Sun, 06 Nov 1994 08:49:37 GMT"


@pytest.fixture
def application(tmp_path: Path) -> Application:
    documents = {"tides.rss": RSS, "tides.atom": RSS, "tides.json": b"{}", "tides.html": PAGE, "feeds.opml": b"<opml/>"}
    publish(tmp_path, documents, hubs=("https://hub.example.org/?a=b", "https://hub.example.com/"), ttl=15)
    return serve(tmp_path)


def test_a_feed_comes_with_all_its_fields(application: Application) -> None:
    reply = ask(application)
    assert (reply.status, reply.body) == (200, RSS)
    assert reply.headers == {
        "content-type": "application/rss+xml; charset=utf-8",
        "content-length": str(len(RSS)),
        "last-modified": DATE,
        "accept-ranges": "none",
        "x-content-type-options": "nosniff",
        "etag": TAG,
        "cache-control": "max-age=900",
        "vary": "accept-encoding",
        "access-control-allow-origin": "*",
        "access-control-expose-headers": "etag, link",
        "link": '<https://hub.example.org/?a=b>; rel="hub", <https://hub.example.com/>; rel="hub", '
        '<https://news.example.org/feeds/tides.rss>; rel="self"',
    }


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/tides.rss", "application/rss+xml"),
        ("/tides.atom", "application/atom+xml"),
        ("/tides.json", "application/feed+json"),
        ("/tides.html", "text/html"),
        ("/feeds.opml", "text/x-opml"),
    ],
)
def test_each_document_has_its_media_type_and_only_feeds_name_hubs(
    application: Application, path: str, media_type: str
) -> None:
    headers = ask(application, path).headers
    assert headers["content-type"] == f"{media_type}; charset=utf-8"
    assert ("link" in headers) == (
        media_type in ("application/rss+xml", "application/atom+xml", "application/feed+json")
    )
    assert ("access-control-allow-origin" in headers) == (media_type != "text/html")


def test_a_page_may_do_nothing_but_show_its_own_styles(application: Application) -> None:
    policy = ask(application, "/tides.html").headers["content-security-policy"]
    style = base64.b64encode(hashlib.sha256(b"p{color:red}").digest()).decode()
    assert policy == (
        "default-src 'none'; img-src http: https: data:; media-src http: https:; "
        f"style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        ((), 200),
        ((("If-None-Match", TAG),), 304),
        ((("If-None-Match", f"W/{TAG}"),), 304),
        ((("If-None-Match", "*"),), 304),
        ((("If-None-Match", f'"a", {TAG}'),), 304),
        ((("If-None-Match", '"a"'), ("If-None-Match", TAG)), 304),
        ((("If-None-Match", '"a"'),), 200),
        ((("If-None-Match", '"a"'), ("If-Modified-Since", DATE)), 200),
        ((("If-Modified-Since", DATE),), 304),
        ((("If-Modified-Since", DATE), ("If-Modified-Since", DATE)), 200),
        ((("If-Modified-Since", "Sun, 06 Nov 1994 08:49:36 GMT"),), 200),
        ((("If-Match", TAG),), 200),
        ((("If-Match", f"W/{TAG}"),), 412),
        ((("If-Match", '"a"'), ("If-None-Match", TAG)), 412),
        ((("If-Match", TAG), ("If-None-Match", TAG)), 304),
        ((("If-Unmodified-Since", "Sun, 06 Nov 1994 08:49:36 GMT"), ("If-None-Match", TAG)), 412),
        ((("If-Unmodified-Since", DATE),), 200),
        ((("Range", "bytes=0-9"),), 200),
        ((("Range", "bytes=0-9"), ("If-Range", TAG)), 200),
        ((("Accept", "text/plain;q=0.1"),), 200),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_conditions_decide(
    application: Application, method: str, lines: tuple[tuple[str, str], ...], status: int
) -> None:
    reply = ask(application, "/tides.rss", *lines, method=method)
    assert reply.status == status
    assert len(reply.body) == int(reply.headers.get("content-length", 0)) * (method == "GET")


def test_a_head_says_what_a_get_would(application: Application) -> None:
    for path, *lines in (("/tides.rss",), ("/tides.rss", ("Accept-Encoding", "gzip")), ("/nothing",)):
        get, head = (ask(application, path, *lines, method=method) for method in ("GET", "HEAD"))
        assert (head.status, head.headers, head.body) == (get.status, get.headers, b"")
        assert head.headers["content-length"] == str(len(get.body))


def test_not_modified_repeats_what_caches_need_and_no_more(application: Application) -> None:
    reply = ask(application, "/tides.rss", ("If-None-Match", TAG))
    assert reply.headers == {
        "etag": TAG,
        "cache-control": "max-age=900",
        "vary": "accept-encoding",
        "access-control-allow-origin": "*",
    }


@pytest.mark.parametrize("coding", CODINGS)
def test_each_coding_has_a_tag_of_its_own(application: Application, coding: str) -> None:
    accept = ("Accept-Encoding", coding)
    reply = ask(application, "/tides.rss", accept)
    tag = f'"{DIGEST}-{coding}"'
    assert (reply.headers["content-encoding"], reply.headers["etag"]) == (coding, tag)
    assert len(reply.body) == int(reply.headers["content-length"]) < len(RSS)
    assert decompress(coding, reply.body) == RSS
    assert ask(application, "/tides.rss", accept, ("If-None-Match", tag)).status == 304
    assert ask(application, "/tides.rss", ("If-None-Match", tag)).status == 200
    assert ask(application, "/tides.rss", accept, ("If-None-Match", TAG)).status == 200


def test_an_encoding_that_is_refused_is_not_sent(application: Application) -> None:
    assert "content-encoding" not in ask(application, "/tides.rss", ("Accept-Encoding", "gzip;q=0, br;q=0")).headers
    assert "content-encoding" not in ask(application).headers
    assert (
        ask(application, "/tides.rss", ("Accept-Encoding", "gzip"), ("Accept-Encoding", "identity")).headers[
            "content-encoding"
        ]
        == "gzip"
    )


def test_nothing_acceptable_is_406_before_any_condition(application: Application) -> None:
    reply = ask(application, "/tides.rss", ("Accept-Encoding", "identity;q=0"), ("If-None-Match", "*"))
    assert (reply.status, reply.headers["vary"]) == (406, "accept-encoding")


def test_one_who_compresses_serves_all_who_wait(application: Application) -> None:
    async def ask_at_once() -> set[bytes]:
        replies = await asyncio.gather(
            *(ask_soon(application, "/tides.rss", ("Accept-Encoding", "gzip")) for _ in range(20))
        )
        return {one.body for one in replies}

    (body,) = asyncio.run(ask_at_once())
    assert gzip.decompress(body) == RSS


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "BREW", "get"])
def test_other_methods_are_told_which_there_are(application: Application, method: str) -> None:
    reply = ask(application, method=method)
    assert (reply.status, reply.headers["allow"]) == (405, "GET, HEAD, OPTIONS")


def test_options_lets_scripts_of_others_ask_with_conditions(application: Application) -> None:
    reply = ask(application, method="OPTIONS")
    assert (reply.status, reply.body) == (204, b"")
    assert reply.headers["allow"] == reply.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
    assert (reply.headers["access-control-allow-origin"], reply.headers["access-control-allow-headers"]) == ("*", "*")


@pytest.mark.parametrize("headers", [[], [(b"host", b"a"), (b"host", b"b")]])
def test_a_request_of_http_1_1_names_one_host(application: Application, headers: list[tuple[bytes, bytes]]) -> None:
    assert ask(application, headers=headers).status == 400
    assert ask(application, headers=[], http_version="1.0").status == 200


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("news.example.org:8000", 200),
        ("[2001:db8::1]:80", 200),
        ("", 200),
        ("a b", 400),
        ("a/b", 400),
        ("a@b", 400),
        ("\xe4", 400),
    ],
)
def test_a_host_is_one(application: Application, host: str, status: int) -> None:
    assert ask(application, headers=[(b"host", host.encode("latin-1"))]).status == status


@pytest.mark.parametrize("version", ["0.9", "2.0"])
def test_other_versions_of_http_are_not_answered_as_1_1(application: Application, version: str) -> None:
    reply = ask(application, http_version=version)
    assert (reply.status, reply.headers["connection"]) == (505, "close")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/tides",
        "/tides.rss/",
        "//tides.rss",
        "/./tides.rss",
        "/x/../tides.rss",
        "/manifest.json",
        "/../secret",
        "/..%2fsecret",
        "/%2e%2e/secret",
        "/%2e%2e%2fsecret",
        "/..\\secret",
        "/tides.rss%00",
        "/tides.rss%",
        "/tides.rss%2",
        "/tides%252erss",
        "/TIDES.RSS",
        "/.feedpub-commit",
        "tides.rss",
        "*",
        "",
        "http://127.0.0.1/tides.rss",
        "/etc/passwd",
        "//etc/passwd",
        "/" + "a" * 100_000,
        "/" + "%41" * 100_000,
    ],
)
def test_nothing_else_can_be_reached(application: Application, path: str) -> None:
    reply = ask(application, path)
    assert (reply.status, reply.headers["x-content-type-options"]) == (404, "nosniff")


def test_a_path_may_be_written_with_escapes_but_a_slash_is_none(tmp_path: Path) -> None:
    publish(tmp_path, {"archive/tides/2026-01.atom": RSS})
    application = serve(tmp_path)
    assert ask(application, "/archive/tides/2026-01.atom").status == 200
    assert ask(application, "/%61rchive/tides/2026-01%2Eatom").status == 200
    assert ask(application, "/archive%2Ftides/2026-01.atom").status == 404
    for path, status in (("/archive/tides/2026-01.atom", 200), ("/%61rchive/tides/2026-01.atom", 404)):
        assert ask(application, raw_path=None, path=path).status == status  # of a server that keeps the decoded one


def test_the_folder_itself_is_its_index(tmp_path: Path) -> None:
    publish(tmp_path, {"index.html": PAGE, "tides.rss": RSS})
    application = serve(tmp_path)
    assert ask(application, "/").body == ask(application, "/index.html").body == PAGE


def test_hubs_are_named_only_where_there_are_some(tmp_path: Path) -> None:
    publish(tmp_path, {"tides.rss": RSS})
    headers = ask(serve(tmp_path)).headers
    assert "link" not in headers
    assert headers["cache-control"] == "max-age=300"


def test_what_a_manifest_says_breaks_no_field(tmp_path: Path) -> None:
    publish(tmp_path, {"tides.rss": RSS}, hubs=('https://é.example/"<>\r\nX-Evil: 1',), ttl=10**30)
    manifest = tmp_path / "manifest.json"
    headers = ask(serve(tmp_path)).headers
    assert headers["cache-control"] == "max-age=2147483648"
    assert headers["link"].startswith("<https://%C3%A9.example/%22%3C%3E%0D%0AX-Evil:%201>; ")
    manifest.write_text(manifest.read_text().replace("application/rss+xml", "text/html\\r\\nx-evil: 1"))
    assert ask(serve(tmp_path)).headers["content-type"] == "application/octet-stream; charset=utf-8"


def test_a_retired_topic_answers_410_so_long_after_its_end(tmp_path: Path) -> None:
    end = datetime.fromtimestamp(NOW, UTC) - timedelta(days=3)
    documents = {"tides.rss": RSS, "ebb.rss": RSS, "archive/tides/2026-01.atom": RSS, "moons.rss": RSS}
    publish(tmp_path, documents, retired={"tides": end}, formerly={"tides": ("ebb",)})
    for days, status in ((None, 200), (4, 200), (3, 410), (0, 410)):
        application = serve(tmp_path, gone_after=None if days is None else timedelta(days=days))
        for path in ("/tides.rss", "/ebb.rss", "/archive/tides/2026-01.atom"):
            assert ask(application, path).status == status
            assert ask(application, path, ("If-None-Match", "*")).status == (410 if status == 410 else 304)
        assert ask(application, "/moons.rss").status == 200


def test_a_former_address_keeps_answering_and_names_the_present_one(tmp_path: Path) -> None:
    documents = {"archive.rss": RSS, "arch.rss": RSS, "archive/arch/2026-01.atom": RSS}
    publish(tmp_path, documents, formerly={"archive": ("arch",)}, hubs=("https://hub.example.org/",))
    application = serve(tmp_path)
    assert (
        ask(application, "/arch.rss")
        .headers["link"]
        .endswith('<https://news.example.org/feeds/archive.rss>; rel="self"')
    )
    assert (
        ask(application, "/archive/arch/2026-01.atom")
        .headers["link"]
        .endswith('<https://news.example.org/feeds/archive/archive/2026-01.atom>; rel="self"')
    )


def test_a_document_is_never_newer_than_the_clock(tmp_path: Path) -> None:
    publish(tmp_path, {"tides.rss": RSS})
    assert ask(serve(tmp_path, now=MODIFIED - 60)).headers["last-modified"] == "Sun, 06 Nov 1994 08:48:37 GMT"


def test_before_anything_is_published_it_says_when_to_come_back() -> None:
    reply = ask(Application())
    assert (reply.status, reply.headers["retry-after"]) == (503, "5")


def test_what_is_no_http_is_no_business_of_ours(application: Application) -> None:
    with pytest.raises(ValueError, match="websocket is not served"):
        ask(application, type="websocket")


def decompress(coding: str, data: bytes) -> bytes:
    if coding == "gzip":
        return gzip.decompress(data)
    whole: bytes = import_module("brotli").decompress(data)
    return whole
