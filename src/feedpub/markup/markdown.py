"""Markdown → HTML that is not yet safe: CommonMark with tables and strikethrough, by comrak."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def render(text: str) -> str:
    """Return a Markdown text as HTML. Raw HTML passes through: what comes out must be cleaned.

    Task lists and footnotes stay as they are written (``[x]``, ``[^1]``). Bare addresses stay text as well:
    by GFM's rules a link would swallow the Chinese or Japanese sentence that follows it without a space.
    """
    renderer, options = _load()
    html: str = renderer(text + "\n", **options)  # without it, comrak misses a link definition at the very end
    return html


@cache
def _load() -> tuple[Callable[..., str], dict[str, Any]]:
    import comrak  # noqa: PLC0415 - loaded with the first body, so that importing this package stays quick

    extensions = comrak.ExtensionOptions()
    extensions.table = True
    extensions.strikethrough = True
    extensions.cjk_friendly_emphasis = True
    rendering = comrak.RenderOptions()
    rendering.unsafe_ = True
    return comrak.render_markdown, {"extension_options": extensions, "render_options": rendering}
