"""Configuration of nginx, to be included in a server block (ngx_http_core_module, ngx_http_gzip_static_module)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from feedpub.hosting.hosting import POLICY
from feedpub.hosting.patterns import HIDDEN, escape, match_documents, match_topic, match_topics

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from feedpub.hosting.hosting import Choices, Hosting

_DOLLAR: Final = "${feedpub_dollar}"


def write_nginx(hosting: Hosting, choices: Choices) -> dict[str, str]:
    """Return the configuration: one location, and within it one for each kind of document."""
    lines = list(_write_location(hosting, choices))
    head = _write_head(hosting, is_dollar_used=any(_DOLLAR in one for one in lines))
    return {"feedpub.conf": "\n".join([*head, *lines, ""])}


def _write_head(hosting: Hosting, *, is_dollar_used: bool) -> Iterator[str]:
    yield f"# {hosting.feeds_url}: printed by feedpub hostconfig nginx."
    yield f"# In the server block of {hosting.host}: include /etc/nginx/feedpub.conf;"
    yield "# Print it again when topics move or end, or when site.hubs or site.ttl change."
    if is_dollar_used:
        yield "# nginx has no other way to write a dollar sign. In the http block, once:"
        yield '#   geo $feedpub_dollar { default "$"; }'
    yield ""


def _write_location(hosting: Hosting, choices: Choices) -> Iterator[str]:
    common = {"Cache-Control": hosting.cache_control, "X-Content-Type-Options": "nosniff"}
    yield f"location ^~ {_quote(hosting.decoded_prefix)} {{"
    yield f"    alias {_expand(choices.folder)};"
    yield "    charset off; # the types name it: nginx adds none to what is compressed"
    yield "    default_type application/octet-stream;"
    yield "    types {"
    yield from (f"        {_quote(value)} {suffix[1:]};" for suffix, value in hosting.types.items())
    yield "    }"
    yield "    etag on;"
    yield "    gzip on;"
    yield f"    gzip_types {' '.join(map(_quote, _list_types(hosting)))};"
    yield "    gzip_static on;"
    yield f"    {'brotli_static on;' if choices.brotli else '# brotli_static on; # where the module of ngx_brotli is'}"
    yield "    gzip_vary on;"
    yield "    gzip_proxied any;"
    yield from _add_headers(common, indent="    ")
    yield from _write_block("~", HIDDEN, ["return 404;"])
    for path, value in hosting.exceptions.items():
        yield from _write_block("=", hosting.decoded_prefix + path, ["types { }", f"default_type {_quote(value)};"])
    yield from _write_topics(hosting, choices, common)
    pattern = _anchor(hosting, match_documents(["html"]), end="$")
    yield from _write_block("~", pattern, _add_headers(common | {"Content-Security-Policy": POLICY}))
    yield "}"
    if hosting.prefix != "/":
        yield ""
        yield f"location = {_quote(hosting.decoded_prefix[:-1])} {{ return 301 {_expand(hosting.feeds_url)}; }}"


def _write_topics(hosting: Hosting, choices: Choices, common: dict[str, str]) -> Iterator[str]:
    """Yield what is gone, what has moved, and all other feeds; the first that matches counts."""
    if hosting.gone:
        yield from _write_block("~", _anchor(hosting, match_topics(hosting.gone)), ["return 410;"])
    for former, key in hosting.moved.items():
        to = f"return 301 {_expand(hosting.feeds_url, '$1', key, '$2')};"
        lines, endings = [to], hosting.endings
        if not choices.redirect_formerly:
            lines, endings = [f"# {to}", *_share(hosting, ("$1", key, "$2"), common)], hosting.feed_endings
        yield from _write_block("~", _anchor(hosting, match_topic(former, endings), end="$"), lines)
    pattern = _anchor(hosting, f"({match_documents(hosting.feed_endings)})", end="$")
    yield from _write_block("~", pattern, _share(hosting, ("$1",), common))


def _share(hosting: Hosting, path: Iterable[str], common: dict[str, str]) -> Iterator[str]:
    """Yield the headers of a feed, whose path is given in pieces that nginx understands."""
    before, _, after = hosting.write_links("\0").partition("\0")
    yield from _add_headers(common | {"Access-Control-Allow-Origin": "*"})
    yield f"add_header Link {_expand(before + hosting.feeds_url, *path, after)};"


def _write_block(kind: str, what: str, lines: Iterable[str]) -> Iterator[str]:
    yield ""
    yield f"    location {kind} {_quote(what)} {{"
    yield from (f"        {line}" for line in lines)
    yield "    }"


def _add_headers(headers: dict[str, str], *, indent: str = "") -> Iterator[str]:
    for name, value in headers.items():
        yield f"{indent}add_header {name} {_expand(value)};"


def _anchor(hosting: Hosting, pattern: str, *, end: str = "") -> str:
    return f"^{escape(hosting.decoded_prefix)}{pattern}{end}"


def _list_types(hosting: Hosting) -> list[str]:
    return sorted({*hosting.types.values(), *hosting.exceptions.values()})


def _quote(text: str) -> str:
    """Return a text as a word of nginx's configuration in which nothing is expanded."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _expand(first: str, *rest: str) -> str:
    """Return pieces of text as one word in which variables are expanded; a piece such as ``$1`` is one."""
    pieces = (one if one in ("$1", "$2") else one.replace("$", _DOLLAR) for one in (first, *rest))
    return _quote("".join(pieces))
