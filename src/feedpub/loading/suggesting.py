"""What to do about a section that does not exist: what one entry calls wrong, many others often do."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from feedpub.catalogue.texts import MAX_KEY

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from feedpub.catalogue import Section

_MAX_SHOWN = 10
_MAX_COMPARED = 20_000  # keys and titles of sections, in all, that a mistyped one is held against


class SectionSuggestions:
    """The helps for sections that do not exist, of one catalogue."""

    def __init__(self, keys: Collection[str], sections: Mapping[str, Section]) -> None:
        """Suggest one of some keys, by what they or the titles of their sections look like."""
        self._keys = sorted(keys)
        self._sections = sections
        self._suggested: dict[str, str] = {}
        self._compared = 0

    def suggest(self, key: str) -> str:
        """Return the help for a section that does not exist."""
        if key not in self._suggested:
            known = self._known
            close: list[str] = []
            self._compared += len(known)
            if self._compared <= _MAX_COMPARED:
                from difflib import get_close_matches  # noqa: PLC0415 - only an unknown section needs it

                close = get_close_matches(key.strip().lower()[:MAX_KEY], known, n=1)
            some = ", ".join(self._keys[:_MAX_SHOWN]) + (", …" if len(self._keys) > _MAX_SHOWN else "")
            self._suggested[key] = (
                f'did you mean "{known[close[0]]}"?' if close else f"add it to sections, or use one of {some}"
            )
        return self._suggested[key]

    @cached_property
    def _known(self) -> dict[str, str]:
        """The sections' keys by what may be meant by them."""
        known = {section.title.lower(): name for name, section in self._sections.items()}
        return known | {name: name for name in self._keys}
