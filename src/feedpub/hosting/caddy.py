"""Configuration of Caddy 2, to be imported in a site's block (Caddyfile: handle, route, header, file_server)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedpub.errors import UsageError
from feedpub.hosting.hosting import HTML, INDEX, POLICY
from feedpub.hosting.patterns import HIDDEN, escape, match_documents, match_topic, match_topics

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from feedpub.hosting.hosting import Choices, Hosting


def write_caddy(hosting: Hosting, choices: Choices) -> dict[str, str]:
    """Return the configuration. Raises UsageError for a folder that a Caddyfile cannot name."""
    if set("`{}") & set(choices.root):
        raise UsageError(f"--root is {choices.root!r}; a Caddyfile cannot name a folder with braces or backticks")
    lines = [
        f"# {hosting.feeds_url}: printed by feedpub hostconfig caddy.",
        f"# In the block of {hosting.host}: import /etc/caddy/feedpub.caddy",
        "# Print it again when topics move or end, or when site.hubs or site.ttl change.",
        "",
        *_lead_to_folder(hosting),
        f"@feedpub path_regexp {_quote('^' + escape(hosting.decoded_prefix))}",
        "handle @feedpub {",
        "\troute {",
        *(f"\t\t{line}" if line else "" for line in _write_route(hosting, choices)),
        "\t}",
        "}",
        "",
    ]
    return {"feedpub.caddy": "\n".join(lines)}


def _lead_to_folder(hosting: Hosting) -> Iterator[str]:
    """Yield what sends on who forgets the slash at the end."""
    if hosting.prefix != "/":
        yield f"@feedpub_folder path_regexp {_quote(f'^{escape(hosting.decoded_prefix[:-1])}$')}"
        yield f"redir @feedpub_folder {_quote(hosting.feeds_url)} 301"


def _write_route(hosting: Hosting, choices: Choices) -> Iterator[str]:
    """Yield what happens to a request, in this order."""
    if hosting.prefix != "/":
        yield f"uri strip_prefix {_quote(hosting.prefix.rstrip('/'))}"
    yield f"root * {_quote(choices.folder)}"
    yield from _match("hidden", f"path_regexp {_quote(HIDDEN)}")
    yield "respond @hidden 404"
    if hosting.gone:
        yield from _match("gone", f"path_regexp {_quote('^/' + match_topics(hosting.gone))}")
        yield "respond @gone 410"
    yield from _match("index", "path /")
    yield f"rewrite @index /{INDEX}"  # here, for the headers to be those of the page
    yield from _write_headers(hosting)
    for number, (former, key) in enumerate(hosting.moved.items(), start=1):
        name = f"moved{number}"
        path = f"{{re.{name}.1}}{key}{{re.{name}.2}}"
        redirect = f"redir @{name} {_quote(hosting.feeds_url + path)} 301"
        endings = hosting.endings if choices.redirect_formerly else hosting.feed_endings
        yield from _match(name, f"path_regexp {name} {_quote(f'^/{match_topic(former, endings)}$')}", "file")
        yield redirect if choices.redirect_formerly else f"# {redirect}"
        if not choices.redirect_formerly:
            yield f"header @{name} Link {_quote(hosting.write_links(hosting.feeds_url + path))}"
    yield ""
    yield "encode gzip {"
    yield "\tmatch {"
    yield from (f"\t\theader Content-Type {_quote(one)}" for one in _list_types(hosting))
    yield "\t}"
    yield "}"
    yield "file_server {"
    yield "\tprecompressed br gzip"
    yield "}"


def _write_headers(hosting: Hosting) -> Iterator[str]:
    """Yield the headers of what is there: a file that is missing has none."""
    everything = {"Cache-Control": hosting.cache_control, "X-Content-Type-Options": "nosniff"}
    yield from _match("there", "file")
    yield from (f"header @there {name} {_quote(value)}" for name, value in everything.items())
    yield "header @there {"
    yield "\tVary Accept-Encoding"
    yield "\tdefer"  # what is compressed has it already
    yield "}"
    for number, (suffix, value) in enumerate(hosting.types.items(), start=1):
        yield from _match(f"type{number}", f"path_regexp {_quote(f'{escape(suffix)}$')}", "file")
        yield f"header @type{number} Content-Type {_quote(value)}"
        if value.startswith(HTML):
            yield f"header @type{number} Content-Security-Policy {_quote(POLICY)}"
    pattern = f"^/({match_documents(hosting.feed_endings)})$"
    yield from _match("feed", f"path_regexp feed {_quote(pattern)}", "file")
    yield 'header @feed Access-Control-Allow-Origin "*"'
    yield f"header @feed Link {_quote(hosting.write_links(hosting.feeds_url + '{re.feed.1}'))}"
    for number, (path, value) in enumerate(hosting.exceptions.items(), start=1):
        yield from _match(f"exception{number}", f"path_regexp {_quote(f'^/{escape(path)}$')}", "file")
        yield f"header @exception{number} Content-Type {_quote(value)}"
        yield f"header @exception{number} -Access-Control-Allow-Origin"
        yield f"header @exception{number} -Link"


def _match(name: str, *matchers: str) -> Iterable[str]:
    if len(matchers) == 1:
        return ("", f"@{name} {matchers[0]}")
    return ("", f"@{name} {{", *(f"\t{one}" for one in matchers), "}")


def _list_types(hosting: Hosting) -> list[str]:
    return sorted({*hosting.types.values(), *hosting.exceptions.values()})


def _quote(text: str) -> str:
    """Return a text as one word of a Caddyfile: nothing is special in backticks but placeholders, which keep."""
    return f"`{text}`"
