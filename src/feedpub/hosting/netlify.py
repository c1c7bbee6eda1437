"""Configuration of Netlify: its files ``_headers`` and ``_redirects``.

Nothing may follow a wildcard in a path there, so each document has a rule of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedpub.hosting.hosting import INDEX, find_key
from feedpub.hosting.rules import list_redirects, literal, make_rule, write_headers

if TYPE_CHECKING:
    from feedpub.hosting.hosting import Choices, Hosting


def write_netlify(hosting: Hosting, choices: Choices) -> dict[str, str]:
    """Return both files."""
    comments = [
        f"{hosting.feeds_url}: printed by feedpub hostconfig netlify, for the folder that is deployed.",
        "Print it again when documents come, go or move. Netlify compresses by itself.",
    ]
    gone = (
        f"{literal(hosting.prefix + one.path)} {literal(hosting.prefix + one.path)} 410!"
        for one in hosting.documents
        if find_key(one.path) in hosting.gone
    )
    lines = [f"# {one}" for one in comments] + [*gone, *list_redirects(hosting, choices, status="301!")]
    rules = [make_rule(hosting, one) for one in hosting.documents]
    rules += [make_rule(hosting, one, path="") for one in hosting.documents if one.path == INDEX]
    return {
        "_headers": write_headers(rules, comments=comments),
        "_redirects": "\n".join([*lines, ""]),
    }
