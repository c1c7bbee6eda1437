"""The tags of some HTML, one by one, and what sanitising makes of each."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from feedpub.markup.addresses import resolve, resolve_srcset
from feedpub.markup.allowed import ALLOWED, LINK_SCHEMES, MEDIA_SCHEMES
from feedpub.markup.elements import UNSEEN
from feedpub.markup.inspecting import MAYBE_LOCAL, PLAIN_ADDRESS, Finding
from feedpub.markup.preparing import PASSED, RENAMED
from feedpub.markup.reading import unescape
from feedpub.markup.tokens import scan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedpub.markup.tokens import Token

_WRAPPERS: Final = frozenset({"body", "head", "html", "noscript", "annotation", "metadata"})
"""Elements that go without a reader noticing."""
_FOREIGN: Final = frozenset({"math", "svg"})
_SAME_TO_READERS: Final = frozenset({"image", "listing", "strike", "tt", "dir", "menu"})
_EMBEDS: Final = {"iframe": ("src", "data-src"), "object": ("data",), "embed": ("src",)}
_READ_ANYWAY: Final = {
    "img": frozenset({"data-src", "data-srcset"}),
    "input": frozenset({"checked", "disabled", "type"}),
    "code": frozenset({"class"}),
}
_ADDRESSES: Final = ("href", "src", "poster", "cite")

_SPACE = r"[\t\n\f\r ]"
_ATTRIBUTE = re.compile(
    r"([^\t\n\f\r \"'<>/=][^\t\n\f\r />=]*+)"
    rf"(?:{_SPACE}*+={_SPACE}*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\t\n\f\r >]++)))?"
)
_NO_ALT = re.compile(r"!\[[ \t]*\]")
_LOCAL = re.compile(
    r"https?://(?:(?:[^/?#]*\.)?localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[::1\])\.?(?=[:/?#]|\Z)", re.IGNORECASE
)

_PLAIN_NAMES = sorted(PASSED - RENAMED.keys() - {"img", "input", *_EMBEDS})
_ADDRESS = rf"(?![^\"]*{MAYBE_LOCAL}){PLAIN_ADDRESS}"
_LINK = rf'<a href="{_ADDRESS}"(?: title="[^"<>]*")?>'
_PICTURE = (
    r'<img(?=(?:(?! alt=)[^<>])* alt="\s*[^"<>&\s])'
    rf'(?: (?:src="{_ADDRESS}"|alt="[^"<>]*"|(?:height|width)="[0-9]+"))++(?: ?/)?>'
)
_HARMLESS = re.compile(rf"(?:[^<]++|</?(?:{'|'.join(_PLAIN_NAMES)})(?: /)?>|{_LINK}|{_PICTURE})++")
"""Text, and tags of which there is nothing to say."""


class Inspector:
    """One pass over one body: its text as it is written, and its HTML before it is cleaned."""

    def __init__(self, text: str, base: str, *, is_markdown: bool) -> None:
        """Inspect a body whose addresses begin at ``base``."""
        self._text = text
        self._base = base
        self._is_markdown = is_markdown
        self._foreign = 0  # SVG and MathML around: only the outermost is told
        self._shown: set[str] = set()  # what frames have been linked to: an embed in its object is the same thing

    def inspect(self, html: str) -> Iterator[Finding]:
        """Yield what is found, tag by tag; the same thing as often as it stands there."""
        is_encrypted = self._base.startswith("https:")  # where not, relative addresses are not either
        for token in scan(html, plain=_HARMLESS if is_encrypted else None):
            if token.name in _FOREIGN and token.kind == "end":
                self._foreign = max(0, self._foreign - 1)
            if token.kind == "start":
                if not self._foreign:
                    yield from self._inspect_tag(token)
                if token.name in _FOREIGN and not token.text.endswith("/>"):
                    self._foreign += 1

    def _inspect_tag(self, token: Token) -> Iterator[Finding]:
        name = token.name
        attributes = {
            key.lower(): unescape(double or single or bare)
            for key, double, single, bare in reversed(_ATTRIBUTE.findall(token.attributes))  # the first of two counts
        }
        if name in _EMBEDS:
            yield from self._inspect_embed(token, attributes)
        elif name in RENAMED and name not in _SAME_TO_READERS:
            yield Finding("renamed", name, RENAMED[name], (token.text,))
        elif RENAMED.get(name, name) in PASSED and (name != "input" or attributes.get("type") == "checkbox"):
            if gone := sorted(self._find_stripped(RENAMED.get(name, name), name, attributes)):
                yield Finding("stripped", name, ", ".join(gone), (token.text,))
            yield from self._inspect_addresses(token, attributes)
        elif name not in _WRAPPERS:
            rest = "with what is in it" if name in UNSEEN else ""
            yield Finding("removed", name, rest, (token.text, f"<{name}"))

    def _find_stripped(self, new_name: str, name: str, attributes: dict[str, str]) -> Iterator[str]:
        allowed = ALLOWED.get(new_name, frozenset()) | ALLOWED["*"] | _READ_ANYWAY.get(name, frozenset())
        yield from attributes.keys() - allowed
        if new_name == "code" and not any(one.startswith("language-") for one in attributes.get("class", "").split()):
            yield from attributes.keys() & {"class"}

    def _inspect_embed(self, token: Token, attributes: dict[str, str]) -> Iterator[Finding]:
        sources = (attributes.get(key, "") for key in _EMBEDS[token.name])
        url = next(filter(None, (resolve(one, base=self._base, schemes=MEDIA_SCHEMES) for one in sources if one)), None)
        if url in self._shown:
            return
        if url is None:
            yield Finding("removed", token.name, "", (token.text,))
            return
        self._shown.add(url)
        yield Finding("embedded", token.name, url, (token.text,))

    def _inspect_addresses(self, token: Token, attributes: dict[str, str]) -> Iterator[Finding]:
        is_image = RENAMED.get(token.name, token.name) == "img"
        if is_image and "data-src" in attributes and not self._resolve("src", attributes.get("src", "")):
            attributes["src"] = attributes["data-src"]
        for key in _ADDRESSES:
            if key in attributes and (attributes[key] or key != "href"):
                url = self._resolve(key, attributes[key])
                if url is not None:
                    yield from self._judge(token, attributes[key], url)
                elif not (is_image and "srcset" in attributes):
                    yield Finding("unusable", token.name, attributes[key], _spellings(attributes[key], token))
        for url, _ in resolve_srcset(attributes.get("srcset", ""), base=self._base):
            yield from self._judge(token, url, url)
        if is_image and self._lacks_alt(token, attributes):
            found = _NO_ALT.search(self._text) if self._is_markdown and "alt" in attributes else None
            yield Finding("no-alt", token.name, attributes.get("src", ""), (found[0] if found else token.text,))

    def _resolve(self, key: str, address: str) -> str | None:
        return resolve(address, base=self._base, schemes=LINK_SCHEMES if key == "href" else MEDIA_SCHEMES)

    def _lacks_alt(self, token: Token, attributes: dict[str, str]) -> bool:
        """Tell whether nobody said what a picture shows; ``alt=""`` in a tag says that it is decorative."""
        if not attributes.get("alt", "").strip():
            return "alt" not in attributes or (self._is_markdown and token.text not in self._written_tags)
        return False

    @cached_property
    def _written_tags(self) -> frozenset[str]:
        """The tags that stand in the body itself: looking for each in the whole of it would take long."""
        return frozenset(token.text for token in scan(self._text) if token.kind == "start")

    def _judge(self, token: Token, address: str, url: str) -> Iterator[Finding]:
        if _LOCAL.match(url):
            yield Finding("local", token.name, url, _spellings(address, token))
        elif url.startswith("http:"):
            yield Finding("insecure", token.name, url, _spellings(address, token))


def _spellings(address: str, token: Token) -> tuple[str, ...]:
    """Return how an address may be written in a body: as it is, decoded, or escaped as in the tag."""
    from urllib.parse import unquote  # noqa: PLC0415 - only a finding needs it, and it is slow to load

    escaped = address.replace("&", "&amp;")
    return tuple(dict.fromkeys(filter(None, (address, unquote(address), escaped, token.text))))
