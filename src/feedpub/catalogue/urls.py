"""What a URL may be: http or https with a host, written as a URI whatever the editor typed (RFC 3986, 3987)."""

from __future__ import annotations

import re
from ipaddress import IPv4Address
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urljoin, urlsplit

from feedpub.catalogue.invalid import Invalid
from feedpub.catalogue.texts import read_text
from feedpub.diagnostics import quote

if TYPE_CHECKING:
    from datetime import datetime

MAX_URL = 2_000

PLACEHOLDERS = ("section", "id", "year", "month", "day")

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_PLAIN = re.compile(r"https?://[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*(?:/[A-Za-z0-9._~/-]*)?\Z")
_RELATIVE_PLAIN = re.compile(r"[A-Za-z0-9_~-][A-Za-z0-9_~-]*(?:[./][A-Za-z0-9_~-]+)*/?\Z")
_RELATIVE_BYTES = re.compile(_RELATIVE_PLAIN.pattern.encode())
_MUST_ENCODE = re.compile(r"""%(?![0-9A-Fa-f]{2})|[^\x21-\x7e]|["<>\\^`{|}\[\]]""")
_HOST = re.compile(r"\w+(?:(?:\.|-+)\w+)*\.?\Z", re.ASCII)
_NUMBERS = re.compile(r"[0-9.]+\Z")
_ABSOLUTE_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s\x00-\x20\x7f-\x9f\"<>\\^`{|}]+\Z")
_SPACE_IN_HOST = re.compile(r"(?:https?:)?//[^/?#]*\s", re.IGNORECASE)
_MAX_HOST = 253  # RFC 1035, section 2.3.4: and idna takes the square of it
_CHECK_HOST = "check the name between // and the next slash"
_WRITE_HOST = "write the host behind //, as in https://news.example.org/"
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def read_url(value: object, *, base: str | None) -> str:
    """Return an absolute URL, as a URI; relative ones are resolved against ``base`` where there is one."""
    text = _checked(value)
    if base is not None and _RELATIVE_PLAIN.match(text) and base.endswith("/") and len(base) + len(text) <= MAX_URL:
        return base + text
    return text if _PLAIN.match(text) else _resolve(text, base)


def begin_plainly(base: str | None) -> bytes | None:
    """Return what stands before a relative URL that `is_plain_path` accepts; None where resolving takes more."""
    return base.encode() if base is not None and base.endswith("/") and _PLAIN.match(base) else None


def is_plain_path(data: bytes) -> bool:
    """Tell whether a relative URL only needs to be put behind its base, and is then one that `normalise_url` keeps."""
    return _RELATIVE_BYTES.match(data) is not None


def read_folder_url(value: object, *, base: str | None = None) -> str:
    """Return the URL of a folder: with its final slash, without a query or fragment."""
    url = read_url(value, base=base)
    for mark, name in (("?", "query"), ("#", "fragment")):
        if mark in url:
            raise Invalid("url-not-folder", f"names a folder and has a {name}", f"remove everything from the {mark}")
    if not urlsplit(url).path.endswith("/"):
        url += "/"
    return url


def read_permalink(value: object) -> str:
    """Return a template for entries' URLs; its placeholders are ``PLACEHOLDERS``."""
    text = _checked(value)
    for name in _PLACEHOLDER.findall(text):
        if name not in PLACEHOLDERS:
            known = ", ".join(f"{{{one}}}" for one in PLACEHOLDERS)
            raise Invalid("permalink", f"has an unknown placeholder {quote('{' + name + '}')}", f"known are {known}")
    if "{" in _PLACEHOLDER.sub("", text) or "}" in _PLACEHOLDER.sub("", text):
        raise Invalid("permalink", "has a brace without its partner", "write each placeholder as {id}")
    _resolve(_PLACEHOLDER.sub("x", text), "https://example.org/")
    return text


def fill_permalink(template: str, *, section: str, id: str, published: datetime, base: str) -> str:  # noqa: A002 - Atom's word
    """Return the URL that a permalink template gives an entry; the day is that of ``published`` in UTC."""
    values = {
        "section": section,
        "id": id,
        "year": f"{published.year:04}",
        "month": f"{published.month:02}",
        "day": f"{published.day:02}",
    }
    return read_url(_PLACEHOLDER.sub(lambda match: values[match[1]], template), base=base)


def normalise_url(url: str) -> str:
    """Return what makes a URL the same as another: scheme and host in lower case, no default port."""
    if _PLAIN.match(url):
        return url
    parts = urlsplit(url)
    host, port = (parts.hostname or ""), parts.port
    if ":" in host:
        host = f"[{host}]"
    scheme = parts.scheme.lower()
    netloc = host if port is None or port == _DEFAULT_PORTS.get(scheme) else f"{host}:{port}"
    return parts._replace(scheme=scheme, netloc=netloc).geturl()


