"""Configuration of Apache 2.4 (alias, dir, headers, mime, rewrite), to be included in a virtual host."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from feedpub.hosting.hosting import POLICY
from feedpub.hosting.patterns import HIDDEN, escape, match_any, match_documents, match_topic, match_topics, name_topic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedpub.hosting.hosting import Choices, Hosting

_SUFFIXES: Final = {"br": "br", "gzip": "gz"}
_COMPRESSED: Final = "(?:[.](?:br|gz))?"


def write_apache(hosting: Hosting, choices: Choices) -> dict[str, str]:
    """Return the configuration: an alias, its folder, and headers by address."""
    lines = [
        f"# {hosting.feeds_url}: printed by feedpub hostconfig apache.",
        f"# In the virtual host of {hosting.host}: Include /etc/apache2/feedpub.conf",
        "# Once: a2enmod alias dir headers mime rewrite",
        "# Print it again when topics move or end, or when site.hubs or site.ttl change.",
        "",
        *_lead_to_folder(hosting),
        f"Alias {_quote(hosting.decoded_prefix)} {_quote(choices.folder)}",
        "",
        f"<Directory {_quote(choices.folder)}>",
        *(f"    {line}" if line else "" for line in _write_folder(hosting, choices)),
        "</Directory>",
        *_write_headers(hosting, choices),
        "",
    ]
    return {"feedpub.conf": "\n".join(lines)}


def _lead_to_folder(hosting: Hosting) -> Iterator[str]:
    """Yield what sends on who forgets the slash at the end."""
    if hosting.prefix != "/":
        pattern = f"^{escape(hosting.decoded_prefix[:-1])}$"
        yield f"RedirectMatch 301 {_quote(pattern)} {_quote(_substitute(hosting.feeds_url))}"


def _write_folder(hosting: Hosting, choices: Choices) -> Iterator[str]:
    yield "Require all granted"
    yield "AllowOverride None"
    yield "Options FollowSymLinks"
    yield "DirectoryIndex index.html"
    yield "FileETag MTime Size"
    yield "AddDefaultCharset Off"
    yield "RemoveType .br .gz"
    yield "RemoveLanguage .br"
    yield from (f"AddEncoding {coding} .{suffix}" for coding, suffix in _SUFFIXES.items())
    yield from (f"AddType {_quote(value)} {suffix}" for suffix, value in hosting.types.items())
    for path, value in hosting.exceptions.items():
        yield f"<FilesMatch {_quote(f'^{escape(path)}{_COMPRESSED}$')}>"
        yield f"    ForceType {_quote(value)}"
        yield "</FilesMatch>"
    yield ""
    yield "RewriteEngine On"
    yield f"RewriteBase {_quote(hosting.decoded_prefix)}"
    yield f"RewriteRule {_rewrite(HIDDEN)} - [R=404,L]"
    if hosting.gone:
        yield f"RewriteRule {_rewrite('^' + match_topics(hosting.gone))} - [G,L]"
    for former, key in hosting.moved.items():
        to = _substitute(hosting.feeds_url) + f"$1{key}$2"
        endings = hosting.endings if choices.redirect_formerly else hosting.feed_endings
        rule = f"RewriteRule {_rewrite(f'^{match_topic(former, endings)}$')} {_rewrite(to)} [R=301,NE,L]"
        yield rule if choices.redirect_formerly else f"# {rule}"
    for coding, suffix in _SUFFIXES.items():
        wanted = f"(?:^|,)\\s*{coding}\\s*(?:$|,|;(?!\\s*q=0(?:[.]0*)?\\s*(?:,|$)))"
        yield f"RewriteCond {_rewrite('%{HTTP:Accept-Encoding}')} {_rewrite(wanted)} [NC]"
        yield f"RewriteCond {_rewrite(f'%{{REQUEST_FILENAME}}.{suffix}')} -f"
        yield f"RewriteRule {_rewrite(f'^({match_documents(hosting.endings)})$')} {_rewrite(f'$1.{suffix}')} [L]"


def _write_headers(hosting: Hosting, choices: Choices) -> Iterator[str]:
    """Yield the headers by address, which may be that of a compressed file by then; the last one counts."""
    yield from _write_block(
        hosting,
        match_documents(hosting.endings),
        {
            "Cache-Control": hosting.cache_control,
            "X-Content-Type-Options": "nosniff",
        },
        "Header merge Vary Accept-Encoding",
    )
    yield from _write_block(hosting, match_documents(["html"]), {"Content-Security-Policy": POLICY})
    feed = f"(?<FEEDPUB>{match_documents(hosting.feed_endings)})"
    yield from _write_block(hosting, feed, {"Access-Control-Allow-Origin": "*"}, _link(hosting, "%{MATCH_FEEDPUB}e"))
    if not choices.redirect_formerly:
        for former, key in hosting.moved.items():
            pattern = name_topic(former, hosting.feed_endings, names=("FEEDPUB_A", "FEEDPUB_B"))
            path = f"%{{MATCH_FEEDPUB_A}}e{key}%{{MATCH_FEEDPUB_B}}e"
            yield from _write_block(hosting, pattern, {}, _link(hosting, path))
    yield from _write_block(
        hosting,
        match_any(hosting.exceptions),
        {},
        "Header unset Access-Control-Allow-Origin",
        "Header unset Link",
    )


def _link(hosting: Hosting, path: str) -> str:
    before, _, after = hosting.write_links("\0").partition("\0")
    return f"Header set Link {_quote(_percent(before + hosting.feeds_url) + path + _percent(after))}"


def _write_block(hosting: Hosting, pattern: str, headers: dict[str, str], *more: str) -> Iterator[str]:
    yield ""
    yield f"<LocationMatch {_quote(f'^{escape(hosting.decoded_prefix)}{pattern}{_COMPRESSED}$')}>"
    yield from (f"    Header set {name} {_quote(_percent(value))}" for name, value in headers.items())
    yield from (f"    {line}" for line in more)
    yield "</LocationMatch>"


def _percent(text: str) -> str:
    """Return a text as mod_headers writes it unchanged."""
    return text.replace("%", "%%")


def _substitute(text: str) -> str:
    """Return a text as mod_rewrite puts it in unchanged."""
    return text.replace("\\", "\\\\").replace("$", "\\$").replace("%", "\\%")


def _rewrite(text: str) -> str:
    """Return a text as one word to mod_rewrite, which reads its own, and escapes nothing in it."""
    return f'"{text}"'


def _quote(text: str) -> str:
    """Return a text as one word of Apache's configuration."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
