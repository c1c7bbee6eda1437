from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from feedpub.formats.readback import DocumentError
from feedpub.formats.xml_tree import (
    Node,
    append_nodes,
    list_prefixes,
    parse_xml,
    require_attribute,
    require_number,
    require_text,
)

if TYPE_CHECKING:
    from pathlib import Path

BOMB = b'<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><rss>&b;</rss>'


def test_prefixes_are_found_at_any_depth() -> None:
    nested = Node("media:content", children=(Node("media:credit"), Node("dc:title", children=(Node("at:comment"),))))
    assert list_prefixes([Node("title"), nested]) == {"media", "dc", "at"}


def test_an_attribute_that_is_none_is_not_written_but_a_zero_is() -> None:
    root = parse_xml(b"<r/>")
    append_nodes(root, [Node("n", "text", {"length": 0, "type": None})])
    assert dict(root[0].attrib) == {"length": "0"}
    assert root[0].text == "text"


def test_a_document_type_is_refused() -> None:
    with pytest.raises(DocumentError, match="document type"):
        parse_xml(BOMB)


def test_an_external_entity_is_not_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret", encoding="utf-8")
    data = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">]><rss>&x;</rss>'.encode()
    with pytest.raises(DocumentError, match="document type") as caught:
        parse_xml(data)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "data", [b"", b"<a>", b"<a></b>", b"<a>&nbsp;</a>", b"<a/><b/>", b"<a>\x08</a>", b"<a>\xff</a>"]
)
def test_what_is_not_well_formed_is_refused(data: bytes) -> None:
    with pytest.raises(DocumentError, match="not well-formed XML"):
        parse_xml(data)


def test_what_is_missing_is_named() -> None:
    item = parse_xml(b"<item><guid/></item>")
    with pytest.raises(DocumentError, match="<item> has no <guid>"):
        require_text(item, "guid")
    with pytest.raises(DocumentError, match="<item> has no <atom:updated>"):
        require_text(item, "atom:updated")
    with pytest.raises(DocumentError, match="<item> has no attribute url"):
        require_attribute(item, "url")


@pytest.mark.parametrize("value", ["", "-1", "1.5", "None", "٣", "1e3"])
def test_a_number_is_decimal_digits(value: str) -> None:
    element = parse_xml(f'<enclosure length="{value}"/>'.encode())
    with pytest.raises(DocumentError, match="length is not a number"):
        require_number(element, "length")
