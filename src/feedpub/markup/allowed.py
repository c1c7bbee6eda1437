"""What may stay in a body: elements with their attributes, and schemes of addresses, as data for code and docs."""

from __future__ import annotations

from feedpub.markup.elements import names

LINK_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
"""Where a link may lead. Of other schemes the address goes and the link's text stays."""

MEDIA_SCHEMES = frozenset({"http", "https"})
"""Where pictures, films, sounds and quotations may come from."""

_PLAIN = names(
    "abbr address article aside b bdi bdo br caption cite code dd details dfn div dl dt em figcaption figure "
    "footer h1 h2 h3 h4 h5 h6 header hgroup hr i kbd li main mark nav ol p picture pre rp rt ruby s samp section "
    "small span strong sub summary sup table tbody tfoot thead tr u ul var wbr"
)

ALLOWED: dict[str, frozenset[str]] = {
    "*": frozenset({"dir", "id", "lang", "title"}),
    **dict.fromkeys(_PLAIN, frozenset[str]()),
    "a": frozenset({"href"}),
    "audio": frozenset({"controls", "src"}),
    "blockquote": frozenset({"cite"}),
    "code": frozenset({"class"}),  # only language-…, which names a code block's language
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "del": frozenset({"cite", "datetime"}),
    "details": frozenset({"open"}),
    "img": frozenset({"alt", "height", "sizes", "src", "srcset", "width"}),
    "ins": frozenset({"cite", "datetime"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"reversed", "start", "type"}),
    "q": frozenset({"cite"}),
    "source": frozenset({"height", "media", "sizes", "src", "srcset", "type", "width"}),
    "td": frozenset({"align", "colspan", "headers", "rowspan"}),
    "th": frozenset({"abbr", "align", "colspan", "headers", "rowspan", "scope"}),
    "time": frozenset({"datetime"}),
    "video": frozenset({"controls", "height", "poster", "src", "width"}),
}
"""Element → attributes that stay on it; under ``*`` those that stay on every element. All else goes, its text stays."""
