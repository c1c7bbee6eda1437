"""A URL ends as an absolute URI of http or https, whatever the editor typed, and keeps what was meant."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedpub.catalogue.invalid import Invalid
from feedpub.catalogue.urls import (
    MAX_URL,
    begin_plainly,
    fill_permalink,
    is_absolute_iri,
    normalise_url,
    read_folder_url,
    read_permalink,
    read_url,
)

BASE = "https://e.org/sub/"


def refuse(text: str, base: str | None = BASE) -> str:
    with pytest.raises(Invalid) as error:
        read_url(text, base=base)
    return error.value.rule


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x", "https://e.org/sub/x"),
        ("./x/../y", "https://e.org/sub/y"),
        ("/x", "https://e.org/x"),
        ("../../x", "https://e.org/x"),
        ("//cdn.e.org/x", "https://cdn.e.org/x"),
        ("?page=2", "https://e.org/sub/?page=2"),
        ("https://e.org", "https://e.org"),
        ("HTTPS://E.org/X", "HTTPS://E.org/X"),
        ("https://e.org:8443/x", "https://e.org:8443/x"),
        ("https://[2001:db8::1]/x", "https://[2001:db8::1]/x"),
        ("https://127.0.0.1/x", "https://127.0.0.1/x"),
        ("https://e.org/a%20b%C3%A9", "https://e.org/a%20b%C3%A9"),
        ("https://e.org/100%", "https://e.org/100%25"),
        ("https://e.org/é?ü=ß#ö", "https://e.org/%C3%A9?%C3%BC=%C3%9F#%C3%B6"),
        ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
        ("https://MÜNCHEN.example/", "https://xn--mnchen-3ya.example/"),
        ("https://日本.example/", "https://xn--wgv71a.example/"),
        ('https://e.org/a"b|c', "https://e.org/a%22b%7Cc"),
        ("https://e.org/?a=1&b=2;c", "https://e.org/?a=1&b=2;c"),
        ("  https://e.org/x \n", "https://e.org/x"),
    ],
)
def test_a_url_is_resolved_and_written_as_a_uri(text: str, expected: str) -> None:
    assert read_url(text, base=BASE) == expected


@pytest.mark.parametrize(
    "base", [None, "https://e.org", "https://e.org/x", "https://E.org/", "https://e.org:443/", "https://e.org/%c3%a9/"]
)
def test_a_base_that_could_be_written_otherwise_is_put_before_no_path_unseen(base: str | None) -> None:
    assert begin_plainly(base) is None
    assert begin_plainly(BASE) == BASE.encode()


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("a b", "url-space"),
        ("a\u00a0b", "url-space"),
        ("a\tb", "url-space"),
        ("a\u2028b", "url-space"),
        ("javascript:alert(1)", "url-scheme"),
        ("data:text/html,x", "url-scheme"),
        ("ftp://e.org/", "url-scheme"),
        ("https:e.org", "url-host"),
        ("http:/e.org", "url-host"),
        ("https://", "url-host"),
        ("https:///x", "url-host"),
        ("https://e..org/", "url-host"),
        ("https://-e.org/", "url-host"),
        ("https://e.org:port/", "url-host"),
        ("https://e.org:99999/", "url-host"),
        ("https://[::1/", "url-host"),
        ("https://999.1.1.1/", "url-host"),
        ("https://☃.example/", "url-host"),
        ("https://me@e.org/", "url-credentials"),
        ("https://me:secret@e.org/", "url-credentials"),
        ("https://@e.org/", "url-credentials"),
        ("x" * (MAX_URL + 1), "too-long"),
        ("x" * (MAX_URL - 5), "too-long"),
        ("", "empty-value"),
    ],
)
def test_what_no_feed_may_link_to_is_refused(text: str, rule: str) -> None:
    assert refuse(text) == rule


def test_without_a_base_a_relative_url_is_refused() -> None:
    assert refuse("x", base=None) == "url-relative"


@pytest.mark.parametrize(
    ("text", "expected"), [("https://e.org", "https://e.org/"), ("https://e.org/a", "https://e.org/a/")]
)
def test_a_folder_gets_its_final_slash(text: str, expected: str) -> None:
    assert read_folder_url(text) == expected


@pytest.mark.parametrize("text", ["https://e.org/?q", "https://e.org/#f"])
def test_a_folder_has_no_query_and_no_fragment(text: str) -> None:
    with pytest.raises(Invalid) as error:
        read_folder_url(text)
    assert error.value.rule == "url-not-folder"


def test_a_permalink_is_filled_in() -> None:
    template = read_permalink("{section}/{year}/{month}/{day}/{id}/")
    published = datetime(2026, 2, 1, 23, 59, tzinfo=UTC)
    found = fill_permalink(template, section="tech", id="x.y", published=published, base=BASE)
    assert found == "https://e.org/sub/tech/2026/02/01/x.y/"


@pytest.mark.parametrize("text", ["{slug}", "{id", "id}", "{}", "{id}{{}"])
def test_a_permalink_with_other_braces_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as error:
        read_permalink(text)
    assert error.value.rule == "permalink"


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("https://E.org/x", "HTTPS://e.ORG/x", True),
        ("https://e.org:443/x", "https://e.org/x", True),
        ("http://e.org:80/x", "http://e.org/x", True),
        ("http://e.org/x", "https://e.org/x", False),
        ("https://e.org:80/x", "https://e.org/x", False),
        ("https://e.org/x", "https://e.org/X", False),
        ("https://e.org/x", "https://e.org/x/", False),
        ("https://e.org/x#a", "https://e.org/x#b", False),
        ("https://e.org/x?a", "https://e.org/x", False),
        ("https://[2001:DB8::1]:443/x", "https://[2001:db8::1]/x", True),
        ("https://[2001:db8::1]:8443/x", "https://[2001:db8::1]/x", False),
    ],
)
def test_urls_are_the_same_by_scheme_host_and_port_alone(one: str, other: str, is_same: bool) -> None:  # noqa: FBT001 - a case's last word
    assert (normalise_url(read_url(one, base=None)) == normalise_url(read_url(other, base=None))) is is_same


def test_an_ipv6_address_keeps_its_brackets() -> None:
    assert normalise_url("HTTPS://[2001:DB8::1]:443/x") == "https://[2001:db8::1]/x"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://e.org/?p=1", True),
        ("tag:e.org,2026:x", True),
        ("urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6", True),
        ("https://e.org/é", True),
        ("https://e.org/%C3%A9", True),
        ("12345", False),
        ("e.org/x", False),
        ("https://", False),
        ("tag: x", False),
        ("x:%zz", False),
        ("https://e.org/[x]", False),
    ],
)
def test_an_atom_id_is_an_absolute_iri(text: str, expected: bool) -> None:  # noqa: FBT001 - as above
    assert is_absolute_iri(text) is expected


@given(st.text(max_size=40) | st.from_regex(r"(https?://)?[a-zé.]{1,9}[:/?#%\w]*"))
def test_what_is_accepted_is_a_uri_that_stays_as_it_is(text: str) -> None:
    try:
        found = read_url(text, base=BASE)
    except Invalid:
        return
    parts = urlsplit(found)
    assert found.isascii()
    assert found.isprintable()
    assert " " not in found
    assert parts.scheme in ("http", "https")
    assert parts.hostname
    assert read_url(found, base=None) == found
    assert normalise_url(normalise_url(found)) == normalise_url(found)
