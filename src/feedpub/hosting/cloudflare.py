"""Configuration of Cloudflare Pages: its files ``_headers`` and ``_redirects``.

All rules that match a path count there, and values of one name are joined, so that no two may match the same. Pages are
served without their ending; who asks with it is sent on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from feedpub.hosting.hosting import HTML, INDEX
from feedpub.hosting.rules import Rule, list_headers, list_redirects, literal, make_rule, write_headers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedpub.hosting.hosting import Choices, HostedDocument, Hosting

MOST: Final = 100
"""Rules that are heeded of ``_headers``."""


def write_cloudflare(hosting: Hosting, choices: Choices) -> dict[str, str]:
    """Return both files."""
    comments = [
        f"{hosting.feeds_url}: printed by feedpub hostconfig cloudflare, for the folder that is deployed.",
        "Print it again when documents come, go or move. Cloudflare compresses by itself.",
    ]
    rules = [make_rule(hosting, one, path=_find_place(one)) for one in hosting.documents]
    more: list[str] = []
    if len(rules) > MOST:
        rules = list(_make_wide_rules(hosting))
        more = [
            f"More than {MOST} documents: these rules are by ending, {', '.join(hosting.exceptions)} included.",
            "Pages but the index have none: they are served without an ending.",
        ]
    gone = [f"There is no 410 here; these topics answer as before: {', '.join(hosting.gone)}"] if hosting.gone else []
    lines = [f"# {one}" for one in [*comments, *gone]] + list_redirects(hosting, choices, status="301")
    return {
        "_headers": write_headers(rules, comments=[*comments, *more]),
        "_redirects": "\n".join([*lines, ""]),
    }


def _find_place(document: HostedDocument) -> str:
    """Return the path at which a document is served: a page's has no ending, and that of the index no name."""
    if document.path == INDEX:
        return ""
    return document.path.removesuffix(".html") if document.media_type == HTML else document.path


def _make_wide_rules(hosting: Hosting) -> Iterator[Rule]:
    yield from (make_rule(hosting, one, path="") for one in hosting.documents if one.path == INDEX)
    for suffix, value in hosting.types.items():
        if value.startswith(HTML):
            continue
        address = f"{literal(hosting.feeds_url)}:splat{suffix}" if suffix[1:] in hosting.feed_endings else None
        yield Rule(f"{literal(hosting.prefix)}*{suffix}", list_headers(hosting, value, address=address))
