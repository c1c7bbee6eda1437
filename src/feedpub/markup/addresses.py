"""An address as a body writes it → an absolute URI, or None; and the same for a list of pictures (``srcset``)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

# An absolute URI that needs nothing done (RFC 3986, appendix A); dot segments take the long way.
_CHARACTER = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})"
_CLEAN = re.compile(
    rf"(https?)://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?::[0-9]{{1,5}})?(?:/{_CHARACTER}*+)?"
    rf"(?:\?(?:{_CHARACTER}|\?)*+)?(?:#(?:{_CHARACTER}|\?)*+)?"
)
_PLAIN_PATH = re.compile(r"[A-Za-z0-9_~-]++(?:[./][A-Za-z0-9_~-]++)*+/?")
_PARTS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(?://([^/?#]*))?([^?#]*)(\?[^#]*)?(#.*)?", re.DOTALL)
_AUTHORITY = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^:@\[\]]+)(:[0-9]{0,5})?")
_HOST = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.?|\[[0-9A-Fa-f:.]+\]")
_UNSAFE = re.compile(r"%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9._~!$&'()*+,;=:@/?%-]")
_EDGES = "".join(map(chr, range(0x21)))
_BREAKS = str.maketrans("", "", "\t\n\r")


def resolve(address: str, *, base: str, schemes: Collection[str]) -> str | None:
    """Return an address as an absolute URI, resolved against ``base``, an absolute one (RFC 3986, section 5).

    White space around it and line breaks within it go, as by the URL standard; other characters that a URI
    may not hold are percent-encoded as UTF-8, a host's by IDNA. None where the scheme is not among
    ``schemes``, or an http(s) address has no usable host, or has a user name (RFC 9110, section 4.2.4).
    """
    address = address.strip(_EDGES).translate(_BREAKS)
    plain = _resolve_plainly(address, base)
    if plain is not None and plain.partition(":")[0] in schemes:
        return plain
    from urllib.parse import urljoin  # noqa: PLC0415 - most addresses do not need it, and it is slow to load

    try:
        parts = _PARTS.fullmatch(urljoin(base, address))
    except ValueError:  # brackets that hold no IPv6 address, a host that normalises to other parts
        return None
    if parts is None or parts[1].lower() not in schemes:
        return None
    scheme, authority, path, query, fragment = parts.groups("")
    if scheme.lower() in ("http", "https"):
        host = _write_authority(authority)
        if host is None:
            return None
        return f"{scheme.lower()}://{host}{_encode(path) or '/'}{_encode(query)}{_encode_fragment(fragment)}"
    return f"{scheme.lower()}:{_encode(path + query)}{_encode_fragment(fragment)}" if path else None


def _resolve_plainly(address: str, base: str) -> str | None:
    """Return an address that needs nothing done, or only to be put behind a folder; None for any other."""
    if _CLEAN.fullmatch(address) and "/." not in address:
        return address
    folder = _find_folder(base) if _PLAIN_PATH.fullmatch(address) else None
    return None if folder is None else folder + address


@lru_cache(maxsize=64)  # all addresses of a body have one base
def _find_folder(base: str) -> str | None:
    """Return what a path that goes down is put behind; None where more has to be done."""
    plain = _CLEAN.fullmatch(base)
    start = base.partition("?")[0].partition("#")[0]
    if plain is None or "/." in start or "//" in start[len("https://") :]:
        return None
    return start[: start.rindex("/") + 1] if start.count("/") > 2 else f"{start}/"  # noqa: PLR2004 - those behind the scheme


def resolve_srcset(srcset: str, *, base: str) -> list[tuple[str, str]]:
    """Return a ``srcset``'s candidates as absolute http(s) URIs and descriptors (``2x``, ``300w`` or nothing).

    One that the HTML standard calls an error, or whose address is not usable, is left out (section 4.8.4.2).
    """
    found = []
    for address, descriptors in _split_srcset(srcset):
        url = resolve(address, base=base, schemes=("http", "https"))
        if url and _DESCRIPTORS.fullmatch(descriptors):
            found.append((_protect_commas(url), descriptors))
    return found


def _split_srcset(srcset: str) -> Iterator[tuple[str, str]]:
    position = 0
    while match := _CANDIDATE_URL.match(srcset, position):
        address, position = match[1], match.end()
        if address.endswith(","):
            yield address.rstrip(","), ""
            continue
        rest = _CANDIDATE_REST.match(srcset, position)
        descriptors = rest[0] if rest else ""
        position += len(descriptors)
        yield address, " ".join(descriptors.split())


_CANDIDATE_URL = re.compile(r"[\t\n\f\r ,]*+([^\t\n\f\r ]+)")
_CANDIDATE_REST = re.compile(r"(?:[^,(]|\([^)]*+(?:\)|\Z))*+")
_NUMBER = r"(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
_DESCRIPTORS = re.compile(rf"(?:{_NUMBER}x|0*[1-9][0-9]*w(?: 0*[1-9][0-9]*h)?|0*[1-9][0-9]*h 0*[1-9][0-9]*w)?")


def _protect_commas(url: str) -> str:
    return url[:-1] + "%2C" if url.endswith(",") else url


def _write_authority(authority: str) -> str | None:
    match = _AUTHORITY.fullmatch(authority)
    if match is None:
        return None
    host = match[1]
    if "%" in host:  # as Markdown writes what is not ASCII (URL standard, host parsing)
        from urllib.parse import unquote  # noqa: PLC0415 - as above

        host = unquote(host)
        if host.isascii():
            return None
    if not host.isascii():
        host = _to_ascii(host) or ""
    return f"{host}{match[2] or ''}" if host and _HOST.fullmatch(host) else None


def _to_ascii(host: str) -> str | None:
    import idna  # noqa: PLC0415 - few hosts need its tables

    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError:
        return None


def _encode(text: str) -> str:
    return _UNSAFE.sub(_percent, text)


def _encode_fragment(text: str) -> str:
    return text[:1] + _encode(text[1:])


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace"))
