"""What the validator wants of single values: dates, addresses, languages, media types, texts, HTML."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from lxml import html

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from lxml import etree

NAMESPACES = {
    "at": "http://purl.org/atompub/tombstones/1.0",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
}
_ELEMENTS = (
    "a abbr address article aside audio b bdi blockquote br caption cite code col colgroup dd del details "
    "dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd li main "
    "mark nav ol p picture pre q rp rt ruby s samp section small source span strong sub summary sup table "
    "tbody td tfoot th thead time tr u ul var video wbr"
)
ELEMENTS = frozenset(_ELEMENTS.split())
_ATTRIBUTES = (
    "abbr align alt cite class colspan datetime dir headers height href id lang media open poster "
    "reversed rowspan scope sizes span src srcset start title type value width controls"
)
ATTRIBUTES = frozenset(_ATTRIBUTES.split())
NAMED_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos", "nbsp", "copy", "reg", "hellip", "mdash", "ndash"})

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(//)?[0-9A-Za-z;/?:@&=+$._!~*'()%,#-]+\Z")
_HTTP = re.compile(r"https?://([A-Za-z0-9-]+\.)+[A-Za-z0-9][-A-Za-z0-9]*(:\d+)?(/|\Z)")
_TAG = re.compile(r"tag:([a-z0-9._-]+@)?[a-z0-9.-]+,\d{4}(-\d\d(-\d\d)?)?:[0-9A-Za-z;/?:@&=+$._!~*'()%,-]*\Z")
_MEDIA_TYPE = re.compile(r"[^\s()<>,;:\\\"/\[\]?=]+/[^\s()<>,;:\\\"/\[\]?=]+\Z")
_RFC822 = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z][a-z] \d{4} \d\d:\d\d:\d\d [+-]\d{4}\Z")
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)\Z")
_EMAIL = re.compile(r"[\w.+'-]+@([A-Za-z0-9-]+\.)+[A-Za-z0-9-]+\Z")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_FIRST_PLAUSIBLE_YEAR = 1990


def is_rfc822(text: str) -> bool:
    """Tell whether a date is one of RFC 822 with the right day of the week, and not absurdly old."""
    if not _RFC822.match(text):
        return False
    moment = parsedate_to_datetime(text)
    return _DAYS[moment.weekday()] == text[:3] and moment.year >= _FIRST_PLAUSIBLE_YEAR


def is_rfc3339(text: str) -> bool:
    """Tell whether a date is one of RFC 3339, and not absurdly old."""
    return bool(_RFC3339.match(text)) and datetime.fromisoformat(text).year >= _FIRST_PLAUSIBLE_YEAR


def is_url(text: str) -> bool:
    """Tell whether a text is an absolute URI in ASCII; a tag is held to its own grammar."""
    return bool(_TAG.match(text) if text.startswith("tag:") else _URL.match(text))


def is_http(text: str) -> bool:
    """Tell whether a text is a URL that a file can be fetched from."""
    return bool(_HTTP.match(text) and _URL.match(text))


def is_language(text: str) -> bool:
    """Tell whether a language begins with a code of two or three letters."""
    return bool(re.match(r"[A-Za-z]{2,3}(-|\Z)", text))


def is_media_type(text: str) -> bool:
    """Tell whether a text is a media type without parameters."""
    return bool(_MEDIA_TYPE.match(text))


def is_email(text: str) -> bool:
    """Tell whether a text is an e-mail address and nothing else."""
    return bool(_EMAIL.match(text))


def is_positive(text: str) -> bool:
    """Tell whether a text is a whole number from 1 up."""
    return text.isdecimal() and int(text) > 0


def is_plain(text: str) -> bool:
    """Tell whether plain text has nothing in it that looks like HTML."""
    named = re.findall(r"&(#?\w+)", text)
    return not re.search(r"</\w+>|<[/a-zA-Z]|&#[x0-9]", text) and not NAMED_ENTITIES & set(named)


def find_html_faults(fragment: str) -> Iterator[str]:
    """Yield what a feed reader should not be given in HTML: unknown or active markup, relative addresses."""
    if not fragment.strip():
        return
    for element in html.fragment_fromstring(fragment, create_parent="div").iterdescendants():
        if not isinstance(element.tag, str):
            yield "html: a comment or an instruction"
            continue
        if element.tag not in ELEMENTS:
            yield f"html: <{element.tag!s}>"
        for name, value in element.attrib.items():
            if name not in ATTRIBUTES:
                yield f"html: attribute {name}"
            if name in ("href", "src", "poster", "cite") and not re.match(r"(https?://|mailto:|tel:)", value):
                yield f"html: relative or active {name}"
            if name == "srcset" and not all(re.match(r"\s*https?://", one) for one in value.split(", ")):
                yield "html: relative or active srcset"


def find_value_faults(parent: etree._Element, rules: Iterable[tuple[str, Callable[[str], bool]]]) -> Iterator[str]:
    """Yield the children of a parent whose text a rule does not accept, white space at its ends included."""
    for path, accept in rules:
        for element in parent.iterfind(path, NAMESPACES):
            if not accept(element.text or ""):
                yield f"{path}: {element.text!r}"


def find_repeats(parent: etree._Element, paths: Iterable[str]) -> Iterator[str]:
    """Yield the paths at which a parent has more than one child."""
    for path in paths:
        if len(parent.findall(path, NAMESPACES)) > 1:
            yield f"{path}: more than one"


def find_missing(parent: etree._Element, paths: Iterable[str]) -> Iterator[str]:
    """Yield the paths at which a parent has no child with text in it."""
    for path in paths:
        if not parent.findtext(path, default="", namespaces=NAMESPACES):
            yield f"{path}: missing or empty"


def find_strangers(parent: etree._Element, allowed: dict[str, str]) -> Iterator[str]:
    """Yield the children, and the attributes of children, that a table of names and their attributes does not list."""
    known = {_expand(name): frozenset(attributes.split()) for name, attributes in allowed.items()}
    for child in parent:
        if child.tag not in known:
            yield f"unknown element {child.tag!s}"
        else:
            yield from (
                f"{child.tag!s}: attribute {name}"
                for name in sorted(map(str, child.attrib))
                if name not in known[child.tag]
            )


def find_media_faults(parent: etree._Element) -> Iterator[str]:
    """Yield what is wrong with the ``media:content`` of an item or an entry (Media RSS 1.5.1)."""
    for element in parent.iterfind("media:content", NAMESPACES):
        yield from find_strangers(element, {"media:description": "type", "media:credit": "role scheme"})
        for name, accept in (
            ("width", is_positive),
            ("height", is_positive),
            ("fileSize", is_positive),
            ("type", is_media_type),
            ("url", is_url),
        ):
            if name in element.attrib and not accept(element.get(name, "")):
                yield f"media:content: {name} {element.get(name)!r}"
        if element.get("medium", "image") not in ("image", "audio", "video", "document", "executable"):
            yield f"media:content: medium {element.get('medium')!r}"


def _expand(name: str) -> str:
    prefix, colon, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if colon else name
