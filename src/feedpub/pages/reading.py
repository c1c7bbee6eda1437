"""Pages read back: the address that one names as its own, and where its links lead."""

from __future__ import annotations

from dataclasses import dataclass

from feedpub.formats import DocumentError


@dataclass(frozen=True, slots=True, kw_only=True)
class PageReadback:
    """What a page says: its canonical address, None where it names none, and the address of every link, in order."""

    address: str | None
    links: tuple[str, ...]


def read_page(data: bytes) -> PageReadback:
    """Return what a page says; raises DocumentError for what is no HTML, or cut short."""
    if not data.rstrip().endswith(b"</html>"):
        raise DocumentError("not a whole page: it does not end with </html>")
    from lxml import etree  # noqa: PLC0415 - loaded with the first page that is read back

    root = etree.fromstring(data, etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True))
    if root is None:
        raise DocumentError("not a page: it holds no element")
    own = root.find("head/link[@rel='canonical']")
    return PageReadback(
        address=None if own is None else own.get("href"),
        links=tuple(href for one in root.iterfind("body//a[@href]") if (href := one.get("href")) is not None),
    )
