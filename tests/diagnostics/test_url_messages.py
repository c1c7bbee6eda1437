"""URLs that cannot be published, each told whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from diagnostics.pinned import SECTIONS, site, teaser, tell

if TYPE_CHECKING:
    from pathlib import Path

CASES = {
    "url-credentials": (
        teaser("url: 'https://me:pw@e.org/'", without="url"),
        """\
catalogue.yaml:4:10: error[url-credentials]: teaser "x": url has a user name or password in it
   4 |   - url: 'https://me:pw@e.org/'
     |          ^^^^^^^^^^^^^^^^^^^^^^
help: remove everything up to the @
""",
    ),
    "url-host, without slashes": (
        teaser("url: 'https:e.org/x'", without="url"),
        """\
catalogue.yaml:4:10: error[url-host]: teaser "x": url is "https:e.org/x", which has no host
   4 |   - url: 'https:e.org/x'
     |          ^^^^^^^^^^^^^^^
help: write https://e.org/x
""",
    ),
    "url-host, without any": (
        teaser("url: 'https:///x'", without="url"),
        """\
catalogue.yaml:4:10: error[url-host]: teaser "x": url is "https:///x", which has no host
   4 |   - url: 'https:///x'
     |          ^^^^^^^^^^^^
help: write the host behind //, as in https://news.example.org/
""",
    ),
    "url-host, no domain name": (
        teaser("url: 'https://e_.-org/x'", without="url"),
        """\
catalogue.yaml:4:10: error[url-host]: teaser "x": url is "https://e_.-org/x", whose host is no domain name
   4 |   - url: 'https://e_.-org/x'
     |          ^^^^^^^^^^^^^^^^^^^
help: check the name between // and the next slash
""",
    ),
    "url-host, no domain name beyond ASCII": (
        teaser("url: 'https://\u0301a.org/'", without="url"),
        """\
catalogue.yaml:4:10: error[url-host]: teaser "x": url is "https://\u0301a.org/", whose host is no domain name
   4 |   - url: 'https://\u0301a.org/'
     |          ^^^^^^^^^^^^^^^^
help: check the name between // and the next slash
""",
    ),
    "url-host, a port that is none": (
        teaser("url: 'https://e.org:port/'", without="url"),
        """\
catalogue.yaml:4:10: error[url-host]: teaser "x": url is "https://e.org:port/", whose host or port is none
   4 |   - url: 'https://e.org:port/'
     |          ^^^^^^^^^^^^^^^^^^^^^
help: a port is a number up to 65535; an address of IPv6 stands in brackets
""",
    ),
    "url-host, numbers": (
        teaser("url: 'https://1.2.3.400/'", without="url"),
        """\
catalogue.yaml:4:10: error[url-host]: teaser "x": url is "https://1.2.3.400/", whose host is no domain name
   4 |   - url: 'https://1.2.3.400/'
     |          ^^^^^^^^^^^^^^^^^^^^
help: check the name between // and the next slash
""",
    ),
    "url-not-folder, a query": (
        f"site: {{title: T, url: 'https://e.org/?a', tag_authority: 'e.org,2026'}}\n{SECTIONS}",
        """\
catalogue.yaml:1:23: error[url-not-folder]: site: url names a folder and has a query
   1 | site: {title: T, url: 'https://e.org/?a', tag_authority: 'e.org,2026'}
     |                       ^^^^^^^^^^^^^^^^^^
help: remove everything from the ?
""",
    ),
    "url-not-folder, a fragment": (
        site("feeds_url: feeds/#top"),
        """\
catalogue.yaml:2:14: error[url-not-folder]: site: feeds_url names a folder and has a fragment
   2 |   feeds_url: feeds/#top
     |              ^^^^^^^^^^
help: remove everything from the #
""",
    ),
    "url-relative": (
        f"site: {{title: T, url: e.org, tag_authority: 'e.org,2026'}}\n{SECTIONS}",
        """\
catalogue.yaml:1:23: error[url-relative]: site: url is "e.org", not an absolute URL
   1 | site: {title: T, url: e.org, tag_authority: 'e.org,2026'}
     |                       ^^^^^
help: write https://e.org
""",
    ),
    "url-relative, a hub": (
        site("hubs: [/hub]"),
        """\
catalogue.yaml:2:10: error[url-relative]: site: hub 1 is "/hub", not an absolute URL
   2 |   hubs: [/hub]
     |          ^^^^
help: begin it with https:// and the host
""",
    ),
    "url-scheme": (
        teaser("url: 'ftp://e.org/x'", without="url"),
        """\
catalogue.yaml:4:10: error[url-scheme]: teaser "x": url is "ftp://e.org/x", which is not http or https
   4 |   - url: 'ftp://e.org/x'
     |          ^^^^^^^^^^^^^^^
help: give an address that begins with https://
""",
    ),
    "url-scheme, a near miss": (
        teaser("url: 'htps://e.org/x'", without="url"),
        """\
catalogue.yaml:4:10: error[url-scheme]: teaser "x": url is "htps://e.org/x", which is not http or https
   4 |   - url: 'htps://e.org/x'
     |          ^^^^^^^^^^^^^^^^
help: did you mean https://e.org/x?
""",
    ),
    "url-scheme, a host with a port": (
        teaser("url: 'e.org:8080/x'", without="url"),
        """\
catalogue.yaml:4:10: error[url-scheme]: teaser "x": url is "e.org:8080/x", which is not http or https
   4 |   - url: 'e.org:8080/x'
     |          ^^^^^^^^^^^^^^
help: write https://e.org:8080/x
""",
    ),
    "url-scheme, of an image": (
        teaser("image: {url: 'data:,x'}"),
        """\
catalogue.yaml:4:18: error[url-scheme]: teaser "x": url of image is "data:,x", which is not http or https
   4 |   - image: {url: 'data:,x'}
     |                  ^^^^^^^^^
help: give an address that begins with https://
""",
    ),
    "url-space": (
        teaser("url: two moons", without="url"),
        """\
catalogue.yaml:4:10: error[url-space]: teaser "x": url has white space in it: "two moons"
   4 |   - url: two moons
     |          ^^^^^^^^^
help: write two%20moons
""",
    ),
    "url-space, beyond ASCII": (
        teaser("url: two\u2003moons", without="url"),
        """\
catalogue.yaml:4:10: error[url-space]: teaser "x": url has white space in it: "two\u2003moons"
   4 |   - url: two\u2003moons
     |          ^^^^^^^^^
help: write two%20moons
""",
    ),
}


@pytest.mark.parametrize(("catalogue", "told"), CASES.values(), ids=CASES)
def test_a_wrong_url_is_told_whole(catalogue: str, told: str, tmp_path: Path) -> None:
    assert tell(tmp_path, catalogue) == told
