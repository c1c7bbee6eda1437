"""What the pages of a topic and of all topics have in common: filling their template, and reading them back."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

from feedpub.formats import DocumentError
from feedpub.pages.reading import read_page
from feedpub.pages.templating import fill_template, refuse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feedpub.pages.listing import Page
    from feedpub.pages.reading import PageReadback


def make_page(template: str, page: Page, *, address: str, links: Iterable[str], **values: object) -> bytes:
    """Return a page, UTF-8.

    Raises CatalogueError where a template of the catalogue has a mistake, or where what it makes is no text, does not
    name the page's ``address`` or lacks one of the ``links`` that every page of this kind has.
    """
    text = fill_template(template, page.templates, site=page.site, address=address, **values)
    try:
        data = text.encode()
    except UnicodeEncodeError as error:
        if page.templates:
            said = f"the page holds {text[error.start]}, which is no character"
            raise refuse(template, page.templates, said) from error
        raise DocumentError(f"a page cannot be written: {error}") from error
    if page.templates and (lack := _find_lack(data, address=address, links=links)):
        raise refuse(template, page.templates, lack)
    return data


def holds(data: bytes, *, address: str, links: Iterable[str]) -> bool:
    """Tell whether a page names an address as its own and has links; raises DocumentError for what is no page."""
    found = read_page(data)
    return found.address == address and _find_missing(found, links) is None


def _find_lack(data: bytes, *, address: str, links: Iterable[str]) -> str | None:
    """Say what a page lacks, if it does."""
    try:
        found = read_page(data)
    except DocumentError as error:
        return str(error)
    if found.address != address:
        return f'the page has no <link rel="canonical" href="{address}">'
    missing = _find_missing(found, links)
    return None if missing is None else f"the page has no link to {missing}"


def _find_missing(found: PageReadback, links: Iterable[str]) -> str | None:
    """Return the first link that a page lacks; one may be written relative or absolute."""
    base = found.address or ""
    known = {*found.links, *(urljoin(base, link) for link in found.links)}
    return next((link for link in links if link not in known and urljoin(base, link) not in known), None)
