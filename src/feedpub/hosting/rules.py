"""The two files of hosts for static sites: ``_headers`` and ``_redirects``."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from feedpub.hosting.hosting import HTML, POLICY, find_home, find_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feedpub.hosting.hosting import Choices, HostedDocument, Hosting


class Rule(NamedTuple):
    """The headers of one path."""

    path: str
    headers: dict[str, str]


def write_headers(rules: Iterable[Rule], *, comments: Iterable[str]) -> str:
    """Return ``_headers``: each path, and below it its headers, indented."""
    lines = [f"# {one}" for one in comments]
    for rule in rules:
        lines += ["", rule.path, *(f"  {name}: {value}" for name, value in rule.headers.items())]
    return "\n".join([*lines, ""])


def list_headers(hosting: Hosting, content_type: str, *, address: str | None) -> dict[str, str]:
    """Return the headers of documents of a type; of a feed, ``address`` is its own."""
    headers = {
        "Content-Type": content_type,
        "Cache-Control": hosting.cache_control,
        "X-Content-Type-Options": "nosniff",
    }
    if content_type.startswith(HTML):
        headers["Content-Security-Policy"] = POLICY
    if address is not None:
        headers |= {"Access-Control-Allow-Origin": "*", "Link": hosting.write_links(address)}
    return headers


def make_rule(hosting: Hosting, document: HostedDocument, *, path: str | None = None) -> Rule:
    """Return the rule of one document alone, at its path or another one."""
    address = document.address if document.is_feed else None
    place = hosting.prefix + (document.path if path is None else path)
    return Rule(literal(place), list_headers(hosting, document.content_type, address=address))


def list_redirects(hosting: Hosting, choices: Choices, *, status: str) -> list[str]:
    """Return the lines that lead from former addresses to present ones, as comments where they were not asked for."""
    moved = (one.path for one in hosting.documents if find_key(one.path) in hosting.moved)
    lines = [
        f"{literal(hosting.prefix + path)} {literal(hosting.feeds_url + find_home(path, hosting.moved))} {status}"
        for path in moved
    ]
    if choices.redirect_formerly or not lines:
        return lines
    return ["# Former addresses serve the feeds themselves; to send their readers on instead:"] + [
        f"# {line}" for line in lines
    ]


def literal(url: str) -> str:
    """Return a URL or path in which nothing is a placeholder or a wildcard to these hosts."""
    return url.replace("*", "%2A").replace("/:", "/%3A")
