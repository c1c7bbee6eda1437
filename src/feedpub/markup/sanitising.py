"""HTML that anybody wrote → the HTML that is published, in four steps, each in its own module."""

from __future__ import annotations

from feedpub.markup.characters import replace_forbidden
from feedpub.markup.cleaning import clean
from feedpub.markup.finishing import finish
from feedpub.markup.preparing import prepare


def sanitise(html: str, *, base: str, is_tame: bool = False) -> str:
    """Return safe HTML with absolute URLs, resolved against ``base``.

    ``is_tame`` says that no tag in it was written by hand, so that nothing needs to be brought to light.
    """
    cleaned = clean(html if is_tame else prepare(html))
    # Forbidden characters fall after cleaning (before, they could hide what they separate) and before addresses
    # are read, whose schemes are checked once more.
    return finish(replace_forbidden(cleaned), base=base).strip("\n")
