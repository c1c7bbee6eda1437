"""How HTML's elements open and close one another, as far as depth needs it (HTML standard, section 13.2.6)."""

from __future__ import annotations


def names(text: str) -> frozenset[str]:
    """Return the names that a text lists."""
    return frozenset(text.split())


VOID = names("area base br col embed hr img input link meta param source track wbr")
"""Elements without content (HTML, section 13.1.2)."""

UNSEEN = names("annotation iframe metadata script style template title")
"""Elements whose content no browser shows (of an iframe: not where it shows the frame)."""

RAW_TEXT = names("plaintext textarea xmp")
"""Elements whose content is text that a browser shows, whatever it looks like."""

SELF_ENDING = names("optgroup option rb rtc")
"""Elements that nobody ends, since the next one does it; none of them is published."""

FORMATTING = names("a b code em i s small strong u")
"""Elements that a parser opens again after what closed around them."""

CLOSES_P = names(
    "address article aside blockquote dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header "
    "hgroup hr li main nav ol p pre section summary table ul"
)
"""Elements whose start closes an open paragraph."""

HEADINGS = names("h1 h2 h3 h4 h5 h6")
CELLS = names("caption td th")
ROW_GROUPS = names("tbody tfoot thead")
TABLE_PARTS = CELLS | ROW_GROUPS | {"col", "colgroup", "tr"}

SPECIAL = CLOSES_P | TABLE_PARTS
"""Elements that the end tag of an ordinary one does not reach past."""

IMPLIED_ENDS = names("dd dt li p rp rt")
"""Elements that close where a parser needs it."""
