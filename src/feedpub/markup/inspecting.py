"""What becomes of a body on its way into a feed, as data: what is removed, and what readers will stumble over."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from feedpub.markup import markdown
from feedpub.markup.characters import make_encodable, normalise_lines

if TYPE_CHECKING:
    from feedpub.markup.converting import BodyFormat

Kind: TypeAlias = Literal["removed", "renamed", "stripped", "embedded", "unusable", "insecure", "local", "no-alt"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found at a tag of a body.

    ``kind`` says what happens: an element is ``removed`` or ``renamed``, attributes are ``stripped``, a frame is
    ``embedded`` as a link, an address is ``unusable`` (and goes), ``insecure`` (http) or ``local``, a picture has
    ``no-alt``. ``element`` is the tag's name, ``detail`` the address, the attributes or the new name, ``written``
    what to look for in the body, the likeliest spelling first.
    """

    kind: Kind
    element: str
    detail: str
    written: tuple[str, ...]


def inspect(text: str, *, body_format: BodyFormat, base: str) -> list[Finding]:
    """Return what `convert` would change in a body, or leave in it to the harm of readers, each thing once.

    Ask `nests_too_deep` first, as for `convert`.
    """
    if body_format == "text" or _is_plain(text, body_format, base):
        return []
    text = normalise_lines(make_encodable(text))
    html = markdown.render(text) if body_format == "markdown" else text
    from feedpub.markup.tags import Inspector  # noqa: PLC0415 - its patterns load with the first body that needs them

    findings = Inspector(text, base, is_markdown=body_format == "markdown").inspect(html)
    return list({(one.kind, one.element, one.detail): one for one in reversed(list(findings))}.values())[::-1]


def _is_plain(text: str, body_format: BodyFormat, base: str) -> bool:
    """Tell whether there is surely nothing to find: no tag, and no link but to plain addresses."""
    if "<" in text or (body_format == "markdown" and "]:" in text):
        return False
    if "](" not in text:
        return True
    if not base.startswith("https:"):  # there, a relative address is not encrypted
        return False
    return "](" not in re.sub(_PLAIN_LINK, "", text) and not re.search(MAYBE_LOCAL, text)


_REST = r"[^\s()<>&\"\\]*"
PLAIN_ADDRESS = (
    rf"(?:https://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?:[/?#]{_REST})?|(?:\.\.?/|/(?!/)|#){_REST}"
    r"|[A-Za-z0-9_~-]+(?:[./][A-Za-z0-9_~-]+)*/?)"
)
"""An address of which there is nothing to say, unless it is MAYBE_LOCAL."""
MAYBE_LOCAL = r"(?i:localhost|127\.|0\.0\.0\.0|::1)"
_PLAIN_LINK = rf"!?\[[^\[\]]+\]\({PLAIN_ADDRESS}\)"
