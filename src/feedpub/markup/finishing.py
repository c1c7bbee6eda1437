"""Clean HTML → the HTML that is published: absolute URLs, links for frames, words for pictures that cannot be shown.

It reads what `cleaning` wrote, so a regular expression sees each tag whole; it writes only allowed attributes.
"""

from __future__ import annotations

import re

from feedpub.markup.addresses import resolve, resolve_srcset
from feedpub.markup.allowed import ALLOWED, LINK_SCHEMES, MEDIA_SCHEMES
from feedpub.markup.preparing import FRAME, OBJECT

_ADDRESSED = "a|audio|blockquote|code|del|img|input|ins|q|source|video"
_ATTRIBUTES = r'((?: [^ =>"]+="[^"]*+")*+)'
_TAG = re.compile(rf"<({_ADDRESSED}){_ATTRIBUTES}>")
_TAG_OR_BLOCK = re.compile(rf"<(/?(?:{_ADDRESSED}|{FRAME}|{OBJECT}|embed|p|h[1-6])){_ATTRIBUTES}>")
_ATTRIBUTE = re.compile(r' ([^ =>"]+)="([^"]*+)"')
_EMBEDDED = frozenset((FRAME, OBJECT, "embed"))
_ONE_LINE = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6"))  # what may not hold a paragraph


def finish(html: str, *, base: str) -> str:
    """Return clean HTML with absolute URLs, resolved against ``base``, and without what only `cleaning` let pass."""
    finisher = _Finisher(base)
    has_embedded = "<feedpub-" in html or "<embed" in html
    return (_TAG_OR_BLOCK if has_embedded else _TAG).sub(finisher.rewrite, html)


class _Finisher:
    """One pass over one body: rewrites tag by tag and remembers what later tags depend on."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._lines = 0
        self._links = 0
        self._objects: list[str] = []
        self._lazy: set[str] = set()

    def rewrite(self, match: re.Match[str]) -> str:
        name = match[1]
        if name[0] == "/":
            return self._close(name[1:])
        if name in _ONE_LINE:
            self._lines += 1
            return match[0]
        attributes = {key: _unescape(value) for key, value in _ATTRIBUTE.findall(match[2])}
        if name in _EMBEDDED:
            return self._link_embedded(name, attributes)
        return self._show_image(attributes) if name == "img" else self._rewrite_other(name, attributes)

    def _rewrite_other(self, name: str, attributes: dict[str, str]) -> str:
        if name == "input":
            return _write_box(attributes)
        if name == "a":
            self._links += 1
        if name == "code":
            words = [word for word in attributes.pop("class", "").split() if word.startswith("language-")]
            attributes |= {"class": words[0]} if words else {}
        self._make_absolute(attributes)
        if name == "source" and not attributes.keys() & {"src", "srcset"}:
            return ""
        return _write(name, attributes)

    def _close(self, name: str) -> str:
        if name in _ONE_LINE:
            self._lines -= 1
        if name == "a":
            self._links -= 1
        if name == OBJECT:
            self._objects.pop()
        return "" if name in _EMBEDDED else f"</{name}>"

    def _make_absolute(self, attributes: dict[str, str]) -> None:
        for key in ("href", "src", "poster", "cite"):
            if key in attributes:
                address = attributes.pop(key)
                schemes = LINK_SCHEMES if key == "href" else MEDIA_SCHEMES
                if (address or key == "href") and (url := resolve(address, base=self._base, schemes=schemes)):
                    attributes[key] = url
        if "srcset" in attributes and not self._make_srcset(attributes, attributes.pop("srcset")):
            attributes.pop("sizes", None)

    def _make_srcset(self, attributes: dict[str, str], srcset: str) -> str:
        candidates = resolve_srcset(srcset, base=self._base)
        if candidates:
            attributes["srcset"] = ", ".join(" ".join(filter(None, candidate)) for candidate in candidates)
        return candidates[0][0] if candidates else ""

    def _show_image(self, attributes: dict[str, str]) -> str:
        lazy_src, lazy_srcset = attributes.pop("data-src", ""), attributes.pop("data-srcset", "")
        self._make_absolute(attributes)
        if "srcset" not in attributes and lazy_srcset:
            self._make_srcset(attributes, lazy_srcset)
        if attributes.get("src") in self._lazy:
            return ""  # a noscript's copy of a picture that is shown already
        if "src" not in attributes and lazy_src:
            attributes["src"] = lazy_src
            self._make_absolute(attributes)
            self._lazy.update(filter(None, [attributes.get("src")]))
        if "src" not in attributes and "srcset" in attributes:
            attributes["src"] = attributes["srcset"].split()[0].rstrip(",")
        return _write("img", attributes) if "src" in attributes else _escape(attributes.get("alt", ""))

    def _link_embedded(self, name: str, attributes: dict[str, str]) -> str:
        url = None
        for key in ("src", "data", "data-src"):
            if url is None and attributes.get(key):
                url = resolve(attributes[key], base=self._base, schemes=MEDIA_SCHEMES)
        is_known = url in self._objects  # the embed within an object shows the same thing
        if name == OBJECT:
            self._objects.append(url or "")
        if url is None or is_known:
            return ""
        words = _escape(" ".join(attributes.get("title", "").split()) or url)
        link = words if self._links else f'<a href="{_escape(url)}">{words}</a>'
        return link if self._links or self._lines else f"<p>{link}</p>"


def _write_box(attributes: dict[str, str]) -> str:
    if attributes.get("type", "").lower() != "checkbox":
        return ""
    return "\N{BALLOT BOX WITH CHECK} " if "checked" in attributes else "\N{BALLOT BOX} "


def _write(name: str, attributes: dict[str, str]) -> str:
    allowed = ALLOWED[name] | ALLOWED["*"]
    pairs = (f' {key}="{_escape(value)}"' for key, value in attributes.items() if key in allowed)
    return f"<{name}{''.join(pairs)}>"


def _escape(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").replace("\xa0", "&nbsp;")


def _unescape(text: str) -> str:
    if "&" not in text:
        return text
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
    return text.replace("&nbsp;", "\xa0").replace("&amp;", "&")