def is_absolute_iri(text: str) -> bool:
    """Tell whether a text can be an Atom id as it stands (RFC 4287, section 4.2.6: an absolute IRI)."""
    if not _ABSOLUTE_IRI.match(text) or re.search(r"%(?![0-9A-Fa-f]{2})", text):
        return False
    if re.search(r"[\[\]]", text):
        return False
    return not re.match(r"https?:", text, re.IGNORECASE) or bool(re.match(r"https?://[^/?#]", text, re.IGNORECASE))


def _checked(value: object) -> str:
    text = read_text(value)
    if len(text) > MAX_URL:
        raise Invalid("too-long", f"has {len(text):,} characters, more than {MAX_URL:,}", "shorten it")
    if not text.isascii() or " " in text or not text.isprintable():
        for character in text:
            if character.isspace():
                mend = f"write {'%20'.join(text.split())}"
                if _SPACE_IN_HOST.match(text):
                    mend = "a host has none: remove it, or write what comes before the white space"
                raise Invalid("url-space", f"has white space in it: {quote(text)}", mend)
    return text


def _resolve(text: str, base: str | None) -> str:
    scheme = _SCHEME.match(text)
    if scheme and scheme[1].lower() not in _DEFAULT_PORTS:
        raise Invalid("url-scheme", f"is {quote(text)}, which is not http or https", _suggest_scheme(text, scheme[1]))
    if scheme and not text[scheme.end() :].startswith("//"):
        rest = text[scheme.end() :].lstrip("/\\")
        raise Invalid(
            "url-host", f"is {quote(text)}, which has no host", f"write {scheme[0]}//{rest}" if rest else _WRITE_HOST
        )
    if not scheme and base is None:
        host = text.removeprefix("//")
        mend = f"write https://{host}" if not host.startswith("/") else "begin it with https:// and the host"
        raise Invalid("url-relative", f"is {quote(text)}, not an absolute URL", mend)
    try:
        absolute = text if scheme or base is None else urljoin(base, text)
        parts = urlsplit(absolute)
        port = parts.port
    except ValueError:
        mend = "a port is a number up to 65535; an address of IPv6 stands in brackets"
        raise Invalid("url-host", f"is {quote(text)}, whose host or port is none", mend) from None
    if "@" in parts.netloc:
        raise Invalid("url-credentials", "has a user name or password in it", "remove everything up to the @")
    host = _encode_host(parts, text)
    netloc = host if port is None else f"{host}:{port}"
    path, query, fragment = (_MUST_ENCODE.sub(_encode, part) for part in (parts.path, parts.query, parts.fragment))
    if len(absolute) > MAX_URL:
        raise Invalid(
            "too-long", f"has {len(absolute):,} characters when resolved, more than {MAX_URL:,}", "shorten it"
        )
    return _keep_scheme(absolute, parts)._replace(netloc=netloc, path=path, query=query, fragment=fragment).geturl()


def _keep_scheme(absolute: str, parts: SplitResult) -> SplitResult:
    """Undo what urlsplit does to the scheme: the editor's letters stay."""
    return parts._replace(scheme=absolute[: len(parts.scheme)])


def _encode_host(parts: SplitResult, text: str) -> str:
    host = parts.netloc.rpartition("@")[2]
    host = host if host.endswith("]") else host.partition(":")[0] if "]" not in host else host[: host.index("]") + 1]
    if host.startswith("["):  # urlsplit has refused what is no IPv6 address
        return host
    if not host.isascii() and len(host) <= _MAX_HOST:
        import idna  # noqa: PLC0415 - only a host beyond ASCII needs it

        try:
            return idna.encode(host, uts46=True).decode("ascii")
        except idna.IDNAError:
            raise Invalid("url-host", f"is {quote(text)}, whose host is no domain name", _CHECK_HOST) from None
    if not _HOST.match(host) or (_NUMBERS.match(host) and not _is_address(host)):
        message = f"is {quote(text)}, {'whose host is no domain name' if host else 'which has no host'}"
        raise Invalid("url-host", message, _CHECK_HOST if host else _WRITE_HOST)
    return host


def _is_address(host: str) -> bool:
    try:
        IPv4Address(host)
    except ValueError:
        return False
    return True


def _encode(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode())


def _suggest_scheme(text: str, scheme: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only a wrong scheme needs it

    if scheme.lower() not in ("ftp", "file", "data", "mailto", "feed") and "." in scheme:
        return f"write https://{text}"
    if get_close_matches(scheme.lower(), _DEFAULT_PORTS, n=1):
        return f"did you mean https:{text[len(scheme) + 1 :]}?"
    return "give an address that begins with https://"
